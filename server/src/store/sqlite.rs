//! The embedded store: one SQLite file in the data folder.
//!
//! One thread writes, with group commit, small before large; one reads. WAL lets the two go on side by side. `synchronous` is
//! FULL, so that a commit that was answered outlives a cut of the power, and `secure_delete` is on, so that what was
//! deleted is not left in the file.

mod queries;
mod schema;
mod upkeep;
mod writer;

use std::path::Path;

use shared::access::{SignedCheckpoint, WorkshopId};
use shared::sync::document_sync::StoredChange;
use shared::sync::{ByteLen, DocumentId};

use super::{Answer, Kept, ListedWorkshop, Position, Snapshot, Store, StoreError, StoredDocument, WorkshopRecord};
use writer::Worker;

pub use upkeep::{Compacted, compact, examine};

/// The store's file within the data folder.
pub const FILE: &str = "dialogtavle.sqlite";

/// Whether there is a store in `folder`.
///
/// # Errors
/// [`StoreError::Missing`] if there is none.
pub fn find(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(FILE);
    if path.exists() { Ok(()) } else { Err(StoreError::Missing { path }) }
}

/// A store in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Worker,
    reader: Worker,
}

impl SqliteStore {
    /// Opens the store in `folder`, which must exist, and makes it if it is not there.
    ///
    /// Reads a file of up to 64 MiB once to find damage; [`examine`] does so with any. `largest` bounds the file: beyond
    /// it writes are answered with [`StoreError::Full`].
    ///
    /// # Errors
    /// [`StoreError`], each with what to do.
    pub fn open(folder: &Path, largest: Option<ByteLen>) -> Result<Self, StoreError> {
        let path = folder.join(FILE);
        let writer = schema::open(&path, largest)?;
        let reader = schema::open_for_reading(&path)?;
        Ok(Self { writer: Worker::start("store-writer", writer)?, reader: Worker::start("store-reader", reader)? })
    }
}

impl Store for SqliteStore {
    fn append(&self, document: DocumentId, changes: Vec<StoredChange>) -> Answer<'_, Position> {
        let bytes = changes.iter().map(|change| change.bytes.len()).sum();
        self.writer.write(bytes, move |connection| queries::append(connection, document, &changes))
    }

    fn load(&self, document: DocumentId) -> Answer<'_, StoredDocument> {
        self.reader.run(move |connection| queries::load(connection, document))
    }

    fn compact(&self, document: DocumentId, snapshot: Snapshot, through: Position) -> Answer<'_, ()> {
        self.writer
            .write(snapshot.bytes.len(), move |connection| queries::compact(connection, document, &snapshot, through))
    }

    fn remove(&self, document: DocumentId, hashes: Vec<[u8; 32]>) -> Answer<'_, ()> {
        self.writer.run(move |connection| queries::remove(connection, document, &hashes))
    }

    fn workshop(&self, id: WorkshopId) -> Answer<'_, Option<WorkshopRecord>> {
        self.reader.run(move |connection| queries::workshop(connection, id))
    }

    fn add_workshop(&self, record: WorkshopRecord, documents: Vec<(DocumentId, Vec<StoredChange>)>) -> Answer<'_, ()> {
        self.writer.run(move |connection| queries::add_workshop(connection, &record, &documents))
    }

    fn keep_checkpoint(&self, checkpoint: SignedCheckpoint) -> Answer<'_, Kept> {
        let deletes = checkpoint.checkpoint.deleted;
        let work = move |connection: &rusqlite::Connection| queries::keep_checkpoint(connection, &checkpoint);
        if deletes { self.writer.run_and_wipe(work) } else { self.writer.run(work) }
    }

    fn delete_workshop(&self, id: WorkshopId) -> Answer<'_, ()> {
        self.writer.run_and_wipe(move |connection| queries::delete_workshop(connection, id))
    }

    fn workshops(&self) -> Answer<'_, Vec<ListedWorkshop>> {
        self.reader.run(queries::workshops)
    }

    fn count(&self) -> Answer<'_, u64> {
        self.reader.run(queries::count)
    }

    fn close(&self) -> Answer<'_, ()> {
        Box::pin(async {
            // The reader first: the last connection to close folds the write-ahead log into the file.
            self.reader.close().await?;
            self.writer.close().await
        })
    }
}
