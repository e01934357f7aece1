//! From a link's sync state, or from the latest steps, to the bytes of sync messages.

use std::sync::Arc;

use automerge::sync::{ChunkList, Have, Message, MessageFlags, MessageVersion, SyncDoc};
use automerge::{Automerge, ChangeHash};

use super::compact;
use super::history::{History, is_in};
use super::link::Link;
use super::rights::Write;
use super::steps::{StepNumber, Steps, Told};
use crate::sync::chunk_guard::{self, ChunkKind};

/// A message with more bytes of changes is sent in parts, each well below the frame limit of a relay.
pub(super) const PART_BYTES: usize = 256 << 10;

/// The messages that bring the link up to the document; empty when there is nothing new to say.
///
/// `repeats`: whether the message that this answers said just what the one before it said.
pub(super) fn generate(doc: &Automerge, history: &History, link: &mut Link, repeats: bool) -> Vec<Vec<u8>> {
    if !link.rights.read || !link.speaks {
        return Vec::new();
    }
    let plain = link.rights.write != Write::None && !link.options.documents;
    let capabilities = link.state.their_capabilities.clone();
    if plain && link.state.needs_reset {
        // Without flags, the peer is asked to send again by empty heads, as by a peer that lost everything.
        link.state.their_capabilities = None;
    }
    let message = doc.generate_sync_message(&mut link.state);
    link.state.their_capabilities = capabilities;
    let Some(mut message) = message else { return Vec::new() };
    if plain {
        // S13: a peer that sees no flags sends changes one by one, never a whole-document chunk.
        message.flags = None;
    }
    ask_for_what_is_missing(doc, history, link, &mut message);
    if !message.changes.is_empty() {
        link.last_out = None;
        return in_parts(message);
    }
    let bytes = message.encode();
    // S22: two peers that differ in refused changes would otherwise tell each other so for ever.
    if repeats && link.last_out.as_ref() == Some(&bytes) {
        return Vec::new();
    }
    link.last_out = Some(bytes.clone());
    vec![bytes]
}

/// How a link is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wording {
    /// It is told that nothing is taken from it (S17).
    reads_only: bool,
    /// It understands compact messages (S30).
    compact: bool,
    /// It is a relay, whose frames are bounded (S11).
    in_parts: bool,
}

impl Wording {
    pub(super) fn of(link: &Link) -> Self {
        Self { reads_only: link.state.read_only, compact: link.options.compact, in_parts: link.options.documents }
    }
}

/// The messages that tell what came after the step `from`, without comparing anything (S27): at best one. `keep` says
/// which changes; the heads are told in any case.
///
/// Its summary says that we have what the heads say and nothing else, since they are the peer's own once it has taken
/// the message: an empty filter takes no change of the peer's for one that is known here.
pub(super) fn news(steps: &Steps, keep: impl Fn(&Told) -> bool, from: StepNumber, wording: Wording) -> Vec<Arc<[u8]>> {
    let Wording { reads_only, compact, .. } = wording;
    let flags = flags(reads_only);
    let heads = steps.last_step().map(|step| step.heads.clone()).unwrap_or_default();
    if compact {
        let changes = steps.told_after(from).filter(|told| keep(told));
        let changes = changes.map(|told| (told.hash, told.deps.as_slice(), told.bytes.as_slice()));
        let message = compact::encode(&heads, &changes.collect::<Vec<_>>(), reads_only);
        if let Some(message) = message.filter(|message| !wording.in_parts || message.len() <= PART_BYTES) {
            return vec![message.into()];
        }
    }
    let before = steps.heads_of(from).unwrap_or_default();
    let chunks = steps.told_after(from).filter(|told| keep(told)).map(|told| told.bytes.clone());
    let most = if wording.in_parts { PART_BYTES } else { usize::MAX };
    tell(Some(&heads), before, chunks, most, flags, &MessageVersion::V1)
}

/// The messages of one piece of what a device that was away lacks: `before` are the heads that it had, and only the last
/// piece says what is here now, so that nothing is answered before all of it has come (S31).
pub(super) fn piece<'a>(
    steps: &Steps,
    before: &[ChangeHash],
    changes: impl Iterator<Item = &'a Told>,
    is_last: bool,
    wording: Wording,
) -> Vec<Arc<[u8]>> {
    let chunks = changes.map(|told| told.bytes.clone());
    let most = if wording.in_parts { PART_BYTES } else { usize::MAX };
    let heads = steps.last_step().filter(|_| is_last).map(|step| step.heads.as_slice());
    tell(heads, before, chunks, most, flags(wording.reads_only), &MessageVersion::V1)
}

/// The messages that bring a peer with the heads `before` all that it lacks (S31): a whole document as one, or changes.
pub(super) fn welcome(steps: &Steps, before: &[ChangeHash], chunks: Vec<Vec<u8>>, wording: Wording) -> Vec<Arc<[u8]>> {
    let heads = steps.last_step().map(|step| step.heads.clone()).unwrap_or_default();
    // Only the second version of the message may hold a whole document.
    let version = if before.is_empty() { MessageVersion::V2 } else { MessageVersion::V1 };
    let most = if wording.in_parts { PART_BYTES } else { usize::MAX };
    tell(Some(&heads), before, chunks, most, flags(wording.reads_only), &version)
}

fn flags(reads_only: bool) -> Option<MessageFlags> {
    reads_only.then(|| {
        let mut flags = MessageFlags::new();
        flags.set(MessageFlags::READ_ONLY | MessageFlags::SUPPORTS_SYNC_RESET);
        flags
    })
}

/// Without `heads` no message says more than the changes: more follows.
fn tell(
    heads: Option<&[ChangeHash]>,
    before: &[ChangeHash],
    chunks: impl IntoIterator<Item = Vec<u8>>,
    most: usize,
    flags: Option<MessageFlags>,
    version: &MessageVersion,
) -> Vec<Arc<[u8]>> {
    let mut parts: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
    let mut bytes = 0;
    for chunk in chunks {
        if bytes + chunk.len() > most && bytes > 0 {
            parts.push(Vec::new());
            bytes = 0;
        }
        bytes += chunk.len();
        if let Some(part) = parts.last_mut() {
            part.push(chunk);
        }
    }
    let last = parts.len() - 1;
    let say = |heads: &[ChangeHash], have: Vec<Have>, part: Vec<Vec<u8>>| {
        let (heads, changes) = (heads.to_vec(), ChunkList::from(part));
        Arc::from(Message { heads, need: Vec::new(), have, changes, flags, version: version.clone() }.encode())
    };
    parts
        .into_iter()
        .enumerate()
        .map(|(index, part)| match heads.filter(|_| index == last) {
            // Without a summary, so that the peer does not send back what it has just been sent.
            None => say(before, Vec::new(), part),
            Some(heads) => say(heads, vec![Have { last_sync: heads.to_vec(), ..Have::default() }], part),
        })
        .collect()
}

/// Changes that wait or are on their way into the store need not be asked for; refused ones must not be (S22).
fn ask_for_what_is_missing(doc: &Automerge, history: &History, link: &Link, message: &mut Message) {
    let is_known = |hash: &_| history.is_accepted(hash) || is_in(doc, hash);
    let mut need: Vec<_> = std::mem::take(&mut message.need)
        .into_iter()
        .flat_map(|hash| link.room.missing_for(hash, is_known))
        .filter(|hash| !link.refused.contains_key(hash))
        .collect();
    need.sort_unstable();
    need.dedup();
    message.need = need;
}

/// Cuts a message with many changes into several; the last one carries all that the whole one said.
fn in_parts(mut message: Message) -> Vec<Vec<u8>> {
    let total: usize = message.changes.iter().map(<[u8]>::len).sum();
    if total <= PART_BYTES {
        return vec![message.encode()];
    }
    let Some(mut parts) = parts_of(&message.changes) else { return vec![message.encode()] };
    message.changes = ChunkList::empty();
    let chunk_list = |part: Vec<Vec<u8>>| match message.version {
        MessageVersion::V1 => ChunkList::from(part),
        // The second version has all its chunks in one piece.
        MessageVersion::V2 => ChunkList::from(part.concat()),
    };
    let last = chunk_list(parts.pop().unwrap_or_default());
    let mut messages: Vec<Vec<u8>> = parts
        .into_iter()
        .map(|part| {
            let changes = chunk_list(part);
            Message { need: Vec::new(), have: Vec::new(), changes, ..message.clone() }.encode()
        })
        .collect();
    message.changes = last;
    messages.push(message.encode());
    messages
}

/// The changes in groups of at most [`PART_BYTES`], or as large as their largest; `None` for a whole document, which
/// cannot be cut.
fn parts_of(changes: &ChunkList) -> Option<Vec<Vec<Vec<u8>>>> {
    let mut parts: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
    let mut bytes = 0;
    for blob in changes.iter() {
        for chunk in chunk_guard::split(blob).ok()? {
            if matches!(chunk.kind, ChunkKind::Document | ChunkKind::Bundle) {
                return None;
            }
            if bytes + chunk.bytes.len() > PART_BYTES && bytes > 0 {
                parts.push(Vec::new());
                bytes = 0;
            }
            bytes += chunk.bytes.len();
            parts.last_mut()?.push(chunk.bytes.to_vec());
        }
    }
    Some(parts)
}
