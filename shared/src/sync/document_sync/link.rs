//! One link of a document.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use automerge::ChangeHash;
use automerge::sync::{Message, State};

use super::comparison::Comparison;
use super::input::LinkOptions;
use super::pace::Pace;
use super::rights::{Rights, Write};
use super::steps::StepNumber;
use super::waiting_room::WaitingRoom;
use crate::sync::message::RefusedReason;

/// Most refused changes that are remembered for one link.
pub(super) const MAX_REFUSED: usize = 20_000;

/// A sync message that waits until the changes are applied that it may have brought.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) message: Message,
    pub(super) had_changes: bool,
    /// How many of the link's changes must be applied first.
    pub(super) through: u64,
}

/// One link: what it may do, and how far it is.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) rights: Rights,
    pub(super) options: LinkOptions,
    pub(super) state: State,
    pub(super) room: WaitingRoom,
    /// Changes that are not taken from this link, so that they are neither asked for nor answered again.
    pub(super) refused: BTreeMap<ChangeHash, RefusedReason>,
    /// Changes that wait for a checkpoint, and of which the peer was told.
    pub(super) uncovered: BTreeSet<ChangeHash>,
    /// The peer was told that it may only read.
    pub(super) told_read_only: bool,
    /// The peer has spoken, or we open: sync messages may go out.
    pub(super) speaks: bool,
    /// Its changes were dropped; it must be asked for all of them again.
    pub(super) reset_due: bool,
    /// Set while the link is in pace (S27); stock sync has no part in it then.
    pub(super) pace: Option<Pace>,
    /// Set while it is being compared (S29).
    pub(super) comparison: Option<Comparison>,
    /// Messages that do not count yet, in the order they came.
    pub(super) held: VecDeque<Held>,
    /// How many of its changes were accepted, and how many of them are applied.
    pub(super) accepted: u64,
    pub(super) applied: u64,
    /// The step at which the last message in was heard and answered.
    pub(super) answered_at: Option<StepNumber>,
    /// The last message in, when it brought no changes.
    pub(super) last_in: Option<Vec<u8>>,
    /// The last message out, when it brought no changes.
    pub(super) last_out: Option<Vec<u8>>,
}

impl Link {
    pub(super) fn new(rights: Rights, options: LinkOptions, shared: Vec<ChangeHash>) -> Self {
        let mut state = State::new();
        state.shared_heads = shared;
        // S17: says so in the protocol itself, so that stock peers do not offer what is not taken.
        state.read_only = rights.write == Write::None;
        let speaks = options.opens;
        let begins_anew = options.opens && !options.documents;
        let mut link = Self {
            rights,
            options,
            state,
            room: WaitingRoom::default(),
            refused: BTreeMap::new(),
            uncovered: BTreeSet::new(),
            told_read_only: false,
            speaks,
            reset_due: false,
            pace: None,
            comparison: None,
            held: VecDeque::new(),
            accepted: 0,
            applied: 0,
            answered_at: None,
            last_in: None,
            last_out: None,
        };
        if begins_anew {
            // S26: what the peer sent to the link before may be lost.
            link.reset();
        }
        link
    }

    /// Drops what waits to be applied: the store did not take it.
    pub(super) fn drop_held(&mut self) {
        self.held.clear();
        self.accepted = self.applied;
    }

    /// Begins the sync anew and asks the peer to forget what it has sent (S16).
    pub(super) fn reset(&mut self) {
        self.room.take();
        self.reset_due = false;
        self.pace = None;
        self.comparison = None;
        self.answered_at = None;
        self.last_in = None;
        self.last_out = None;
        if !self.state.read_only {
            // The one way that Automerge offers to a state: leaving read-only asks the peer to send again.
            let peer_read_only = self.state.peer_read_only;
            self.state.set_read_only(true);
            self.state.set_read_only(false);
            self.state.peer_read_only = peer_read_only;
        }
    }
}
