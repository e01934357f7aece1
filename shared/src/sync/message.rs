//! What goes over a line: the CBOR frames of automerge-repo's websocket protocol, version 1, and a few of our own.
//!
//! One binary websocket frame is one message (S1). Stock peers skip types and keys that they do not know, so ours only
//! go to peers that announced them (S5). Who may send what is not decided here but in [`super::connection`].

mod decode;
mod document_names;
mod encode;
mod metadata;
mod reason;
mod value;

pub use decode::{FrameError, decode, decode_with};
pub use document_names::DocumentNames;
pub(crate) use encode::encode_compact;
pub use encode::{encode, encode_with};
pub use metadata::{Announcement, Claim, Features, PeerMetadata};
pub use reason::{CloseReason, RefusedReason};

use std::sync::Arc;

use automerge::ChangeHash;

use super::identity::{DocumentId, PeerId, SessionId};
use super::measure::ByteLen;

/// The longest frame that a relay accepts.
pub const MAX_FRAME: ByteLen = ByteLen(crate::limits::FRAME_BYTES);

/// The longest frame that a dialling side accepts from its relay: a whole document may come in one.
pub const MAX_FRAME_FROM_RELAY: ByteLen = ByteLen(crate::limits::DOCUMENT_BYTES + (1 << 20));

/// The protocol version of both sides; the only one there is.
pub const PROTOCOL_VERSION: &str = "1";

/// One frame, decoded.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The first frame of the dialling side.
    Join(Join),
    /// The accepting side's answer to [`Message::Join`].
    Peer(Peer),
    /// A sync message for a document.
    Sync(DocumentData),
    /// The first sync message for a document that the sender does not have.
    Request(DocumentData),
    /// The sender has no such document, or none that this peer may read.
    DocUnavailable(DocumentNotice),
    /// Passed on to everyone in the document, never stored.
    Ephemeral(Ephemeral),
    /// The sender says goodbye.
    Leave(Leave),
    /// The sender says what is wrong, and then closes.
    Error(ErrorNotice),
    /// Ours: nothing to say, but here.
    Heartbeat,
    /// Ours: every change at or before these heads is durable at the sender.
    Durable(Durable),
    /// Ours: these changes were not taken.
    Refused(Refused),
    /// Ours: a signed checkpoint of a workshop's control document.
    Checkpoint(Checkpoint),
    /// Ours: the sender closes, and says why.
    Closed(CloseReason),
    /// A type that this version does not know; skipped.
    Unknown(String),
}

/// The first frame of the dialling side.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// Who joins.
    pub sender: PeerId,
    /// What it says about itself.
    pub metadata: PeerMetadata,
    /// The versions that it speaks; a missing list counts as `["1"]`.
    pub versions: Vec<String>,
}

/// The accepting side's answer to a join.
#[derive(Debug, Clone, PartialEq)]
pub struct Peer {
    /// The accepting side.
    pub sender: PeerId,
    /// Who joined.
    pub target: PeerId,
    /// What the accepting side says about itself.
    pub metadata: PeerMetadata,
    /// The version chosen; a missing one counts as `"1"`.
    pub version: String,
}

/// A sync message of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentData {
    /// Who sent it; the connection writes this itself on both sides (S3).
    pub sender: PeerId,
    /// Whom it is for; written by the connection as well.
    pub target: PeerId,
    /// The document.
    pub document: DocumentId,
    /// The bytes of an Automerge sync message; never empty when sent (S6).
    pub data: Arc<[u8]>,
}

/// A notice about one document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentNotice {
    /// Who sent it; written by the connection.
    pub sender: PeerId,
    /// Whom it is for; written by the connection.
    pub target: PeerId,
    /// The document.
    pub document: DocumentId,
}

/// A message that is passed on and never stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Ephemeral {
    /// The peer that first sent it.
    pub sender: PeerId,
    /// Whom this copy is for; written by the connection.
    pub target: PeerId,
    /// The document it is about.
    pub document: DocumentId,
    /// The sender's session.
    pub session: SessionId,
    /// Its number within the session, rising.
    pub count: u64,
    /// Its content, CBOR of the application's own.
    pub data: Vec<u8>,
}

/// A goodbye.
#[derive(Debug, Clone, PartialEq)]
pub struct Leave {
    /// Who leaves.
    pub sender: PeerId,
}

/// Words about what is wrong; for a log, never for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorNotice {
    /// What is wrong, in English.
    pub message: String,
}

/// The heads up to which a document is durable at the sender.
#[derive(Debug, Clone, PartialEq)]
pub struct Durable {
    /// The document.
    pub document: DocumentId,
    /// The heads; everything at or before them is durable.
    pub heads: Vec<ChangeHash>,
}

/// Changes that were not taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// The document.
    pub document: DocumentId,
    /// The changes.
    pub hashes: Vec<ChangeHash>,
    /// Why.
    pub reason: RefusedReason,
}

/// A checkpoint of a workshop's control document, as its facilitator signed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The workshop's id.
    pub workshop: [u8; 16],
    /// The signed checkpoint, opaque here.
    pub bytes: Vec<u8>,
}
