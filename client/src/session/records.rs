//! What is kept on a device, in the form in which it is kept. Where it lies is told in [`crate::platform::database`].

mod settings;
mod workshop_record;

pub use settings::{Settings, Theme};
pub use workshop_record::WorkshopRecord;

use automerge::ChangeHash;
use minicbor::{Decode, Decoder, Encode};
use shared::access::WorkshopId;
use shared::sync::DocumentId;

use super::action::{ActionId, ActionLabel};

/// A store of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Documents' bytes.
    Chunks,
    /// What is known of workshops beside their documents.
    Workshops,
    /// Which changes belong to what a person did, until they are received.
    Outbox,
    /// What a person did that is received.
    Receipts,
    /// Language, theme.
    Settings,
}

impl Store {
    /// Every store.
    pub const ALL: [Self; 5] = [Self::Chunks, Self::Workshops, Self::Outbox, Self::Receipts, Self::Settings];

    /// Its name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chunks => "chunks",
            Self::Workshops => "workshops",
            Self::Outbox => "outbox",
            Self::Receipts => "receipts",
            Self::Settings => "settings",
        }
    }
}

/// A value in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Bytes: a chunk, or a record as CBOR.
    Bytes(Vec<u8>),
    /// A text as it is, so that people too can read it in a file of safe mode.
    Text(String),
}

impl Value {
    /// `value` as CBOR.
    pub(crate) fn cbor<T: Encode<()>>(value: &T) -> Self {
        Self::Bytes(minicbor::to_vec(value).expect("writing to memory does not fail"))
    }

    /// Reads CBOR; `None` for text, and for what another version wrote in another form.
    pub(crate) fn read<T: for<'a> Decode<'a, ()>>(&self) -> Option<T> {
        match self {
            Self::Bytes(bytes) => minicbor::decode(bytes).ok(),
            Self::Text(_) => None,
        }
    }

    /// The bytes; `None` for text.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(_) => None,
        }
    }

    /// The text; `None` for bytes.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) => None,
        }
    }
}

/// Something that was read, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The parts of its key.
    pub key: Vec<String>,
    /// Its value.
    pub value: Value,
}

/// One write; several make one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Puts a value in place of what was there.
    Put {
        /// The store.
        store: Store,
        /// The parts of its key.
        key: Vec<String>,
        /// The value.
        value: Value,
    },
    /// Deletes what lies under a key, if anything does.
    Delete {
        /// The store.
        store: Store,
        /// The parts of its key.
        key: Vec<String>,
    },
    /// Deletes everything whose key begins so.
    DeleteAll {
        /// The store.
        store: Store,
        /// The parts that the keys begin with.
        prefix: Vec<String>,
    },
}

impl Write {
    /// The store that it goes to.
    #[must_use]
    pub fn store(&self) -> Store {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } | Self::DeleteAll { store, .. } => *store,
        }
    }

    /// Keeps one chunk of a document.
    pub(crate) fn chunk(document: DocumentId, hash: &ChangeHash, bytes: Vec<u8>) -> Self {
        let key = vec![document.to_string(), hash.to_string()];
        Self::Put { store: Store::Chunks, key, value: Value::Bytes(bytes) }
    }

    /// Keeps a row of the outbox.
    pub(crate) fn outbox(document: DocumentId, hash: &ChangeHash, row: &OutboxRow) -> Self {
        let key = vec![document.to_string(), hash.to_string()];
        Self::Put { store: Store::Outbox, key, value: Value::cbor(row) }
    }

    /// Deletes a row of the outbox.
    pub(crate) fn outbox_done(document: DocumentId, hash: &ChangeHash) -> Self {
        Self::Delete { store: Store::Outbox, key: vec![document.to_string(), hash.to_string()] }
    }

    /// Notes that something a person did is received.
    pub(crate) fn receipt(workshop: WorkshopId, action: ActionId) -> Self {
        let key = vec![workshop.to_string(), format!("{:016x}", action.0)];
        Self::Put { store: Store::Receipts, key, value: Value::Bytes(Vec::new()) }
    }

    /// Keeps one field of what is known of a workshop.
    pub(crate) fn field(workshop: WorkshopId, field: &str, value: Value) -> Self {
        Self::Put { store: Store::Workshops, key: vec![workshop.to_string(), field.to_owned()], value }
    }

    /// Deletes everything that the device holds of a workshop.
    pub(crate) fn forget(workshop: WorkshopId, documents: &[DocumentId]) -> Vec<Self> {
        let of_workshop = [Store::Workshops, Store::Receipts].map(|store| (store, workshop.to_string()));
        let of_documents = documents
            .iter()
            .flat_map(|document| [(Store::Chunks, document.to_string()), (Store::Outbox, document.to_string())]);
        let all = of_documents.chain(of_workshop);
        all.map(|(store, part)| Self::DeleteAll { store, prefix: vec![part] }).collect()
    }
}

/// Which thing a person did a change belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct OutboxRow {
    /// The thing done.
    #[n(0)]
    pub action: u64,
    /// When, in milliseconds since 1970.
    #[n(1)]
    pub at: i64,
    /// What it was.
    #[n(2)]
    #[cbor(decode_with = "known_label")]
    pub label: ActionLabel,
    /// What it was done to: a note's id, a place's key.
    #[n(3)]
    pub subject: String,
    /// Why the board did not take it, if it did not.
    #[n(4)]
    pub refused: Option<String>,
}

/// Reads a label; one that a newer version added becomes [`ActionLabel::Other`].
fn known_label<C>(decoder: &mut Decoder<'_>, context: &mut C) -> Result<ActionLabel, minicbor::decode::Error> {
    match ActionLabel::decode(decoder, context) {
        Err(error) if error.is_unknown_variant() => Ok(ActionLabel::Other),
        read => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_a_newer_version_keeps_what_is_known_of_it() {
        let row = OutboxRow { action: 7, at: 5, label: ActionLabel::Note, subject: "s".into(), refused: None };
        assert_eq!(Value::cbor(&row).read(), Some(row.clone()));
        let newer = Value::cbor(&(7, 5, 999, "s", None::<String>, "a field of later"));
        assert_eq!(newer.read(), Some(OutboxRow { label: ActionLabel::Other, ..row }));
    }
}
