//! The store's answers: applying what is durable, and what happens when it is not.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::ChangeHash;
use automerge::sync::Message;

use super::link::Link;
use super::pace::is_reset;
use super::queue::Batch;
use super::taking::size_of;
use super::{BrokenReason, DocumentSync, Output, STORE_RETRY};
use crate::sync::identity::{BatchId, LinkId};
use crate::sync::measure::Millis;
use crate::sync::message::RefusedReason;

impl DocumentSync {
    /// Gives the store what has gathered, unless a batch is on its way or the store is failing.
    pub(super) fn flush(&mut self, outputs: &mut Vec<Output>) {
        if self.in_flight.is_some() || self.next.is_empty() || self.retry_at.is_some() || self.given_up {
            return;
        }
        // What comes from the relay that we dialled is one whole, and nobody here waits behind it.
        let is_bulk = |id: LinkId| self.links.get(&id).is_some_and(|link| link.options.documents);
        let batch = self.next.next_batch(&self.quarantine.suspects, is_bulk);
        let id = BatchId(self.next_batch);
        self.next_batch += 1;
        outputs.push(Output::Store { batch: id, changes: batch.stored_changes() });
        self.in_flight = Some((id, batch));
    }

    /// The batch is durable: applies it, lets the messages count that brought it, and tells everyone (S14, S20).
    pub(super) fn stored(&mut self, now: Millis, id: BatchId, outputs: &mut Vec<Output>) {
        let Some((_, batch)) = self.in_flight.take_if(|(in_flight, _)| *in_flight == id) else { return };
        let Some(batch) = self.apply(batch, outputs) else { return };
        self.store_works(outputs);
        self.note_step(now, &batch);
        for pending in &batch.changes {
            if let Some(link) = pending.from.and_then(|from| self.links.get_mut(&from)) {
                link.applied += 1;
            }
        }
        let waiting: Vec<_> = self.links.iter().filter(|(_, link)| !link.held.is_empty()).map(|(id, _)| *id).collect();
        for id in waiting {
            while self.is_next_held_ready(id) {
                self.hear_held(id, outputs);
            }
        }
        self.flush(outputs);
        let is_stock = |link: &Link| link.pace.is_none();
        let links: Vec<_> = self.links.iter().filter(|(_, link)| is_stock(link)).map(|(id, _)| *id).collect();
        for link in links {
            self.name_durable(link, self.history.durable_heads(), outputs);
        }
        self.tell(outputs);
    }

    /// Applies a stored batch; `None` when Automerge panicked.
    fn apply(&mut self, batch: Batch, outputs: &mut Vec<Output>) -> Option<Batch> {
        let foreign: Vec<_> = batch
            .changes
            .iter()
            .filter(|pending| pending.from.is_some())
            .map(|pending| pending.change.clone())
            .collect();
        let count = foreign.len();
        if count > 0 {
            let doc = &mut self.doc;
            let applied = catch_unwind(AssertUnwindSafe(|| doc.apply_changes(foreign)));
            if !matches!(applied, Ok(Ok(()))) {
                self.give_up(&batch, outputs);
                return None;
            }
        }
        for pending in &batch.changes {
            if pending.from.is_some() {
                self.history.applied(&pending.change);
            }
            self.history.stored(&pending.change);
            self.quarantine.suspects.remove(&pending.change.hash());
        }
        if count > 0 {
            outputs.push(Output::Applied { changes: count });
        }
        Some(batch)
    }

    /// S25: the document may be half changed. It is loaded again without the batch; those who brought it come again,
    /// and each of its changes is then tried alone.
    fn give_up(&mut self, batch: &Batch, outputs: &mut Vec<Output>) {
        self.given_up = true;
        let suspects: Vec<_> = batch
            .changes
            .iter()
            .filter(|pending| pending.from.is_some())
            .map(|pending| pending.change.hash())
            .collect();
        if let [only] = suspects[..] {
            self.quarantine.suspects.remove(&only);
            self.quarantine.banned.insert(only);
        } else {
            self.quarantine.suspects.extend(&suspects);
        }
        for link in batch.links() {
            outputs.push(Output::Broken { link, reason: BrokenReason::Panicked });
        }
        outputs.push(Output::Reload { suspects });
    }

    /// S16: nothing of the batch is durable. Nothing of it is applied; its links are told, and asked again after a
    /// while. Own changes stay and are tried again.
    pub(super) fn store_failed(&mut self, now: Millis, id: BatchId, outputs: &mut Vec<Output>) {
        let Some((_, failed)) = self.in_flight.take_if(|(in_flight, _)| *in_flight == id) else { return };
        let mut later = std::mem::take(&mut self.next);
        self.history.forget_accepted();
        let lost = |link: &Link| !link.held.is_empty() || !link.room.is_empty();
        let mut links: BTreeSet<_> = self.links.iter().filter(|(_, link)| lost(link)).map(|(id, _)| *id).collect();
        let mut dropped: BTreeMap<LinkId, Vec<ChangeHash>> = BTreeMap::new();
        for pending in failed.changes.into_iter().chain(later.take()) {
            let Some(from) = pending.from else {
                self.next.push(None, pending.change);
                continue;
            };
            self.size = self.size.saturating_sub(size_of(&pending.change));
            links.insert(from);
            dropped.entry(from).or_default().push(pending.change.hash());
        }
        for id in links {
            if let Some(link) = self.links.get_mut(&id) {
                link.reset_due = true;
                link.drop_held();
                if let Some(hashes) = dropped.remove(&id) {
                    outputs.push(Output::Refused { link: id, hashes, reason: RefusedReason::StoreFailed });
                }
            }
        }
        self.retry_at = Some(now + STORE_RETRY);
        if !std::mem::replace(&mut self.is_store_failing, true) {
            for id in self.links.keys() {
                self.tell_store_fails(*id, outputs);
            }
        }
    }

    /// S16: tells a peer that nothing it writes would be kept. Not the relay that we dialled: what is kept here is none of
    /// its business.
    pub(super) fn tell_store_fails(&self, id: LinkId, outputs: &mut Vec<Output>) {
        if self.links.get(&id).is_some_and(|link| !link.options.documents) {
            let (hashes, reason) = (Vec::new(), RefusedReason::StoreFailed);
            outputs.push(Output::Refused { link: id, hashes, reason });
        }
    }

    /// S16: tells everyone that the store takes changes again, by naming what is durable.
    fn store_works(&mut self, outputs: &mut Vec<Output>) {
        if std::mem::take(&mut self.is_store_failing) {
            for id in self.links.keys() {
                self.name_durable(*id, self.history.durable_heads(), outputs);
            }
        }
    }

    /// Tries the store again once it is time.
    pub(super) fn tick(&mut self, now: Millis, outputs: &mut Vec<Output>) {
        self.tell_in_time(now, outputs);
        self.compare(now, outputs);
        if self.retry_at.is_none_or(|at| now < at) {
            return;
        }
        self.retry_at = None;
        self.flush(outputs);
        let due: Vec<_> = self.links.iter().filter(|(_, link)| link.reset_due).map(|(id, _)| *id).collect();
        for id in &due {
            if let Some(link) = self.links.get_mut(id) {
                link.reset();
            }
            self.speak(*id, false, outputs);
        }
        if due.is_empty() && self.in_flight.is_none() {
            // Nobody has anything to try it with: the next change shows how it is.
            self.store_works(outputs);
        }
    }

    /// Lets the first message that waits on the link count, and answers it.
    pub(super) fn conclude(&mut self, id: LinkId, repeats: bool, outputs: &mut Vec<Output>) {
        let front = self.links.get(&id).and_then(|link| link.held.front());
        let may_repeat = front.is_some_and(|held| !asks_anew(&held.message));
        if self.hear_held(id, outputs) {
            self.speak(id, repeats, outputs);
        }
        let at = Some(self.steps.last()).filter(|_| may_repeat && !self.holds_back());
        if let Some(link) = self.links.get_mut(&id) {
            link.answered_at = at.filter(|_| !link.reset_due);
        }
    }

    /// Lets the first message that waits on the link count; true when stock sync must answer it.
    fn hear_held(&mut self, id: LinkId, outputs: &mut Vec<Output>) -> bool {
        let held = self.links.get_mut(&id).and_then(|link| link.held.pop_front());
        held.is_some_and(|held| self.hear(id, held, outputs))
    }
}

/// Whether the peer asks to be sent everything anew. Each time that it does it may have lost what came since (S16), and then
/// says so in the same words.
fn asks_anew(message: &Message) -> bool {
    message.heads.is_empty() || is_reset(message)
}
