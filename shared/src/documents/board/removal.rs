//! Removals: tombstones that name what their author saw.

use automerge::transaction::Transactable;
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue};

use crate::limits;

use super::super::change::change;
use super::super::{EntryId, Kind, WriteError, read};
use super::container;

/// Somebody's word that an entry should not stand on the board any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The removal's own random id.
    pub id: EntryId,
    /// The note, row or person it removes.
    pub target: EntryId,
    /// The heads of the board as its author saw it.
    pub heads: Vec<ChangeHash>,
    /// Who removed it.
    pub by: Option<EntryId>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Why, in a few words; may be empty.
    pub reason: String,
}

/// Removes a note, a row or a person by a tombstone. What was written about it while apart survives.
///
/// # Errors
/// [`WriteError::TooLong`] for a reason past a note's length; [`WriteError::NoContainer`] if `doc` is no board.
pub fn remove(
    doc: &mut Automerge,
    id: EntryId,
    target: EntryId,
    by: Option<EntryId>,
    at: i64,
    reason: &str,
) -> Result<(), WriteError> {
    limits::check(reason, limits::NOTE)?;
    let removals = container(doc, "removals")?;
    let heads: Vec<u8> = doc.get_heads().iter().flat_map(|hash| hash.0).collect();
    change(doc, "remove", |transaction| {
        let entry = transaction.put_object(&removals, id.to_string(), ObjType::Map)?;
        transaction.put(&entry, "target", target.to_string())?;
        transaction.put(&entry, "heads", ScalarValue::Bytes(heads))?;
        if let Some(by) = by {
            transaction.put(&entry, "by", by.to_string())?;
        }
        transaction.put(&entry, "at", at)?;
        transaction.put(&entry, "reason", reason)?;
        Ok(())
    })
}

/// Takes a removal back: what it removed stands again.
///
/// # Errors
/// [`WriteError::NoEntry`] if there is no such removal.
pub fn take_back_removal(doc: &mut Automerge, id: EntryId) -> Result<(), WriteError> {
    let removals = container(doc, "removals")?;
    let entry = read::object(doc, &removals, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })?;
    change(doc, "restore", |transaction| Ok(transaction.put(&entry, "takenBack", true)?))
}

/// Reads one removal that stands; `None` if it was taken back or is none.
pub(super) fn read_removal(doc: &Automerge, key: &str) -> Option<Removal> {
    let id: EntryId = key.parse().ok()?;
    let removals = read::container(doc, Kind::Board, "removals")?;
    let entry = read::object(doc, &removals, key, ObjType::Map)?;
    if read::flag(doc, &entry, "takenBack") {
        return None;
    }
    Some(Removal {
        id,
        target: read::string(doc, &entry, "target")?.parse().ok()?,
        heads: read::heads(doc, &entry, "heads")?,
        by: read::string(doc, &entry, "by").and_then(|by| by.parse().ok()),
        at: read::number(doc, &entry, "at").unwrap_or(0),
        reason: read::string(doc, &entry, "reason").unwrap_or_default(),
    })
}

/// Whether the entry `key` of `container`, a note or a row, now differs from what the remover saw. Where it stands in its
/// list is no matter: who moved it has written nothing.
///
/// Heads that this device does not know (a forged removal) count as having seen nothing of the entry.
pub(super) fn is_outlived(doc: &Automerge, container: &str, key: &str, removal: &Removal) -> bool {
    let entry = || {
        let entries = read::container(doc, Kind::Board, container)?;
        read::object(doc, &entries, key, ObjType::Map)
    };
    let Some(entry) = entry() else { return false };
    let mut words = doc.keys(&entry).filter(|field| field != "order");
    words.any(|field| read::is_changed_since(doc, &entry, &field, &removal.heads))
}

/// Whether the entry of a person, or one of their `own` answers (container and key), now differs from what the remover
/// saw.
///
/// Heads that this device does not know count as having seen nothing of the person.
pub(super) fn is_person_outlived(
    doc: &Automerge,
    person: EntryId,
    own: &[(&'static str, String)],
    removal: &Removal,
) -> bool {
    let entry = || {
        let people = read::container(doc, Kind::Board, "people")?;
        read::object(doc, &people, &person.to_string(), ObjType::Map)
    };
    let is_changed = |object: &ObjId, key: &str| read::is_changed_since(doc, object, key, &removal.heads);
    entry().is_some_and(|entry| ["name", "mark", "group"].iter().any(|field| is_changed(&entry, field)))
        || own.iter().any(|(container, key)| {
            read::container(doc, Kind::Board, container).is_some_and(|container| is_changed(&container, key))
        })
}
