//! The board: what participants, sites and facilitators write together.
//!
//! | container | entry | made by | holds |
//! |---|---|---|---|
//! | `people` | object under a random id | the person's own device | name, mark; the group they are in |
//! | `marks` | register under an [`AnswerKey`] | the person's own device | a level, number, place, height or weight; 0 is withdrawn |
//! | `checks` | register under an answer key | the person's own device | a [`Check`]; 0 is withdrawn |
//! | `supports` | register under a [`SupportKey`] | the person's own device | 1, or a weight; 0 is withdrawn |
//! | `notes` | object under a random id | its author, whole | where it belongs, author, order, time, Automerge text; where it was moved to |
//! | `rows` | object under a random id | its author, whole | what kind, where it belongs, author, order, time, a text or a stamped value for each column |
//! | `texts` | text under an answer key | anyone, by the same bytes | Automerge text: a shared field, or one person's words |
//! | `registers` | register under an answer key | anyone | a stamped value: a shared one, or one person's |
//! | `removals` | object under a random id | who removed | the entry, the heads they saw, who, why |
//!
//! What each kind of table keeps where, is told in the module of the kind.

mod answer;
mod check;
mod note;
mod person;
mod removal;
mod row;
mod support;
mod view;

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjId};

pub use answer::{Answer, answer_all};
pub use check::{Check, answers, check, check_all};
pub use note::{NewNote, Note, add_note, move_note};
pub use person::{Mark, Person, add_person, next_free_mark, set_group, set_mark, set_name};
pub use removal::{Removal, remove, take_back_removal};
pub(super) use row::text_key;
pub use row::{NewRow, Row, RowKind, add_row, move_row, set_cell};
pub use support::{SupportKey, support};
pub use view::BoardView;

use super::change::change;
use super::{AnswerKey, Kind, Schema, Stamped, WriteError, genesis, read};

/// Makes an empty board: the same bytes for every workshop, so that boards begun apart share a root.
///
/// The actor must be set by the caller, anew for every start.
#[must_use]
pub fn genesis() -> Automerge {
    genesis::genesis(Kind::Board, None)
}

/// Whether its genesis is here. A newer schema is said by control, which participants do not write.
#[must_use]
pub fn schema(doc: &Automerge) -> Schema {
    genesis::schema(doc, Kind::Board)
}

fn container(doc: &Automerge, name: &'static str) -> Result<ObjId, WriteError> {
    read::container(doc, Kind::Board, name).ok_or(WriteError::NoContainer { container: name })
}

/// Places a person on a level, or withdraws their placement with `None`.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no board.
pub fn place(doc: &mut Automerge, key: &AnswerKey, level: Option<u8>) -> Result<(), WriteError> {
    let marks = container(doc, "marks")?;
    change(doc, "place", |transaction| Ok(transaction.put(&marks, key.to_string(), u64::from(level.unwrap_or(0)))?))
}

/// Sets a shared value that only one can hold, such as a date; an empty value clears it. Settles what met there.
///
/// # Errors
/// [`WriteError::TooLong`] past the limit of a note; [`WriteError::NoContainer`] if `doc` is no board.
pub fn set_register(doc: &mut Automerge, key: &AnswerKey, value: &Stamped<String>) -> Result<(), WriteError> {
    crate::limits::check(&value.value, crate::limits::NOTE)?;
    let registers = container(doc, "registers")?;
    change(doc, "value", |transaction| Ok(transaction.put(&registers, key.to_string(), value.to_scalar())?))
}
