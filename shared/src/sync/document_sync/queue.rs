//! Accepted changes on their way into the store, in batches that take from every link in turn.

use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::ops::Bound;

use automerge::{Change, ChangeHash};

use super::output::StoredChange;
use crate::sync::identity::LinkId;

/// Most changes in one batch: a transaction of some milliseconds, so that no other document waits for long, and nobody
/// in this one for all that somebody else brings from a week offline.
const BATCH_CHANGES: usize = 512;
/// Most bytes in one batch; a larger change goes alone.
const BATCH_BYTES: usize = 256 << 10;

/// A change on its way into the store.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) change: Change,
    /// The link that brought it; `None` for the owner's own, which the document holds already.
    pub(super) from: Option<LinkId>,
}

/// Changes that are stored together; each comes after those it depends on.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) changes: Vec<Pending>,
}

impl Batch {
    pub(super) fn has_own(&self) -> bool {
        self.changes.iter().any(|pending| pending.from.is_none())
    }

    pub(super) fn own(&self) -> impl Iterator<Item = ChangeHash> {
        self.changes.iter().filter(|pending| pending.from.is_none()).map(|pending| pending.change.hash())
    }

    /// The links that brought its changes.
    pub(super) fn links(&self) -> BTreeSet<LinkId> {
        self.changes.iter().filter_map(|pending| pending.from).collect()
    }

    /// What the store is to keep.
    pub(super) fn stored_changes(&self) -> Vec<StoredChange> {
        self.changes.iter().map(|pending| stored_change(&pending.change)).collect()
    }
}

pub(super) fn stored_change(change: &Change) -> StoredChange {
    let mut change = change.clone();
    StoredChange { hash: change.hash(), bytes: change.bytes().into_owned() }
}

/// What waits for the next batches, in the order it came, by who brought it.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: BTreeMap<Option<LinkId>, VecDeque<Change>>,
    hashes: HashSet<ChangeHash>,
    bytes: usize,
    /// Whose turn it was last.
    last: Option<LinkId>,
}

impl Queue {
    pub(super) fn push(&mut self, from: Option<LinkId>, change: Change) {
        self.hashes.insert(change.hash());
        self.bytes += change.raw_bytes().len();
        self.waiting.entry(from).or_default().push_back(change);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Bytes of all that waits.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn has_own(&self) -> bool {
        self.waiting.contains_key(&None)
    }

    pub(super) fn own(&self) -> impl Iterator<Item = ChangeHash> {
        self.waiting.get(&None).into_iter().flatten().map(Change::hash)
    }

    /// Takes everything out, each link's changes in their order.
    pub(super) fn take(&mut self) -> impl Iterator<Item = Pending> + use<> {
        let Self { waiting, .. } = std::mem::take(self);
        waiting.into_iter().flat_map(|(from, changes)| changes.into_iter().map(move |change| Pending { change, from }))
    }

    /// Takes the next batch out: one change of every link in turn, so that whoever brings little does not wait for
    /// whoever brings much. A change waits for those that it depends on. A suspect goes alone (S25). Of a link that
    /// `is_bulk`, everything goes at once.
    pub(super) fn next_batch(&mut self, suspects: &BTreeSet<ChangeHash>, is_bulk: impl Fn(LinkId) -> bool) -> Batch {
        let mut batch = Batch::default();
        let (mut changes, mut bytes) = (0, 0);
        // How many links in a row had nothing that can go yet.
        let mut idle = 0;
        while idle < self.waiting.len() {
            let Some(from) = self.next_in_turn() else { break };
            self.last = from;
            let bulk = from.is_some_and(&is_bulk);
            while let Some(first) = self.waiting.get(&from).and_then(VecDeque::front) {
                if first.deps().iter().any(|dep| self.hashes.contains(dep)) {
                    idle += 1;
                    break;
                }
                let length = first.raw_bytes().len();
                let is_full = !bulk && (changes == BATCH_CHANGES || bytes + length > BATCH_BYTES);
                let is_suspect = suspects.contains(&first.hash());
                if !batch.changes.is_empty() && (is_full || is_suspect) {
                    return batch;
                }
                if !bulk {
                    (changes, bytes) = (changes + 1, bytes + length);
                }
                idle = 0;
                self.pop(from, &mut batch);
                if is_suspect {
                    return batch;
                }
                if !bulk {
                    break;
                }
            }
        }
        batch
    }

    /// The link after the one whose turn it was last.
    fn next_in_turn(&self) -> Option<Option<LinkId>> {
        let after = self.waiting.range((Bound::Excluded(self.last), Bound::Unbounded)).next();
        after.or_else(|| self.waiting.first_key_value()).map(|(from, _)| *from)
    }

    fn pop(&mut self, from: Option<LinkId>, batch: &mut Batch) {
        let Some(waiting) = self.waiting.get_mut(&from) else { return };
        if let Some(change) = waiting.pop_front() {
            self.hashes.remove(&change.hash());
            self.bytes -= change.raw_bytes().len();
            batch.changes.push(Pending { change, from });
        }
        if waiting.is_empty() {
            self.waiting.remove(&from);
        }
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::{CommitOptions, Transactable};
    use automerge::{ActorId, Automerge, ROOT};

    use super::*;

    fn changes_by(actor: u8, count: usize, mut doc: Automerge) -> (Vec<Change>, Automerge) {
        doc.set_actor(ActorId::from([actor; 16]));
        let changes = (0..count).map(|number| {
            let mut tx = doc.transaction();
            tx.put(ROOT, "k", number as u64).unwrap();
            tx.commit_with(CommitOptions::default().with_time(0));
            doc.get_last_local_change().unwrap()
        });
        (changes.collect(), doc.clone())
    }

    fn next(queue: &mut Queue) -> Vec<(Option<LinkId>, ChangeHash)> {
        let batch = queue.next_batch(&BTreeSet::new(), |_| false);
        batch.changes.iter().map(|pending| (pending.from, pending.change.hash())).collect()
    }

    #[test]
    fn s14_one_keystroke_does_not_wait_for_thousands_of_anothers_changes() {
        let mut queue = Queue::default();
        let (many, _) = changes_by(1, 2_000, Automerge::new());
        let (one, _) = changes_by(2, 1, Automerge::new());
        many.into_iter().for_each(|change| queue.push(Some(LinkId(1)), change));
        queue.push(Some(LinkId(2)), one[0].clone());
        let first = next(&mut queue);
        assert_eq!(first.len(), BATCH_CHANGES);
        assert!(first[..2].contains(&(Some(LinkId(2)), one[0].hash())));
        let mut rest = 0;
        while !queue.is_empty() {
            rest += next(&mut queue).len();
        }
        assert_eq!((rest, queue.bytes()), (2_001 - BATCH_CHANGES, 0));
    }

    #[test]
    fn a_change_never_goes_before_one_of_another_link_that_it_depends_on() {
        let mut queue = Queue::default();
        let (first, doc) = changes_by(1, 700, Automerge::new());
        let (second, _) = changes_by(2, 1, doc);
        first.iter().for_each(|change| queue.push(Some(LinkId(9)), change.clone()));
        queue.push(Some(LinkId(1)), second[0].clone());
        assert!(next(&mut queue).iter().all(|(from, _)| *from == Some(LinkId(9))));
        assert_eq!(next(&mut queue).last(), Some(&(Some(LinkId(1)), second[0].hash())));
        assert!(queue.is_empty());
    }

    #[test]
    fn s25_a_suspect_goes_alone() {
        let mut queue = Queue::default();
        let (changes, _) = changes_by(1, 3, Automerge::new());
        changes.iter().for_each(|change| queue.push(Some(LinkId(1)), change.clone()));
        let suspects = [changes[1].hash()].into();
        let mut sizes = Vec::new();
        while !queue.is_empty() {
            sizes.push(queue.next_batch(&suspects, |_| false).changes.len());
        }
        assert_eq!(sizes, [1, 1, 1]);
    }
}
