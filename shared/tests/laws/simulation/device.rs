//! A device: its disk, its tabs, and what it was told is durable.

use std::collections::{BTreeSet, VecDeque};

use automerge::transaction::CommitOptions;
use automerge::{Change, ChangeHash, ReadDoc as _};
use shared::sync::document_sync::{Output, Rights};
use shared::sync::{DocumentSync, Millis};

use super::disk::{Disk, Doc};
use super::edits::any_edit;
use super::random::Random;
use super::world::Event;

/// What a device may do at the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Writes everything, and signs checkpoints.
    Facilitator,
    /// Writes the board, and carries control.
    Participant,
    /// A participant's device with a program that acknowledges what it never had; honest once the faults end.
    Liar,
    /// Reads.
    Projector,
}

impl Role {
    pub(crate) fn rights(self, doc: Doc) -> Rights {
        match (self, doc) {
            (Self::Facilitator, _) | (Self::Participant | Self::Liar, Doc::Board) => Rights::ALL,
            (Self::Participant | Self::Liar, Doc::Control) => Rights::CARRY,
            (Self::Projector, _) => Rights::READ,
        }
    }

    pub(crate) fn writes(self, doc: Doc) -> bool {
        self.rights(doc) == Rights::ALL
    }
}

/// A machine's clock, and whether it stands still.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    /// How far it is ahead of the world's.
    pub(crate) ahead: Millis,
    pub(crate) is_asleep: bool,
    /// What happened to it in its sleep.
    pub(crate) inbox: VecDeque<Event>,
}

#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) role: Role,
    pub(crate) disk: Disk,
    pub(crate) clock: Clock,
    pub(crate) tabs: Vec<Tab>,
    /// Every change that it ever made, also those lost in a crash.
    pub(crate) made: [BTreeSet<ChangeHash>; 2],
    /// Those of them that the relay named as durable.
    pub(crate) acknowledged: [BTreeSet<ChangeHash>; 2],
    /// The heads of the checkpoints that it holds.
    pub(crate) checkpoint: BTreeSet<ChangeHash>,
}

/// One start of the app.
#[derive(Debug)]
pub(crate) struct Tab {
    /// Never used twice; what an earlier one began does not reach a later one.
    pub(crate) life: u64,
    pub(crate) replicas: [Replica; 2],
    pub(crate) line: Option<usize>,
    pub(crate) dial_at: Millis,
}

/// One document in a tab.
#[derive(Debug)]
pub(crate) struct Replica {
    pub(crate) sync: DocumentSync,
    /// Changes of other tabs that came before what they depend on.
    early: Vec<Change>,
    /// The heads that the relay named last on this line; some may not have come here yet.
    pub(crate) named: Vec<ChangeHash>,
    /// The heads that were told of, for a liar to repeat.
    pub(crate) heard: Vec<Vec<ChangeHash>>,
}

impl Device {
    pub(crate) fn new(role: Role) -> Self {
        Self {
            role,
            disk: Disk::new(),
            clock: Clock::default(),
            tabs: Vec::new(),
            made: Default::default(),
            acknowledged: Default::default(),
            checkpoint: BTreeSet::new(),
        }
    }

    pub(crate) fn open_tab(&mut self, life: u64, dial_at: Millis) {
        let replica = |doc| {
            let sync = self.disk.load_as(doc, life);
            Replica { sync, early: Vec::new(), named: Vec::new(), heard: Vec::new() }
        };
        self.tabs.push(Tab { life, replicas: Doc::ALL.map(replica), line: None, dial_at });
    }

    /// Makes one change of a random kind.
    pub(crate) fn edit(&mut self, now: Millis, tab: usize, doc: Doc, random: &mut Random) -> Vec<Output> {
        let sync = &mut self.tabs[tab].replicas[doc as usize].sync;
        let before = sync.heads();
        let ((), outputs) = sync.edit(now, |doc| {
            let mut tx = doc.transaction();
            any_edit(&mut tx, random);
            tx.commit_with(CommitOptions::default().with_time(0));
        });
        self.made[doc as usize].extend(sync.doc().get_changes_meta(&before).iter().map(|meta| meta.hash));
        outputs
    }

    /// Takes in what another tab has made and kept, as far as what it depends on is here.
    pub(crate) fn hear_tab(&mut self, now: Millis, tab: usize, doc: Doc, changes: Vec<Change>) -> Vec<Output> {
        let Replica { sync, early, .. } = &mut self.tabs[tab].replicas[doc as usize];
        early.extend(changes);
        let mut outputs = Vec::new();
        while let Some(at) = early.iter().position(|change| sync.doc().get_missing_deps(change.deps()).is_empty()) {
            let change = early.remove(at);
            if sync.doc().get_missing_deps(&[change.hash()]).is_empty() {
                continue;
            }
            let ((), more) = sync.edit(now, |doc| doc.apply_changes([change]).unwrap());
            outputs.extend(more);
        }
        outputs
    }

    /// Looks which of its changes lie inside the heads that the relay named; again when some of those heads come in.
    pub(crate) fn acknowledge(&mut self, tab: usize, doc: Doc) {
        let Replica { sync, named, .. } = &self.tabs[tab].replicas[doc as usize];
        let open: Vec<_> = self.made[doc as usize].difference(&self.acknowledged[doc as usize]).copied().collect();
        if !open.is_empty() {
            self.acknowledged[doc as usize].extend(sync.received(named, &open));
        }
    }
}
