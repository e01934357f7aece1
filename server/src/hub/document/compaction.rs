//! Replacing a document's many chunks by one snapshot.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures_util::future::BoxFuture;
use shared::sync::ByteLen;
use tracing::{debug, info, warn};

use super::Task;
use crate::store::{Damage, Position, Snapshot, StoreError};
use crate::threads;

/// A document is compacted when this much was appended, and as much as its snapshot holds.
const COMPACT_FROM_BYTES: usize = 128 << 10;

/// What is stored beside the snapshot.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub(super) snapshot_bytes: usize,
    pub(super) appended_bytes: usize,
    pub(super) through: Position,
    /// What cannot be read is kept until devices have brought all of it back; until then nothing is compacted.
    pub(super) damage: Damage,
}

/// A compaction on its way.
pub(super) type Compacting = BoxFuture<'static, Result<Compacted, StoreError>>;

/// A snapshot that has taken the place of what was stored.
#[derive(Debug)]
pub(super) struct Compacted {
    snapshot: Snapshot,
    /// The document's size when the snapshot was made.
    size: ByteLen,
}

impl Task {
    /// Begins a compaction if enough was appended, or if all that was damaged is there again.
    pub(super) fn compact_if_due(&mut self) {
        if self.log.damage != Damage::None && self.log.damage.is_mended_in(&self.sync) {
            info!(document = %self.start.document, "what was damaged is there again");
            self.log.damage = Damage::None;
            self.log.appended_bytes = COMPACT_FROM_BYTES.max(self.log.snapshot_bytes);
        }
        let due = self.log.appended_bytes >= COMPACT_FROM_BYTES.max(self.log.snapshot_bytes);
        if !due || self.log.damage != Damage::None || self.storing.is_some() || self.compacting.is_some() {
            return;
        }
        let saved = threads::aside(|| catch_unwind(AssertUnwindSafe(|| Snapshot::of(&self.sync))));
        let Ok(snapshot) = saved else { return };
        let through = self.log.through;
        let (store, document) = (Arc::clone(&self.start.store), self.start.stored_as);
        let size = self.sync.size();
        // Counted from here on: what is appended meanwhile is not in the snapshot.
        self.log.appended_bytes = 0;
        self.compacting = Some(Box::pin(async move {
            // The chunks go for good, so the snapshot is read back before.
            let checked = tokio::task::spawn_blocking(move || snapshot.is_sound().then_some(snapshot));
            match checked.await {
                Ok(Some(snapshot)) => {
                    store.compact(document, snapshot.clone(), through).await.map(|()| Compacted { snapshot, size })
                }
                _ => Err(StoreError::Failed("a snapshot did not read back as what it was made of".to_owned())),
            }
        }));
    }

    pub(super) fn compacted(&mut self, compacted: Result<Compacted, StoreError>) {
        match compacted {
            Ok(Compacted { snapshot, size }) => {
                debug!(document = %self.start.document, size_bytes = snapshot.bytes.len(), "compacted");
                self.log.snapshot_bytes = snapshot.bytes.len();
                self.sync.compacted(&snapshot.bytes, size);
            }
            // The chunks are all there; the next attempt comes when as much again was appended.
            Err(error) => warn!(document = %self.start.document, %error, "a document could not be compacted: {error}"),
        }
    }
}
