//! What comes in on the line and from the other tabs.

use automerge::{ActorId, Change, ChangeHash};
use shared::access::Role;
use shared::documents::Kind;
use shared::presence::{EVERY_MS, Signal};
use shared::sync::document_sync::{Input as DocumentInput, LinkOptions, Rights};
use shared::sync::message::{Checkpoint, DocumentData, Durable, Ephemeral, Message, Refused, RefusedReason};
use shared::sync::transplant::transplant;
use shared::sync::{DocumentSync, LinkId, Millis, PeerId, SessionId};

use super::super::line::{LineInput, LineOutput};
use super::super::records::{Value, WorkshopRecord, Write};
use super::super::tab_message::TabMessage;
use super::{Awaited, Core, Moment, Output};

/// How often the time of the last contact is kept.
const KEEP_HEARD_EVERY: Millis = Millis::from_secs(60);

impl Core {
    pub(super) fn hear_line(&mut self, now: Moment, input: LineInput<'_>) {
        let before = (self.line.state(), self.line.next_try());
        if let LineInput::Frame(_) = input {
            self.heard(now);
        }
        let outputs = self.line.handle(now.steady, input);
        self.carry_out_line(now, outputs);
        if before != (self.line.state(), self.line.next_try()) {
            self.changed();
        }
    }

    pub(super) fn carry_out_line(&mut self, now: Moment, outputs: Vec<LineOutput>) {
        for output in outputs {
            match output {
                LineOutput::Dial => self.outputs.push(Output::Dial),
                LineOutput::Transmit(frame) => self.outputs.push(Output::Transmit(frame)),
                LineOutput::HangUp => self.outputs.push(Output::HangUp),
                LineOutput::Joined => self.joined(now),
                LineOutput::Deliver(message) => self.deliver(now, *message),
                LineOutput::Down => self.down(now),
            }
        }
    }

    fn joined(&mut self, now: Moment) {
        self.changed();
        self.link = Some(LinkId(self.next_link));
        self.next_link += 1;
        // Before any change of control: a relay that lost the workshop takes control from anyone as far as this covers.
        self.send_checkpoint(now);
        for kind in [Kind::Control, Kind::Board] {
            self.link_up(now, kind);
        }
        self.say_here(now);
        self.say_invitation(now);
    }

    /// Syncs a document on the present line.
    fn link_up(&mut self, now: Moment, kind: Kind) {
        let Some(link) = self.link else { return };
        let options = LinkOptions::dialled();
        let up = DocumentInput::LinkUp { link, rights: Rights::ALL, options };
        let outputs = self.replica_mut(kind).sync.handle(now.steady, up);
        self.carry_out(now, kind, outputs);
    }

    fn down(&mut self, now: Moment) {
        self.changed();
        if let Some(link) = self.link.take() {
            for kind in [Kind::Control, Kind::Board] {
                self.replica_mut(kind).sync.handle(now.steady, DocumentInput::LinkDown { link });
            }
            self.keep_heard(now);
        }
        self.outbox.line_lost();
        self.roster.clear();
        self.presence_due = None;
    }

    fn heard(&mut self, now: Moment) {
        self.last_heard = Some(now.wall);
        if self.heard_written.is_none_or(|written| now.steady.since(written) >= KEEP_HEARD_EVERY) {
            self.keep_heard(now);
        }
    }

    fn keep_heard(&mut self, now: Moment) {
        self.heard_written = Some(now.steady);
        if let Some(heard) = self.last_heard {
            self.write(vec![WorkshopRecord::write_heard(self.capability.workshop, heard)]);
        }
    }

    fn deliver(&mut self, now: Moment, message: Message) {
        match message {
            Message::Sync(data) | Message::Request(data) => self.hear_sync(now, &data),
            Message::Durable(durable) => self.hear_durable(&durable),
            Message::Refused(refused) => self.hear_refused(&refused),
            Message::Checkpoint(Checkpoint { workshop, bytes }) => {
                if workshop == self.capability.workshop.0 {
                    self.hear_checkpoint(now, &bytes);
                }
            }
            Message::Ephemeral(ephemeral) => self.hear_signal(now, ephemeral),
            // Nothing follows from these: what is unavailable now is offered later, and errors are for a log.
            Message::DocUnavailable(_)
            | Message::Error(_)
            | Message::Join(_)
            | Message::Peer(_)
            | Message::Leave(_)
            | Message::Heartbeat
            | Message::Closed(_)
            | Message::Unknown(_) => {}
        }
    }

    fn hear_sync(&mut self, now: Moment, message: &DocumentData) {
        let (Some(kind), Some(link)) = (self.shared(message.document), self.link) else { return };
        let received = DocumentInput::Received { link, data: &message.data };
        let outputs = self.replica_mut(kind).sync.handle(now.steady, received);
        self.carry_out(now, kind, outputs);
    }

    /// 'Received by the board' is said of nothing but what these heads hold.
    fn hear_durable(&mut self, durable: &Durable) {
        let Some(kind) = self.shared(durable.document) else { return };
        let own = self.outbox.hashes(durable.document);
        if own.is_empty() {
            return;
        }
        let received = self.replica(kind).sync.received(&durable.heads, &own);
        self.receive(kind, &received);
    }

    fn receive(&mut self, kind: Kind, hashes: &[ChangeHash]) {
        if hashes.is_empty() {
            return;
        }
        let places = self.places(kind, hashes);
        let mut writes: Vec<Write> =
            places.iter().map(|(document, hash)| Write::outbox_done(*document, hash)).collect();
        let whole = self.outbox.received(places);
        writes.extend(whole.iter().map(|action| Write::receipt(self.capability.workshop, *action)));
        self.write(writes);
        let hashes = hashes.iter().map(ToString::to_string).collect();
        let message = TabMessage::Received { document: self.replica(kind).id.to_string(), hashes };
        self.outputs.push(Output::Tell(message.to_bytes()));
        self.changed();
    }

    fn hear_refused(&mut self, refused: &Refused) {
        let Some(kind) = self.shared(refused.document) else { return };
        match &refused.reason {
            RefusedReason::Forked => self.say_anew(kind, &refused.hashes),
            reason @ (RefusedReason::Invalid | RefusedReason::DocumentFull | RefusedReason::Other(_)) => {
                self.keep_refused(kind, &refused.hashes, reason.code());
            }
            // This tab only carries what another of this device, in another role, will send; and a store that failed is
            // tried again by sync itself.
            RefusedReason::ReadOnly | RefusedReason::NotCovered | RefusedReason::StoreFailed => {}
        }
    }

    fn keep_refused(&mut self, kind: Kind, hashes: &[ChangeHash], reason: &str) {
        let places = self.places(kind, hashes);
        let rows = self.outbox.refused(&places, reason);
        self.write(rows.iter().map(|((document, hash), row)| Write::outbox(*document, hash, row)).collect());
        self.changed();
    }

    /// Somebody else's change stands under our actor's number: what was said here is said anew under a new actor.
    fn say_anew(&mut self, kind: Kind, refused: &[ChangeHash]) {
        let document = self.replica(kind).id;
        // What is not stored yet would be stored under its old hash afterwards; the relay refuses it again, and then it
        // is its turn.
        let held: Vec<ChangeHash> = refused.iter().copied().filter(|hash| self.replica(kind).holds(hash)).collect();
        if held.is_empty() || !self.replica(kind).sync.unstored().is_empty() {
            return;
        }
        let actor = ActorId::from((self.random)());
        let anew = match transplant(self.replica(kind).doc(), &held, &actor) {
            Ok(anew) if !anew.changes.is_empty() => anew,
            // It cannot be said anew: it stays here, and is counted as what the board did not take.
            Ok(_) | Err(_) => return self.keep_refused(kind, &held, RefusedReason::Forked.code()),
        };
        let replica = self.replica_mut(kind);
        replica.sync = DocumentSync::from_stored(anew.doc);
        replica.set_actor(actor);
        replica.touched = shared::documents::Touched::all();
        // Whatever was kept may hold what was refused: it would come back with the next start.
        let mut writes = replica.snapshot();
        for (old, new) in anew.replaced.iter().zip(&anew.changes) {
            writes.push(Write::outbox_done(document, old));
            if let Some(row) = self.outbox.replace(&(document, *old), (document, new.hash())) {
                writes.push(Write::outbox(document, &new.hash(), &row));
            }
        }
        self.changed();
        self.write_awaited(writes, Awaited::Transplanted);
    }

    fn hear_signal(&mut self, now: Moment, ephemeral: Ephemeral) {
        if ephemeral.document != self.board.id {
            return;
        }
        let Some(signal) = Signal::from_bytes(&ephemeral.data) else { return };
        if let Signal::Invitation { participant } = &signal {
            let invited = signal.invited(&self.capability);
            // Only a projector can tell a real invitation from a forged one, and only it shows one.
            if self.capability.role == Role::Projector && (participant.is_none() || invited.is_some()) {
                self.invited = invited;
                self.changed();
            }
            return;
        }
        self.greet(now, &ephemeral.sender, &signal);
        if self.roster.hear(now.steady, ephemeral.sender, &signal) {
            self.changed();
        }
    }

    /// Answers who has just come: a projector by the way in, a facilitator by saying that we are here too.
    ///
    /// Others learn of us in a quarter of a minute at most. If all answered all, 200 phones that come at once would say
    /// it 40,000 times.
    fn greet(&mut self, now: Moment, peer: &PeerId, signal: &Signal) {
        let Signal::Here { role, .. } = signal else { return };
        if self.roster.knows(peer) {
            return;
        }
        match role {
            Role::Projector => self.say_invitation(now),
            Role::Facilitator => {
                let spread = Millis(u64::from((self.random)()[0]) * 4);
                let soon = now.steady + spread;
                self.presence_due = self.presence_due.map(|due| due.min(soon));
            }
            Role::Site | Role::Participant => {}
        }
    }

    /// Says that this device is here, and plans to say it again.
    pub(super) fn say_here(&mut self, now: Moment) {
        self.presence_due = Some(now.steady + Millis(EVERY_MS));
        let role = self.capability.role;
        let person = self.me.map(|me| me.to_string());
        let signal = Signal::Here { person, role, at: self.position.clone() };
        self.signal(now, &signal);
        if self.invites {
            self.say_invitation(now);
        }
    }

    /// Shows the projector the way in, or nothing if it is not shown.
    pub(super) fn say_invitation(&mut self, now: Moment) {
        if !self.invites {
            return;
        }
        if let Some(invitation) = Signal::invite(&self.capability) {
            self.signal(now, &invitation);
        }
    }

    pub(super) fn signal(&mut self, now: Moment, signal: &Signal) {
        if !self.line.is_joined() {
            return;
        }
        let Ok(session) = SessionId::new(&self.ephemeral_session) else { return };
        self.ephemeral_count += 1;
        let (sender, target) = (self.own_peer(), self.own_peer());
        let (document, count) = (self.board.id, self.ephemeral_count);
        let data = signal.to_bytes();
        self.send(now, Message::Ephemeral(Ephemeral { sender, target, document, session, count, data }));
    }

    pub(super) fn hear_tab(&mut self, now: Moment, bytes: &[u8]) {
        match TabMessage::from_bytes(bytes) {
            Some(TabMessage::Changes { document, changes }) => {
                let Some(kind) = self.kind_of(&document) else { return };
                for (bytes, row) in changes {
                    let Ok(change) = Change::from_bytes(bytes) else { continue };
                    if let Some(row) = row {
                        self.outbox.add_stored((self.replica(kind).id, change.hash()), row);
                    }
                    self.replica_mut(kind).early.push(change);
                }
                self.take_early(now, kind);
                self.changed();
            }
            Some(TabMessage::Received { document, hashes }) => {
                let Some(kind) = self.kind_of(&document) else { return };
                let hashes: Vec<ChangeHash> = hashes.iter().filter_map(|hash| hash.parse().ok()).collect();
                // That tab has kept it; here it is only counted.
                self.outbox.received(self.places(kind, &hashes));
                self.changed();
            }
            Some(TabMessage::Forgotten) => self.outputs.push(Output::Forgotten),
            None => {}
        }
    }

    fn kind_of(&self, document: &str) -> Option<Kind> {
        let kinds = [Kind::Control, Kind::Board, Kind::Notebook];
        kinds.into_iter().find(|kind| self.replica(*kind).id.to_string() == document)
    }

    /// Applies what other tabs made, as far as what it depends on is here.
    pub(super) fn take_early(&mut self, now: Moment, kind: Kind) {
        while let Some(at) = self.next_ready(kind) {
            let change = self.replica_mut(kind).early.remove(at);
            if self.replica(kind).holds(&change.hash()) {
                continue;
            }
            let ((), outputs) = self.replica_mut(kind).sync.edit(now.steady, |doc| {
                // A change whose actor's number is taken is left out; its own tab will be told by the relay.
                let _ = doc.apply_changes([change]);
            });
            self.replica_mut(kind).touched = shared::documents::Touched::all();
            self.changed();
            self.carry_out(now, kind, outputs);
            if kind == Kind::Notebook {
                self.read_own();
            }
        }
    }

    fn next_ready(&self, kind: Kind) -> Option<usize> {
        let replica = self.replica(kind);
        replica.early.iter().position(|change| replica.is_ready_for(change))
    }

    /// Keeps the title where the list of workshops finds it.
    pub(super) fn keep_title(&mut self) {
        let title = self.control_view.title_text();
        if title != self.stored_title {
            self.write(vec![Write::field(self.capability.workshop, "title", Value::json(&title))]);
            self.stored_title = title;
        }
    }
}
