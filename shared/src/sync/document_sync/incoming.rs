//! From the bytes of a sync message to changes whose hashes are checked; nothing is applied here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::sync::{ChunkList, Message};
use automerge::{Automerge, Change, ChangeHash};

use super::MAX_DOCUMENT;
use super::compact::Compact;
use super::history::MAX_HEADS;
use super::output::BrokenReason;
use crate::sync::chunk_guard::{self, Chunk, ChunkKind, Claims};

/// Most operations in one sync message from a peer.
const MAX_OPERATIONS: u64 = 2_000_000;
/// Most hash functions that a peer's bloom filter may ask for; Automerge's own asks for 7.
const MAX_PROBES: u64 = 32;

/// The changes of one message, as they are taken out of it.
#[derive(Debug)]
struct Unpacking {
    documents: bool,
    /// What they claim together (S12).
    claims: Claims,
    changes: Vec<Change>,
}

impl Unpacking {
    fn new(documents: bool) -> Self {
        Self { documents, claims: Claims::default(), changes: Vec::new() }
    }

    /// Takes the chunks out of `blob`, one after another.
    fn add(&mut self, blob: &[u8]) -> Result<(), BrokenReason> {
        for chunk in chunk_guard::split(blob).map_err(damaged)? {
            // A document chunk from a peer would have to be applied as one, before its changes could be stored one by
            // one or refused one by one; it can claim gigabytes in columns that are not scanned; and a stock peer
            // sends none unless we say that we take them. So they are taken from a client's own relay only (S13).
            match chunk.kind {
                ChunkKind::Change | ChunkKind::CompressedChange => {
                    self.count(&chunk)?;
                    self.changes.push(decode_change(chunk)?);
                }
                ChunkKind::Document if self.documents => self.changes.extend(decode_document(chunk)?),
                ChunkKind::Document | ChunkKind::Bundle => return Err(BrokenReason::DocumentChunk),
            }
        }
        Ok(())
    }

    /// Counts a chunk in, before it is decoded (S12).
    fn count(&mut self, chunk: &Chunk<'_>) -> Result<(), BrokenReason> {
        let Claims { operations, bytes } = chunk.check().map_err(damaged)?;
        self.claims.operations += operations;
        self.claims.bytes += bytes;
        // A client's own relay may send all of a document at once.
        let most_bytes = if self.documents { MAX_DOCUMENT } else { chunk_guard::MAX_INFLATED };
        if self.claims.operations > MAX_OPERATIONS {
            return Err(BrokenReason::Malformed(format!("{} operations in one message", self.claims.operations)));
        }
        if self.claims.bytes > most_bytes.0 {
            return Err(BrokenReason::Malformed(format!("{} bytes of changes in one message", self.claims.bytes)));
        }
        Ok(())
    }
}

/// A sync message taken apart.
#[derive(Debug)]
pub(super) struct Incoming {
    /// The message without its changes, fit for `receive_sync_message` once they are applied.
    pub(super) message: Message,
    /// Its changes, hashes checked, in the order they came.
    pub(super) changes: Vec<Change>,
    /// Whether it brought any change or chunk.
    pub(super) had_changes: bool,
}

/// Takes a sync message apart (S12). `documents`: whether whole-document chunks are taken from this link.
pub(super) fn unpack(data: &[u8], documents: bool) -> Result<Incoming, BrokenReason> {
    let mut unpacking = Unpacking::new(documents);
    if let Some(message) = Compact::read(data)? {
        unpacking.add(message.chunks)?;
        let changes = unpacking.changes;
        let message = message.stands_for(&changes);
        check_heads(&message)?;
        return Ok(Incoming { message, had_changes: !changes.is_empty(), changes });
    }
    let decoded = catch_unwind(AssertUnwindSafe(|| Message::decode(data)))
        .map_err(|_| BrokenReason::Malformed("it made the decoder panic".to_owned()))?;
    let mut message = decoded.map_err(|error| BrokenReason::Malformed(error.to_string()))?;
    check_have(&message)?;
    check_heads(&message)?;
    // Automerge keeps these lists and later writes them as sorted ones.
    message.heads.sort_unstable();
    message.heads.dedup();
    message.need.sort_unstable();
    message.need.dedup();
    let blobs = std::mem::replace(&mut message.changes, ChunkList::empty());
    for blob in blobs.iter() {
        unpacking.add(blob)?;
    }
    Ok(Incoming { message, changes: unpacking.changes, had_changes: !blobs.is_empty() })
}

/// The changes that a sync message or a compact one carries; none if it cannot be read.
#[must_use]
pub fn carried(data: &[u8]) -> Vec<ChangeHash> {
    let changes = unpack(data, true).map(|incoming| incoming.changes).unwrap_or_default();
    changes.iter().map(Change::hash).collect()
}

/// Each head that is not known here is asked for in every message to this peer from then on.
fn check_heads(message: &Message) -> Result<(), BrokenReason> {
    if message.heads.len().max(message.need.len()) > MAX_HEADS {
        return Err(BrokenReason::Malformed("more heads than a document may have".to_owned()));
    }
    Ok(())
}

fn damaged(error: impl std::fmt::Display) -> BrokenReason {
    BrokenReason::DamagedChange(error.to_string())
}

/// Decodes one change and compares its hash with the checksum that it came with.
pub(super) fn decode_change(chunk: Chunk<'_>) -> Result<Change, BrokenReason> {
    let change = catch_unwind(AssertUnwindSafe(|| Change::from_bytes(chunk.bytes.to_vec())))
        .map_err(|_| damaged("it made the decoder panic"))?
        .map_err(damaged)?;
    if change.hash().0[..4] == *chunk.checksum() { Ok(change) } else { Err(damaged("its checksum is wrong")) }
}

/// Decodes a whole document into its changes.
pub(super) fn decode_document(chunk: Chunk<'_>) -> Result<Vec<Change>, BrokenReason> {
    catch_unwind(AssertUnwindSafe(|| Automerge::load(chunk.bytes).map(|doc| doc.get_changes(&[]))))
        .map_err(|_| damaged("it made the decoder panic"))?
        .map_err(damaged)
}

/// A bloom filter names its own number of probes and bits; Automerge believes both.
fn check_have(message: &Message) -> Result<(), BrokenReason> {
    let malformed = |why: &str| Err(BrokenReason::Malformed(why.to_owned()));
    // Stock peers send none or one; a second one's unknown heads would make Automerge panic.
    if message.have.len() > 1 {
        return malformed("more than one summary of changes");
    }
    for have in &message.have {
        let bloom = have.bloom.to_bytes();
        let mut rest = bloom.as_slice();
        if rest.is_empty() {
            continue;
        }
        let mut number = || chunk_guard::leb128(&mut rest);
        let (Some(_entries), Some(bits), Some(probes)) = (number(), number(), number()) else {
            return malformed("a bloom filter cut off");
        };
        if bits == 0 || probes == 0 || probes > MAX_PROBES || rest.is_empty() {
            return malformed("a bloom filter with impossible numbers");
        }
    }
    Ok(())
}
