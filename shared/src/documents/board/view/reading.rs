//! How one entry of a board's document is read into its view, and which removals hold.

use std::collections::BTreeSet;
use std::rc::Rc;

use automerge::{Automerge, ObjId, ReadDoc};

use super::super::super::register::{self, Register};
use super::super::super::{AnswerKey, EntryId, Kind, Scope, read};
use super::super::note::read_note;
use super::super::person::read_person;
use super::super::removal::{is_outlived, is_person_outlived, read_removal};
use super::super::row::read_row;
use super::super::support::SupportKey;
use super::BoardView;

impl BoardView {
    /// Reads one entry, and notes whose removals are to be weighed again because of it.
    pub(super) fn read_entry(&mut self, doc: &Automerge, container: &str, key: &str, weigh: &mut BTreeSet<EntryId>) {
        let mut skipped = 0;
        match container {
            "removals" => weigh.extend(self.read_removal(doc, key, &mut skipped)),
            "people" => weigh.extend(self.read_person(doc, key, &mut skipped)),
            "notes" => self.read_note(doc, key, &mut skipped),
            "rows" => self.read_row(doc, key, &mut skipped),
            "supports" => match key.parse::<SupportKey>() {
                Ok(given) => {
                    weigh.insert(given.person);
                    self.read_support(doc, given, &mut skipped);
                }
                Err(_) => skipped += 1,
            },
            "marks" | "checks" | "registers" | "texts" => match key.parse::<AnswerKey>() {
                Ok(place) => {
                    if let Scope::One(person) = place.participant {
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
            "marks" | "checks" => {
                let numbers = if container == "marks" { &mut self.marks } else { &mut self.checks };
                if is_there {
                    numbers.insert(place, numbers_under(doc, &object, &key, skipped));
                } else {
                    numbers.remove(&place);
                }
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

    fn read_support(&mut self, doc: &Automerge, given: SupportKey, skipped: &mut usize) {
        let Some(object) = read::container(doc, Kind::Board, "supports") else { return };
        let key = given.to_string();
        if read::is_there(doc, &object, &key) {
            let values = numbers_under(doc, &object, &key, skipped);
            self.supports.or_default(given.target).insert(given.person, values);
        } else if let Some(of_target) = self.supports.get_mut(&given.target) {
            of_target.remove(&given.person);
            if of_target.is_empty() {
                self.supports.remove(&given.target);
            }
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
        match self.standing(doc, "notes", note.id) {
            Standing::Removed => {
                self.notes.remove(&note.id);
                self.removed_notes.insert(note.id, Rc::new(note));
            }
            standing => {
                note.outlived_removal = standing == Standing::Outlived;
                self.removed_notes.remove(&note.id);
                self.notes.insert(note.id, Rc::new(note));
            }
        }
    }

    fn read_row(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) {
        let Some(mut row) = read_row(doc, key, skipped) else {
            *skipped += 1;
            if let Ok(id) = key.parse::<EntryId>() {
                self.rows.remove(&id);
                self.removed_rows.remove(&id);
            }
            return;
        };
        match self.standing(doc, "rows", row.id) {
            Standing::Removed => {
                self.rows.remove(&row.id);
                self.removed_rows.insert(row.id, Rc::new(row));
            }
            standing => {
                row.outlived_removal = standing == Standing::Outlived;
                self.removed_rows.remove(&row.id);
                self.rows.insert(row.id, Rc::new(row));
            }
        }
    }

    /// Whether an entry stands. Any one removal that saw it as it is takes it off the board.
    fn standing(&self, doc: &Automerge, container: &str, id: EntryId) -> Standing {
        let key = id.to_string();
        match self.removals.get(&id).map(Vec::as_slice) {
            None | Some([]) => Standing::Stands,
            Some(removals) if removals.iter().all(|removal| is_outlived(doc, container, &key, removal)) => {
                Standing::Outlived
            }
            Some(_) => Standing::Removed,
        }
    }

    /// Reads one removal, and gives what it is about now and was about before.
    fn read_removal(&mut self, doc: &Automerge, key: &str, skipped: &mut usize) -> Vec<EntryId> {
        let Ok(id) = key.parse::<EntryId>() else {
            *skipped += 1;
            return Vec::new();
        };
        let mut targets: Vec<EntryId> = Vec::new();
        for (target, removals) in self.removals.iter_mut() {
            let before = removals.len();
            removals.retain(|removal| removal.id != id);
            if removals.len() != before {
                targets.push(*target);
            }
        }
        self.removals.retain(|_, removals| !removals.is_empty());
        if let Some(removal) = read_removal(doc, key) {
            targets.push(removal.target);
            let removals = self.removals.or_default(removal.target);
            removals.push(removal);
            removals.sort_by_key(|removal| removal.id);
        }
        for target in &targets {
            // What does not fit there is counted where it stands.
            if self.notes.contains_key(target) || self.removed_notes.contains_key(target) {
                self.read_note(doc, &target.to_string(), &mut 0);
            }
            if self.rows.contains_key(target) || self.removed_rows.contains_key(target) {
                self.read_row(doc, &target.to_string(), &mut 0);
            }
        }
        targets
    }

    /// Finds out which of these people their removals took off the board: any one that saw them as they stand does.
    pub(super) fn weigh_removals(&mut self, doc: &Automerge, people: BTreeSet<EntryId>) {
        for person in people {
            self.removed_people.remove(&person);
            let Some(removals) = self.removals.get(&person).filter(|_| self.people.contains_key(&person)) else {
                continue;
            };
            let own = self.own_answers(person);
            if removals.iter().any(|removal| !is_person_outlived(doc, person, &own, removal)) {
                self.removed_people.insert(person);
            }
        }
    }

    /// Everything that a person answered under their own key: container and key.
    fn own_answers(&self, person: EntryId) -> Vec<(&'static str, String)> {
        fn of<'a>(
            name: &'static str,
            keys: impl Iterator<Item = &'a AnswerKey>,
            person: EntryId,
        ) -> impl Iterator<Item = (&'static str, String)> {
            let own = keys.filter(move |place| place.participant == Scope::One(person));
            own.map(move |place| (name, place.to_string()))
        }
        let given = self.supports.iter().filter(|(_, of_target)| of_target.contains_key(&person));
        let given = given.map(|(target, _)| ("supports", SupportKey { target: *target, person }.to_string()));
        of("marks", self.marks.keys(), person)
            .chain(of("checks", self.checks.keys(), person))
            .chain(of("registers", self.registers.keys(), person))
            .chain(of("texts", self.texts.keys(), person))
            .chain(given)
            .collect()
    }
}

/// How removals leave an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Stands,
    Outlived,
    Removed,
}

/// The small numbers under `key`.
fn numbers_under(doc: &Automerge, object: &ObjId, key: &str, skipped: &mut usize) -> Register<u8> {
    register::all(doc, object, key, skipped, |value| u8::try_from(value.as_i64()?).ok())
}

/// Whether anything stands under `key` of a container.
fn is_there(doc: &Automerge, container: &str, key: &str) -> bool {
    read::container(doc, Kind::Board, container).is_some_and(|object| read::is_there(doc, &object, key))
}
