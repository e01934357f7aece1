//! What comes in on the line.

use automerge::ChangeHash;
use shared::documents::Kind;
use shared::sync::document_sync::{Input as DocumentInput, LinkOptions, Rights};
use shared::sync::message::{Checkpoint, DocumentData, Durable, Features, Message};
use shared::sync::{LinkId, Millis};

use super::super::line::{LineInput, LineOutput};
use super::super::records::{Value, WorkshopRecord, Write};
use super::super::tab_message::TabMessage;
use super::{Core, Moment, Output};

/// How often the time of the last contact is kept.
const KEEP_HEARD_EVERY: Millis = Millis::from_secs(60);

impl Core {
    pub(super) fn hear_line(&mut self, now: Moment, input: LineInput<'_>) {
        let before = (self.line.state(), self.line.next_try());
        if let LineInput::Frame(..) = input {
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
                LineOutput::Dial(way) => self.outputs.push(Output::Dial(way)),
                LineOutput::Transmit(way, frame) => self.outputs.push(Output::Transmit(way, frame)),
                LineOutput::HangUp(way) => self.outputs.push(Output::HangUp(way)),
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
        // What both had when they last met need not be compared again.
        let shared = std::mem::take(&mut self.replica_mut(kind).shared);
        let compact = self.line.relay_has(Features::COMPACT);
        let options = LinkOptions { shared, compact, ..LinkOptions::dialled() };
        let up = DocumentInput::LinkUp { link, rights: Rights::ALL, options };
        let outputs = self.replica_mut(kind).sync.handle(now.steady, up);
        self.carry_out(now, kind, outputs);
    }

    fn down(&mut self, now: Moment) {
        self.changed();
        if let Some(link) = self.link.take() {
            for kind in [Kind::Control, Kind::Board] {
                let replica = self.replica_mut(kind);
                replica.shared = replica.sync.shared_heads(link);
                replica.sync.handle(now.steady, DocumentInput::LinkDown { link });
            }
            self.keep_heard(now);
        }
        for kind in [Kind::Control, Kind::Board] {
            self.replica_mut(kind).named.clear();
            self.replica_mut(kind).is_kept_there = true;
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
            Message::Durable(durable) => self.hear_durable(durable),
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

    fn hear_durable(&mut self, durable: Durable) {
        let Some(kind) = self.shared(durable.document) else { return };
        self.replica_mut(kind).named = durable.heads;
        self.kept_there(kind, true);
        self.receive_named(kind);
    }

    /// Whether the relay can keep what it is sent (S16).
    pub(super) fn kept_there(&mut self, kind: Kind, is_kept: bool) {
        if std::mem::replace(&mut self.replica_mut(kind).is_kept_there, is_kept) != is_kept {
            self.changed();
        }
    }

    /// 'Received by the board' is said of nothing but what the heads that were last named hold. One that has not come in
    /// says nothing yet, so this is asked again whenever something has (S20).
    pub(super) fn receive_named(&mut self, kind: Kind) {
        let replica = self.replica(kind);
        let own = self.outbox.hashes(replica.id);
        if own.is_empty() || replica.named.is_empty() {
            return;
        }
        let received = replica.sync.received(&replica.named, &own);
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
        self.moved_on();
    }

    /// Keeps the title where the list of workshops finds it.
    pub(super) fn keep_title(&mut self) {
        let title = self.control_view.title_text();
        if title != self.stored_title {
            self.write(vec![Write::field(self.capability.workshop, "title", Value::Text(title.clone()))]);
            self.stored_title = title;
        }
    }
}
