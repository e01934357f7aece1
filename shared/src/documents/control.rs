//! Control: what facilitators decide, and everyone reads.
//!
//! | container | entry | holds |
//! |---|---|---|
//! | `settings` | register each | `title`, `language`, `names` (shown on the projector), `focus` (what is projected) |
//! | | object under a random id | a group: its name, and when it was added |
//! | `tools` | object under a random id, made whole | its order, the whole tool as compressed bytes that never change, and, where it is filled in per [group](Group), whose it is |
//! | `decisions` | register under an [`AnswerKey`] | a stamped level; 0 is 'not agreed' |
//! | `texts` | text under an answer key | the sentence why |
//! | `hidden` | object under a random id | the entry, why, when, and whether it is shown again |
//! | `removals` | object under a random id | a tool instance or a group taken out |
//! | `agenda` | object under a random id | a round that was begun: of which tool, and when |
//! | `locks`, `reveals`, `versions` | | kept for the facilitated hour |

mod groups;
mod view;

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, ObjId, ObjType, ScalarValue};

pub use groups::{Group, OfGroup, PerGroup, add_group, exchange_tools, fill_in_per_group, remove_group, rename_group};
pub use view::{ControlView, Focus, Hidden, Round, ToolInstance};

use crate::access::Identity;
use crate::content::{Language, Tool};
use crate::limits;

use super::change::change;
use super::{AnswerKey, EntryId, Kind, Schema, Stamped, WriteError, genesis, order, read};

/// Makes the control document of the workshop with this identity, empty but for its genesis.
///
/// The actor must be set by the caller, anew for every start.
#[must_use]
pub fn genesis(identity: &Identity) -> Automerge {
    genesis::genesis(Kind::Control, Some(identity))
}

/// The identity that stands in its genesis; `None` if the genesis has not arrived.
#[must_use]
pub fn identity(doc: &Automerge) -> Option<Identity> {
    genesis::identity(doc)
}

/// How the schema of the workshop's documents relates to this version.
#[must_use]
pub fn schema(doc: &Automerge) -> Schema {
    genesis::schema(doc, Kind::Control)
}

fn container(doc: &Automerge, name: &'static str) -> Result<ObjId, WriteError> {
    read::container(doc, Kind::Control, name).ok_or(WriteError::NoContainer { container: name })
}

fn set(doc: &mut Automerge, key: &str, message: &str, value: impl Into<ScalarValue>) -> Result<(), WriteError> {
    let settings = container(doc, "settings")?;
    change(doc, message, |transaction| Ok(transaction.put(&settings, key, value)?))
}

/// Sets the workshop's title, and settles it if two had met.
///
/// # Errors
/// [`WriteError::TooLong`] past 120 code units; [`WriteError::NoContainer`] if `doc` is no control document.
pub fn set_title(doc: &mut Automerge, title: &str) -> Result<(), WriteError> {
    let title = title.trim();
    limits::check(title, limits::TITLE)?;
    set(doc, "title", "title", title)
}

/// Sets the language that the workshop begins in; everyone may read in their own.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn set_language(doc: &mut Automerge, language: Language) -> Result<(), WriteError> {
    set(doc, "language", "language", language.code())
}

/// Says whether the projector shows names beside marks.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn show_names(doc: &mut Automerge, shown: bool) -> Result<(), WriteError> {
    set(doc, "names", "names", shown)
}

/// Says which question the projector shows.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn set_focus(doc: &mut Automerge, focus: &Focus) -> Result<(), WriteError> {
    set(doc, "focus", "focus", focus.to_scalar())
}

/// Adds a tool, whole, as an instance of its own; it comes after the others.
///
/// # Errors
/// [`WriteError::TooMany`] past 200 instances; [`WriteError::NoContainer`] if `doc` is no control document.
pub fn add_tool(doc: &mut Automerge, id: EntryId, tool: &Tool, at: i64) -> Result<(), WriteError> {
    add_stored_tool(doc, id, tool.to_bytes(), at)
}

/// As [`add_tool`], with the bytes of [`Tool::to_bytes`].
///
/// # Errors
/// As [`add_tool`].
pub fn add_stored_tool(doc: &mut Automerge, id: EntryId, stored: Vec<u8>, at: i64) -> Result<(), WriteError> {
    let last = ControlView::read(doc).tools.last().map(|instance| instance.order.clone());
    if read::keys(doc, Kind::Control, "tools").len() >= limits::TOOL_INSTANCES {
        return Err(WriteError::TooMany { limit: limits::TOOL_INSTANCES });
    }
    let tools = container(doc, "tools")?;
    // Two tools added in one millisecond, or by a clock that is behind, still come after those that are there.
    let mut place = order::at_end(at);
    if last.as_ref().is_some_and(|last| place <= *last) {
        place = order::between(last.as_deref(), None);
    }
    change(doc, "tool", |transaction| put_tool(transaction, &tools, id, &place, stored, None))
}

fn put_tool(
    transaction: &mut Transaction<'_>,
    tools: &ObjId,
    id: EntryId,
    order: &str,
    stored: Vec<u8>,
    of: Option<OfGroup>,
) -> Result<(), WriteError> {
    let entry = transaction.put_object(tools, id.to_string(), ObjType::Map)?;
    transaction.put(&entry, "order", order)?;
    transaction.put(&entry, "content", ScalarValue::Bytes(stored))?;
    if let Some(of) = of {
        transaction.put(&entry, "group", of.to_scalar())?;
    }
    Ok(())
}

/// Takes a tool instance out of the programme. Its answers stay on the board and come back with it.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn remove_tool(doc: &mut Automerge, id: EntryId, instance: EntryId, at: i64) -> Result<(), WriteError> {
    let removals = container(doc, "removals")?;
    let heads = groups::heads_of(doc);
    change(doc, "remove tool", |transaction| put_removal(transaction, &removals, (id, instance), &heads, at))
}

/// Writes a removal: its own id, and what it takes out.
fn put_removal(
    transaction: &mut Transaction<'_>,
    removals: &ObjId,
    (id, target): (EntryId, EntryId),
    heads: &[u8],
    at: i64,
) -> Result<(), WriteError> {
    let entry = transaction.put_object(removals, id.to_string(), ObjType::Map)?;
    transaction.put(&entry, "target", target.to_string())?;
    transaction.put(&entry, "heads", ScalarValue::Bytes(heads.to_vec()))?;
    transaction.put(&entry, "at", at)?;
    Ok(())
}

/// Takes a removed tool instance back into the programme, or a removed group.
///
/// # Errors
/// [`WriteError::NoEntry`] if there is no such removal.
pub fn take_back_removal(doc: &mut Automerge, id: EntryId) -> Result<(), WriteError> {
    let removals = container(doc, "removals")?;
    let entry = read::object(doc, &removals, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })?;
    change(doc, "restore", |transaction| Ok(transaction.put(&entry, "takenBack", true)?))
}

/// Sets the agreed level of a field, or none; settles what met there.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn decide(doc: &mut Automerge, key: &AnswerKey, level: &Stamped<u8>) -> Result<(), WriteError> {
    let decisions = container(doc, "decisions")?;
    change(doc, "decide", |transaction| Ok(transaction.put(&decisions, key.to_string(), level.to_scalar())?))
}

/// Begins a new round of a tool: what is answered from here on stands beside what was answered before.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn begin_round(doc: &mut Automerge, id: EntryId, tool: EntryId, at: i64) -> Result<(), WriteError> {
    let agenda = container(doc, "agenda")?;
    change(doc, "round", |transaction| {
        let entry = transaction.put_object(&agenda, id.to_string(), ObjType::Map)?;
        transaction.put(&entry, "kind", "round")?;
        transaction.put(&entry, "tool", tool.to_string())?;
        transaction.put(&entry, "at", at)?;
        Ok(())
    })
}

/// Takes a round back, or begins it again. Its answers stay on the board.
///
/// # Errors
/// [`WriteError::NoEntry`] if there is no such round.
pub fn take_back_round(doc: &mut Automerge, id: EntryId, is_taken_back: bool) -> Result<(), WriteError> {
    let agenda = container(doc, "agenda")?;
    let entry = read::object(doc, &agenda, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })?;
    change(doc, "round", |transaction| Ok(transaction.put(&entry, "takenBack", is_taken_back)?))
}

/// Takes an entry off the wall. Its writer sees that, and why.
///
/// # Errors
/// [`WriteError::TooLong`] for a reason past a note's length; [`WriteError::NoContainer`] if `doc` is no control document.
pub fn hide(doc: &mut Automerge, id: EntryId, target: EntryId, at: i64, reason: &str) -> Result<(), WriteError> {
    limits::check(reason, limits::NOTE)?;
    let hidden = container(doc, "hidden")?;
    change(doc, "hide", |transaction| {
        let entry = transaction.put_object(&hidden, id.to_string(), ObjType::Map)?;
        transaction.put(&entry, "target", target.to_string())?;
        transaction.put(&entry, "at", at)?;
        transaction.put(&entry, "reason", reason)?;
        Ok(())
    })
}

/// Puts a hidden entry back on the wall, whoever hid it and however often.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no control document.
pub fn show_again(doc: &mut Automerge, target: EntryId) -> Result<(), WriteError> {
    let hidden = container(doc, "hidden")?;
    let wanted = target.to_string();
    let entries: Vec<ObjId> = read::keys(doc, Kind::Control, "hidden")
        .iter()
        .filter_map(|key| read::object(doc, &hidden, key, ObjType::Map))
        .filter(|entry| read::string(doc, entry, "target").is_some_and(|found| found == wanted))
        .collect();
    change(doc, "show", |transaction| {
        for entry in &entries {
            transaction.put(entry, "shownAgain", true)?;
        }
        Ok(())
    })
}
