//! The actions of the whole workshop: who does what by when, and where it came up.
//!
//! An action is a row of a kind of its own. Its place is the field where it came up (`p.<task>` of a card's task, the
//! field of a note or a grid; [`of_workshop`] where it came up nowhere), its source the note or row, if there is one. Columns: `what` (words), `who`, `by` (a date
//! `2027-04-01`), `status` (values).

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::limits::{self, TooLong};

use super::board::{BoardView, NewRow, Row, RowKind};
use super::control::{ControlView, Focus};
use super::entries::rows;
use super::{AnswerKey, EntryId, FieldId, SmallMap, is_day};

/// The column of what is to be done.
pub const WHAT: &str = "what";
/// The column of who does it: see [`Who`].
pub const WHO: &str = "who";
/// The column of the day by which it is done.
pub const BY: &str = "by";
/// The column of how far it has come: see [`Status`].
pub const STATUS: &str = "status";

/// Where an action belongs that came up nowhere in particular: the workshop as a whole. No tool instance has its id.
#[must_use]
pub fn of_workshop() -> AnswerKey {
    AnswerKey::shared(EntryId::from_random([0; 16]), FieldId::new("workshop", "actions"))
}

/// What is projected when the list itself is. Who does not know it finds no such tool, and shows the first one.
#[must_use]
pub fn list_focus() -> Focus {
    let AnswerKey { tool, field, .. } = of_workshop();
    Focus { tool, field: Some(field) }
}

/// How far an action has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nobody has begun.
    #[default]
    Open,
    /// Somebody is at it.
    Begun,
    /// It is done.
    Done,
}

impl Status {
    /// Every status, in order.
    pub const ALL: [Self; 3] = [Self::Open, Self::Begun, Self::Done];

    /// The word that stands in the cell.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Begun => "begun",
            Self::Done => "done",
        }
    }

    /// The status that `code` stands for; a cleared cell is open.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        if code.is_empty() { Some(Self::Open) } else { Self::ALL.into_iter().find(|status| status.code() == code) }
    }
}

/// Who takes an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Somebody on the board.
    Person(EntryId),
    /// A role, or somebody who is not there, in words.
    Named(String),
}

impl Who {
    /// What stands in the cell.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Person(person) => format!("@{person}"),
            Self::Named(words) => words.trim().to_owned(),
        }
    }

    /// A role, or somebody who is not there, as it was typed; `None` for nothing.
    ///
    /// # Errors
    /// [`TooLong`] past the limit of a name.
    pub fn named(words: &str) -> Result<Option<Self>, TooLong> {
        let words = words.trim();
        limits::check(words, limits::NAME)?;
        // A role that begins like a person's code is none.
        let words = words.trim_start_matches('@');
        Ok((!words.is_empty()).then(|| Self::Named(words.to_owned())))
    }

    /// Who `code` stands for; `None` where the cell is cleared.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let person = code.strip_prefix('@').and_then(|id| id.parse().ok());
        match person {
            Some(person) => Some(Self::Person(person)),
            None => (!code.trim().is_empty()).then(|| Self::Named(code.to_owned())),
        }
    }
}

/// An action that is about to be put on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// Where it came up.
    pub place: AnswerKey,
    /// The note or row that it came of.
    pub source: Option<EntryId>,
    /// What is to be done.
    pub what: String,
    /// Who takes it.
    pub who: Option<Who>,
    /// By when: a date, or nothing.
    pub by: String,
}

impl NewAction {
    /// The row that it becomes.
    #[must_use]
    pub fn row(&self, author: Option<EntryId>, at: i64) -> NewRow {
        let values = [(WHO, self.who.as_ref().map(Who::code)), (BY, Some(self.by.clone()))];
        let set = |(column, value): (&str, Option<String>)| {
            value.filter(|value| !value.is_empty()).map(|value| (column.to_owned(), value))
        };
        NewRow {
            kind: RowKind::Action,
            place: self.place.clone(),
            source: self.source,
            author,
            at,
            texts: BTreeMap::from([(WHAT.to_owned(), self.what.trim().to_owned())]),
            values: values.into_iter().filter_map(set).collect(),
        }
    }
}

/// Every action that stands, in order; those off the wall are left out.
#[must_use]
pub fn actions(control: &ControlView, board: &BoardView) -> Vec<Rc<Row>> {
    rows(control, board, |row| row.kind == RowKind::Action)
}

/// The actions that came up in a field, or of one of its entries.
#[must_use]
pub fn actions_of(control: &ControlView, board: &BoardView, place: &AnswerKey) -> Vec<Rc<Row>> {
    let is_here = |row: &Row| row.place.tool == place.tool && row.place.field == place.field;
    rows(control, board, |row| row.kind == RowKind::Action && is_here(row))
}

/// The actions of a tool by the fields where they came up, in order; those off the wall are left out.
pub(super) fn actions_by_field(
    control: &ControlView,
    board: &BoardView,
    tool: EntryId,
) -> SmallMap<FieldId, Vec<Rc<Row>>> {
    let mut fields: SmallMap<FieldId, Vec<Rc<Row>>> = SmallMap::new();
    for row in rows(control, board, |row| row.kind == RowKind::Action && row.place.tool == tool) {
        fields.or_default(row.place.field.clone()).push(row);
    }
    fields
}

/// Who takes an action: nobody yet, one, or several that met.
#[must_use]
pub fn whos(row: &Row) -> Vec<Who> {
    row.value(WHO).values().iter().filter_map(|stamped| Who::from_code(&stamped.value)).collect()
}

/// The days by which an action is to be done: none yet, one, or several that met. What is no day is left out.
#[must_use]
pub fn days(row: &Row) -> Vec<String> {
    let days = row.value(BY);
    days.values().iter().filter(|stamped| is_day(&stamped.value)).map(|stamped| stamped.value.clone()).collect()
}

/// How many of an action's cells hold what this version cannot read.
pub(super) fn unreadable_cells(row: &Row) -> usize {
    let days = row.value(BY);
    let statuses = row.value(STATUS);
    days.values().iter().filter(|stamped| !stamped.value.is_empty() && !is_day(&stamped.value)).count()
        + statuses.values().iter().filter(|stamped| Status::from_code(&stamped.value).is_none()).count()
}

/// What stands under a row's status, without cells that an older version cannot read.
#[must_use]
pub fn statuses(row: &Row) -> Vec<Status> {
    let register = row.value(STATUS);
    let read = register.values().iter().filter_map(|stamped| Status::from_code(&stamped.value));
    let all: Vec<Status> = read.collect();
    if all.is_empty() { vec![Status::Open] } else { all }
}
