//! One change at a time: how every writer commits.

use automerge::transaction::{CommitOptions, Transaction};
use automerge::{Automerge, AutomergeError};

use crate::limits::TooLong;

use super::EntryId;

/// Why a write was refused. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A text is longer than its place allows.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// There are as many of these as a workshop holds.
    #[error("already {limit} of these, which is the most")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// The entry is not in the document, or does not fit the schema.
    #[error("no entry {id}")]
    NoEntry {
        /// The id that was looked for.
        id: EntryId,
    },
    /// The document lacks what its genesis made: it is another kind of document, or damaged.
    #[error("the document has no `{container}`")]
    NoContainer {
        /// The container's key in the root.
        container: &'static str,
    },
    /// Automerge refused.
    #[error("the change does not fit the document")]
    Automerge(#[from] AutomergeError),
}

/// Runs `write` as one change with `message`, or as none if it fails. The change's time is 0.
pub(super) fn change<T>(
    doc: &mut Automerge,
    message: &str,
    write: impl FnOnce(&mut Transaction<'_>) -> Result<T, WriteError>,
) -> Result<T, WriteError> {
    let mut transaction = doc.transaction();
    match write(&mut transaction) {
        Ok(value) => {
            transaction.commit_with(CommitOptions::default().with_message(message).with_time(0));
            Ok(value)
        }
        Err(error) => {
            transaction.rollback();
            Err(error)
        }
    }
}
