//! Taking in what a link sent: which of its changes are stored, which wait, and which are refused.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{Change, ChangeHash};

use super::causal_order::in_causal_order;
use super::incoming::{self, Incoming};
use super::link::{Held, Link, MAX_REFUSED};
use super::rights::Write;
use super::{BrokenReason, DocumentSync, MAX_DOCUMENT, Output, validity};
use crate::sync::chunk_guard;
use crate::sync::identity::LinkId;
use crate::sync::message::RefusedReason;

/// What becomes of one offered change.
enum Verdict {
    Known,
    Take(HashMap<u64, bool>),
    /// It waits for these, which it depends on.
    Wait(Vec<ChangeHash>),
    /// It waits for a checkpoint.
    Uncovered,
    Refuse(RefusedReason),
}

/// A change on which it was decided.
#[derive(Debug, Clone, Copy)]
struct Settled {
    hash: ChangeHash,
    /// The link from which it is not taken.
    refused_for: Option<LinkId>,
}

/// What a change adds to the document's size.
pub(super) fn size_of(change: &Change) -> usize {
    chunk_guard::inflated_len(change.raw_bytes()).0
}

impl DocumentSync {
    /// Takes one sync message (S14): its changes go into a batch, and what it says about the peer counts once they are
    /// applied.
    pub(super) fn receive(&mut self, id: LinkId, data: &[u8], outputs: &mut Vec<Output>) {
        if self.hear_again(id, data) {
            return;
        }
        let at = self.steps.last();
        let Some(link) = self.links.get_mut(&id) else { return };
        // S22: what was heard and answered before, with nothing new here since, need not be looked into.
        if link.last_in.as_deref() == Some(data) && link.answered_at == Some(at) {
            return;
        }
        link.speaks = true;
        link.answered_at = None;
        let Incoming { message, changes, had_changes } = match incoming::unpack(data, link.options.documents) {
            Ok(incoming) => incoming,
            Err(reason) => return self.break_link(id, reason, outputs),
        };
        let repeats = !had_changes && link.last_in.as_deref() == Some(data);
        link.last_in = (!had_changes).then(|| data.to_vec());
        if link.rights.write == Write::None {
            // S17: what a reader sends is not taken, and it is told so once.
            if !changes.is_empty() && !link.told_read_only {
                link.told_read_only = true;
                let hashes = changes.iter().map(Change::hash).collect();
                outputs.push(Output::Refused { link: id, hashes, reason: RefusedReason::ReadOnly });
            }
        } else if self.retry_at.is_some() {
            // S16: while the store fails, nothing is taken; the peer is asked again later.
            link.reset_due |= !changes.is_empty();
        } else if !self.take(id, changes, outputs) {
            return;
        }
        let Some(link) = self.links.get_mut(&id) else { return };
        let may_acknowledge = (!had_changes && link.pace.is_some()).then(|| message.clone());
        link.held.push_back(Held { message, had_changes, through: link.accepted });
        if self.is_next_held_ready(id) && self.links.get(&id).is_some_and(|link| link.held.len() == 1) {
            let fallen_back = self.counts.fallen_back;
            self.conclude(id, repeats, outputs);
            if let Some(message) =
                may_acknowledge.filter(|_| self.counts.fallen_back == fallen_back && outputs.is_empty())
            {
                self.note_acknowledged(id, data, message);
            }
        }
        self.flush(outputs);
    }

    /// Whether the first message that waits on the link counts now: the changes that it may have brought are applied, its
    /// own and those of others that it names.
    pub(super) fn is_next_held_ready(&self, id: LinkId) -> bool {
        let Some(link) = self.links.get(&id) else { return false };
        let is_pending = |held: &Held| held.message.heads.iter().any(|head| self.history.is_accepted(head));
        link.held.front().is_some_and(|held| held.through <= link.applied && !is_pending(held))
    }

    /// Offers changes that a link sent, with those that waited for them on any link. False when the link is gone.
    fn take(&mut self, id: LinkId, offered: Vec<Change>, outputs: &mut Vec<Output>) -> bool {
        if offered.is_empty() {
            return true;
        }
        let settled = self.take_offered(id, offered, outputs);
        self.take_from_rooms(settled, outputs);
        self.links.contains_key(&id)
    }

    /// Offers again all that waits for a checkpoint.
    pub(super) fn take_covered(&mut self, outputs: &mut Vec<Output>) {
        let links: Vec<_> = self.links.iter().filter(|(_, link)| !link.room.is_empty()).map(|(id, _)| *id).collect();
        for id in links {
            let settled = self.take_offered(id, Vec::new(), outputs);
            self.take_from_rooms(settled, outputs);
        }
    }

    /// Offers again what waited for changes that are settled, until nothing moves. What waits for others is not touched.
    fn take_from_rooms(&mut self, mut settled: Vec<Settled>, outputs: &mut Vec<Output>) {
        while !settled.is_empty() {
            let rooms: Vec<_> =
                self.links.iter().filter(|(_, link)| !link.room.is_empty()).map(|(id, _)| *id).collect();
            let mut next = Vec::new();
            for id in rooms {
                let Some(link) = self.links.get_mut(&id) else { continue };
                let mut released = Vec::new();
                for change in &settled {
                    // What one link may not bring, another may.
                    if change.refused_for.is_none_or(|refused_for| refused_for == id) {
                        released.extend(link.room.release(change.hash, change.refused_for.is_some()));
                    }
                }
                if !released.is_empty() {
                    next.extend(self.take_offered(id, released, outputs));
                }
            }
            settled = next;
        }
    }

    /// Judges changes of a link, and returns those that were taken or refused.
    fn take_offered(&mut self, id: LinkId, mut offered: Vec<Change>, outputs: &mut Vec<Output>) -> Vec<Settled> {
        let Some(mut link) = self.links.remove(&id) else { return Vec::new() };
        let covered = (link.rights.write == Write::Covered).then(|| {
            // A head that comes now may lead to what has waited.
            offered.extend(link.room.take());
            self.covered_among(&offered)
        });
        let mut settled = Vec::new();
        let mut refused: BTreeMap<RefusedReason, Vec<ChangeHash>> = BTreeMap::new();
        for change in in_causal_order(offered) {
            let hash = change.hash();
            match self.judge(&link, covered.as_ref(), &change) {
                Verdict::Known => {}
                Verdict::Take(makes) => {
                    self.history.accept(&change, makes);
                    self.size += size_of(&change);
                    link.accepted += 1;
                    settled.push(Settled { hash, refused_for: None });
                    self.next.push(Some(id), change);
                }
                Verdict::Wait(missing) => link.room.put(change, &missing),
                Verdict::Uncovered => {
                    link.room.put(change, &[hash]);
                    if link.uncovered.insert(hash) {
                        refused.entry(RefusedReason::NotCovered).or_default().push(hash);
                    }
                }
                Verdict::Refuse(reason) => {
                    settled.push(Settled { hash, refused_for: Some(id) });
                    if link.refused.insert(hash, reason.clone()).is_none() {
                        refused.entry(reason).or_default().push(hash);
                    }
                }
            }
        }
        outputs.extend(refused.into_iter().map(|(reason, hashes)| Output::Refused { link: id, hashes, reason }));
        if link.refused.len() + link.uncovered.len() > MAX_REFUSED {
            outputs.push(Output::Broken { link: id, reason: BrokenReason::TooManyRefused });
            return settled;
        }
        if link.room.is_full() {
            // What is dropped here was sent once and would not be sent again.
            link.reset();
        }
        self.links.insert(id, link);
        settled
    }

    fn judge(&self, link: &Link, covered: Option<&BTreeSet<ChangeHash>>, change: &Change) -> Verdict {
        let hash = change.hash();
        if self.history.knows(&self.doc, &hash) {
            return Verdict::Known;
        }
        if let Some(reason) = link.refused.get(&hash) {
            return Verdict::Refuse(reason.clone());
        }
        if self.quarantine.banned.contains(&hash) {
            return Verdict::Refuse(RefusedReason::Invalid);
        }
        // What follows a refused change goes with it, or it would wait for ever.
        if let Some(reason) = change.deps().iter().find_map(|dep| link.refused.get(dep)) {
            return Verdict::Refuse(reason.clone());
        }
        let missing: Vec<_> = change.deps().iter().copied().filter(|dep| !self.history.knows(&self.doc, dep)).collect();
        if !missing.is_empty() {
            return Verdict::Wait(missing);
        }
        if covered.is_some_and(|covered| !covered.contains(&hash)) {
            return Verdict::Uncovered;
        }
        if self.size + size_of(change) > MAX_DOCUMENT.0 {
            return Verdict::Refuse(RefusedReason::DocumentFull);
        }
        match validity::check(&self.doc, &self.history, change) {
            Ok(makes) => Verdict::Take(makes),
            Err(reason) => Verdict::Refuse(reason),
        }
    }

    /// Those of `offered` that lie at or before covered heads (S18). Walks from the heads through what is offered; what
    /// is known already needs no cover.
    fn covered_among(&self, offered: &[Change]) -> BTreeSet<ChangeHash> {
        let by_hash: HashMap<_, _> = offered.iter().map(|change| (change.hash(), change)).collect();
        let mut covered = BTreeSet::new();
        let mut open: Vec<_> = self.covered.iter().copied().collect();
        while let Some(hash) = open.pop() {
            if let Some(change) = by_hash.get(&hash)
                && covered.insert(hash)
            {
                open.extend(change.deps());
            }
        }
        covered
    }
}
