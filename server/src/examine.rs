//! What `dialogtavle check` looks for in a store: whether each chunk is what it is kept as, whether the chunks make a
//! document, and what of a damaged one can be used.
//!
//! Nothing here changes anything, and nothing stops at the first thing that is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ChangeHash};
use shared::access::{SignedCheckpoint, WorkshopId};
use shared::documents::Kind;
use shared::sync::{DocumentId, DocumentSync};

use crate::words::check;

/// A change as it is kept.
#[derive(Debug, Clone)]
pub struct KeptChange {
    /// Its place in the log.
    pub position: u64,
    /// The hash it is kept under.
    pub hash: Vec<u8>,
    /// Its chunk.
    pub bytes: Vec<u8>,
}

/// A document as it is kept.
#[derive(Debug, Clone, Default)]
pub struct KeptDocument {
    /// Its snapshot.
    pub snapshot: Option<Vec<u8>>,
    /// The changes beside it, in order.
    pub changes: Vec<KeptChange>,
}

/// A workshop as it is kept, not yet believed.
#[derive(Debug, Clone)]
pub struct KeptWorkshop {
    /// The id it is kept under.
    pub id: WorkshopId,
    /// The id that its keys make.
    pub made_of: WorkshopId,
    /// Its newest checkpoint.
    pub checkpoint: Option<Vec<u8>>,
    /// Whether it is deleted.
    pub deleted: bool,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The file itself is damaged.
    File(String),
    /// Something of it cannot be read.
    Unreadable {
        /// What.
        what: String,
        /// What the store said.
        detail: String,
    },
    /// A snapshot cannot be used, or is not what its changes make.
    Snapshot {
        /// Of which document.
        document: DocumentId,
        /// What is wrong.
        detail: String,
    },
    /// A change cannot be used.
    Change {
        /// Of which document.
        document: DocumentId,
        /// Where it lies.
        position: u64,
        /// What is wrong.
        detail: String,
    },
    /// What of a damaged document can be used.
    Usable {
        /// Which.
        document: DocumentId,
        /// Changes that can be used.
        changes: usize,
        /// Chunks that cannot.
        lost: usize,
    },
    /// A workshop is kept under an id that its keys do not make.
    Identity(WorkshopId),
    /// A workshop's checkpoint does not read, or is another's.
    Checkpoint(WorkshopId),
    /// Something of a deleted workshop is still there.
    NotErased(WorkshopId),
    /// Not damage: control has not come as far as its checkpoint.
    Behind(WorkshopId),
    /// Not damage: a document that no workshop here names.
    Unnamed(DocumentId),
}

impl Finding {
    /// Whether something is wrong with the store; some are only worth knowing.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        !matches!(self, Self::Behind(_) | Self::Unnamed(_))
    }

    /// What it says, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        let say = |code: &str, values: &[(&str, &dyn Display)]| check(code, values);
        match self {
            Self::File(detail) => say("file", &[("detail", detail)]),
            Self::Unreadable { what, detail } => say("unreadable", &[("what", what), ("detail", detail)]),
            Self::Snapshot { document, detail } => say("snapshot", &[("document", document), ("detail", detail)]),
            Self::Change { document, position, detail } => {
                say("change", &[("document", document), ("position", position), ("detail", detail)])
            }
            Self::Usable { document, changes, lost } => {
                say("usable", &[("document", document), ("changes", changes), ("lost", lost)])
            }
            Self::Identity(workshop) => say("identity", &[("workshop", workshop)]),
            Self::Checkpoint(workshop) => say("checkpoint", &[("workshop", workshop)]),
            Self::NotErased(workshop) => say("not-erased", &[("workshop", workshop)]),
            Self::Behind(workshop) => say("behind", &[("workshop", workshop)]),
            Self::Unnamed(document) => say("unnamed", &[("document", document)]),
        }
    }
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default)]
pub struct Examination {
    /// What is not as it should be, in the order it was found.
    pub findings: Vec<Finding>,
    /// How many workshops there are.
    pub workshops: usize,
    /// How many documents.
    pub documents: usize,
    /// How many snapshots and changes.
    pub chunks: usize,
    /// The changes of each document that can be used.
    usable: BTreeMap<DocumentId, BTreeSet<ChangeHash>>,
    named: BTreeSet<DocumentId>,
}

impl Examination {
    /// Whether anything is wrong.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.findings.iter().any(Finding::is_damage)
    }

    /// What it says at the end, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        let code = if self.is_damaged() { "damaged" } else { "sound" };
        check(code, &[("workshops", &self.workshops), ("documents", &self.documents), ("chunks", &self.chunks)])
    }

    /// Looks at one document.
    pub fn document(&mut self, document: DocumentId, kept: &KeptDocument) {
        self.documents += 1;
        self.chunks += kept.changes.len() + usize::from(kept.snapshot.is_some());
        let before = self.findings.len();
        if let Some(Err(detail)) = kept.snapshot.as_deref().map(snapshot_is_sound) {
            self.findings.push(Finding::Snapshot { document, detail });
        }
        for KeptChange { position, hash, bytes } in &kept.changes {
            if let Err(detail) = change_is_sound(hash, bytes) {
                self.findings.push(Finding::Change { document, position: *position, detail });
            }
        }
        // As the relay loads it: this finds what is missing between chunks that are sound by themselves.
        let all = kept.snapshot.iter().chain(kept.changes.iter().map(|change| &change.bytes));
        let loaded = DocumentSync::load(all);
        let offset = usize::from(kept.snapshot.is_some());
        for damaged in &loaded.damaged {
            let change = damaged.index.checked_sub(offset).and_then(|index| kept.changes.get(index));
            let finding = match change {
                None => Finding::Snapshot { document, detail: damaged.reason.clone() },
                Some(change) => Finding::Change { document, position: change.position, detail: damaged.reason.clone() },
            };
            let place = |finding: &Finding| match finding {
                Finding::Change { document, position, .. } => Some((*document, Some(*position))),
                Finding::Snapshot { document, .. } => Some((*document, None)),
                _ => None,
            };
            if !self.findings[before..].iter().any(|known| place(known) == place(&finding)) {
                self.findings.push(finding);
            }
        }
        let usable: BTreeSet<_> = loaded.sync.doc().get_changes_meta(&[]).into_iter().map(|meta| meta.hash).collect();
        let lost = self.findings.len() - before;
        if lost > 0 {
            self.findings.push(Finding::Usable { document, changes: usable.len(), lost });
        }
        self.usable.insert(document, usable);
    }

    /// Looks at one workshop, after its documents.
    pub fn workshop(&mut self, kept: &KeptWorkshop) {
        self.workshops += 1;
        if kept.id != kept.made_of {
            self.findings.push(Finding::Identity(kept.id));
        }
        let documents = [Kind::Control, Kind::Board].map(|kind| kept.id.document(kind));
        self.named.extend(documents);
        if kept.deleted && documents.iter().any(|document| self.usable.contains_key(document)) {
            self.findings.push(Finding::NotErased(kept.id));
        }
        let Some(bytes) = &kept.checkpoint else { return };
        match SignedCheckpoint::decode(bytes) {
            Ok(signed) if signed.checkpoint.workshop() == kept.id => {
                let control = self.usable.get(&documents[0]);
                let holds = |head: &[u8; 32]| control.is_some_and(|control| control.contains(&ChangeHash(*head)));
                if !kept.deleted && !signed.checkpoint.heads.iter().all(holds) {
                    self.findings.push(Finding::Behind(kept.id));
                }
            }
            Ok(_) | Err(_) => self.findings.push(Finding::Checkpoint(kept.id)),
        }
    }

    /// Looks for documents that no workshop names, after all workshops.
    pub fn finish(&mut self) {
        let unnamed = self.usable.keys().filter(|document| !self.named.contains(document));
        self.findings.extend(unnamed.map(|document| Finding::Unnamed(*document)));
    }
}

/// The bytes are one change, and it is the one that they are kept as.
fn change_is_sound(hash: &[u8], bytes: &[u8]) -> Result<(), String> {
    let decoded = catch_unwind(AssertUnwindSafe(|| Change::from_bytes(bytes.to_vec())));
    let change = decoded.map_err(|_| "it makes the decoder panic")?.map_err(|error| error.to_string())?;
    if change.hash().0[..] == *hash { Ok(()) } else { Err("it is kept under another hash than its own".to_owned()) }
}

/// The bytes are one whole document, and it is what its own changes make when they are applied one after another.
fn snapshot_is_sound(bytes: &[u8]) -> Result<(), String> {
    let read = || -> Result<bool, automerge::AutomergeError> {
        let doc = Automerge::load(bytes)?;
        let mut again = Automerge::new();
        again.apply_changes(doc.get_changes(&[]))?;
        Ok(again.get_heads() == doc.get_heads())
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Err(_) => Err("it makes the decoder panic".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(false)) => Err("its changes make another document".to_owned()),
        Ok(Ok(true)) => Ok(()),
    }
}
