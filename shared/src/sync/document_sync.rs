//! One document with all its links: decode, store, then apply.
//!
//! Relay, client and upstream link use the same value. What comes in on a link is decoded and checked, given to the
//! shell to store, and only then applied; so memory never holds a peer's change that the store does not hold, and
//! every sync message made from it is safe to send (S14). A client's own edits are in memory at once, for the person
//! to see, and hold back sending until they are stored (S15).
//!
//! Who has what is known in one of two ways. A link in pace has proved that it holds one of the latest steps, and is told
//! each step that follows in the same bytes as all others (`pace`, `steps`; S27 to S31). Every other link is spoken to by
//! Automerge's own sync (`outgoing`), which walks the history.
//!
//! What the document holds is not known here; joining and who may do what is decided by the shell and comes in as
//! [`Rights`].
//!
//! ```
//! use automerge::{ROOT, ReadDoc, transaction::Transactable};
//! use shared::sync::document_sync::{Input, LinkOptions, Output, Rights};
//! use shared::sync::{DocumentSync, LinkId, Millis};
//!
//! let (now, link) = (Millis(0), LinkId(0));
//! let (mut relay, mut phone) = (DocumentSync::new(), DocumentSync::new());
//! relay.handle(now, Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::accepted(true) });
//! phone.handle(now, Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() });
//!
//! // Each side's store answers at once, and the line carries what each has to say to the other.
//! let ((), mut to_do) = phone.edit(now, |doc| {
//!     doc.transact::<_, _, automerge::AutomergeError>(|tx| tx.put(ROOT, "note", "makker")).unwrap();
//! });
//! let mut on_phone = true;
//! while !to_do.is_empty() {
//!     let (mine, theirs) = if on_phone { (&mut phone, &mut relay) } else { (&mut relay, &mut phone) };
//!     let mut next = Vec::new();
//!     while let Some(output) = to_do.pop() {
//!         match output {
//!             Output::Store { batch, .. } => to_do.extend(mine.handle(now, Input::Stored { batch })),
//!             Output::Send { data, .. } => next.extend(theirs.handle(now, Input::Received { link, data: &data })),
//!             _ => {}
//!         }
//!     }
//!     to_do = next;
//!     on_phone = !on_phone;
//! }
//! assert_eq!(relay.doc().get(ROOT, "note").unwrap().unwrap().0.as_str(), Some("makker"));
//! assert_eq!(relay.durable_heads(), phone.heads());
//! ```

mod acknowledgement;
mod causal_order;
mod compact;
mod comparison;
mod history;
mod incoming;
mod input;
mod link;
mod load;
mod outgoing;
mod output;
mod pace;
mod quarantine;
mod queue;
mod rights;
mod steps;
mod storing;
mod taking;
mod validity;
mod waiting_room;

pub use comparison::COMPARE_EVERY;
pub use incoming::carried;
pub use input::{Input, LinkOptions};
pub use load::Damaged;
pub use output::{BrokenReason, Output, StoredChange};
pub use pace::PaceCounts;
pub use quarantine::Quarantine;
pub use rights::{Rights, Write};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::{Automerge, ChangeHash};

use super::chunk_guard;
use super::identity::{BatchId, LinkId};
use super::measure::{ByteLen, Millis};
use acknowledgement::Acknowledged;
use history::{History, is_in};
use link::Link;
use pace::{ToldPiece, Welcome};
use queue::{Batch, Queue};
use steps::{StepNumber, Steps, Told};

/// The largest document, in bytes of stored changes.
pub const MAX_DOCUMENT: ByteLen = ByteLen(crate::limits::DOCUMENT_BYTES);

/// How long a document waits after its store failed before it asks for the changes again (S16).
pub const STORE_RETRY: Millis = Millis::from_secs(2);

/// One document with all its links.
#[derive(Debug, Default)]
pub struct DocumentSync {
    doc: Automerge,
    history: History,
    links: BTreeMap<LinkId, Link>,
    /// Heads that signed checkpoints cover.
    covered: BTreeSet<ChangeHash>,
    /// The batch that is on its way into the store, with its number.
    in_flight: Option<(BatchId, Batch)>,
    /// What arrived meanwhile.
    next: Queue,
    next_batch: u64,
    size: usize,
    /// Set while the store is left alone after it failed: when it is tried again.
    retry_at: Option<Millis>,
    /// The last attempt to store failed, and everyone here was told.
    is_store_failing: bool,
    quarantine: Quarantine,
    /// What everybody was told lately (S27).
    steps: Steps,
    /// Stored, but not told yet: an own edit that is not stored holds it back (S15).
    untold: Vec<Told>,
    /// When those in pace are compared next, and which step they should have proved by then (S29).
    compare_at: Option<(Millis, StepNumber)>,
    /// When those in pace are told next what is durable (S20), and what waits to be acknowledged (S30).
    tell_at: Option<Millis>,
    /// What was acknowledged last, in the words of one of many.
    acknowledged: Option<Acknowledged>,
    counts: PaceCounts,
    /// The last snapshot that was made, with the step that it is of (S31).
    snapshot: Option<(StepNumber, Arc<[u8]>)>,
    /// The messages that whoever had nothing was sent last, as long as somebody holds them, with the step they lead to.
    welcome: Option<Welcome>,
    /// What devices lack that were away, likewise.
    told_pieces: Vec<ToldPiece>,
    /// Set by a panic: the document may be half changed, and nothing more is done with it.
    given_up: bool,
}

/// What [`DocumentSync::load`] found.
#[derive(Debug)]
pub struct Loaded {
    /// The document, with everything that could be read.
    pub sync: DocumentSync,
    /// Chunks that could not be read or applied, by their place in what was given; the rest is there.
    pub damaged: Vec<Damaged>,
}

impl DocumentSync {
    /// An empty document; its changes come from a link or from [`DocumentSync::edit`].
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Loads a document from its stored chunks: a snapshot ([`DocumentSync::save`]), changes, or both, in any order
    /// and with repetitions. Never fails as a whole: what cannot be used is named in [`Loaded::damaged`] (S24).
    pub fn load<B: AsRef<[u8]>>(chunks: impl IntoIterator<Item = B>) -> Loaded {
        Self::load_with(Quarantine::default(), chunks)
    }

    /// As [`DocumentSync::load`], with what is known to make Automerge panic ([`DocumentSync::quarantine`]).
    pub fn load_with<B: AsRef<[u8]>>(quarantine: Quarantine, chunks: impl IntoIterator<Item = B>) -> Loaded {
        let mut size = 0;
        let chunks = chunks.into_iter().inspect(|chunk| size += chunk_guard::inflated_len(chunk.as_ref()).0);
        let (doc, damaged) = load::load(chunks);
        Loaded { sync: Self { size, quarantine, ..Self::from_stored(doc) }, damaged }
    }

    /// A document that is already in memory and all of whose changes are stored. Its size counts from here.
    #[must_use]
    pub fn from_stored(doc: Automerge) -> Self {
        let history = History::of(&doc);
        let steps = Steps::from_heads(doc.get_heads());
        Self { doc, history, steps, ..Self::default() }
    }

    /// What is known to make Automerge panic, for the next [`DocumentSync::load_with`].
    #[must_use]
    pub fn quarantine(&self) -> Quarantine {
        self.quarantine.clone()
    }

    /// Takes one input and returns what the caller must do next, in order. Never panics on what a peer sent.
    pub fn handle(&mut self, now: Millis, input: Input<'_>) -> Vec<Output> {
        if self.given_up {
            return Vec::new();
        }
        let mut outputs = Vec::new();
        match input {
            Input::LinkUp { link, rights, options } => self.link_up(link, rights, options, &mut outputs),
            Input::LinkDown { link } => {
                self.links.remove(&link);
            }
            Input::Received { link, data } => self.receive(link, data, &mut outputs),
            Input::Stored { batch } => self.stored(now, batch, &mut outputs),
            Input::StoreFailed { batch } => self.store_failed(now, batch, &mut outputs),
            Input::Tick => self.tick(now, &mut outputs),
        }
        outputs
    }

    /// Makes the owner's own changes: `change` edits the document, which shows them at once; they are sent once
    /// [`Output::Store`] is answered by [`Input::Stored`] (S15).
    pub fn edit<T>(&mut self, now: Millis, change: impl FnOnce(&mut Automerge) -> T) -> (T, Vec<Output>) {
        let before = self.doc.get_heads();
        let result = change(&mut self.doc);
        let mut outputs = Vec::new();
        for change in self.doc.get_changes(&before) {
            self.history.applied(&change);
            self.size += taking::size_of(&change);
            self.next.push(None, change);
        }
        if self.retry_at.is_none_or(|at| at <= now) {
            self.flush(&mut outputs);
        }
        (result, outputs)
    }

    /// Names the heads that a signed checkpoint covers; adds to those named before. Changes that waited for it on
    /// links with [`Write::Covered`] are taken now (S18).
    pub fn cover(&mut self, heads: &[ChangeHash]) -> Vec<Output> {
        let mut outputs = Vec::new();
        self.covered.extend(heads);
        self.take_covered(&mut outputs);
        self.flush(&mut outputs);
        outputs
    }

    /// When [`Input::Tick`] is due; `None` when nothing is waited for.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        let compare_at = self.compare_at.map(|(at, _)| at);
        self.retry_at.into_iter().chain(compare_at).chain(self.tell_at).min()
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
        self.history.durable_heads()
    }

    /// The whole document as one compressed chunk, for a snapshot or a file.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.doc.save()
    }

    /// Bytes of what is stored, inflated (S21): of the snapshot, and of every change beside it.
    #[must_use]
    pub fn size(&self) -> ByteLen {
        ByteLen(self.size)
    }

    /// Counts the size anew: `snapshot` has replaced all that was stored when the document had this `size`.
    pub fn compacted(&mut self, snapshot: &[u8], size: ByteLen) {
        self.size = self.size.saturating_sub(size.0) + chunk_guard::inflated_len(snapshot).0;
    }

    /// Bytes of changes that wait for the store. A shell that takes nothing in while there are many keeps them bounded.
    #[must_use]
    pub fn queued(&self) -> ByteLen {
        ByteLen(self.next.bytes())
    }

    /// Own changes that are not yet stored here, oldest first.
    #[must_use]
    pub fn unstored(&self) -> Vec<ChangeHash> {
        let in_flight = self.in_flight.iter().flat_map(|(_, batch)| batch.own());
        in_flight.chain(self.next.own()).collect()
    }

    /// Whether the last attempt to store failed, so that nothing can be written here (S16).
    #[must_use]
    pub fn is_store_failing(&self) -> bool {
        self.is_store_failing
    }

    /// The links, in order.
    pub fn links(&self) -> impl Iterator<Item = LinkId> {
        self.links.keys().copied()
    }

    /// Which of `own` lie inside the heads that a peer named as durable: at or before one of those heads that is known
    /// here (S20). Ask again after [`Output::Applied`], with the heads named last: some may only then be known. Costs what lies beyond those heads, not the whole history.
    #[must_use]
    pub fn received(&self, durable_heads: &[ChangeHash], own: &[ChangeHash]) -> Vec<ChangeHash> {
        let known: Vec<_> = durable_heads.iter().copied().filter(|head| is_in(&self.doc, head)).collect();
        if known.is_empty() {
            return Vec::new();
        }
        let beyond: BTreeSet<_> = self.doc.get_changes_meta(&known).into_iter().map(|meta| meta.hash).collect();
        own.iter().copied().filter(|hash| !beyond.contains(hash) && is_in(&self.doc, hash)).collect()
    }

    /// The heads that both sides of a link are known to have, to be kept and given to the link's next
    /// [`Input::LinkUp`].
    #[must_use]
    pub fn shared_heads(&self, link: LinkId) -> Vec<ChangeHash> {
        self.links.get(&link).map(|link| link.state.shared_heads.clone()).unwrap_or_default()
    }

    fn link_up(&mut self, id: LinkId, rights: Rights, options: LinkOptions, outputs: &mut Vec<Output>) {
        let mut shared: Vec<_> = options.shared.iter().copied().filter(|head| is_in(&self.doc, head)).collect();
        shared.sort_unstable();
        shared.dedup();
        self.links.insert(id, Link::new(rights, options, shared));
        self.name_durable(id, self.history.durable_heads(), outputs);
        if self.is_store_failing {
            self.tell_store_fails(id, outputs);
        }
        self.speak(id, false, outputs);
    }

    /// S15: while own changes are in memory that are not yet stored, nothing is sent.
    fn holds_back(&self) -> bool {
        self.next.has_own() || self.in_flight.as_ref().is_some_and(|(_, batch)| batch.has_own())
    }

    /// Sends what the link lacks by stock sync, unless own changes hold it back.
    fn speak(&mut self, id: LinkId, repeats: bool, outputs: &mut Vec<Output>) {
        if self.holds_back() {
            return;
        }
        let Some(link) = self.links.get_mut(&id).filter(|link| link.pace.is_none()) else { return };
        let messages = outgoing::generate(&self.doc, &self.history, link, repeats);
        outputs.extend(messages.into_iter().map(|data| Output::Send { link: id, data: data.into() }));
        self.count_mended(id);
        self.keep_pace(id, outputs);
    }

    /// S20: tells a link that asked for it what is durable here.
    fn name_durable(&self, id: LinkId, heads: Vec<ChangeHash>, outputs: &mut Vec<Output>) {
        let Some(link) = self.links.get(&id) else { return };
        if link.options.durable && link.rights.read && !heads.is_empty() {
            outputs.push(Output::Durable { link: id, heads });
        }
    }

    fn break_link(&mut self, id: LinkId, reason: BrokenReason, outputs: &mut Vec<Output>) {
        self.links.remove(&id);
        outputs.push(Output::Broken { link: id, reason });
    }
}
