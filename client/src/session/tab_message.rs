//! What the tabs of one device tell each other.

use serde::{Deserialize, Serialize};

use super::records::OutboxRow;

/// One message to the other tabs that are open on the same workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "message", rename_all = "kebab-case")]
pub(super) enum TabMessage {
    /// Changes that were made in this tab and are stored now.
    Changes {
        /// The document's id, in text form.
        document: String,
        /// Each change's chunk, after those it depends on, and its row of the outbox if it has one.
        changes: Vec<(Vec<u8>, Option<OutboxRow>)>,
    },
    /// Changes made on this device that the board has received.
    Received {
        /// The document's id, in text form.
        document: String,
        /// Their hashes, in text form.
        hashes: Vec<String>,
    },
    /// The workshop was deleted from this device.
    Forgotten,
}

impl TabMessage {
    /// The bytes that go over the channel.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a message has only string keys and values that JSON has")
    }

    /// Reads a message; `None` for one of another version of the app.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
