//! Laws of the documents: whatever people do while apart, and in whatever order it meets, all see the same and nobody's
//! words are gone.

use automerge::{ActorId, Automerge, PatchLog};
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::board::{self, BoardView, Mark, NewNote};
use shared::documents::text::{TextTarget, splice};
use shared::documents::{AnswerKey, EntryId, FieldId, Stamped, Touched};

/// Something one person does on the board. Small numbers, so that people meet in the same places.
#[derive(Debug, Clone)]
enum Edit {
    Join { person: u8, name: String },
    Place { person: u8, level: u8 },
    Note { text: String },
    WriteInNote { id: u8, at: usize, delete: usize, text: String },
    WriteInField { at: usize, text: String },
    Remove { id: u8 },
    Date { value: String },
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let person = 0..4_u8;
    let note = 0..4_u8;
    prop_oneof![
        (person.clone(), "[a-zæøå]{0,6}").prop_map(|(person, name)| Edit::Join { person, name }),
        (person, 0..=5_u8).prop_map(|(person, level)| Edit::Place { person, level }),
        "[a-zæøå 👷]{1,8}".prop_map(|text| Edit::Note { text }),
        (note.clone(), 0..10_usize, 0..4_usize, "[a-z]{0,4}").prop_map(|(id, at, delete, text)| Edit::WriteInNote {
            id,
            at,
            delete,
            text
        }),
        (0..10_usize, "[a-z]{1,4}").prop_map(|(at, text)| Edit::WriteInField { at, text }),
        note.prop_map(|id| Edit::Remove { id }),
        "[0-9]{1,3}".prop_map(|value| Edit::Date { value }),
    ]
}

fn id(kind: u8, n: u8) -> EntryId {
    EntryId::from_random([kind * 16 + n + 1; 16])
}

fn field(name: &str) -> AnswerKey {
    AnswerKey::shared(id(0, 0), FieldId::new("levels", name))
}

/// A device: a copy of the board, and a count that keeps its own random ids apart from others'.
struct Device {
    doc: Automerge,
    number: u8,
    notes: u8,
}

impl Device {
    fn new(number: u8) -> Self {
        Self { doc: board::genesis().with_actor(ActorId::from([number; 16])), number, notes: 0 }
    }

    /// Notes get an id of this device's own, as they do in the app; edits meet through the ids that all share.
    fn act(&mut self, edit: &Edit) {
        let doc = &mut self.doc;
        match edit {
            Edit::Join { person, name } => {
                // A person is made by their own device alone.
                let own = id(1, self.number * 4 + person);
                if !BoardView::read(doc).people.contains_key(&own) {
                    board::add_person(doc, own, Some(name), Mark::new(*person)).unwrap();
                }
            }
            Edit::Place { person, level } => {
                let key = AnswerKey::personal(id(0, 0), FieldId::new("levels", "now"), id(1, *person));
                board::place(doc, &key, (*level > 0).then_some(*level)).unwrap();
            }
            Edit::Note { text } => {
                self.notes += 1;
                let note = NewNote {
                    place: field("now"),
                    level: Some(3),
                    author: None,
                    at: i64::from(self.notes),
                    text: text.clone(),
                };
                board::add_note(
                    doc,
                    EntryId::from_random([self.notes, self.number, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]),
                    &note,
                )
                .unwrap();
            }
            Edit::WriteInNote { id, at, delete, text } => {
                let known: Vec<EntryId> = BoardView::read(doc).notes.keys().copied().collect();
                if let Some(note) = known.get(usize::from(*id)) {
                    let object = TextTarget::Note(*note).find(doc).unwrap();
                    splice(doc, &object, None, *at, *delete, text, 2_000).unwrap();
                }
            }
            Edit::WriteInField { at, text } => {
                let object = TextTarget::Field(field("time-frame")).ensure(doc).unwrap();
                splice(doc, &object, None, *at, 0, text, 20_000).unwrap();
            }
            Edit::Remove { id: n } => {
                let known: Vec<EntryId> = BoardView::read(doc).notes.keys().copied().collect();
                if let Some(note) = known.get(usize::from(*n)) {
                    self.notes += 1;
                    let removal = [self.notes, self.number, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
                    board::remove(doc, EntryId::from_random(removal), *note, None, 0, "").unwrap();
                }
            }
            Edit::Date { value } => {
                let value = Stamped { value: value.clone(), by: None, at: i64::from(self.number) };
                board::set_register(doc, &field("time-frame"), &value).unwrap();
            }
        }
    }
}

fn devices(edits: &[Vec<Edit>]) -> Vec<Device> {
    let mut devices: Vec<Device> = (1_u8..).take(edits.len()).map(Device::new).collect();
    for (device, edits) in devices.iter_mut().zip(edits) {
        for edit in edits {
            device.act(edit);
        }
    }
    devices
}

fn merged(devices: &mut [Device], order: impl Iterator<Item = usize>) -> BoardView {
    let mut all = board::genesis();
    for index in order {
        all.merge(&mut devices[index].doc).unwrap();
    }
    BoardView::read(&all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_order_of_arrival_all_see_the_same(edits in vec(vec(any_edit(), 0..12), 3)) {
        let mut devices = devices(&edits);
        let forwards = merged(&mut devices, 0..3);
        let backwards = merged(&mut devices, (0..3).rev());
        prop_assert_eq!(&forwards, &backwards);
        prop_assert_eq!(forwards.skipped(), 0);
    }

    #[test]
    fn no_note_is_gone_unless_someone_removed_it(edits in vec(vec(any_edit(), 0..12), 3)) {
        let mut devices = devices(&edits);
        let each: Vec<BoardView> = devices.iter().map(|device| BoardView::read(&device.doc)).collect();
        let all = merged(&mut devices, 0..3);
        for view in each {
            for note in view.notes.keys() {
                prop_assert!(all.notes.contains_key(note) || all.removals.contains_key(note));
            }
            prop_assert!(view.people.keys().all(|person| all.people.contains_key(person)));
        }
    }

    #[test]
    fn every_value_written_while_apart_is_shown_until_it_is_settled(first in "[0-9]{1,3}", second in "[0-9]{1,3}") {
        let mut devices = devices(&[vec![Edit::Date { value: first }], vec![Edit::Date { value: second }]]);
        let all = merged(&mut devices, 0..2);
        prop_assert_eq!(all.registers[&field("time-frame")].values().len(), 2);
    }

    #[test]
    fn reading_what_was_touched_is_reading_all(edits in vec(any_edit(), 1..12), met in vec(any_edit(), 0..6)) {
        let mut here = Device::new(1);
        let mut view = BoardView::read(&here.doc);
        let mut there = Device::new(2);
        for edit in &met {
            there.act(edit);
        }
        for edit in &edits {
            let mut ahead = Device { doc: here.doc.fork().with_actor(ActorId::from([1; 16])), ..here };
            ahead.act(edit);
            let before = here.doc.get_heads();
            let mut patches = PatchLog::active();
            here.doc.apply_changes_log_patches(ahead.doc.get_changes(&before), &mut patches).unwrap();
            here.notes = ahead.notes;
            view.update(&here.doc, &Touched::from_patches(&here.doc.make_patches(&mut patches)));
            prop_assert_eq!(&view, &BoardView::read(&here.doc));
        }
        let mut patches = PatchLog::active();
        here.doc.merge_and_log_patches(&mut there.doc, &mut patches).unwrap();
        view.update(&here.doc, &Touched::from_patches(&here.doc.make_patches(&mut patches)));
        prop_assert_eq!(&view, &BoardView::read(&here.doc));
    }
}
