//! Notes: examples, obstacles, signs; whatever somebody puts on the board in their own words.

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ReadDoc};

use crate::limits;

use super::super::change::change;
use super::super::{AnswerKey, EntryId, FieldId, Kind, Register, Scope, WriteError, order, read, register};
use super::container;

/// A note that is about to be put on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNote {
    /// Where it belongs; the participant dimension is not used, the author is.
    pub place: AnswerKey,
    /// The level it is an example of, if it belongs to one.
    pub level: Option<u8>,
    /// The person who wrote it.
    pub author: Option<EntryId>,
    /// When, in milliseconds since 1970, by the writer's clock; also its place in the order.
    pub at: i64,
    /// What it says.
    pub text: String,
}

/// A note on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its random id.
    pub id: EntryId,
    /// The tool instance and field it was written under, for all of a group and round.
    pub place: AnswerKey,
    /// The fields it was moved to since; more than one where two moved it apart.
    pub moved: Register<FieldId>,
    /// The level it is an example of.
    pub level: Option<u8>,
    /// The person who wrote it.
    pub author: Option<EntryId>,
    /// Its fractional key; equal keys are ordered by id.
    pub order: String,
    /// When it was written, in milliseconds since 1970.
    pub at: i64,
    /// What it says now.
    pub text: String,
    /// Somebody removed it, but it was edited by someone who did not know: it stays, marked.
    pub outlived_removal: bool,
}

impl Note {
    /// The fields where it stands: one, or all that it was moved to while apart, until somebody moves it again.
    pub fn fields(&self) -> impl Iterator<Item = &FieldId> {
        let written = self.moved.is_empty().then_some(&self.place.field);
        written.into_iter().chain(self.moved.values())
    }
}

/// Puts a note on the board, whole, in one change.
///
/// # Errors
/// [`WriteError::TooLong`] past 2,000 code units; [`WriteError::NoContainer`] if `doc` is no board.
pub fn add_note(doc: &mut Automerge, id: EntryId, note: &NewNote) -> Result<(), WriteError> {
    limits::check(&note.text, limits::NOTE)?;
    let notes = container(doc, "notes")?;
    change(doc, "note", |transaction| {
        let entry = transaction.put_object(&notes, id.to_string(), ObjType::Map)?;
        let place = AnswerKey { participant: Scope::All, ..note.place.clone() };
        transaction.put(&entry, "place", place.to_string())?;
        if let Some(level) = note.level {
            transaction.put(&entry, "level", u64::from(level))?;
        }
        if let Some(author) = note.author {
            transaction.put(&entry, "author", author.to_string())?;
        }
        transaction.put(&entry, "at", note.at)?;
        transaction.put(&entry, "order", order::at_end(note.at))?;
        let text = transaction.put_object(&entry, "text", ObjType::Text)?;
        transaction.splice_text(&text, 0, 0, &note.text)?;
        Ok(())
    })
}

/// Moves a note to another field of its tool, such as another quadrant; settles where several had moved it.
///
/// # Errors
/// [`WriteError::NoEntry`] if the note is not there.
pub fn move_note(doc: &mut Automerge, id: EntryId, field: &FieldId) -> Result<(), WriteError> {
    let notes = container(doc, "notes")?;
    let entry = read::object(doc, &notes, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })?;
    change(doc, "move", |transaction| Ok(transaction.put(&entry, "moved", field.as_str())?))
}

/// Reads one note without regard to removals; `None` if what stands there is not one.
pub(super) fn read_note(doc: &Automerge, key: &str) -> Option<Note> {
    let id: EntryId = key.parse().ok()?;
    let notes = read::container(doc, Kind::Board, "notes")?;
    let entry = read::object(doc, &notes, key, ObjType::Map)?;
    let text = read::object(doc, &entry, "text", ObjType::Text)?;
    Some(Note {
        id,
        place: read::string(doc, &entry, "place")?.parse().ok()?,
        moved: register::all(doc, &entry, "moved", &mut 0, |value| FieldId::parse(value.as_str()?)),
        level: read::number(doc, &entry, "level").and_then(|level| u8::try_from(level).ok()),
        author: read::string(doc, &entry, "author").and_then(|author| author.parse().ok()),
        order: read::string(doc, &entry, "order")?,
        at: read::number(doc, &entry, "at")?,
        text: doc.text(&text).ok()?,
        outlived_removal: false,
    })
}
