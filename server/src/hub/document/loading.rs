//! Reading a document from the store, and reading it again when it may be half changed.

use automerge::ChangeHash;
use shared::sync::DocumentSync;
use shared::sync::document_sync::Quarantine;
use tracing::error;

use super::Task;
use super::compaction::Log;
use crate::hub::SocketId;
use crate::store::StoredDocument;

impl Task {
    /// Reads the document; false when the store does not answer.
    pub(super) async fn load(&mut self, quarantine: Quarantine) -> bool {
        let stored = match self.store.load(self.document).await {
            Ok(stored) => stored,
            Err(error) => {
                error!(document = %self.document, %error, "a document could not be read: {error}");
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
            error!(document = %self.document, "a stored document could not be applied");
            return false;
        };
        self.log.damaged = !loaded.damaged.is_empty();
        for damaged in &loaded.damaged {
            error!(
                document = %self.document, chunk = damaged.index, reason = %damaged.reason,
                "a stored chunk cannot be used; it is kept, and the rest of the document is there"
            );
        }
        self.sync = loaded.sync;
        let heads = self.covered.clone();
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
            if let Err(error) = self.store.remove(self.document, hashes).await {
                error!(document = %self.document, %error, "changes that cannot be applied stay in the store: {error}");
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
