//! What documents want done, and what the storage answers.

use std::rc::Rc;
use std::sync::Arc;

use shared::documents::Kind;
use shared::sync::document_sync::{Input as DocumentInput, Output as DocumentOutput, StoredChange, carried};
use shared::sync::message::{CloseReason, DocumentData, Message};
use shared::sync::{BatchId, Millis, PeerId};

use super::super::records::{Store, Write};
use super::super::replica::InFlight;
use super::super::tab_message::{TabChange, TabMessage};
use super::{Awaited, Core, Moment, Output, WriteId};

/// How long to wait before a device that was full is asked again.
const KEEP_AGAIN: Millis = Millis::from_secs(10);
/// Compaction must not come between two letters of somebody who is typing.
const QUIET: Millis = Millis::from_secs(2);

impl Core {
    pub(super) fn write_awaited(&mut self, writes: Vec<Write>, awaited: Awaited) -> WriteId {
        let write = WriteId(self.next_write);
        self.next_write += 1;
        let writes: Rc<[Write]> = writes.into();
        self.awaited.insert(write, (awaited, Rc::clone(&writes)));
        self.outputs.push(Output::Write { write, writes });
        write
    }

    /// Whether everything that was written is kept, or still on its way.
    pub(super) fn is_kept(&self) -> bool {
        let is_tried_again = |(awaited, _): &(Awaited, _)| matches!(awaited, Awaited::Again);
        self.keeps && self.unkept.is_empty() && !self.awaited.values().any(is_tried_again)
    }

    /// Tries to keep what the device did not take before.
    pub(super) fn keep_again(&mut self) {
        self.retry_at = None;
        for writes in std::mem::take(&mut self.unkept) {
            // The row of what was received meanwhile would say again that it waits.
            let writes: Rc<[Write]> = writes.iter().filter(|write| !self.is_row_of_received(write)).cloned().collect();
            let write = WriteId(self.next_write);
            self.next_write += 1;
            self.awaited.insert(write, (Awaited::Again, Rc::clone(&writes)));
            self.outputs.push(Output::Write { write, writes });
        }
    }

    fn is_row_of_received(&self, write: &Write) -> bool {
        let Write::Put { store: Store::Outbox, key, .. } = write else { return false };
        let [document, hash] = key.as_slice() else { return false };
        let document = [Kind::Control, Kind::Board]
            .into_iter()
            .map(|kind| self.replica(kind).id)
            .find(|id| id.to_string() == *document);
        let place = document.zip(hash.parse().ok());
        place.is_some_and(|place| self.outbox.row(&place).is_none())
    }

    /// Carries out what a document wants done.
    pub(super) fn carry_out(&mut self, now: Moment, kind: Kind, outputs: Vec<DocumentOutput>) {
        for output in outputs {
            match output {
                DocumentOutput::Store { batch, changes } => self.store(kind, batch, changes),
                DocumentOutput::Send { data, .. } => self.send_sync(now, kind, data),
                DocumentOutput::Applied { .. } => self.changed(),
                DocumentOutput::Broken { .. } => {
                    let outputs = self.line.give_up(now.steady, CloseReason::Broken);
                    self.carry_out_line(now, outputs);
                }
                // Only a relay promises and refuses. A panic ends the whole app, and the guard starts it anew.
                DocumentOutput::Durable { .. } | DocumentOutput::Refused { .. } | DocumentOutput::Reload { .. } => {}
            }
        }
    }

    fn store(&mut self, kind: Kind, batch: BatchId, changes: Vec<StoredChange>) {
        let document = self.replica(kind).id;
        let mut writes = self.replica_mut(kind).keep(&changes);
        for change in changes.iter().filter(|change| !self.replica(kind).from_tabs.contains(&change.hash)) {
            if let Some(row) = self.outbox.row(&(document, change.hash)) {
                writes.push(Write::outbox(document, &change.hash, row));
            }
        }
        self.replica_mut(kind).in_flight.insert(batch, InFlight { changes });
        self.write_awaited(writes, Awaited::Batch { kind, batch });
    }

    /// Notes what became of a transaction.
    ///
    /// What the device could not keep is sent all the same: the relay is then the better keeper, and the person is told.
    pub(super) fn written(&mut self, now: Moment, write: WriteId, kept: bool) {
        let Some((awaited, writes)) = self.awaited.remove(&write) else { return };
        match kept {
            true if matches!(awaited, Awaited::Again) => self.changed(),
            true if !self.unkept.is_empty() => self.keep_again(),
            true => {}
            false if self.keeps => {
                self.unkept.push(writes);
                self.retry_at = Some(now.steady + KEEP_AGAIN);
                self.changed();
            }
            false => {}
        }
        match awaited {
            Awaited::Batch { kind, batch } => self.stored(now, kind, batch),
            Awaited::Transplanted => {
                // The relay's memory of what it told this line fits no more; the next line begins afresh.
                let outputs = self.line.give_up(now.steady, CloseReason::Done);
                self.carry_out_line(now, outputs);
            }
            Awaited::Again | Awaited::Nothing => {}
        }
    }

    fn stored(&mut self, now: Moment, kind: Kind, batch: BatchId) {
        let changes = self.replica_mut(kind).in_flight.remove(&batch).map(|batch| batch.changes).unwrap_or_default();
        self.tell_tabs(kind, &changes);
        let document = self.replica(kind).id;
        self.outbox.stored(changes.iter().map(|change| (document, change.hash)));
        // What was done here is in the document since it was done, and was read then.
        let own = self.replica(kind).sync.unstored();
        let outputs = self.replica_mut(kind).sync.handle(now.steady, DocumentInput::Stored { batch });
        let replica = self.replica_mut(kind);
        replica.applied(changes.iter().filter(|change| !own.contains(&change.hash)));
        for change in &changes {
            replica.from_tabs.remove(&change.hash);
        }
        if changes.iter().all(|change| own.contains(&change.hash)) {
            self.moved_on();
        } else {
            self.changed();
        }
        self.carry_out(now, kind, outputs);
        self.receive_named(kind);
        self.take_early(now, kind);
        if kind == Kind::Control {
            self.care_for_control(now);
        }
    }

    /// Other tabs get what this one made; what peers made they get from the relay themselves.
    fn tell_tabs(&mut self, kind: Kind, changes: &[StoredChange]) {
        let document = self.replica(kind).id;
        let unstored = self.replica(kind).sync.unstored();
        let own: Vec<_> = changes
            .iter()
            .filter(|change| unstored.contains(&change.hash))
            .filter(|change| !self.replica(kind).from_tabs.contains(&change.hash))
            .map(|change| TabChange {
                chunk: change.bytes.clone(),
                row: self.outbox.row(&(document, change.hash)).cloned(),
            })
            .collect();
        if !own.is_empty() {
            let message = TabMessage::Changes { document: document.to_string(), changes: own };
            self.outputs.push(Output::Tell(message.to_bytes()));
        }
    }

    /// Makes many small chunks one, so that the next start is fast.
    pub(super) fn compact(&mut self, now: Moment) {
        self.compact_at = None;
        if let Some(last) = self.last_edit.filter(|last| now.steady.since(*last) < QUIET) {
            self.compact_at = Some(last + QUIET);
            return;
        }
        for kind in [Kind::Control, Kind::Board, Kind::Notebook] {
            let writes = self.replica_mut(kind).compaction();
            if !writes.is_empty() {
                self.write(writes);
            }
        }
    }

    fn send_sync(&mut self, now: Moment, kind: Kind, data: Arc<[u8]>) {
        if !self.line.is_joined() {
            return;
        }
        let document = self.replica(kind).id;
        if self.outbox.is_waiting(document) {
            let sent = carried(&data);
            self.outbox.sent(sent.into_iter().map(|hash| (document, hash)));
            self.moved_on();
        }
        let (sender, target) = (self.line.peer().clone(), self.line.peer().clone());
        let message = Message::Sync(DocumentData { sender, target, document, data });
        self.send(now, message);
    }

    /// Sends a message; the connection itself writes whom it is from and for.
    pub(super) fn send(&mut self, now: Moment, message: Message) {
        let outputs = self.line.send(now.steady, message);
        self.carry_out_line(now, outputs);
    }

    pub(super) fn own_peer(&self) -> PeerId {
        self.line.peer().clone()
    }
}
