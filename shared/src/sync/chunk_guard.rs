//! What is checked before Automerge decodes a byte from outside.
//!
//! A chunk can claim far more than it holds: a deflated change of a kilobyte may inflate to gigabytes, and a run-length
//! column of a few bytes may stand for 2^60 operations. Both are counted here, without building anything, before
//! Automerge decodes the chunk (S12). The layout is that of Automerge's binary format, version 1.

mod columns;

use std::borrow::Cow;
use std::io::Read;

use super::measure::ByteLen;

/// Most bytes that one compressed change may inflate to.
pub const MAX_INFLATED: ByteLen = ByteLen(16 << 20);
/// Most operations in one change.
pub const MAX_OPERATIONS: u64 = 500_000;
/// Most predecessors that the operations of one change may name together.
pub const MAX_PREDECESSORS: u64 = 1_000_000;
/// Most bytes of an actor's id: each operation that names it holds a copy once the change is decoded. Stock ids have 16.
pub const MAX_ACTOR_BYTES: u64 = 64;
/// Most changes that one change may depend on.
pub const MAX_DEPS: u64 = 4_096;
/// Most bytes of map keys and mark names in one change, counted once for each operation.
pub const MAX_KEY_BYTES: u64 = 16 << 20;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// What a chunk holds, by its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// A whole document.
    Document,
    /// One change.
    Change,
    /// One change, deflated.
    CompressedChange,
    /// A bundle of changes.
    Bundle,
}

/// One chunk, still undecoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// What it holds.
    pub kind: ChunkKind,
    /// The whole chunk with its header.
    pub bytes: &'a [u8],
    body: &'a [u8],
}

/// What a chunk claims, once it is known to be within bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claims {
    /// How many operations it holds.
    pub operations: u64,
    /// How many bytes its body has, inflated.
    pub bytes: usize,
}

/// Why a chunk is not decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Not a chunk, or cut off.
    #[error("not a chunk of Automerge's format, or cut off")]
    Malformed,
    /// It inflates to more than [`MAX_INFLATED`], or does not inflate.
    #[error("a change that inflates to more than {MAX_INFLATED}, to something and more, or not at all")]
    Inflated,
    /// A longer actor's id than [`MAX_ACTOR_BYTES`].
    #[error("a change that names an actor by {0} bytes, at most {MAX_ACTOR_BYTES}")]
    TooLongActor(u64),
    /// More dependencies than [`MAX_DEPS`].
    #[error("a change that depends on {0} others, at most {MAX_DEPS}")]
    TooManyDeps(u64),
    /// More operations than [`MAX_OPERATIONS`].
    #[error("a change that claims {0} operations, at most {MAX_OPERATIONS}")]
    TooManyOperations(u64),
    /// More predecessors than [`MAX_PREDECESSORS`].
    #[error("a change that claims {0} predecessors, at most {MAX_PREDECESSORS}")]
    TooManyPredecessors(u64),
    /// Longer keys than [`MAX_KEY_BYTES`].
    #[error("a change that claims {0} bytes of keys, at most {MAX_KEY_BYTES} bytes")]
    TooLongKeys(u64),
}

/// Cuts `bytes` into the chunks that lie in it one after another.
///
/// # Errors
/// [`ChunkError::Malformed`] if anything in it is not a whole chunk.
pub fn split(mut bytes: &[u8]) -> Result<Vec<Chunk<'_>>, ChunkError> {
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let (chunk, rest) = first(bytes)?;
        chunks.push(chunk);
        bytes = rest;
    }
    Ok(chunks)
}

fn first(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), ChunkError> {
    let mut rest = bytes.strip_prefix(&MAGIC).ok_or(ChunkError::Malformed)?;
    // Four bytes of checksum, compared with the hash once the change is decoded.
    rest = rest.get(4..).ok_or(ChunkError::Malformed)?;
    let (&kind, mut rest) = rest.split_first().ok_or(ChunkError::Malformed)?;
    let kind = match kind {
        0 => ChunkKind::Document,
        1 => ChunkKind::Change,
        2 => ChunkKind::CompressedChange,
        3 => ChunkKind::Bundle,
        _ => return Err(ChunkError::Malformed),
    };
    let length = usize::try_from(columns::unsigned(&mut rest)?).map_err(|_| ChunkError::Malformed)?;
    if length > rest.len() {
        return Err(ChunkError::Malformed);
    }
    let (body, after) = rest.split_at(length);
    let whole = bytes.len() - after.len();
    Ok((Chunk { kind, bytes: &bytes[..whole], body }, after))
}

impl Chunk<'_> {
    /// The first four bytes of the hash, as the header claims them.
    #[must_use]
    pub fn checksum(&self) -> &[u8] {
        &self.bytes[4..8]
    }

    /// Checks what a change chunk claims, and returns it. Inflates a compressed one, within [`MAX_INFLATED`]; other
    /// kinds are not looked into.
    ///
    /// # Errors
    /// [`ChunkError`] names the bound that was passed.
    pub fn check(&self) -> Result<Claims, ChunkError> {
        let body = match self.kind {
            ChunkKind::Change => Cow::Borrowed(self.body),
            ChunkKind::CompressedChange => Cow::Owned(inflate(self.body)?),
            ChunkKind::Document | ChunkKind::Bundle => return Ok(Claims::default()),
        };
        Ok(Claims { operations: columns::check(&body)?, bytes: body.len() })
    }
}

/// How many bytes stored chunks hold, inflated: the one measure of a document's size, whether its changes came one by one
/// or were read back from a snapshot. What cannot be read counts as it stands.
#[must_use]
pub fn inflated_len(bytes: &[u8]) -> ByteLen {
    let whole = |chunk: &Chunk<'_>| match chunk.kind {
        ChunkKind::Document => columns::inflated_document(chunk.body),
        ChunkKind::CompressedChange => count_inflated(chunk.body),
        ChunkKind::Change | ChunkKind::Bundle => Ok(chunk.body.len()),
    };
    let Ok(chunks) = split(bytes) else { return ByteLen(bytes.len()) };
    ByteLen(chunks.iter().map(|chunk| whole(chunk).unwrap_or(chunk.body.len())).sum())
}

/// Reads a ULEB128 number; `None` when it is cut off or too large.
pub(crate) fn leb128(bytes: &mut &[u8]) -> Option<u64> {
    columns::unsigned(bytes).ok()
}

/// How many bytes a deflated body has. They are only counted: many bombs at once would fill the memory with what is
/// then refused.
fn count_inflated(body: &[u8]) -> Result<usize, ChunkError> {
    let limit = MAX_INFLATED.0 as u64 + 1;
    let mut decoder = flate2::bufread::DeflateDecoder::new(body).take(limit);
    let count = std::io::copy(&mut decoder, &mut std::io::sink()).map_err(|_| ChunkError::Inflated)?;
    // Automerge keeps what stands after the deflated stream, where nobody would count it.
    let is_whole = decoder.into_inner().total_in() == body.len() as u64;
    if count < limit && is_whole {
        usize::try_from(count).map_err(|_| ChunkError::Inflated)
    } else {
        Err(ChunkError::Inflated)
    }
}

fn inflate(body: &[u8]) -> Result<Vec<u8>, ChunkError> {
    let mut inflated = Vec::with_capacity(count_inflated(body)?);
    let mut decoder = flate2::bufread::DeflateDecoder::new(body);
    decoder.read_to_end(&mut inflated).map_err(|_| ChunkError::Inflated)?;
    Ok(inflated)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use automerge::transaction::Transactable;
    use automerge::{AutoCommit, ROOT};

    use super::*;

    fn change_chunk(text: &str) -> Vec<u8> {
        let mut doc = AutoCommit::new();
        let object = doc.put_object(ROOT, "t", automerge::ObjType::Text).unwrap();
        doc.splice_text(&object, 0, 0, text).unwrap();
        doc.get_changes(&[]).remove(0).bytes().into_owned()
    }

    fn with_header(kind: u8, body: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([0, 0, 0, 0, kind]);
        let mut length = body.len();
        while length > 127 {
            bytes.push(u8::try_from(length & 127).unwrap() | 128);
            length >>= 7;
        }
        bytes.push(u8::try_from(length).unwrap());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn s12_honest_changes_pass_with_their_operations_counted() {
        for text in ["a", &"æble ".repeat(1_000)] {
            let bytes = change_chunk(text);
            let chunks = split(&bytes).unwrap();
            assert_eq!(chunks.len(), 1);
            assert_eq!(chunks[0].check().map(|claims| claims.operations), Ok(text.chars().count() as u64 + 1));
        }
    }

    #[test]
    fn chunks_are_told_apart() {
        let bytes = [change_chunk("one"), change_chunk(&"two".repeat(500))].concat();
        let kinds: Vec<ChunkKind> = split(&bytes).unwrap().iter().map(|chunk| chunk.kind).collect();
        assert_eq!(kinds, [ChunkKind::Change, ChunkKind::CompressedChange]);
        assert_eq!(split(&bytes[..bytes.len() - 1]), Err(ChunkError::Malformed));
    }

    #[test]
    fn s12_a_bomb_is_not_inflated() {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0; MAX_INFLATED.0 + 1]).unwrap();
        let bomb = with_header(2, &encoder.finish().unwrap());
        assert!(bomb.len() < 100_000);
        assert_eq!(split(&bomb).unwrap()[0].check(), Err(ChunkError::Inflated));
    }

    #[test]
    fn s12_nothing_may_stand_after_what_is_deflated() {
        let bytes = change_chunk(&"two".repeat(500));
        let [whole] = split(&bytes).unwrap()[..] else { panic!("one chunk") };
        assert!(whole.check().unwrap().bytes > whole.body.len());
        let more = with_header(2, &[whole.body, &[7; 100]].concat());
        assert_eq!(split(&more).unwrap()[0].check(), Err(ChunkError::Inflated));
    }

    #[test]
    fn s12_an_actors_id_and_a_changes_deps_are_bounded() {
        let mut body = vec![0];
        body.extend([0xc1, 0xb7, 0x01]);
        body.extend([1; 23_489]);
        assert_eq!(split(&with_header(1, &body)).unwrap()[0].check(), Err(ChunkError::TooLongActor(23_489)));
        assert_eq!(split(&with_header(1, &[0x81, 0x20])).unwrap()[0].check(), Err(ChunkError::TooManyDeps(4_097)));
    }

    #[test]
    fn s12_a_column_that_claims_an_exabyte_is_not_walked() {
        // No deps; actor of one byte; seq 1; start 1; time 0; no message; no other actors; one column of actions.
        let mut body = vec![0, 1, 7, 1, 1, 0, 0, 0, 1, 0x42, 10];
        body.extend([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 1]);
        let bytes = with_header(1, &body);
        assert_eq!(split(&bytes).unwrap()[0].check(), Err(ChunkError::TooManyOperations(1 << 60)));
    }

    #[test]
    fn s12_a_key_is_counted_for_each_operation() {
        let mut body = vec![0, 1, 7, 1, 1, 0, 0, 0, 1, 0x15];
        let mut column = vec![0xa0, 0x8d, 0x06];
        column.extend([0xe8, 0x07]);
        column.extend(vec![b'k'; 1_000]);
        body.extend([0xed, 0x07]);
        body.extend(column);
        let bytes = with_header(1, &body);
        assert_eq!(split(&bytes).unwrap()[0].check(), Err(ChunkError::TooLongKeys(100_000_000)));
    }
}
