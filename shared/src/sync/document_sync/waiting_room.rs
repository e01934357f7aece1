//! Changes that came too early: before what they depend on, or before a checkpoint that covers them.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Change, ChangeHash};

/// Most bytes that wait for one link.
const MAX_BYTES: usize = 2 << 20;

/// Changes of one link that wait. They must be kept: a stock peer sends a change once, and asking again for one that it
/// has sent does not bring it.
#[derive(Debug, Default)]
pub(super) struct WaitingRoom {
    changes: BTreeMap<ChangeHash, Change>,
    bytes: usize,
}

impl WaitingRoom {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether more waits than may.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MAX_BYTES
    }

    pub(super) fn put(&mut self, change: Change) {
        self.bytes += change.raw_bytes().len();
        self.changes.insert(change.hash(), change);
    }

    /// Takes everything out.
    pub(super) fn take(&mut self) -> Vec<Change> {
        self.bytes = 0;
        std::mem::take(&mut self.changes).into_values().collect()
    }

    /// What must be asked for instead of `hash`: itself, or, when it waits here, what it waits for.
    pub(super) fn missing_for(&self, hash: ChangeHash, is_known: impl Fn(&ChangeHash) -> bool) -> BTreeSet<ChangeHash> {
        let mut missing = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![hash];
        while let Some(hash) = open.pop() {
            if !seen.insert(hash) || is_known(&hash) {
                continue;
            }
            match self.changes.get(&hash) {
                Some(change) => open.extend(change.deps()),
                None => {
                    missing.insert(hash);
                }
            }
        }
        missing
    }
}
