//! The board as views draw it, kept up to date entry by entry: what is on it here, how it is read in [`reading`].

mod reading;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use automerge::Automerge;

use super::super::register::{Register, Stamped};
use super::super::{AnswerKey, EntryId, Kind, Scope, SmallMap, Touched, genesis, read};
use super::note::Note;
use super::person::Person;
use super::removal::Removal;
use super::row::Row;

/// Everything on a board that fits the schema. Reading never fails: the rest is counted in `skipped`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BoardView {
    /// Who is on the board, also those that were removed.
    pub people: SmallMap<EntryId, Person>,
    /// Placements and answers of one person; 0 is withdrawn.
    pub marks: BTreeMap<AnswerKey, Register<u8>>,
    /// Answers of one person to statements: [`answers`](super::answers) tells what they mean.
    pub checks: BTreeMap<AnswerKey, Register<u8>>,
    /// What people gave to notes and rows, by the entry: 1 is support, more is a weight, 0 is withdrawn.
    pub supports: SmallMap<EntryId, SmallMap<EntryId, Register<u8>>>,
    /// Notes that stand, by id. One that did not change is the same `Rc` as before, so that comparing it costs nothing.
    pub notes: BTreeMap<EntryId, Rc<Note>>,
    /// Rows that stand, by id, likewise.
    pub rows: BTreeMap<EntryId, Rc<Row>>,
    /// Shared texts.
    pub texts: BTreeMap<AnswerKey, String>,
    /// Shared values that only one can hold; an empty value is cleared.
    pub registers: BTreeMap<AnswerKey, Register<Stamped<String>>>,
    /// Removals that nobody took back, by what they remove, also those that what they removed has outlived.
    pub removals: SmallMap<EntryId, Vec<Removal>>,
    /// Notes that a removal took off the board, as they stood.
    pub removed_notes: BTreeMap<EntryId, Rc<Note>>,
    /// Rows that a removal took off the board, as they stood.
    pub removed_rows: BTreeMap<EntryId, Rc<Row>>,
    /// Whether it is a notebook's own board.
    is_own: bool,
    /// People whom a removal took off the board.
    removed_people: BTreeSet<EntryId>,
    /// How many entries did not fit the schema, by container and key.
    unreadable: SmallMap<(String, String), usize>,
}

const CONTAINERS: [&str; 9] =
    ["removals", "people", "marks", "checks", "supports", "notes", "rows", "texts", "registers"];

impl BoardView {
    /// What one person gave to a tool under their own keys and name, and nothing else: what the others would see of it if
    /// this were the notebook's own board and they shared it.
    #[must_use]
    pub fn of_person(&self, tool: EntryId, person: EntryId) -> Self {
        fn own<T: Clone>(all: &BTreeMap<AnswerKey, T>, tool: EntryId, person: EntryId) -> BTreeMap<AnswerKey, T> {
            let own = all.iter().filter(|(key, _)| key.tool == tool && key.participant == Scope::One(person));
            own.map(|(key, value)| (key.clone(), value.clone())).collect()
        }
        let notes = self.notes.iter().filter(|(_, note)| note.place.tool == tool && note.author == Some(person));
        let rows = self.rows.iter().filter(|(_, row)| row.place.tool == tool && row.author == Some(person));
        let mut supports: SmallMap<EntryId, SmallMap<EntryId, Register<u8>>> = SmallMap::default();
        for (target, given) in self.supports.iter() {
            if let Some(weight) = given.get(&person) {
                supports.or_default(*target).insert(person, weight.clone());
            }
        }
        Self {
            marks: own(&self.marks, tool, person),
            checks: own(&self.checks, tool, person),
            texts: own(&self.texts, tool, person),
            registers: own(&self.registers, tool, person),
            notes: notes.map(|(id, note)| (*id, Rc::clone(note))).collect(),
            rows: rows.map(|(id, row)| (*id, Rc::clone(row))).collect(),
            supports,
            is_own: true,
            ..Self::default()
        }
    }

    /// Reads a whole board. Costs time in proportion to its entries.
    #[must_use]
    pub fn read(doc: &Automerge) -> Self {
        let mut view = Self { is_own: genesis::is_own_board(doc), ..Self::default() };
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
        self.is_own = genesis::is_own_board(doc);
        let mut weigh = BTreeSet::new();
        for container in CONTAINERS {
            for key in touched.in_container(container) {
                self.read_entry(doc, container, key, &mut weigh);
            }
        }
        self.weigh_removals(doc, weigh);
    }

    /// Whether nothing was answered or written on it by anyone.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let is_given = |register: &Register<u8>| register.values().iter().any(|value| *value > 0);
        let is_set = |register: &Register<Stamped<String>>| register.values().iter().any(|set| !set.value.is_empty());
        self.notes.is_empty()
            && self.rows.is_empty()
            && !self.marks.values().chain(self.checks.values()).any(is_given)
            && !self.registers.values().any(is_set)
            && self.texts.values().all(|text| text.trim().is_empty())
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

    /// Whether what a person answered counts: they are on the board and not taken off it. A notebook's own board has no
    /// people; all that is there counts.
    #[must_use]
    pub fn counts(&self, person: &EntryId) -> bool {
        self.is_own || self.people.contains_key(person) && !self.is_removed(person)
    }

    /// The people who are on the board, without those taken off it.
    pub fn standing_people(&self) -> impl Iterator<Item = &Person> {
        self.people.values().filter(|person| !self.is_removed(&person.id))
    }

    /// Who stands behind an entry, in a steady order, without those taken off the board.
    pub fn supporters(&self, target: EntryId) -> impl Iterator<Item = EntryId> {
        self.weights(target).map(|(person, _)| person)
    }

    /// Who gave an entry how much, in a steady order, without those taken off the board. Of what one person gave on two
    /// devices the larger counts, until they choose.
    pub fn weights(&self, target: EntryId) -> impl Iterator<Item = (EntryId, u8)> {
        let given = self.supports.get(&target).into_iter().flatten();
        given.filter_map(|(person, weight)| {
            let weight = weight.values().iter().copied().max().unwrap_or_default();
            (weight > 0 && self.counts(person)).then_some((*person, weight))
        })
    }
}
