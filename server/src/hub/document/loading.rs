//! Reading a document from the store, and reading it again when it may be half changed.

use automerge::ChangeHash;
use shared::sync::DocumentSync;
use shared::sync::document_sync::Quarantine;
use tracing::error;

use super::Task;
use super::compaction::Log;
use crate::hub::SocketId;
use crate::store::{StoreError, StoredDocument};

impl Task {
    /// Reads the document; false when the store does not answer.
    pub(super) async fn load(&mut self, quarantine: Quarantine) -> bool {
        let stored = match self.start.store.load(self.start.stored_as).await {
            Ok(mut stored) => self.begin(&mut stored).await.map(|()| stored),
            Err(error) => Err(error),
        };
        let stored = match stored {
            Ok(stored) => stored,
            // Nobody is let into a deleted workshop; whoever is still here is being told.
            Err(StoreError::Deleted) => return false,
            Err(error) => {
                error!(document = %self.start.document, %error, "a document could not be read: {error}");
                return false;
            }
        };
        let StoredDocument { snapshot, chunks, through } = stored;
        self.log = Log {
            snapshot_bytes: snapshot.as_ref().map_or(0, Vec::len),
            appended_bytes: chunks.iter().map(Vec::len).sum(),
            through,
            damaged: false,
        };
        // Loading a long history takes long; the other documents' tasks go on meanwhile.
        let all = snapshot.into_iter().chain(chunks).collect::<Vec<_>>();
        let loading = tokio::task::spawn_blocking(move || DocumentSync::load_with(quarantine, all));
        let Ok(loaded) = loading.await else {
            error!(document = %self.start.document, "a stored document could not be applied");
            return false;
        };
        self.log.damaged = !loaded.damaged.is_empty();
        if let Some(first) = loaded.damaged.first() {
            error!(
                document = %self.start.document, chunks = loaded.damaged.len(), first = first.index, reason = %first.reason,
                "{} stored chunks cannot be used; they are kept, and the rest of the document is there",
                loaded.damaged.len()
            );
        }
        self.sync = loaded.sync;
        let heads = self.start.covered.clone();
        let outputs = self.core(|sync| sync.cover(&heads));
        // Nothing is attached yet, so that a checkpoint can bring no more than a wish to store.
        let Ok(outputs) = outputs else { return false };
        self.perform(outputs);
        true
    }

    /// Stores the change that everybody knows to be the first, where nothing is stored yet: so nobody can bring another
    /// in its place, which would stand under its author's number for all who bring the right one.
    async fn begin(&mut self, stored: &mut StoredDocument) -> Result<(), StoreError> {
        let Some(genesis) = &self.start.genesis else { return Ok(()) };
        if stored.snapshot.is_none() && stored.chunks.is_empty() {
            stored.through = self.start.store.append(self.start.stored_as, vec![genesis.clone()]).await?;
            stored.chunks.push(genesis.bytes.clone());
        }
        Ok(())
    }

    /// Drops the document and reads it again; `suspects` are taken out of the store first.
    pub(super) async fn reload(&mut self, suspects: Vec<ChangeHash>) -> bool {
        if let Some(storing) = self.storing.take() {
            // Its outcome is read from the store itself.
            drop(storing.await);
        }
        if let Some(compacting) = self.compacting.take() {
            let compacted = compacting.await;
            self.compacted(compacted);
        }
        if !suspects.is_empty() {
            let hashes = suspects.iter().map(|hash| hash.0).collect();
            if let Err(error) = self.start.store.remove(self.start.stored_as, hashes).await {
                error!(document = %self.start.document, %error, "changes that cannot be applied stay in the store: {error}");
                return false;
            }
        }
        let quarantine = self.sync.quarantine();
        if !self.load(quarantine).await {
            return false;
        }
        let sockets: Vec<SocketId> = self.links.keys().copied().collect();
        for socket in sockets {
            if let Some(link) = self.links.get_mut(&socket) {
                // The old id belongs to the document that was dropped.
                link.id = None;
            }
            match self.link_up(socket, true) {
                Ok(outputs) => drop(self.perform(outputs)),
                Err(_) => return false,
            }
        }
        true
    }
}
