//! Where documents and workshops are kept so that a crash keeps them.
//!
//! A store knows chunks by hash and workshops by id, and nothing of what is in them. One suite of tests holds for every
//! store (`server/tests/relay/store_contract.rs`). A store answers only when what it was given is durable.

mod memory;
mod record;
pub mod sqlite;
mod stored_document;

use std::fmt;
use std::path::PathBuf;

use futures_util::future::BoxFuture;
use shared::access::{SignedCheckpoint, WorkshopId};
use shared::sync::DocumentId;
use shared::sync::document_sync::StoredChange;

use crate::words::error;

pub use memory::MemoryStore;
pub use record::{Kept, WorkshopRecord};
pub use stored_document::{Damage, Snapshot, StoredDocument};

/// The place of a chunk in its document's log; rises with every append.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position(pub u64);

/// A workshop in a listing.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedWorkshop {
    /// What is known of it.
    pub record: WorkshopRecord,
    /// Bytes of its documents.
    pub size_bytes: u64,
}

/// Why a store could not do what it was asked. Nothing of the request was done.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no room left.
    #[error("the store is full: free some space on the disk that holds the data folder")]
    Full,
    /// The relay has reached its ceiling for memory.
    #[error("out of memory: give the relay more with --memory, or wait until fewer workshops are in use")]
    Memory,
    /// The workshop is deleted.
    #[error("the workshop is deleted")]
    Deleted,
    /// The store has ended.
    #[error("the store is closed")]
    Closed,
    /// The file is damaged or is no store.
    #[error(
        "{} is damaged or not a store: {detail}; move it and the files beside it that begin with its name away (keep \
         them), and start again with --create open: devices bring back what they hold", path.display()
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What the store found.
        detail: String,
    },
    /// The file was made by a newer version.
    #[error("{} was made by a newer version ({found}, this one reads {known}); start that version", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The layout's number.
        found: i64,
        /// The layout's number that this version reads.
        known: i64,
    },
    /// There is no store.
    #[error("no store at {}; name the folder that a relay was given with --data", path.display())]
    Missing {
        /// Where it would be.
        path: PathBuf,
    },
    /// The file could not be opened.
    #[error("cannot open {}: {detail}; check that the folder may be written", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        detail: String,
    },
    /// Reading or writing failed.
    #[error("the store failed: {0}")]
    Failed(String),
}

impl StoreError {
    /// What it says to whoever runs the relay, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Full => error("store-full", &[]),
            Self::Memory => error("store-memory", &[]),
            Self::Deleted => error("store-deleted", &[]),
            Self::Closed => error("store-closed", &[]),
            Self::Corrupt { path, detail } => error("store-corrupt", &[("path", &path.display()), ("detail", detail)]),
            Self::Newer { path, found, known } => {
                error("store-newer", &[("path", &path.display()), ("found", found), ("known", known)])
            }
            Self::Missing { path } => error("store-missing", &[("path", &path.display())]),
            Self::Open { path, detail } => error("store-open", &[("path", &path.display()), ("detail", detail)]),
            Self::Failed(detail) => error("store-failed", &[("detail", detail)]),
        }
    }
}

/// What a store answers with, later.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, StoreError>>;

/// Durable chunks and workshops.
///
/// Every method that changes something answers once it is durable. A document has one writer at a time.
pub trait Store: Send + Sync + fmt::Debug {
    /// Appends changes to a document, all or none. A change that is there already stays where it is; if its bytes are
    /// others, they were damaged, and are replaced.
    ///
    /// # Errors
    /// [`StoreError::Deleted`] if the document's workshop is deleted.
    fn append(&self, document: DocumentId, changes: Vec<StoredChange>) -> Answer<'_, Position>;

    /// Reads everything that is stored of a document; nothing stored is an empty answer, not an error.
    fn load(&self, document: DocumentId) -> Answer<'_, StoredDocument>;

    /// Replaces the old snapshot and all chunks up to and with `through` by `snapshot`, in one step.
    fn compact(&self, document: DocumentId, snapshot: Snapshot, through: Position) -> Answer<'_, ()>;

    /// Takes single changes out again, which must not be in the snapshot.
    fn remove(&self, document: DocumentId, hashes: Vec<[u8; 32]>) -> Answer<'_, ()>;

    /// What is known of a workshop; `None` if it was never met.
    fn workshop(&self, id: WorkshopId) -> Answer<'_, Option<WorkshopRecord>>;

    /// Adds a workshop with the first changes of its documents, all or none. One that is there is left alone, and its
    /// documents get the changes.
    ///
    /// # Errors
    /// [`StoreError::Deleted`] if it was deleted.
    fn add_workshop(&self, record: WorkshopRecord, documents: Vec<(DocumentId, Vec<StoredChange>)>) -> Answer<'_, ()>;

    /// Keeps a checkpoint if its number is higher than that of the one that is kept. One that says 'deleted' erases the
    /// workshop's documents in the same step and is kept for ever.
    fn keep_checkpoint(&self, checkpoint: SignedCheckpoint) -> Answer<'_, Kept>;

    /// Erases a workshop's documents and keeps it as deleted, without a facilitator's signature.
    fn delete_workshop(&self, id: WorkshopId) -> Answer<'_, ()>;

    /// All workshops, the deleted ones among them, in the order of their ids.
    fn workshops(&self) -> Answer<'_, Vec<ListedWorkshop>>;

    /// How many workshops are kept that are not deleted.
    fn count(&self) -> Answer<'_, u64>;

    /// Finishes what was asked before, and ends. Later requests are answered with [`StoreError::Closed`].
    fn close(&self) -> Answer<'_, ()>;
}
