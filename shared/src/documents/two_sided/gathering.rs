//! How a balance is gathered: the board is gone through once, and the entries are made of what was found.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{
    BalanceEntry, FollowUpAnswers, GroupEntries, HEAVIEST, SideAnswers, Weighable, example_field, follow_up_field,
    group_field,
};
use crate::content::{EntryId as EntryName, Side, TwoSided};
use crate::documents::actions::actions_by_field;
use crate::documents::board::{self, BoardView, Check, Note, Row};
use crate::documents::control::ControlView;
use crate::documents::entries::notes_by_field;
use crate::documents::{AnswerKey, EntryId, FieldId, Scope, SmallMap};

/// What is read of the board in one pass, before the entries are made of it.
pub(super) struct Gathering<'a> {
    board: &'a BoardView,
    tool: EntryId,
    part: &'a str,
    /// Everyone's weights of typical entries, by field.
    weights: SmallMap<&'a FieldId, Vec<(EntryId, &'a [u8])>>,
    /// Who set which mark.
    marks: SmallMap<&'a FieldId, BTreeSet<EntryId>>,
    notes: SmallMap<FieldId, Vec<Rc<Note>>>,
    actions: SmallMap<FieldId, Vec<Rc<Row>>>,
    /// How many weights were left out.
    pub(super) skipped: usize,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(control: &ControlView, board: &'a BoardView, tool: EntryId, part: &'a str) -> Self {
        let own = move |key: &'a AnswerKey| match key.participant {
            Scope::One(person) if key.tool == tool && board.counts(&person) => Some((&key.field, person)),
            _ => None,
        };
        let mut weights: SmallMap<&FieldId, Vec<(EntryId, &[u8])>> = SmallMap::new();
        for (key, register) in &board.marks {
            if let Some((field, person)) = own(key) {
                weights.or_default(field).push((person, register.values()));
            }
        }
        let mut marks: SmallMap<&FieldId, BTreeSet<EntryId>> = SmallMap::new();
        for (key, register) in &board.checks {
            if let (Some((field, person)), true) = (own(key), board::answers(register).any(|one| one == Check::Yes)) {
                marks.or_default(field).insert(person);
            }
        }
        let notes = notes_by_field(control, board, tool);
        Self { board, tool, part, weights, marks, notes, actions: actions_by_field(control, board, tool), skipped: 0 }
    }

    /// One pan.
    pub(super) fn side(&mut self, side: &Side, content: &TwoSided) -> SideAnswers {
        let marks: Vec<&EntryName> =
            content.follow_ups.iter().filter(|mark| mark.side == side.id).map(|mark| &mark.id).collect();
        let groups = side.groups.iter().map(|group| {
            let key = AnswerKey::shared(self.tool, group_field(self.part, &group.id));
            let mut entries: Vec<BalanceEntry> =
                group.examples.iter().map(|example| self.typical(&example.id, &marks)).collect();
            let own = self.notes.get(&key.field).cloned().unwrap_or_default();
            entries.extend(own.into_iter().map(|note| self.own(note, &marks)));
            GroupEntries { group: group.id.clone(), key, entries }
        });
        let groups = groups.collect();
        let mut answers = SideAnswers { side: side.id.clone(), role: side.role, groups, sum: 0 };
        answers.sum = answers.each(|_| true).into_iter().map(BalanceEntry::sum).sum();
        answers
    }

    fn typical(&mut self, example: &EntryName, marks: &[&EntryName]) -> BalanceEntry {
        let key = AnswerKey::shared(self.tool, example_field(self.part, example));
        let given = self.weights.get(&key.field).cloned().unwrap_or_default();
        self.entry(Weighable::Typical(example.clone()), key, None, given, marks)
    }

    fn own(&mut self, note: Rc<Note>, marks: &[&EntryName]) -> BalanceEntry {
        let board = self.board;
        let given = board.supports.get(&note.id).into_iter().flatten();
        let given = given.filter(|(person, _)| board.counts(person)).map(|(person, all)| (*person, all.values()));
        let (of, key) = (Weighable::Own(note.id), note.place.clone());
        self.entry(of, key, Some(note), given.collect(), marks)
    }

    fn entry(
        &mut self,
        of: Weighable,
        key: AnswerKey,
        note: Option<Rc<Note>>,
        given: Vec<(EntryId, &[u8])>,
        marks: &[&EntryName],
    ) -> BalanceEntry {
        let mut entry =
            BalanceEntry { of, key, note, weights: SmallMap::new(), undecided: Vec::new(), follow_ups: Vec::new() };
        for (person, all) in given {
            self.skipped += all.iter().filter(|weight| **weight > HEAVIEST).count();
            let mut weights = all.iter().copied().filter(|weight| (1..=HEAVIEST).contains(weight));
            let Some(first) = weights.next() else { continue };
            let most = entry.weights.or_default(person);
            *most = (*most).max(first);
            for weight in weights {
                *most = (*most).max(weight);
                if !entry.undecided.contains(&person) {
                    entry.undecided.push(person);
                }
            }
        }
        for mark in marks {
            let key = AnswerKey::shared(self.tool, follow_up_field(self.part, mark, &entry.of));
            let people = self.marks.get(&key.field).map(|people| people.iter().copied().collect()).unwrap_or_default();
            let actions = self.actions.get(&key.field).cloned().unwrap_or_default();
            entry.follow_ups.push(FollowUpAnswers { follow_up: (*mark).clone(), key, people, actions });
        }
        entry
    }
}
