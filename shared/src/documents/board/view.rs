//! The board as views draw it, kept up to date entry by entry.

use std::collections::BTreeMap;

use automerge::{Automerge, ReadDoc};

use super::super::register::{self, Register, Stamped};
use super::super::{AnswerKey, EntryId, Touched, read};
use super::note::{Note, read_note};
use super::person::{Person, read_person};
use super::removal::{Removal, is_outlived, read_removal};

/// Everything on a board that fits the schema. Reading never fails: the rest is counted in `skipped`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardView {
    /// Who is on the board, also those that were removed.
    pub people: BTreeMap<EntryId, Person>,
    /// Placements and answers of one person; 0 is withdrawn.
    pub marks: BTreeMap<AnswerKey, Register<u8>>,
    /// Notes that stand, by id.
    pub notes: BTreeMap<EntryId, Note>,
    /// Shared texts.
    pub texts: BTreeMap<AnswerKey, String>,
    /// Shared values that only one can hold; an empty value is cleared.
    pub registers: BTreeMap<AnswerKey, Register<Stamped<String>>>,
    /// Removals that stand, by what they remove.
    pub removals: BTreeMap<EntryId, Vec<Removal>>,
    /// Notes that a removal took off the board, as they stood.
    pub removed_notes: BTreeMap<EntryId, Note>,
    /// How many entries did not fit the schema, by container and key.
    unreadable: BTreeMap<(String, String), usize>,
}

const CONTAINERS: [&str; 6] = ["removals", "people", "marks", "notes", "texts", "registers"];

impl BoardView {
    /// Reads a whole board. Costs time in proportion to its entries.
    #[must_use]
    pub fn read(doc: &Automerge) -> Self {
        let mut view = Self::default();
        for container in CONTAINERS {
            for key in read::keys(doc, container) {
                view.read_entry(doc, container, &key);
            }
        }
        view
    }

    /// Reads again what was touched, and nothing else.
    pub fn update(&mut self, doc: &Automerge, touched: &Touched) {
        if touched.everything {
            *self = Self::read(doc);
            return;
        }
        for container in CONTAINERS {
            for key in touched.in_container(container) {
                self.read_entry(doc, container, key);
            }
        }
    }

    /// How many entries on the board did not fit the schema.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.unreadable.values().sum()
    }

    /// Whether a person was removed from the board and nobody took it back.
    #[must_use]
    pub fn is_removed(&self, person: &EntryId) -> bool {
        self.removals.contains_key(person)
    }

    fn read_entry(&mut self, doc: &Automerge, container: &str, key: &str) {
        let mut skipped = 0;
        match container {
            "removals" => self.read_removal(doc, key, &mut skipped),
            "people" => match read_person(doc, key) {
                Some(person) => {
                    self.people.insert(person.id, person);
                }
                None => skipped += 1,
            },
            "notes" => self.read_note(doc, key, &mut skipped),
            "marks" | "registers" | "texts" => match key.parse::<AnswerKey>() {
                Ok(place) => self.read_answer(doc, container, place, &mut skipped),
                Err(_) => skipped += 1,
            },
            _ => {}
        }
        let place = (container.to_owned(), key.to_owned());
        if skipped == 0 {
            self.unreadable.remove(&place);
        } else {
            self.unreadable.insert(place, skipped);
        }
    }

    fn read_answer(&mut self, doc: &Automerge, container: &str, place: AnswerKey, skipped: &mut usize) {
        let Some(object) = read::container(doc, container) else { return };
        let key = place.to_string();
        match container {
            "marks" => {
                let values = register::all(doc, &object, &key, skipped, |value| u8::try_from(value.as_i64()?).ok());
                self.marks.insert(place, values);
            }
            "registers" => {
                let values = register::all(doc, &object, &key, skipped, register::stamped);
                self.registers.insert(place, values);
            }
            _ => match read::object(doc, &object, &key, automerge::ObjType::Text).and_then(|id| doc.text(&id).ok()) {
                Some(text) => {
                    self.texts.insert(place, text);
                }
                None => *skipped += 1,
            },
        }
    }

    fn read_note(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) {
        let Some(mut note) = read_note(doc, key) else {
            *skipped += 1;
            return;
        };
        let removals = self.removals.get(&note.id).map(Vec::as_slice).unwrap_or_default();
        note.outlived_removal = !removals.is_empty();
        // Any one removal that saw the note as it stands takes it off the board.
        if removals.iter().any(|removal| !is_outlived(doc, key, removal)) {
            self.notes.remove(&note.id);
            note.outlived_removal = false;
            self.removed_notes.insert(note.id, note);
        } else {
            self.removed_notes.remove(&note.id);
            self.notes.insert(note.id, note);
        }
    }

    fn read_removal(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) {
        let Ok(id) = key.parse::<EntryId>() else {
            *skipped += 1;
            return;
        };
        let mut targets: Vec<EntryId> = Vec::new();
        for (target, removals) in &mut self.removals {
            let before = removals.len();
            removals.retain(|removal| removal.id != id);
            if removals.len() != before {
                targets.push(*target);
            }
        }
        self.removals.retain(|_, removals| !removals.is_empty());
        if let Some(removal) = read_removal(doc, key) {
            targets.push(removal.target);
            self.removals.entry(removal.target).or_default().push(removal);
        }
        for target in targets {
            if self.notes.contains_key(&target) || self.removed_notes.contains_key(&target) {
                self.read_note(doc, &target.to_string(), skipped);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable;
    use automerge::{ActorId, ObjType, PatchLog, ROOT};

    use super::super::super::text::{TextTarget, splice};
    use super::super::super::{EntryId, FieldId};
    use super::super::*;
    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn board(actor: u8) -> Automerge {
        genesis().with_actor(ActorId::from([actor; 16]))
    }

    fn note(text: &str) -> NewNote {
        let place = AnswerKey::shared(id(1), FieldId::new("levels", "now"));
        NewNote { place, level: Some(3), author: Some(id(2)), at: 1_700_000_000_000, text: text.to_owned() }
    }

    #[test]
    fn a_note_reads_back_as_it_was_written() {
        let mut doc = board(1);
        add_note(&mut doc, id(9), &note("Vi mangler en makker om natten")).unwrap();
        let view = BoardView::read(&doc);
        let found = &view.notes[&id(9)];
        assert_eq!((found.text.as_str(), found.level), ("Vi mangler en makker om natten", Some(3)));
        assert_eq!((found.author, view.skipped()), (Some(id(2)), 0));
    }

    #[test]
    fn a_removed_note_survives_an_edit_that_the_remover_had_not_seen() {
        let mut here = board(1);
        add_note(&mut here, id(9), &note("en")).unwrap();
        let mut there = board(2);
        there.merge(&mut here).unwrap();
        remove(&mut here, id(7), id(9), None, 5, "").unwrap();
        assert!(BoardView::read(&here).notes.is_empty());
        let text = TextTarget::Note(id(9)).find(&there).unwrap();
        splice(&mut there, &text, None, 2, 0, " mere", 2000).unwrap();
        here.merge(&mut there).unwrap();
        let view = BoardView::read(&here);
        assert_eq!(view.notes[&id(9)].text, "en mere");
        assert!(view.notes[&id(9)].outlived_removal);
        remove(&mut here, id(8), id(9), None, 6, "").unwrap();
        assert!(BoardView::read(&here).notes.is_empty(), "one who saw the edit may remove it");
    }

    #[test]
    fn a_removal_taken_back_brings_the_note_back() {
        let mut doc = board(1);
        add_note(&mut doc, id(9), &note("en")).unwrap();
        remove(&mut doc, id(7), id(9), None, 5, "").unwrap();
        take_back_removal(&mut doc, id(7)).unwrap();
        assert!(BoardView::read(&doc).notes.contains_key(&id(9)));
    }

    #[test]
    fn what_does_not_fit_the_schema_is_counted_and_the_rest_is_still_there() {
        let mut doc = board(1);
        add_note(&mut doc, id(9), &note("en")).unwrap();
        let notes = read::container(&doc, "notes").unwrap();
        let marks = read::container(&doc, "marks").unwrap();
        let mut transaction = doc.transaction();
        transaction.put(&notes, "not an id", "nonsense").unwrap();
        transaction.put_object(&notes, id(4).to_string(), ObjType::List).unwrap();
        transaction.put(&marks, AnswerKey::personal(id(1), FieldId::new("a", "b"), id(2)).to_string(), "five").unwrap();
        transaction.put(ROOT, "people", 7).unwrap();
        transaction.commit();
        let view = BoardView::read(&doc);
        assert_eq!((view.notes.len(), view.skipped()), (1, 3));
        assert!(view.people.is_empty());
    }

    #[test]
    fn reading_only_what_was_touched_gives_what_reading_all_gives() {
        let mut doc = board(1);
        let mut view = BoardView::read(&doc);
        let mark = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
        type Step = Box<dyn Fn(&mut Automerge)>;
        let steps: Vec<Step> = vec![
            Box::new(|doc| add_person(doc, id(2), Some("Amina"), Mark::new(3)).unwrap()),
            Box::new(|doc| add_note(doc, id(9), &note("en")).unwrap()),
            Box::new(move |doc| place(doc, &mark, Some(4)).unwrap()),
            Box::new(|doc| remove(doc, id(7), id(9), None, 5, "").unwrap()),
            Box::new(|doc| {
                let text = TextTarget::Note(id(9)).find(doc).unwrap();
                splice(doc, &text, None, 0, 0, "alle ", 2000).unwrap();
            }),
            Box::new(|doc| take_back_removal(doc, id(7)).unwrap()),
            Box::new(|doc| set_name(doc, id(2), None).unwrap()),
        ];
        for step in steps {
            let mut ahead = doc.fork().with_actor(ActorId::from([2; 16]));
            let before = doc.get_heads();
            step(&mut ahead);
            let mut patches = PatchLog::active();
            doc.apply_changes_log_patches(ahead.get_changes(&before), &mut patches).unwrap();
            let touched = Touched::from_patches(&doc.make_patches(&mut patches));
            assert!(!touched.everything && !touched.entries.is_empty(), "{touched:?}");
            view.update(&doc, &touched);
            assert_eq!(view, BoardView::read(&doc));
        }
    }

    #[test]
    fn two_devices_of_one_person_that_placed_apart_show_both_levels() {
        let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
        let mut here = board(1);
        let mut there = board(2);
        place(&mut here, &key, Some(2)).unwrap();
        place(&mut there, &key, Some(4)).unwrap();
        here.merge(&mut there).unwrap();
        assert!(BoardView::read(&here).marks[&key].is_unsettled());
        place(&mut here, &key, Some(4)).unwrap();
        assert_eq!(BoardView::read(&here).marks[&key].settled(), Some(&4));
    }
}
