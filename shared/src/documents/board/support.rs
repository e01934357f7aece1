//! Supports: what one person gives to an entry of the board: their support, or the weight that it has for them.

use std::fmt;
use std::str::FromStr;

use automerge::Automerge;
use automerge::transaction::Transactable;

use super::super::change::change;
use super::super::{EntryId, EntryIdError, WriteError};
use super::container;

/// Whose support it is, and of what. One person has one for each entry, so that nobody counts twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SupportKey {
    /// The note or row.
    pub target: EntryId,
    /// The person.
    pub person: EntryId,
}

impl fmt::Display for SupportKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.target, self.person)
    }
}

impl FromStr for SupportKey {
    type Err = EntryIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (target, person) = text.split_once('/').ok_or(EntryIdError)?;
        Ok(Self { target: target.parse()?, person: person.parse()? })
    }
}

/// Gives `weight` to an entry, 1 where it is support and no more; takes it back with 0.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no board.
pub fn support(doc: &mut Automerge, key: SupportKey, weight: u8) -> Result<(), WriteError> {
    let supports = container(doc, "supports")?;
    change(doc, "support", |transaction| Ok(transaction.put(&supports, key.to_string(), u64::from(weight))?))
}
