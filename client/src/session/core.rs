//! The session without a browser: documents, sync, storage, counts and undo as one value.
//!
//! It takes what happened and says what must be done; [`super::handle`] carries that out. Time, random numbers and
//! stored bytes come in as values, so that everything here is tested on the host.

mod acting;
mod control_care;
mod drafting;
mod hearing;
mod opening;
mod refused;
mod showing;
mod signalling;
mod storing;
mod tabs;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use automerge::ChangeHash;
use shared::access::{Capability, Identity, SignedCheckpoint};
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use shared::documents::{EntryId, Kind};
use shared::presence::Signal;
use shared::sync::{BatchId, DocumentId, LinkId, Millis, PeerId};

use super::action::ActionId;
use super::history::History;
use super::line::{Line, LineInput, Way};
use super::outbox::Outbox;
use super::records::Write;
use super::replica::Replica;
use super::roster::Roster;
use super::subscription::Shown;

pub(super) use opening::Opening;

/// What time it is, by both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// A clock that never runs backwards, to wait by.
    pub(super) steady: Millis,
    /// The device's clock, in milliseconds since 1970, for people.
    pub(super) wall: i64,
}

/// Names one transaction of the storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WriteId(pub(super) u64);

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Input<'a> {
    /// Something happened to the line.
    Line(LineInput<'a>),
    /// A transaction is done, or was not: the device is full, or keeps nothing.
    Written { write: WriteId, kept: bool },
    /// Another tab of this device said something.
    Tab(&'a [u8]),
    /// The time of [`Core::next_deadline`] has come; harmless at any other time.
    Tick,
    /// The page is hidden, and perhaps never seen again.
    Hiding,
    /// The page or the workshop is left.
    Leaving,
}

/// What must be done, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Output {
    /// Dial the relay this way; the two ways may be open at the same time.
    Dial(Way),
    /// Send a frame there.
    Transmit(Way, Vec<u8>),
    /// Close it.
    HangUp(Way),
    /// Write this as one transaction, and answer [`Input::Written`].
    Write { write: WriteId, writes: Rc<[Write]> },
    /// Tell the other tabs.
    Tell(Vec<u8>),
    /// This workshop was deleted from the device by another tab. Nothing more is wanted after it.
    Forgotten,
}

/// What waits for a transaction.
#[derive(Debug)]
enum Awaited {
    /// A batch of a document.
    Batch { kind: Kind, batch: BatchId },
    /// A document that was freed of refused changes, to be synced again.
    Transplanted,
    /// Nothing but what is kept: it was tried before.
    Again,
    /// Nothing.
    Nothing,
}

/// The session.
pub(super) struct Core {
    capability: Capability,
    control: Replica,
    board: Replica,
    notebook: Replica,
    control_view: Rc<ControlView>,
    board_view: Rc<BoardView>,
    /// What lies on the notebook's own board.
    own_board_view: Rc<BoardView>,
    line: Line,
    /// The link that documents know the present line by.
    link: Option<LinkId>,
    next_link: u64,
    outbox: Outbox,
    history: History,
    roster: Roster,
    awaited: BTreeMap<WriteId, (Awaited, Rc<[Write]>)>,
    next_write: u64,
    outputs: Vec<Output>,
    random: Box<dyn FnMut() -> [u8; 16]>,
    identity: Option<Identity>,
    checkpoint: Option<SignedCheckpoint>,
    /// When many small chunks are made one.
    compact_at: Option<Millis>,
    /// When something was last done here.
    last_edit: Option<Millis>,
    /// When a facilitator's device signs what it changed in control.
    sign_at: Option<Millis>,
    /// When control was last signed.
    signed_at: Option<Millis>,
    stored_title: String,
    me: Option<EntryId>,
    own: Rc<BTreeSet<EntryId>>,
    /// Drafts that are not in the notebook yet, by place.
    drafts: BTreeMap<String, String>,
    /// Drafts that are too long for the notebook, by place.
    long_drafts: BTreeMap<String, String>,
    drafts_due: Option<Millis>,
    drafts_written: Option<Millis>,
    /// The question that this tab shows, for the others' sake.
    position: Option<String>,
    presence_due: Option<Millis>,
    ephemeral_session: String,
    ephemeral_count: u64,
    invites: bool,
    /// The way in that a facilitator shows, from whom it came, and when.
    invited: Option<(Capability, PeerId, Millis)>,
    last_heard: Option<i64>,
    heard_written: Option<Millis>,
    /// Another tab deleted the workshop from this device: nothing is written or sent any more.
    is_forgotten: bool,
    /// Whether what is written outlives the page at all.
    keeps: bool,
    /// Writes that the device did not take, and when they are tried again.
    unkept: Vec<Rc<[Write]>>,
    retry_at: Option<Millis>,
    link_origin: Rc<str>,
    version: u64,
    /// The last version that should be shown at once.
    urgent: u64,
    /// What was last shown, and at which version.
    shown: Option<(u64, Shown)>,
}

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Core")
            .field("capability", &self.capability)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Core {
    /// Takes one input; what must be done is then in [`Core::take_outputs`].
    pub(super) fn handle(&mut self, now: Moment, input: Input<'_>) {
        if self.is_forgotten {
            return;
        }
        match input {
            Input::Line(input) => self.hear_line(now, input),
            Input::Written { write, kept } => self.written(now, write, kept),
            Input::Tab(bytes) => self.hear_tab(now, bytes),
            Input::Tick => self.tick(now),
            Input::Hiding => {
                self.flush_drafts(now);
                self.compact(now);
            }
            Input::Leaving => {
                self.flush_drafts(now);
                self.signal(now, &Signal::Gone);
            }
        }
    }

    /// What must be done, in order.
    pub(super) fn take_outputs(&mut self) -> Vec<Output> {
        let mut outputs = std::mem::take(&mut self.outputs);
        if self.is_forgotten {
            // Whatever a view still does until the page is gone stays in memory.
            outputs.retain(|output| matches!(output, Output::HangUp(_) | Output::Forgotten));
        }
        outputs
    }

    /// Rises with everything that a view may show.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// When [`Input::Tick`] is due.
    pub(super) fn next_deadline(&self) -> Option<Millis> {
        if self.is_forgotten {
            return None;
        }
        let presence = self.presence_due.filter(|_| self.line.is_joined());
        let documents = [&self.control, &self.board, &self.notebook].map(|replica| replica.sync.next_deadline());
        let own = [
            self.line.next_deadline(),
            self.roster.next_deadline(),
            self.invitation_ends(),
            self.sign_at,
            self.compact_at,
            self.retry_at,
            self.drafts_due,
            presence,
        ];
        own.into_iter().chain(documents).flatten().min()
    }

    fn tick(&mut self, now: Moment) {
        self.hear_line(now, LineInput::Tick);
        for kind in [Kind::Control, Kind::Board, Kind::Notebook] {
            let outputs = self.replica_mut(kind).sync.handle(now.steady, shared::sync::document_sync::Input::Tick);
            self.carry_out(now, kind, outputs);
        }
        if self.roster.tick(now.steady) {
            self.changed();
        }
        if self.invitation_ends().is_some_and(|due| due <= now.steady) {
            self.invited = None;
            self.changed();
        }
        if self.compact_at.is_some_and(|due| due <= now.steady) {
            self.compact(now);
        }
        if self.retry_at.is_some_and(|due| due <= now.steady) {
            self.keep_again();
        }
        if self.sign_at.is_some_and(|due| due <= now.steady) {
            self.sign(now);
        }
        if self.drafts_due.is_some_and(|due| due <= now.steady) {
            self.flush_drafts(now);
        }
        if self.presence_due.is_some_and(|due| due <= now.steady) {
            self.say_here(now);
        }
    }

    /// The last version that should be shown at once: what came after it can wait a little for what follows from it.
    pub(super) fn urgent(&self) -> u64 {
        self.urgent
    }

    fn changed(&mut self) {
        self.version += 1;
        self.urgent = self.version;
    }

    /// Notes what nobody waits for: how far something has come, and a letter, which stands in its field already.
    fn moved_on(&mut self) {
        self.version += 1;
    }

    fn replica(&self, kind: Kind) -> &Replica {
        match kind {
            Kind::Control => &self.control,
            Kind::Board => &self.board,
            Kind::Notebook => &self.notebook,
        }
    }

    fn replica_mut(&mut self, kind: Kind) -> &mut Replica {
        match kind {
            Kind::Control => &mut self.control,
            Kind::Board => &mut self.board,
            Kind::Notebook => &mut self.notebook,
        }
    }

    /// The shared document with this id.
    fn shared(&self, document: DocumentId) -> Option<Kind> {
        [Kind::Control, Kind::Board].into_iter().find(|kind| self.replica(*kind).id == document)
    }

    fn new_id(&mut self) -> EntryId {
        EntryId::from_random((self.random)())
    }

    fn new_action(&mut self) -> ActionId {
        let random = (self.random)();
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&random[..8]);
        ActionId(u64::from_le_bytes(bytes))
    }

    fn places(&self, kind: Kind, hashes: &[ChangeHash]) -> Vec<(DocumentId, ChangeHash)> {
        let id = self.replica(kind).id;
        hashes.iter().map(|hash| (id, *hash)).collect()
    }
}
