//! What a refused action says to the person who did it.

use crate::session::ActionError;
use crate::texts::{Key, Texts};

/// The error in words: what happened, and that nothing was changed.
#[must_use]
pub fn words(error: &ActionError, texts: Texts) -> String {
    match error {
        ActionError::TooLong(too_long) => texts.table_too_long(too_long.limit, too_long.length - too_long.limit),
        ActionError::TooMany { limit } => texts.table_too_many(*limit),
        ActionError::NotAllowed => texts.get(Key::TableOnlyRead).to_owned(),
        ActionError::NewerSchema => texts.get(Key::StorageNewer).to_owned(),
        ActionError::Gone | ActionError::NotHere | ActionError::NotJoined | ActionError::Document(_) => {
            texts.get(Key::TableWriteFailed).to_owned()
        }
    }
}
