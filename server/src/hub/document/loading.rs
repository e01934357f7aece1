//! Reading a document from the store, and reading it again when it may be half changed.

use automerge::{ChangeHash, ReadDoc as _};
use shared::sync::DocumentSync;
use shared::sync::document_sync::{Loaded, Quarantine, StoredChange};
use tracing::error;

use super::compaction::Log;
use super::{Start, Task};
use crate::hub::SocketId;
use crate::store::{StoreError, StoredDocument};

impl Task {
    /// Reads the document; false when the store does not answer.
    pub(super) async fn load(&mut self, quarantine: Quarantine) -> bool {
        let (stored, loaded) = match read(&self.start, &quarantine).await {
            Ok(read) => read,
            // Nobody is let into a deleted workshop; whoever is still here is being told.
            Err(StoreError::Deleted) => return false,
            Err(error) => {
                error!(document = %self.start.document, %error, "a document could not be read: {error}");
                return false;
            }
        };
        self.log = Log {
            snapshot_bytes: stored.snapshot.as_ref().map_or(0, |snapshot| snapshot.bytes.len()),
            appended_bytes: stored.chunks.iter().map(|change| change.bytes.len()).sum(),
            through: stored.through,
            damage: stored.damage(&loaded.damaged),
        };
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

/// What is stored, and the document that it makes.
///
/// The change that everybody knows to be the first is stored where it is not, since nothing is yet or it was lost: so
/// nobody can bring another in its place, which would stand under its author's number for all who bring the right one.
async fn read(start: &Start, quarantine: &Quarantine) -> Result<(StoredDocument, Loaded), StoreError> {
    let (store, document) = (&start.store, start.stored_as);
    let first = apply(quarantine.clone(), store.load(document).await?).await?;
    let is_lacking = |genesis: &&StoredChange| !first.1.sync.doc().get_missing_deps(&[genesis.hash]).is_empty();
    let Some(genesis) = start.genesis.as_ref().filter(is_lacking) else { return Ok(first) };
    store.append(document, vec![genesis.clone()]).await?;
    apply(quarantine.clone(), store.load(document).await?).await
}

async fn apply(quarantine: Quarantine, stored: StoredDocument) -> Result<(StoredDocument, Loaded), StoreError> {
    // A long history takes long; the other documents' tasks go on meanwhile.
    let applying = tokio::task::spawn_blocking(move || {
        let loaded = DocumentSync::load_with(quarantine, stored.all());
        (stored, loaded)
    });
    applying.await.map_err(|_| StoreError::Failed("what is stored could not be applied".to_owned()))
}
