//! What happens to a document.

use automerge::ChangeHash;

use super::rights::Rights;
use crate::sync::identity::{BatchId, LinkId};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input<'a> {
    /// A link of this document is there. Ids are never used twice.
    LinkUp {
        /// The link.
        link: LinkId,
        /// What it may do.
        rights: Rights,
        /// How to speak with it.
        options: LinkOptions,
    },
    /// The link is gone; its sync state with it.
    LinkDown {
        /// The link.
        link: LinkId,
    },
    /// A sync message came in: the `data` of a `sync` or `request` frame.
    Received {
        /// The link.
        link: LinkId,
        /// The bytes of an Automerge sync message.
        data: &'a [u8],
    },
    /// The batch is durable.
    Stored {
        /// The batch of [`super::Output::Store`].
        batch: BatchId,
    },
    /// Nothing of the batch was stored.
    StoreFailed {
        /// The batch of [`super::Output::Store`].
        batch: BatchId,
    },
    /// The time of [`super::DocumentSync::next_deadline`] has come; harmless at any other time.
    Tick,
}

/// How to speak with a link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkOptions {
    /// The first sync message is ours. True for the side that dials. A relay waits for the peer's; it says true where it
    /// begins anew on a line (S25, S26), and then the peer is asked to send again what was lost with the link before.
    pub opens: bool,
    /// The peer announced durable heads: it gets [`super::Output::Durable`].
    pub durable: bool,
    /// The peer announced that it understands compact messages (S30).
    pub compact: bool,
    /// The peer is a relay that we trust with whole-document chunks: a client's own relay. Never set for what dials us.
    pub documents: bool,
    /// Heads that both sides had when they last met ([`super::DocumentSync::shared_heads`]); may be empty.
    pub shared: Vec<ChangeHash>,
}

impl LinkOptions {
    /// A peer that dialled a relay; `durable` as it announced.
    #[must_use]
    pub fn accepted(durable: bool) -> Self {
        Self { durable, ..Self::default() }
    }

    /// The relay that a client or a site relay dialled.
    #[must_use]
    pub fn dialled() -> Self {
        Self { opens: true, documents: true, ..Self::default() }
    }
}
