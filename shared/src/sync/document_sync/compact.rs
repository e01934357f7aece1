//! Compact messages: what is new and the heads after it, without what both sides can work out (S30).
//!
//! The first byte tells them from sync messages, which begin with 0x42 or 0x43; then come one byte of flags, the number
//! of heads that are no changes of this message, those heads, and the changes' chunks.

use std::collections::BTreeSet;

use automerge::sync::{ChunkList, Have, Message, MessageFlags, MessageVersion};
use automerge::{Change, ChangeHash};

use super::output::BrokenReason;
use crate::sync::chunk_guard;

/// How a compact message begins.
const MARK: u8 = 0x44;
/// The sender takes nothing (S17).
const READ_ONLY: u8 = 1;
/// Most heads that are no changes of the message.
const MOST_HEADS: usize = 1_000;

/// Writes a compact message of changes, given as hash, dependencies and chunk. `None` when the heads do not follow from
/// them.
pub(super) fn encode(
    heads: &[ChangeHash],
    changes: &[(ChangeHash, &[ChangeHash], &[u8])],
    reads_only: bool,
) -> Option<Vec<u8>> {
    let tips = tips(changes.iter().map(|(hash, deps, _)| (*hash, *deps)));
    if !tips.iter().all(|tip| heads.contains(tip)) {
        return None;
    }
    let others: Vec<_> = heads.iter().filter(|head| !tips.contains(*head)).collect();
    let mut bytes = vec![MARK, if reads_only { READ_ONLY } else { 0 }];
    // One byte is enough: with more heads than that, a stock message does.
    bytes.push(u8::try_from(others.len()).ok().filter(|count| *count < 0x80)?);
    others.iter().for_each(|head| bytes.extend(head.0));
    changes.iter().for_each(|(_, _, chunk)| bytes.extend(*chunk));
    Some(bytes)
}

/// A compact message whose changes are not yet decoded.
#[derive(Debug)]
pub(super) struct Compact<'a> {
    flags: u8,
    /// Heads that are no changes of the message.
    others: &'a [u8],
    /// Its changes' chunks, one after another.
    pub(super) chunks: &'a [u8],
}

impl<'a> Compact<'a> {
    /// Reads what stands around the changes; `None` when `data` is no compact message.
    pub(super) fn read(data: &'a [u8]) -> Result<Option<Self>, BrokenReason> {
        let Some((&MARK, rest)) = data.split_first() else { return Ok(None) };
        let malformed = || BrokenReason::Malformed("a compact message cut off".to_owned());
        let (&flags, mut rest) = rest.split_first().ok_or_else(malformed)?;
        let count = chunk_guard::leb128(&mut rest).and_then(|count| usize::try_from(count).ok());
        let count = count.filter(|count| *count <= MOST_HEADS).ok_or_else(malformed)?;
        let (others, chunks) = rest.split_at_checked(count * 32).ok_or_else(malformed)?;
        Ok(Some(Self { flags, others, chunks }))
    }

    /// The sync message that it stands for, without its `changes`.
    pub(super) fn stands_for(&self, changes: &[Change]) -> Message {
        let mut heads: Vec<_> = tips(changes.iter().map(|change| (change.hash(), change.deps()))).into_iter().collect();
        heads.extend(self.others.chunks_exact(32).filter_map(|hash| hash.try_into().ok().map(ChangeHash)));
        heads.sort_unstable();
        heads.dedup();
        let flags = (self.flags & READ_ONLY != 0).then(|| {
            let mut flags = MessageFlags::new();
            flags.set(MessageFlags::READ_ONLY | MessageFlags::SUPPORTS_SYNC_RESET);
            flags
        });
        let have = vec![Have { last_sync: heads.clone(), ..Have::default() }];
        Message { heads, need: Vec::new(), have, changes: ChunkList::empty(), flags, version: MessageVersion::V1 }
    }
}

/// Those of some changes that no other of them depends on.
fn tips<'a>(changes: impl Iterator<Item = (ChangeHash, &'a [ChangeHash])>) -> BTreeSet<ChangeHash> {
    let mut tips = BTreeSet::new();
    let mut deps = BTreeSet::new();
    for (hash, before) in changes {
        tips.insert(hash);
        deps.extend(before);
    }
    &tips - &deps
}
