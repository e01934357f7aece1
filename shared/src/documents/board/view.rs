//! The board as views draw it, kept up to date entry by entry.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use automerge::{Automerge, ReadDoc};

use super::super::register::{self, Register, Stamped};
use super::super::{AnswerKey, EntryId, Kind, Scope, Touched, read};
use super::note::{Note, read_note};
use super::person::{Person, read_person};
use super::removal::{Removal, is_outlived, is_person_outlived, read_removal};

/// Everything on a board that fits the schema. Reading never fails: the rest is counted in `skipped`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardView {
    /// Who is on the board, also those that were removed.
    pub people: BTreeMap<EntryId, Person>,
    /// Placements and answers of one person; 0 is withdrawn.
    pub marks: BTreeMap<AnswerKey, Register<u8>>,
    /// Notes that stand, by id. One that did not change is the same `Rc` as before, so that comparing it costs nothing.
    pub notes: BTreeMap<EntryId, Rc<Note>>,
    /// Shared texts.
    pub texts: BTreeMap<AnswerKey, String>,
    /// Shared values that only one can hold; an empty value is cleared.
    pub registers: BTreeMap<AnswerKey, Register<Stamped<String>>>,
    /// Removals that nobody took back, by what they remove, also those that what they removed has outlived.
    pub removals: BTreeMap<EntryId, Vec<Removal>>,
    /// Notes that a removal took off the board, as they stood.
    pub removed_notes: BTreeMap<EntryId, Rc<Note>>,
    /// People whom a removal took off the board.
    removed_people: BTreeSet<EntryId>,
    /// How many entries did not fit the schema, by container and key.
    unreadable: BTreeMap<(String, String), usize>,
}

const CONTAINERS: [&str; 6] = ["removals", "people", "marks", "notes", "texts", "registers"];

impl BoardView {
    /// Reads a whole board. Costs time in proportion to its entries.
    #[must_use]
    pub fn read(doc: &Automerge) -> Self {
        let mut view = Self::default();
        let mut weigh = BTreeSet::new();
        for container in CONTAINERS {
            for key in read::keys(doc, Kind::Board, container) {
                view.read_entry(doc, container, &key, &mut weigh);
            }
        }
        view.weigh_removals(doc, weigh);
        view
    }

    /// Reads again what was touched, and nothing else.
    pub fn update(&mut self, doc: &Automerge, touched: &Touched) {
        if touched.everything {
            *self = Self::read(doc);
            return;
        }
        let mut weigh = BTreeSet::new();
        for container in CONTAINERS {
            for key in touched.in_container(container) {
                self.read_entry(doc, container, key, &mut weigh);
            }
        }
        self.weigh_removals(doc, weigh);
    }

    /// How many entries on the board did not fit the schema.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.unreadable.values().sum()
    }

    /// Whether a person was taken off the board: by a removal that nobody took back, whose author had seen everything
    /// that the person did.
    #[must_use]
    pub fn is_removed(&self, person: &EntryId) -> bool {
        self.removed_people.contains(person)
    }

    /// Whether a person was removed by someone who had not seen what they did meanwhile: they stay, marked.
    #[must_use]
    pub fn has_outlived_removal(&self, person: &EntryId) -> bool {
        self.removals.contains_key(person) && !self.is_removed(person)
    }

    /// The people who are on the board, without those taken off it.
    pub fn standing_people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().filter(|person| !self.is_removed(&person.id))
    }

    /// Reads one entry, and notes whose removals are to be weighed again because of it.
    fn read_entry(&mut self, doc: &Automerge, container: &str, key: &str, weigh: &mut BTreeSet<EntryId>) {
        let mut skipped = 0;
        match container {
            "removals" => weigh.extend(self.read_removal(doc, key, &mut skipped)),
            "people" => weigh.extend(self.read_person(doc, key, &mut skipped)),
            "notes" => self.read_note(doc, key, &mut skipped),
            "marks" | "registers" | "texts" => match key.parse::<AnswerKey>() {
                Ok(place) => {
                    if let ("marks", Scope::One(person)) = (container, place.participant) {
                        weigh.insert(person);
                    }
                    self.read_answer(doc, container, place, &mut skipped);
                }
                Err(_) => skipped += 1,
            },
            _ => {}
        }
        let place = (container.to_owned(), key.to_owned());
        // What a stock peer deleted is no nonsense: it is not there.
        if skipped == 0 || !is_there(doc, container, key) {
            self.unreadable.remove(&place);
        } else {
            self.unreadable.insert(place, skipped);
        }
    }

    fn read_answer(&mut self, doc: &Automerge, container: &str, place: AnswerKey, skipped: &mut usize) {
        let Some(object) = read::container(doc, Kind::Board, container) else { return };
        let key = place.to_string();
        let is_there = read::is_there(doc, &object, &key);
        match container {
            "marks" if is_there => {
                let values = register::all(doc, &object, &key, skipped, |value| u8::try_from(value.as_i64()?).ok());
                self.marks.insert(place, values);
            }
            "marks" => {
                self.marks.remove(&place);
            }
            "registers" if is_there => {
                let values = register::all_stamped(doc, &object, &key, skipped, Some);
                self.registers.insert(place, values);
            }
            "registers" => {
                self.registers.remove(&place);
            }
            _ => match read::object(doc, &object, &key, automerge::ObjType::Text).and_then(|id| doc.text(&id).ok()) {
                Some(text) => {
                    self.texts.insert(place, text);
                }
                None => {
                    self.texts.remove(&place);
                    *skipped += 1;
                }
            },
        }
    }

    fn read_person(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) -> Option<EntryId> {
        match read_person(doc, key) {
            Some(person) => {
                let id = person.id;
                self.people.insert(id, person);
                Some(id)
            }
            None => {
                *skipped += 1;
                let id = key.parse().ok()?;
                self.people.remove(&id);
                Some(id)
            }
        }
    }

    fn read_note(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) {
        let Some(mut note) = read_note(doc, key) else {
            *skipped += 1;
            if let Ok(id) = key.parse::<EntryId>() {
                self.notes.remove(&id);
                self.removed_notes.remove(&id);
            }
            return;
        };
        let removals = self.removals.get(&note.id).map(Vec::as_slice).unwrap_or_default();
        note.outlived_removal = !removals.is_empty();
        // Any one removal that saw the note as it stands takes it off the board.
        if removals.iter().any(|removal| !is_outlived(doc, key, removal)) {
            self.notes.remove(&note.id);
            note.outlived_removal = false;
            self.removed_notes.insert(note.id, Rc::new(note));
        } else {
            self.removed_notes.remove(&note.id);
            self.notes.insert(note.id, Rc::new(note));
        }
    }

    /// Reads one removal, and gives what it is about now and was about before.
    fn read_removal(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) -> Vec<EntryId> {
        let Ok(id) = key.parse::<EntryId>() else {
            *skipped += 1;
            return Vec::new();
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
            let removals = self.removals.entry(removal.target).or_default();
            removals.push(removal);
            removals.sort_by_key(|removal| removal.id);
        }
        for target in &targets {
            if self.notes.contains_key(target) || self.removed_notes.contains_key(target) {
                // What does not fit there is counted where it stands.
                self.read_note(doc, &target.to_string(), &mut 0);
            }
        }
        targets
    }

    /// Finds out which of these people their removals took off the board: any one that saw them as they stand does.
    fn weigh_removals(&mut self, doc: &Automerge, people: BTreeSet<EntryId>) {
        for person in people {
            self.removed_people.remove(&person);
            let Some(removals) = self.removals.get(&person).filter(|_| self.people.contains_key(&person)) else {
                continue;
            };
            let own = self.marks.keys().filter(|place| place.participant == Scope::One(person));
            let marks: Vec<String> = own.map(ToString::to_string).collect();
            if removals.iter().any(|removal| !is_person_outlived(doc, person, &marks, removal)) {
                self.removed_people.insert(person);
            }
        }
    }
}

/// Whether anything stands under `key` of a container.
fn is_there(doc: &Automerge, container: &str, key: &str) -> bool {
    read::container(doc, Kind::Board, container).is_some_and(|object| read::is_there(doc, &object, key))
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable;
    use automerge::{ActorId, ObjType, ROOT};

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
        let notes = read::container(&doc, Kind::Board, "notes").unwrap();
        let marks = read::container(&doc, Kind::Board, "marks").unwrap();
        let mut transaction = doc.transaction();
        transaction.put(&notes, "not an id", "nonsense").unwrap();
        transaction.put_object(&notes, id(4).to_string(), ObjType::List).unwrap();
        transaction.put(&marks, AnswerKey::personal(id(1), FieldId::new("a", "b"), id(2)).to_string(), "five").unwrap();
        transaction.commit();
        let view = BoardView::read(&doc);
        assert_eq!((view.notes.len(), view.skipped()), (1, 3));
    }

    #[test]
    fn what_somebody_writes_over_in_the_root_hides_nobodys_words() {
        let mut doc = board(1);
        add_person(&mut doc, id(2), Some("Amina"), Mark::new(3)).unwrap();
        add_note(&mut doc, id(9), &note("en")).unwrap();
        let before = BoardView::read(&doc);
        let mut hostile = doc.fork().with_actor(ActorId::from([9; 16]));
        let mut transaction = hostile.transaction();
        transaction.put(ROOT, "notes", 0).unwrap();
        transaction.put_object(ROOT, "people", ObjType::Map).unwrap();
        transaction.delete(ROOT, "marks").unwrap();
        transaction.put(ROOT, "schema", 99).unwrap();
        transaction.put(ROOT, "kind", "control").unwrap();
        transaction.commit();
        doc.merge(&mut hostile).unwrap();
        let mut doc = Automerge::load(&doc.save()).unwrap().with_actor(ActorId::from([3; 16]));
        assert_eq!(BoardView::read(&doc), before);
        assert_eq!(schema(&doc), Schema::Current);
        add_note(&mut doc, id(8), &note("to")).unwrap();
        let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
        place(&mut doc, &key, Some(4)).unwrap();
        let field = TextTarget::Field(key.clone());
        let text = field.ensure(&mut doc).unwrap();
        splice(&mut doc, &text, None, 0, 0, "ord", 2000).unwrap();
        let view = BoardView::read(&Automerge::load(&doc.save()).unwrap());
        assert_eq!((view.notes.len(), view.people.len(), view.skipped()), (2, 1, 0));
        assert_eq!((view.marks[&key].settled(), view.texts[&key].as_str()), (Some(&4), "ord"));
    }

    /// Applies what `step` does by another device, and says what it touched.
    fn follow(doc: &mut Automerge, step: impl FnOnce(&mut Automerge)) -> Touched {
        let mut ahead = doc.fork().with_actor(ActorId::from([2; 16]));
        let before = doc.get_heads();
        step(&mut ahead);
        let mut touched = Touched::default();
        for change in ahead.get_changes(&before) {
            doc.apply_changes([change.clone()]).unwrap();
            touched.merge(Touched::by(doc, &change));
        }
        touched
    }

    #[test]
    fn what_a_stock_peer_deletes_is_gone_at_once_and_nonsense_no_longer_counts() {
        let mut doc = board(1);
        let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
        add_person(&mut doc, id(2), Some("Amina"), Mark::new(3)).unwrap();
        add_note(&mut doc, id(9), &note("en")).unwrap();
        add_note(&mut doc, id(8), &note("to")).unwrap();
        remove(&mut doc, id(7), id(8), None, 5, "").unwrap();
        place(&mut doc, &key, Some(3)).unwrap();
        set_register(&mut doc, &key, &Stamped { value: "P6M".into(), by: None, at: 1 }).unwrap();
        let text = TextTarget::Field(key.clone()).ensure(&mut doc).unwrap();
        splice(&mut doc, &text, None, 0, 0, "ord", 2000).unwrap();
        let notes = read::container(&doc, Kind::Board, "notes").unwrap();
        let mut transaction = doc.transaction();
        transaction.put(&notes, id(4).to_string(), "nonsense").unwrap();
        transaction.commit();

        let mut view = BoardView::read(&doc);
        assert_eq!(view.skipped(), 1);
        let key = key.to_string();
        let entries = [
            ("people", id(2).to_string()),
            ("notes", id(9).to_string()),
            ("notes", id(8).to_string()),
            ("notes", id(4).to_string()),
            ("marks", key.clone()),
            ("registers", key.clone()),
            ("texts", key),
        ];
        for (container, key) in entries {
            let object = read::container(&doc, Kind::Board, container).unwrap();
            let touched = follow(&mut doc, |doc| {
                let mut transaction = doc.transaction();
                transaction.delete(&object, key.as_str()).unwrap();
                transaction.commit();
            });
            view.update(&doc, &touched);
            assert_eq!(view, BoardView::read(&doc), "{container}");
        }
        assert!(view.people.is_empty() && view.notes.is_empty() && view.removed_notes.is_empty());
        assert!(view.marks.is_empty() && view.registers.is_empty() && view.texts.is_empty());
        assert_eq!(view.skipped(), 0);
    }

    #[test]
    fn writes_in_the_root_touch_nothing_that_is_read() {
        let mut doc = board(1);
        add_note(&mut doc, id(9), &note("en")).unwrap();
        let touched = follow(&mut doc, |doc| {
            let mut transaction = doc.transaction();
            let own = transaction.put_object(ROOT, "notes", ObjType::Map).unwrap();
            transaction.put(&own, id(9).to_string(), "en anden").unwrap();
            transaction.commit();
        });
        assert_eq!(touched, Touched::default());
        let touched = follow(&mut doc, |doc| add_note(doc, id(8), &note("to")).unwrap());
        assert_eq!(touched.entries.into_iter().collect::<Vec<_>>(), [("notes".to_owned(), id(8).to_string())]);
    }

    #[test]
    fn a_person_removed_as_left_behind_stays_with_what_they_did_while_apart() {
        let key = AnswerKey::personal(id(1), FieldId::new("levels", "now"), id(2));
        type Step<'a> = Box<dyn Fn(&mut Automerge) + 'a>;
        let apart: [Step<'_>; 3] = [
            Box::new(|doc| place(doc, &key, Some(4)).unwrap()),
            Box::new(|doc| set_name(doc, id(2), Some("Amina")).unwrap()),
            Box::new(|doc| set_mark(doc, id(2), Mark::new(9)).unwrap()),
        ];
        for step in apart {
            let mut here = board(1);
            add_person(&mut here, id(2), None, Mark::new(3)).unwrap();
            place(&mut here, &key, Some(2)).unwrap();
            let mut there = here.fork().with_actor(ActorId::from([2; 16]));
            remove(&mut here, id(7), id(2), None, 5, "").unwrap();
            let mut view = BoardView::read(&here);
            assert!(view.is_removed(&id(2)) && !view.has_outlived_removal(&id(2)));
            let before = there.get_heads();
            step(&mut there);
            for change in there.get_changes(&before) {
                here.apply_changes([change.clone()]).unwrap();
                view.update(&here, &Touched::by(&here, &change));
            }
            assert!(!view.is_removed(&id(2)) && view.has_outlived_removal(&id(2)));
            assert_eq!(view, BoardView::read(&here));
            let touched = follow(&mut here, |doc| remove(doc, id(8), id(2), None, 6, "").unwrap());
            view.update(&here, &touched);
            assert!(view.is_removed(&id(2)), "one who saw it may take them off");
            let touched = follow(&mut here, |doc| take_back_removal(doc, id(8)).unwrap());
            view.update(&here, &touched);
            assert!(!view.is_removed(&id(2)));
        }
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
            let touched = follow(&mut doc, step);
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
