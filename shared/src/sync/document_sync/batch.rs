//! Changes on their way into the store, and the messages that wait for them.

use std::collections::BTreeSet;

use automerge::sync::Message;
use automerge::{Change, ChangeHash};

use super::output::StoredChange;
use crate::sync::identity::LinkId;

/// A change on its way into the store.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) change: Change,
    /// The link that brought it; `None` for the owner's own, which the document holds already.
    pub(super) from: Option<LinkId>,
}

impl Pending {
    pub(super) fn is_own(&self) -> bool {
        self.from.is_none()
    }
}

/// A sync message whose changes are in a batch.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) link: LinkId,
    pub(super) message: Message,
    pub(super) had_changes: bool,
}

/// Changes that are stored together; each comes after those it depends on.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) changes: Vec<Pending>,
    pub(super) held: Vec<Held>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    pub(super) fn has_own(&self) -> bool {
        self.changes.iter().any(Pending::is_own)
    }

    pub(super) fn own(&self) -> impl Iterator<Item = ChangeHash> {
        self.changes.iter().filter(|pending| pending.is_own()).map(|pending| pending.change.hash())
    }

    /// The links that brought its changes.
    pub(super) fn links(&self) -> BTreeSet<LinkId> {
        self.changes.iter().filter_map(|pending| pending.from).collect()
    }

    /// What the store is to keep.
    pub(super) fn stored_changes(&self) -> Vec<StoredChange> {
        self.changes.iter().map(|pending| stored_change(&pending.change)).collect()
    }

    /// Cuts the batch so that a suspect is alone in it, and returns the rest (S25). The held messages go with the rest:
    /// they wait for the last of their changes.
    pub(super) fn split_off_at_suspect(&mut self, suspects: &BTreeSet<ChangeHash>) -> Self {
        let is_suspect = |pending: &Pending| suspects.contains(&pending.change.hash());
        let Some(first) = self.changes.iter().position(is_suspect) else { return Self::default() };
        let rest = self.changes.split_off(first.max(1));
        if rest.is_empty() {
            return Self::default();
        }
        Self { changes: rest, held: std::mem::take(&mut self.held) }
    }
}

pub(super) fn stored_change(change: &Change) -> StoredChange {
    let mut change = change.clone();
    StoredChange { hash: change.hash(), bytes: change.bytes().into_owned() }
}
