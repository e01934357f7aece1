//! Changes that came too early: before what they depend on, or before a checkpoint that covers them.

use std::collections::{BTreeSet, HashMap};

use automerge::{Change, ChangeHash};

/// Most bytes that wait for one link.
const MAX_BYTES: usize = 2 << 20;

/// Changes of one link that wait. They must be kept: a stock peer sends a change once, and asking again for one that it
/// has sent does not bring it.
#[derive(Debug, Default)]
pub(super) struct WaitingRoom {
    changes: HashMap<ChangeHash, Waiting>,
    /// Who waits for a change, so that its coming costs nothing to those that wait for others.
    waiting_for: HashMap<ChangeHash, Vec<ChangeHash>>,
    bytes: usize,
}

#[derive(Debug)]
struct Waiting {
    change: Change,
    /// How many of the changes that it waits for have not come.
    missing: usize,
}

impl WaitingRoom {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether more waits than may.
    pub(super) fn is_full(&self) -> bool {
        self.bytes > MAX_BYTES
    }

    /// Lets a change wait for `missing`: what it depends on and is not known, or itself while no checkpoint covers it.
    pub(super) fn put(&mut self, change: Change, missing: &[ChangeHash]) {
        let hash = change.hash();
        let bytes = change.raw_bytes().len();
        if self.changes.insert(hash, Waiting { change, missing: missing.len() }).is_none() {
            self.bytes += bytes;
            missing.iter().for_each(|missing| self.waiting_for.entry(*missing).or_default().push(hash));
        }
    }

    /// Takes those out that need wait no longer now that `settled` has come, or is refused: what depends on a refused
    /// change goes with it.
    pub(super) fn release(&mut self, settled: ChangeHash, is_refused: bool) -> Vec<Change> {
        let mut released = Vec::new();
        for hash in self.waiting_for.remove(&settled).unwrap_or_default() {
            let Some(waiting) = self.changes.get_mut(&hash) else { continue };
            waiting.missing = waiting.missing.saturating_sub(1);
            let is_early = waiting.missing > 0;
            if (!is_early || is_refused)
                && let Some(Waiting { change, .. }) = self.changes.remove(&hash)
            {
                self.bytes -= change.raw_bytes().len();
                if is_early {
                    self.forget(&change);
                }
                released.push(change);
            }
        }
        released
    }

    /// Lets nothing remember a change that went before all that it waited for came.
    fn forget(&mut self, change: &Change) {
        for dep in change.deps() {
            if let Some(waiting) = self.waiting_for.get_mut(dep) {
                waiting.retain(|hash| *hash != change.hash());
                if waiting.is_empty() {
                    self.waiting_for.remove(dep);
                }
            }
        }
    }

    /// Takes everything out.
    pub(super) fn take(&mut self) -> Vec<Change> {
        std::mem::take(self).changes.into_values().map(|waiting| waiting.change).collect()
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
                Some(waiting) => open.extend(waiting.change.deps()),
                None => {
                    missing.insert(hash);
                }
            }
        }
        missing
    }
}
