//! A session's beginning, out of what the device holds.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use automerge::{ActorId, ChangeHash};
use shared::access::{Capability, Role, SignedCheckpoint};
use shared::documents::board::{self, BoardView};
use shared::documents::control::ControlView;
use shared::documents::{EntryId, Kind, notebook};
use shared::sync::{DocumentId, Millis};

use super::super::action::ActionId;
use super::super::history::History;
use super::super::line::{Caller, Line};
use super::super::outbox::Outbox;
use super::super::records::{OutboxRow, WorkshopRecord, Write};
use super::super::replica::{Replica, StoredChunk};
use super::super::roster::Roster;
use super::{Core, Moment};

/// The start of the app must not wait for it.
const COMPACT_AFTER: Millis = Millis::from_secs(3);

/// What the device holds of a workshop, and what this start brings.
pub(in super::super) struct Opening {
    /// What this tab is.
    pub(in super::super) capability: Capability,
    /// What is known of the workshop beside its documents.
    pub(in super::super) record: WorkshopRecord,
    /// The chunks of control, board and notebook, each with its key.
    pub(in super::super) chunks: [Vec<StoredChunk>; 3],
    /// The rows of the outbox, of both shared documents.
    pub(in super::super) rows: Vec<((DocumentId, ChangeHash), OutboxRow)>,
    /// What was received.
    pub(in super::super) received: Vec<ActionId>,
    /// The build id of the app.
    pub(in super::super) app: String,
    /// Scheme and host that links begin with.
    pub(in super::super) origin: String,
    /// Whether the device keeps what is written.
    pub(in super::super) keeps: bool,
    /// Whom this tab wrote for before it was loaded anew.
    pub(in super::super) writes_for: Option<String>,
    /// A source of random bytes.
    pub(in super::super) random: Box<dyn FnMut() -> [u8; 16]>,
}

impl Core {
    /// Opens the session at `now`; the line is dialled at the first tick.
    pub(in super::super) fn open(now: Moment, opening: Opening) -> Self {
        let Opening { capability, record, chunks, rows, received, app, origin, keeps, writes_for, mut random } =
            opening;
        let workshop = capability.workshop;
        let [control, mut board, mut notebook] = chunks;
        // The same bytes on every device, so they need not be stored; a phone can begin before it meets the relay.
        board.push(StoredChunk::unkept(board::genesis().save()));
        notebook.push(StoredChunk::unkept(notebook::genesis().save()));
        let mut replica = |kind, chunks| Replica::load(kind, workshop.document(kind), chunks, ActorId::from(random()));
        let control = replica(Kind::Control, control);
        let board = replica(Kind::Board, board);
        let notebook = replica(Kind::Notebook, notebook);

        let session = random();
        let public_key = record.identity.map(|identity| identity.public_key);
        let caller = (!record.is_local_only()).then_some(Caller { capability, public_key, session, app });
        let own: BTreeSet<EntryId> = notebook::own(notebook.doc()).into_iter().collect();
        let before = writes_for.and_then(|person| person.parse().ok()).filter(|person| own.contains(person));
        let owner = || record.me.as_deref().and_then(|me| me.parse().ok());
        let me = before.or_else(owner).filter(|_| capability.role != Role::Projector);
        let mut core = Self {
            capability,
            control_view: Rc::new(ControlView::read(control.doc())),
            board_view: Rc::new(BoardView::read(board.doc())),
            own_board_view: Rc::new(BoardView::read(notebook.doc())),
            control,
            board,
            notebook,
            line: Line::new(now.steady, caller, u64::from_le_bytes(first_half(random()))),
            link: None,
            next_link: 0,
            outbox: Outbox::restore(rows, received),
            history: History::default(),
            roster: Roster::default(),
            awaited: BTreeMap::new(),
            next_write: 0,
            outputs: Vec::new(),
            random,
            identity: record.identity,
            checkpoint: record.checkpoint.and_then(|bytes| SignedCheckpoint::decode(&bytes).ok()),
            compact_at: Some(now.steady + COMPACT_AFTER),
            last_edit: None,
            sign_at: None,
            signed_at: None,
            stored_title: record.title,
            me,
            own: Rc::new(own),
            drafts: BTreeMap::new(),
            long_drafts: record.long_drafts,
            drafts_due: None,
            drafts_written: None,
            position: None,
            presence_due: None,
            ephemeral_session: session.iter().map(|byte| format!("{byte:02x}")).collect(),
            ephemeral_count: 0,
            invites: false,
            invited: None,
            last_heard: record.heard,
            heard_written: None,
            is_forgotten: false,
            keeps,
            unkept: Vec::new(),
            retry_at: None,
            link_origin: origin.into(),
            version: 1,
            urgent: 1,
            shown: None,
        };
        core.board.touched = shared::documents::Touched::default();
        core.control.touched = shared::documents::Touched::default();
        core.write(vec![WorkshopRecord::write_opened(workshop, now.wall)]);
        core.care_for_control(now);
        core
    }

    pub(super) fn write(&mut self, writes: Vec<Write>) -> super::WriteId {
        self.write_awaited(writes, super::Awaited::Nothing)
    }
}

fn first_half(bytes: [u8; 16]) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&bytes[..8]);
    half
}
