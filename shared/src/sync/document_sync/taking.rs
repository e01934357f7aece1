//! Taking in what a link sent: which of its changes are stored, which wait, and which are refused.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use automerge::{Change, ChangeHash};

use super::batch::{Held, Pending};
use super::causal_order::in_causal_order;
use super::incoming::{self, Incoming};
use super::link::{Link, MAX_REFUSED};
use super::rights::Write;
use super::{BrokenReason, DocumentSync, MAX_DOCUMENT, Output, validity};
use crate::sync::identity::LinkId;
use crate::sync::message::RefusedReason;

/// What becomes of one offered change.
enum Verdict {
    Known,
    Take(HashMap<u64, bool>),
    Wait,
    /// It waits for a checkpoint.
    Uncovered,
    Refuse(RefusedReason),
}

impl DocumentSync {
    /// Takes one sync message (S14): its changes go into the next batch, and what it says about the peer counts once
    /// they are applied.
    pub(super) fn receive(&mut self, id: LinkId, data: &[u8], outputs: &mut Vec<Output>) {
        let Some(link) = self.links.get_mut(&id) else { return };
        link.speaks = true;
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
        let heads_are_pending = message.heads.iter().any(|head| self.history.is_accepted(head));
        let held = Held { link: id, message, had_changes };
        match self.latest_batch_held(id, had_changes || heads_are_pending) {
            Some(waiting) => waiting.push(held),
            None => self.conclude(held, repeats, outputs),
        }
        self.flush(outputs);
    }

    /// Where a message must wait: with the changes that it may have brought, and never before an earlier message of
    /// its link.
    fn latest_batch_held(&mut self, id: LinkId, is_about_pending: bool) -> Option<&mut Vec<Held>> {
        let in_flight = self.in_flight.as_mut().map(|(_, batch)| batch);
        let waits = |held: &[Held]| held.iter().any(|held| held.link == id);
        let link_waits = waits(&self.next.held) || in_flight.as_ref().is_some_and(|batch| waits(&batch.held));
        if !is_about_pending && !link_waits {
            None
        } else if !self.next.is_empty() {
            Some(&mut self.next.held)
        } else {
            in_flight.map(|batch| &mut batch.held)
        }
    }

    /// Offers changes that a link sent, with those of it that waited. False when the link is gone.
    fn take(&mut self, id: LinkId, offered: Vec<Change>, outputs: &mut Vec<Output>) -> bool {
        if offered.is_empty() {
            return true;
        }
        if !self.take_offered(id, offered, outputs) {
            return false;
        }
        self.take_from_rooms(outputs);
        self.links.contains_key(&id)
    }

    /// Offers again what waits on any link, until nothing moves.
    pub(super) fn take_from_rooms(&mut self, outputs: &mut Vec<Output>) {
        loop {
            let before = self.next.changes.len();
            let waiting: Vec<_> =
                self.links.iter().filter(|(_, link)| !link.room.is_empty()).map(|(id, _)| *id).collect();
            for id in waiting {
                self.take_offered(id, Vec::new(), outputs);
            }
            if self.next.changes.len() == before {
                return;
            }
        }
    }

    fn take_offered(&mut self, id: LinkId, offered: Vec<Change>, outputs: &mut Vec<Output>) -> bool {
        let Some(mut link) = self.links.remove(&id) else { return false };
        let mut offered = offered;
        offered.extend(link.room.take());
        let offered = in_causal_order(offered);
        let covered = (link.rights.write == Write::Covered).then(|| self.covered_among(&offered));
        let mut refused: BTreeMap<RefusedReason, Vec<ChangeHash>> = BTreeMap::new();
        for change in offered {
            let hash = change.hash();
            match self.judge(&link, covered.as_ref(), &change) {
                Verdict::Known => {}
                Verdict::Take(makes) => {
                    self.history.accept(&change, makes);
                    self.size += change.raw_bytes().len();
                    self.next.changes.push(Pending { change, from: Some(id) });
                }
                Verdict::Wait => link.room.put(change),
                Verdict::Uncovered => {
                    link.room.put(change);
                    if link.uncovered.insert(hash) {
                        refused.entry(RefusedReason::NotCovered).or_default().push(hash);
                    }
                }
                Verdict::Refuse(reason) => {
                    if link.refused.insert(hash, reason.clone()).is_none() {
                        refused.entry(reason).or_default().push(hash);
                    }
                }
            }
        }
        outputs.extend(refused.into_iter().map(|(reason, hashes)| Output::Refused { link: id, hashes, reason }));
        if link.refused.len() + link.uncovered.len() > MAX_REFUSED {
            outputs.push(Output::Broken { link: id, reason: BrokenReason::TooManyRefused });
            return false;
        }
        if link.room.is_full() {
            // What is dropped here was sent once and would not be sent again.
            link.reset();
        }
        self.links.insert(id, link);
        true
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
        if !change.deps().iter().all(|dep| self.history.knows(&self.doc, dep)) {
            return Verdict::Wait;
        }
        if covered.is_some_and(|covered| !covered.contains(&hash)) {
            return Verdict::Uncovered;
        }
        if self.size + change.raw_bytes().len() > MAX_DOCUMENT.0 {
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
