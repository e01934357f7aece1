//! What the tabs of one device tell each other.

use minicbor::{Decode, Encode};

use super::records::OutboxRow;

/// One message to the other tabs that are open on the same workshop.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) enum TabMessage {
    /// Changes that were made in this tab and are stored now.
    #[n(0)]
    Changes {
        /// The document's id, in text form.
        #[n(0)]
        document: String,
        /// The changes, each after those it depends on.
        #[n(1)]
        changes: Vec<TabChange>,
    },
    /// Changes made on this device that the board has received.
    #[n(1)]
    Received {
        /// The document's id, in text form.
        #[n(0)]
        document: String,
        /// Their hashes, in text form.
        #[n(1)]
        hashes: Vec<String>,
    },
    /// The workshop was deleted from this device.
    #[n(2)]
    Forgotten,
}

/// A change that was made in another tab.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct TabChange {
    /// Its chunk.
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    pub(super) chunk: Vec<u8>,
    /// Its row of the outbox, if it has one.
    #[n(1)]
    pub(super) row: Option<OutboxRow>,
}

impl TabMessage {
    /// The bytes that go over the channel.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory does not fail")
    }

    /// Reads a message; `None` for one of another version of the app.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
