//! Who chose what, where each person has one answer of their own: a number on a scale, a stage, yes or no.

use std::collections::{BTreeMap, BTreeSet};

use super::board::BoardView;
use super::{AnswerKey, EntryId, Register, Scope};

/// The choices of all people. A person whose two devices disagree stands under both choices and in `undecided`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices<T> {
    /// Who chose what, from the lowest choice up, each person's id in order.
    pub people: BTreeMap<T, Vec<EntryId>>,
    /// People who stand under several choices until they choose again.
    pub undecided: Vec<EntryId>,
}

impl<T: Ord + Copy> Choices<T> {
    /// Gathers `entries`, each a key with what stands under it, that are of `place` (its tool, field and round) and of a
    /// person on the board. `read` gives the choices that a register holds, without those taken back.
    ///
    /// A person may have answered for several groups; they are one person all the same.
    pub fn gather<'a, I: IntoIterator<Item = T>>(
        board: &BoardView,
        entries: impl IntoIterator<Item = (&'a AnswerKey, &'a Register<u8>)>,
        place: &AnswerKey,
        read: impl Fn(&'a Register<u8>) -> I,
    ) -> Self {
        let mut chosen: BTreeMap<EntryId, BTreeSet<T>> = BTreeMap::new();
        for (key, register) in entries {
            let Scope::One(person) = key.participant else { continue };
            let is_here = key.tool == place.tool && key.field == place.field && key.round == place.round;
            if is_here && board.counts(&person) {
                chosen.entry(person).or_default().extend(read(register));
            }
        }
        let mut choices = Self { people: BTreeMap::new(), undecided: Vec::new() };
        for (person, of_person) in chosen {
            if of_person.len() > 1 {
                choices.undecided.push(person);
            }
            for choice in of_person {
                choices.people.entry(choice).or_default().push(person);
            }
        }
        choices
    }

    /// How many people have chosen.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.people.values().flatten().collect::<BTreeSet<_>>().len()
    }

    /// How many chose `choice`.
    #[must_use]
    pub fn count(&self, choice: T) -> usize {
        self.people.get(&choice).map_or(0, Vec::len)
    }

    /// What a person chose, if it is one.
    #[must_use]
    pub fn of(&self, person: EntryId) -> Option<T> {
        if self.undecided.contains(&person) {
            return None;
        }
        self.people.iter().find(|(_, people)| people.contains(&person)).map(|(choice, _)| *choice)
    }

    /// Every choice with its person, from the lowest up.
    pub fn each(&self) -> impl Iterator<Item = (T, EntryId)> {
        self.people.iter().flat_map(|(choice, people)| people.iter().map(|person| (*choice, *person)))
    }
}
