//! Rows: entries with several cells, such as a row of a grid or an action.

use std::collections::BTreeMap;

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjId, ObjType, ReadDoc};

use crate::limits;

use super::super::change::change;
use super::super::{AnswerKey, EntryId, Kind, Register, SmallMap, Stamped, WriteError, order, read, register};
use super::container;

/// What kind of row it is. A new kind gets a word of its own, which older readers skip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A row of a grid.
    Grid,
    /// Who does what by when: [`actions`](super::super::actions).
    Action,
}

impl RowKind {
    const ALL: [Self; 2] = [Self::Grid, Self::Action];

    fn word(self) -> &'static str {
        match self {
            Self::Grid => "grid",
            Self::Action => "action",
        }
    }
}

/// A row that is about to be put on the board, with every column that it will ever have words in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// What kind of row it is.
    pub kind: RowKind,
    /// Where it belongs; of an action, where it came up.
    pub place: AnswerKey,
    /// The note or row that it came of.
    pub source: Option<EntryId>,
    /// The person who made it.
    pub author: Option<EntryId>,
    /// When, in milliseconds since 1970, by the writer's clock; also its place in the order.
    pub at: i64,
    /// The columns of words, by their ids, with what stands there from the start.
    pub texts: BTreeMap<String, String>,
    /// Values that only one can hold, by their columns' ids: a date, a choice, a number.
    pub values: BTreeMap<String, String>,
}

/// A row on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its random id.
    pub id: EntryId,
    /// What kind of row it is.
    pub kind: RowKind,
    /// Where it belongs, for all of a group and round.
    pub place: AnswerKey,
    /// The note or row that it came of.
    pub source: Option<EntryId>,
    /// The person who made it.
    pub author: Option<EntryId>,
    /// Its fractional key; equal keys are ordered by id.
    pub order: String,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
    /// Its words, by column. Each is a [`TextTarget::Cell`](super::super::text::TextTarget::Cell).
    pub texts: SmallMap<String, String>,
    /// Its values, by column; an empty value is cleared.
    pub values: SmallMap<String, Register<Stamped<String>>>,
    /// Somebody removed it, but it was edited by someone who did not know: it stays, marked.
    pub outlived_removal: bool,
}

impl Row {
    /// The words in `column`; empty where there are none.
    #[must_use]
    pub fn text(&self, column: &str) -> &str {
        self.texts.get(column).map_or("", String::as_str)
    }

    /// The values of `column`.
    #[must_use]
    pub fn value(&self, column: &str) -> Register<Stamped<String>> {
        self.values.get(column).cloned().unwrap_or_default()
    }
}

/// The key of a column's words within a row, and of its value. No column's id holds a colon.
pub(in super::super) fn text_key(column: &str) -> String {
    format!("text:{column}")
}

fn value_key(column: &str) -> String {
    format!("value:{column}")
}

/// Puts a row on the board, whole, in one change.
///
/// # Errors
/// [`WriteError::TooLong`] past a note's length in any cell; [`WriteError::NoContainer`] if `doc` is no board.
pub fn add_row(doc: &mut Automerge, id: EntryId, row: &NewRow) -> Result<(), WriteError> {
    for text in row.texts.values().chain(row.values.values()) {
        limits::check(text, limits::NOTE)?;
    }
    let rows = container(doc, "rows")?;
    change(doc, "row", |transaction| {
        let entry = transaction.put_object(&rows, id.to_string(), ObjType::Map)?;
        transaction.put(&entry, "kind", row.kind.word())?;
        transaction.put(&entry, "place", row.place.to_string())?;
        for (key, id) in [("source", row.source), ("author", row.author)] {
            if let Some(id) = id {
                transaction.put(&entry, key, id.to_string())?;
            }
        }
        transaction.put(&entry, "at", row.at)?;
        transaction.put(&entry, "order", order::at_end(row.at))?;
        for (column, words) in &row.texts {
            let text = transaction.put_object(&entry, text_key(column), ObjType::Text)?;
            transaction.splice_text(&text, 0, 0, words)?;
        }
        for (column, value) in &row.values {
            let stamped = Stamped { value: value.clone(), by: row.author, at: row.at };
            transaction.put(&entry, value_key(column), stamped.to_scalar())?;
        }
        Ok(())
    })
}

/// Sets a cell that only one value can hold; an empty value clears it. Settles what met there.
///
/// # Errors
/// [`WriteError::TooLong`]; [`WriteError::NoEntry`] if the row is not there.
pub fn set_cell(doc: &mut Automerge, id: EntryId, column: &str, value: &Stamped<String>) -> Result<(), WriteError> {
    limits::check(&value.value, limits::NOTE)?;
    let entry = find(doc, id)?;
    change(doc, "cell", |transaction| Ok(transaction.put(&entry, value_key(column), value.to_scalar())?))
}

/// Moves a row to where `order` sorts, a key of [`order::between`].
///
/// # Errors
/// [`WriteError::NoEntry`] if the row is not there.
pub fn move_row(doc: &mut Automerge, id: EntryId, order: &str) -> Result<(), WriteError> {
    let entry = find(doc, id)?;
    change(doc, "order", |transaction| Ok(transaction.put(&entry, "order", order)?))
}

fn find(doc: &Automerge, id: EntryId) -> Result<ObjId, WriteError> {
    let rows = container(doc, "rows")?;
    read::object(doc, &rows, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })
}

/// Reads one row without regard to removals; `None` if what stands there is not one. Counts its unreadable values.
pub(super) fn read_row(doc: &Automerge, key: &str, skipped: &mut usize) -> Option<Row> {
    let id: EntryId = key.parse().ok()?;
    let rows = read::container(doc, Kind::Board, "rows")?;
    let entry = read::object(doc, &rows, key, ObjType::Map)?;
    let word = read::string(doc, &entry, "kind")?;
    let entry_id = |key| read::string(doc, &entry, key).and_then(|id| id.parse().ok());
    let mut row = Row {
        id,
        kind: RowKind::ALL.into_iter().find(|kind| kind.word() == word)?,
        place: read::string(doc, &entry, "place")?.parse().ok()?,
        source: entry_id("source"),
        author: entry_id("author"),
        order: read::string(doc, &entry, "order")?,
        at: read::number(doc, &entry, "at")?,
        texts: SmallMap::new(),
        values: SmallMap::new(),
        outlived_removal: false,
    };
    for field in doc.keys(&entry) {
        if let Some(column) = field.strip_prefix("text:") {
            let text = read::object(doc, &entry, &field, ObjType::Text).and_then(|text| doc.text(&text).ok());
            match text {
                Some(text) => drop(row.texts.insert(column.to_owned(), text)),
                None => *skipped += 1,
            }
        } else if let Some(column) = field.strip_prefix("value:") {
            let values = register::all_stamped(doc, &entry, &field, skipped, Some);
            row.values.insert(column.to_owned(), values);
        }
    }
    Some(row)
}
