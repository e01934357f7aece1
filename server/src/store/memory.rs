//! A store that forgets everything when it is dropped: the plainest reading of the contract.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::access::{SignedCheckpoint, WorkshopId};
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::document_sync::StoredChange;

use super::{Answer, Kept, ListedWorkshop, Position, Snapshot, Store, StoreError, StoredDocument, WorkshopRecord};

/// Keeps everything in memory. For tests, and for measuring what a store costs.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    documents: BTreeMap<DocumentId, Document>,
    workshops: BTreeMap<WorkshopId, WorkshopRecord>,
    closed: bool,
}

#[derive(Debug, Default)]
struct Document {
    snapshot: Option<Snapshot>,
    chunks: Vec<(Position, StoredChange)>,
    last: u64,
}

impl Inner {
    fn is_deleted(&self, document: DocumentId) -> bool {
        self.workshops.values().any(|record| record.deleted && documents_of(record.id()).contains(&document))
    }

    fn append(&mut self, document: DocumentId, changes: Vec<StoredChange>) -> Result<Position, StoreError> {
        if self.is_deleted(document) {
            return Err(StoreError::Deleted);
        }
        let document = self.documents.entry(document).or_default();
        for change in changes {
            if let Some((_, known)) = document.chunks.iter_mut().find(|(_, known)| known.hash == change.hash) {
                *known = change;
                continue;
            }
            document.last += 1;
            document.chunks.push((Position(document.last), change));
        }
        Ok(Position(document.last))
    }

    fn erase(&mut self, workshop: WorkshopId) {
        for document in documents_of(workshop) {
            self.documents.remove(&document);
        }
    }
}

fn documents_of(workshop: WorkshopId) -> [DocumentId; 2] {
    [Kind::Control, Kind::Board].map(|kind| workshop.document(kind))
}

impl MemoryStore {
    fn run<T: Send + 'static>(&self, work: impl FnOnce(&mut Inner) -> Result<T, StoreError>) -> Answer<'_, T> {
        // A panic in here would be a fault of this file; what the others hold is still whole.
        let mut inner: MutexGuard<'_, Inner> = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let result = if inner.closed { Err(StoreError::Closed) } else { work(&mut inner) };
        Box::pin(std::future::ready(result))
    }
}

impl Store for MemoryStore {
    fn append(&self, document: DocumentId, changes: Vec<StoredChange>) -> Answer<'_, Position> {
        self.run(|inner| inner.append(document, changes))
    }

    fn load(&self, document: DocumentId) -> Answer<'_, StoredDocument> {
        self.run(|inner| {
            Ok(inner.documents.get(&document).map_or_else(StoredDocument::default, |document| StoredDocument {
                snapshot: document.snapshot.clone(),
                chunks: document.chunks.iter().map(|(_, change)| change.clone()).collect(),
                through: Position(document.last),
            }))
        })
    }

    fn compact(&self, document: DocumentId, snapshot: Snapshot, through: Position) -> Answer<'_, ()> {
        self.run(|inner| {
            if inner.is_deleted(document) {
                return Err(StoreError::Deleted);
            }
            let document = inner.documents.entry(document).or_default();
            document.chunks.retain(|(position, _)| *position > through);
            document.snapshot = Some(snapshot);
            Ok(())
        })
    }

    fn remove(&self, document: DocumentId, hashes: Vec<[u8; 32]>) -> Answer<'_, ()> {
        self.run(|inner| {
            if let Some(document) = inner.documents.get_mut(&document) {
                document.chunks.retain(|(_, change)| !hashes.contains(&change.hash.0));
            }
            Ok(())
        })
    }

    fn workshop(&self, id: WorkshopId) -> Answer<'_, Option<WorkshopRecord>> {
        self.run(|inner| Ok(inner.workshops.get(&id).cloned()))
    }

    fn add_workshop(&self, record: WorkshopRecord, documents: Vec<(DocumentId, Vec<StoredChange>)>) -> Answer<'_, ()> {
        self.run(|inner| {
            if inner.workshops.get(&record.id()).is_some_and(|known| known.deleted) {
                return Err(StoreError::Deleted);
            }
            inner.workshops.entry(record.id()).or_insert(record);
            for (document, changes) in documents {
                inner.append(document, changes)?;
            }
            Ok(())
        })
    }

    fn keep_checkpoint(&self, checkpoint: SignedCheckpoint) -> Answer<'_, Kept> {
        self.run(|inner| {
            let id = checkpoint.checkpoint.workshop();
            let first = WorkshopRecord::new(checkpoint.checkpoint.admission());
            let kept = inner.workshops.entry(id).or_insert(first).take(checkpoint);
            if kept == Kept::Deleted {
                inner.erase(id);
            }
            Ok(kept)
        })
    }

    fn delete_workshop(&self, id: WorkshopId) -> Answer<'_, ()> {
        self.run(|inner| {
            if let Some(record) = inner.workshops.get_mut(&id) {
                record.deleted = true;
            }
            inner.erase(id);
            Ok(())
        })
    }

    fn workshops(&self) -> Answer<'_, Vec<ListedWorkshop>> {
        self.run(|inner| {
            let size = |document: DocumentId| {
                inner.documents.get(&document).map_or(0, |document| {
                    let chunks: usize = document.chunks.iter().map(|(_, change)| change.bytes.len()).sum();
                    document.snapshot.as_ref().map_or(0, |snapshot| snapshot.bytes.len()) + chunks
                })
            };
            Ok(inner
                .workshops
                .values()
                .map(|record| ListedWorkshop {
                    record: record.clone(),
                    size_bytes: documents_of(record.id()).map(size).iter().sum::<usize>() as u64,
                })
                .collect())
        })
    }

    fn count(&self) -> Answer<'_, u64> {
        self.run(|inner| Ok(inner.workshops.values().filter(|record| !record.deleted).count() as u64))
    }

    fn close(&self) -> Answer<'_, ()> {
        self.run(|inner| {
            inner.closed = true;
            Ok(())
        })
    }
}
