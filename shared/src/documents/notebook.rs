//! The notebook: what never leaves the device.

use automerge::transaction::Transactable;
use automerge::{Automerge, ReadDoc, Value};

use super::change::change;
use super::genesis;
use super::{EntryId, Kind, Schema, WriteError, read};

/// Makes the notebook. The actor must be set by the caller, anew for every start.
#[must_use]
pub fn genesis() -> Automerge {
    genesis::genesis(Kind::Notebook, None)
}

/// How its schema relates to this version.
#[must_use]
pub fn schema(doc: &Automerge) -> Schema {
    genesis::schema(doc, Kind::Notebook)
}

/// Notes that `person` is somebody this device writes for: its owner, or somebody beside them without a phone.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no notebook.
pub fn add_own(doc: &mut Automerge, person: EntryId) -> Result<(), WriteError> {
    let own = read::container(doc, Kind::Notebook, "own").ok_or(WriteError::NoContainer { container: "own" })?;
    change(doc, "own", |transaction| Ok(transaction.put(&own, person.to_string(), true)?))
}

/// The people this device writes for.
#[must_use]
pub fn own(doc: &Automerge) -> Vec<EntryId> {
    read::keys(doc, Kind::Notebook, "own").iter().filter_map(|key| key.parse().ok()).collect()
}

/// Keeps what someone is writing under `place` until they add it to the board; an empty `text` forgets it.
///
/// # Errors
/// [`WriteError::TooLong`] past the limit of a long text; [`WriteError::NoContainer`] if `doc` is no notebook.
pub fn set_draft(doc: &mut Automerge, place: &str, text: &str) -> Result<(), WriteError> {
    crate::limits::check(text, crate::limits::LONG_TEXT)?;
    let drafts =
        read::container(doc, Kind::Notebook, "drafts").ok_or(WriteError::NoContainer { container: "drafts" })?;
    change(doc, "draft", |transaction| Ok(transaction.put(&drafts, place, text)?))
}

/// The draft under `place`. Two tabs that wrote in it at once leave both texts, one after the other.
#[must_use]
pub fn draft(doc: &Automerge, place: &str) -> String {
    let Some(drafts) = read::container(doc, Kind::Notebook, "drafts") else { return String::new() };
    let mut texts: Vec<String> = doc
        .get_all(&drafts, place)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(value, _)| match value {
            Value::Scalar(scalar) => scalar.as_str().map(str::to_owned),
            Value::Object(_) => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    texts.join("\n")
}
