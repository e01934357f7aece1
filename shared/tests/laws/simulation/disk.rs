//! A disk that loses what was not synced.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, ChangeHash};
use shared::sync::DocumentSync;
use shared::sync::document_sync::StoredChange;

use super::edits::genesis;
use super::random::Random;

/// The documents of a workshop that meet at a relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doc {
    Control,
    Board,
}

impl Doc {
    pub(crate) const ALL: [Self; 2] = [Self::Control, Self::Board];
}

/// A write that is on its way; it is whole or not there at all.
pub(crate) type WriteId = u64;

#[derive(Debug)]
pub(crate) struct Disk {
    synced: [Vec<Vec<u8>>; 2],
    /// The hashes of what is synced.
    hashes: [BTreeSet<ChangeHash>; 2],
    writing: BTreeMap<WriteId, (Doc, Vec<StoredChange>)>,
    writes: WriteId,
}

impl Disk {
    pub(crate) fn new() -> Self {
        let synced = [vec![genesis()], vec![genesis()]];
        let hashes = Doc::ALL.map(|_| DocumentSync::load([genesis()]).sync.heads().into_iter().collect());
        Self { synced, hashes, writing: BTreeMap::new(), writes: 0 }
    }

    pub(crate) fn begin(&mut self, doc: Doc, changes: Vec<StoredChange>) -> WriteId {
        self.writes += 1;
        self.writing.insert(self.writes, (doc, changes));
        self.writes
    }

    /// The write is durable from here on; its changes, if it did not die with a crash.
    pub(crate) fn sync(&mut self, write: WriteId) -> Option<Vec<StoredChange>> {
        let (doc, changes) = self.writing.remove(&write)?;
        for change in &changes {
            self.hashes[doc as usize].insert(change.hash);
            self.synced[doc as usize].push(change.bytes.clone());
        }
        Some(changes)
    }

    /// A crash: of each write that was on its way all is there, or nothing.
    pub(crate) fn crash(&mut self, random: &mut Random) {
        for write in self.writing.keys().copied().collect::<Vec<_>>() {
            if random.chance(50) {
                self.sync(write);
            }
        }
        self.writing.clear();
    }

    pub(crate) fn holds(&self, doc: Doc, hash: &ChangeHash) -> bool {
        self.hashes[doc as usize].contains(hash)
    }

    pub(crate) fn hashes(&self, doc: Doc) -> &BTreeSet<ChangeHash> {
        &self.hashes[doc as usize]
    }

    /// Replaces all chunks by one snapshot, as a store does in one transaction.
    pub(crate) fn compact(&mut self, doc: Doc) {
        self.synced[doc as usize] = vec![self.load(doc).save()];
    }

    /// The document that lies here, every chunk of which must be sound.
    pub(crate) fn load(&self, doc: Doc) -> DocumentSync {
        let loaded = DocumentSync::load(&self.synced[doc as usize]);
        assert_eq!(loaded.damaged, [], "S24: a synced chunk is damaged");
        loaded.sync
    }

    /// The same under an actor of its own.
    pub(crate) fn load_as(&self, doc: Doc, actor: u64) -> DocumentSync {
        let mut sync = self.load(doc);
        let mut id = [7; 16];
        id[8..].copy_from_slice(&actor.to_be_bytes());
        sync.edit(shared::sync::Millis(0), |doc| {
            doc.set_actor(ActorId::from(id));
        });
        sync
    }
}
