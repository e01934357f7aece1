//! How copies of a document meet: frames, connections, and the sync of one document with all its links.
//!
//! Everything here is a value that takes inputs and returns outputs; sockets, clocks, stores and random numbers belong
//! to the shells in relay and client, which decide nothing. The rules are numbered in `shared/SPEC.md`; code and tests
//! name them (`S12`). What the documents hold is not known here.
//!
//! Read in this order: [`message`] (what goes over a line), [`connection`] (one line: joining, heartbeat, limits),
//! [`http_line`] (how frames travel where no websocket does), [`document_sync`] (one document: decode, store, then
//! apply), [`chunk_guard`] (what is checked before Automerge sees a byte), [`transplant`] (writing refused changes again
//! under a new actor).

pub mod chunk_guard;
pub mod connection;
pub mod document_sync;
pub mod http_line;
pub mod identity;
pub mod measure;
pub mod message;
pub mod transplant;

pub use connection::Connection;
pub use document_sync::DocumentSync;
pub use identity::{BatchId, DocumentId, LinkId, PeerId, SessionId};
pub use measure::{ByteLen, Millis};
pub use message::{MAX_FRAME, Message};
