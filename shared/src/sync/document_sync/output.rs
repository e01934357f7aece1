//! What the shell must do for a document.

use std::sync::Arc;

use automerge::ChangeHash;

use crate::sync::identity::{BatchId, LinkId};
use crate::sync::message::RefusedReason;

/// What the shell must do, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Make these changes durable, all or none, and answer [`super::Input::Stored`] or [`super::Input::StoreFailed`].
    /// At most one batch is on its way; what arrives meanwhile forms the next.
    Store {
        /// The batch.
        batch: BatchId,
        /// Its changes, each after those it depends on.
        changes: Vec<StoredChange>,
    },
    /// Send this sync message (a `sync` frame; a client may call its first one `request`).
    Send {
        /// The link.
        link: LinkId,
        /// The bytes of an Automerge sync message; the same ones where many links are told the same (S27).
        data: Arc<[u8]>,
    },
    /// Tell the link what is durable here ([`crate::sync::message::Durable`]); only to links that announced it.
    Durable {
        /// The link.
        link: LinkId,
        /// The heads.
        heads: Vec<ChangeHash>,
    },
    /// Tell the link that its changes were not taken ([`crate::sync::message::Refused`]); each change once.
    Refused {
        /// The link.
        link: LinkId,
        /// The changes.
        hashes: Vec<ChangeHash>,
        /// Why.
        reason: RefusedReason,
    },
    /// The document holds changes that it did not hold before: views may draw again, caches are old.
    Applied {
        /// How many changes came in.
        changes: usize,
    },
    /// What the link sent cannot be used: close it. It is already gone here; the others go on.
    Broken {
        /// The link.
        link: LinkId,
        /// What was wrong.
        reason: BrokenReason,
    },
    /// Automerge panicked while applying what was stored, and the document may be half changed. Remove `suspects`
    /// from the store (nothing of them was acknowledged), load the document again with
    /// [`super::DocumentSync::load_with`] and [`super::DocumentSync::quarantine`], and give it its links anew. This
    /// value does nothing more.
    Reload {
        /// The changes that were being applied.
        suspects: Vec<ChangeHash>,
    },
}

/// One change as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// Its hash, the key it is kept under.
    pub hash: ChangeHash,
    /// Its chunk, compressed if that is shorter.
    pub bytes: Vec<u8>,
}

/// Why a link was given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrokenReason {
    /// Not a sync message, or one with parts that no honest peer sends.
    #[error("not a sync message: {0}")]
    Malformed(String),
    /// A change that could not be decoded, or whose checksum is wrong.
    #[error("a damaged change: {0}")]
    DamagedChange(String),
    /// A whole document or bundle where only changes are taken.
    #[error("a document chunk where only changes are taken")]
    DocumentChunk,
    /// More refused changes than are remembered for one link.
    #[error("too many refused changes")]
    TooManyRefused,
    /// Its changes were in a batch that made Automerge panic.
    #[error("its changes were in a batch that could not be applied")]
    Panicked,
}
