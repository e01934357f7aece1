//! Laws of the documents: whatever people do while apart, and in whatever order it meets, all see the same and nobody's
//! words are gone.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ROOT};
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::board::{self, Answer, BoardView, Check, Mark, NewNote, NewRow, RowKind, SupportKey};
use shared::documents::text::{TextTarget, splice};
use shared::documents::{AnswerKey, EntryId, FieldId, Schema, Stamped, Touched};

/// Something one person does on the board. Small numbers, so that people meet in the same places.
#[derive(Debug, Clone)]
enum Edit {
    Join {
        person: u8,
        name: String,
    },
    Place {
        person: u8,
        level: u8,
    },
    Note {
        text: String,
    },
    WriteInNote {
        id: u8,
        at: usize,
        delete: usize,
        text: String,
    },
    WriteInField {
        at: usize,
        text: String,
    },
    Remove {
        id: u8,
    },
    RemovePerson {
        id: u8,
    },
    Date {
        value: String,
    },
    Check {
        person: u8,
        statement: u8,
        answer: usize,
    },
    Support {
        person: u8,
        entry: u8,
        weight: u8,
    },
    MoveNote {
        id: u8,
        to: u8,
    },
    Row {
        text: String,
    },
    WriteInCell {
        id: u8,
        at: usize,
        text: String,
    },
    Cell {
        id: u8,
        value: String,
    },
    MoveRow {
        id: u8,
        order: String,
    },
    RemoveRow {
        id: u8,
    },
    OwnWords {
        person: u8,
        text: String,
    },
    /// Several answers of one person in one change.
    Answers {
        person: u8,
        mark: u8,
        text: String,
    },
    /// What a stock peer does with keys of its own in the root, or somebody who means harm with ours.
    Root {
        key: &'static str,
        delete: bool,
    },
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let note = 0..4_u8;
    let root =
        ["notes", "rows", "people", "marks", "checks", "texts", "registers", "removals", "schema", "kind", "own"];
    prop_oneof![
        (0..8_u8, 0..2_u8, 0..4_usize).prop_map(|(person, statement, answer)| Edit::Check {
            person,
            statement,
            answer
        }),
        (0..8_u8, 0..4_u8, 0..3_u8).prop_map(|(person, entry, weight)| Edit::Support { person, entry, weight }),
        (0..4_u8, 0..3_u8).prop_map(|(id, to)| Edit::MoveNote { id, to }),
        "[a-zæøå 👷]{0,8}".prop_map(|text| Edit::Row { text }),
        (0..4_u8, 0..6_usize, "[a-z]{1,4}").prop_map(|(id, at, text)| Edit::WriteInCell { id, at, text }),
        (0..4_u8, "[0-9]{0,2}").prop_map(|(id, value)| Edit::Cell { id, value }),
        (0..4_u8, "[a-z]{1,2}").prop_map(|(id, order)| Edit::MoveRow { id, order }),
        (0..4_u8).prop_map(|id| Edit::RemoveRow { id }),
        (0..8_u8, "[a-z]{1,4}").prop_map(|(person, text)| Edit::OwnWords { person, text }),
        (0..8_u8, 0..3_u8, "[a-z]{0,4}").prop_map(|(person, mark, text)| Edit::Answers { person, mark, text }),
        (0..4_u8, "[a-zæøå]{0,6}").prop_map(|(person, name)| Edit::Join { person, name }),
        (0..12_u8, 0..=5_u8).prop_map(|(person, level)| Edit::Place { person, level }),
        "[a-zæøå 👷]{1,8}".prop_map(|text| Edit::Note { text }),
        (note.clone(), 0..10_usize, 0..4_usize, "[a-z]{0,4}").prop_map(|(id, at, delete, text)| Edit::WriteInNote {
            id,
            at,
            delete,
            text
        }),
        (0..10_usize, "[a-z]{1,4}").prop_map(|(at, text)| Edit::WriteInField { at, text }),
        note.clone().prop_map(|id| Edit::Remove { id }),
        note.prop_map(|id| Edit::RemovePerson { id }),
        (prop::sample::select(root.to_vec()), any::<bool>()).prop_map(|(key, delete)| Edit::Root { key, delete }),
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
            Edit::RemovePerson { id: n } => {
                let known: Vec<EntryId> = BoardView::read(doc).people.keys().copied().collect();
                if let Some(person) = known.get(usize::from(*n)) {
                    self.notes += 1;
                    let removal = [self.notes, self.number, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8];
                    board::remove(doc, EntryId::from_random(removal), *person, None, 0, "").unwrap();
                }
            }
            Edit::Check { person, statement, answer } => {
                let field = FieldId::new("list", &format!("s{statement}"));
                let key = AnswerKey::personal(id(0, 0), field, id(1, *person));
                board::check(doc, &key, Check::ALL.get(*answer).copied()).unwrap();
            }
            Edit::Support { person, entry, weight } => {
                let view = BoardView::read(doc);
                if let Some(target) = view.notes.keys().chain(view.rows.keys()).nth(usize::from(*entry)) {
                    board::support(doc, SupportKey { target: *target, person: id(1, *person) }, *weight).unwrap();
                }
            }
            Edit::MoveNote { id, to } => {
                let known: Vec<EntryId> = BoardView::read(doc).notes.keys().copied().collect();
                if let Some(note) = known.get(usize::from(*id)) {
                    board::move_note(doc, *note, &FieldId::new("levels", &format!("q{to}"))).unwrap();
                }
            }
            Edit::Row { text } => {
                self.notes += 1;
                let row = NewRow {
                    kind: RowKind::Grid,
                    place: field("rows"),
                    source: None,
                    author: None,
                    at: i64::from(self.notes),
                    texts: [("what".to_owned(), text.clone())].into(),
                    values: [("level".to_owned(), "1".to_owned())].into(),
                };
                let own = [self.notes, self.number, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6];
                board::add_row(doc, EntryId::from_random(own), &row).unwrap();
            }
            Edit::WriteInCell { id, at, text } => {
                if let Some(row) = nth_row(doc, *id) {
                    let object = TextTarget::Cell(row, "what".to_owned()).find(doc).unwrap();
                    splice(doc, &object, None, *at, 0, text, 2_000).unwrap();
                }
            }
            Edit::Cell { id, value } => {
                if let Some(row) = nth_row(doc, *id) {
                    let value = Stamped { value: value.clone(), by: None, at: i64::from(self.number) };
                    board::set_cell(doc, row, "level", &value).unwrap();
                }
            }
            Edit::MoveRow { id, order } => {
                if let Some(row) = nth_row(doc, *id) {
                    board::move_row(doc, row, order).unwrap();
                }
            }
            Edit::RemoveRow { id } => {
                if let Some(row) = nth_row(doc, *id) {
                    self.notes += 1;
                    let removal = [self.notes, self.number, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5];
                    board::remove(doc, EntryId::from_random(removal), row, None, 0, "").unwrap();
                }
            }
            Edit::OwnWords { person, text } => {
                let key = AnswerKey::personal(id(0, 0), FieldId::new("scale", "words"), id(1, *person));
                let object = TextTarget::Field(key).ensure(doc).unwrap();
                splice(doc, &object, None, 0, 0, text, 20_000).unwrap();
            }
            Edit::Answers { person, mark, text } => {
                let key = |name| AnswerKey::personal(id(0, 0), FieldId::new("curve", name), id(1, *person));
                let answers = [
                    Answer::Mark(key("point"), (*mark > 0).then_some(*mark)),
                    Answer::Check(key("mark"), (*mark > 0).then_some(Check::Yes)),
                    Answer::Value(key("turn"), text.clone()),
                    Answer::Words(
                        AnswerKey::personal(id(0, 0), FieldId::new("scale", "words"), id(1, *person)),
                        text.clone(),
                    ),
                ];
                board::answer_all(doc, &answers, i64::from(self.number)).unwrap();
            }
            Edit::Root { key, delete } => {
                let mut transaction = doc.transaction();
                if *delete {
                    let _ = transaction.delete(ROOT, *key);
                } else {
                    transaction.put(ROOT, *key, 99).unwrap();
                }
                transaction.commit();
            }
            Edit::Date { value } => {
                let value = Stamped { value: value.clone(), by: None, at: i64::from(self.number) };
                board::set_register(doc, &field("time-frame"), &value).unwrap();
            }
        }
    }
}

fn nth_row(doc: &Automerge, n: u8) -> Option<EntryId> {
    BoardView::read(doc).rows.keys().nth(usize::from(n)).copied()
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

/// Applies changes one after the other, and says what they touched.
fn applied(doc: &mut Automerge, changes: Vec<Change>) -> Touched {
    let mut touched = Touched::default();
    for change in changes {
        doc.apply_changes([change.clone()]).unwrap();
        touched.merge(Touched::by(doc, &change));
    }
    touched
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
    fn no_note_and_no_row_is_gone_unless_someone_removed_it(edits in vec(vec(any_edit(), 0..12), 3)) {
        let mut devices = devices(&edits);
        let each: Vec<BoardView> = devices.iter().map(|device| BoardView::read(&device.doc)).collect();
        let all = merged(&mut devices, 0..3);
        for view in each {
            for note in view.notes.keys() {
                prop_assert!(all.notes.contains_key(note) || all.removals.contains_key(note));
            }
            for row in view.rows.keys() {
                prop_assert!(all.rows.contains_key(row) || all.removals.contains_key(row));
            }
            prop_assert!(view.people.keys().all(|person| all.people.contains_key(person)));
        }
        prop_assert!(devices.iter().all(|device| board::schema(&device.doc) == Schema::Current));
    }

    #[test]
    fn every_value_written_while_apart_is_shown_until_it_is_settled(first in "[0-9]{1,3}", second in "[0-9]{1,3}") {
        let mut devices = devices(&[vec![Edit::Date { value: first.clone() }], vec![Edit::Date { value: second.clone() }]]);
        let all = merged(&mut devices, 0..2);
        let values = if first == second { 1 } else { 2 };
        prop_assert_eq!(all.registers[&field("time-frame")].values().len(), values);
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
            here.notes = ahead.notes;
            let touched = applied(&mut here.doc, ahead.doc.get_changes(&before));
            view.update(&here.doc, &touched);
            prop_assert_eq!(&view, &BoardView::read(&here.doc));
        }
        let known = here.doc.get_heads();
        there.doc.merge(&mut here.doc.fork()).unwrap();
        let touched = applied(&mut here.doc, there.doc.get_changes(&known));
        view.update(&here.doc, &touched);
        prop_assert_eq!(&view, &BoardView::read(&here.doc));
    }
}
