//! How far a group has come with a tool, whichever kinds it is of.

use std::collections::BTreeSet;

use super::board::BoardView;
use super::control::ControlView;
use super::{EntryId, Scope};

/// What lies on the board of one tool instance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Activity {
    /// How many people of those on the board have marked, checked, supported or written anything.
    pub people: usize,
    /// How many notes and rows stand there; those off the wall are left out.
    pub entries: usize,
}

impl Activity {
    /// Gathers what is there. Costs time in proportion to the board's entries.
    #[must_use]
    pub fn of(control: &ControlView, board: &BoardView, tool: EntryId) -> Self {
        let is_given = |values: &[u8]| values.iter().any(|value| *value > 0);
        let marks = board.marks.iter().filter(|(_, register)| is_given(register.values()));
        let checks = board.checks.iter().filter(|(_, register)| is_given(register.values()));
        let answered =
            marks.chain(checks).filter(|(key, _)| key.tool == tool).filter_map(|(key, _)| match key.participant {
                Scope::One(person) => Some(person),
                Scope::All => None,
            });
        let is_shown = |id: &EntryId| !control.hidden.contains_key(id);
        let notes = board.notes.values().filter(|note| note.place.tool == tool && is_shown(&note.id));
        let rows = board.rows.values().filter(|row| row.place.tool == tool && is_shown(&row.id));
        let entries: Vec<(EntryId, Option<EntryId>)> =
            notes.map(|note| (note.id, note.author)).chain(rows.map(|row| (row.id, row.author))).collect();
        let supporters = entries.iter().flat_map(|(id, _)| board.supporters(*id));
        let authors = entries.iter().filter_map(|(_, author)| *author);
        let people: BTreeSet<EntryId> = answered.chain(supporters).chain(authors).collect();
        let people =
            people.iter().filter(|person| board.people.contains_key(person) && !board.is_removed(person)).count();
        Self { people, entries: entries.len() }
    }

    /// Whether nobody has ever written anything there, in whatever place.
    #[must_use]
    pub fn is_untouched(control: &ControlView, board: &BoardView, tool: EntryId) -> bool {
        let marked = board.marks.keys().chain(board.checks.keys()).chain(board.registers.keys());
        let written = board.texts.keys().chain(control.decisions.keys()).chain(control.reasons.keys());
        let notes = board.notes.values().chain(board.removed_notes.values()).map(|note| &note.place);
        let rows = board.rows.values().chain(board.removed_rows.values()).map(|row| &row.place);
        marked.chain(written).chain(notes).chain(rows).all(|place| place.tool != tool)
    }

    /// Whether nothing is there yet.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}
