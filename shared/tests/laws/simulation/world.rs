//! Phones, a relay, lines between them, their stores and a clock.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use automerge::ChangeHash;
use shared::sync::connection::{self, Connection, Limits, Local};
use shared::sync::document_sync::{Input, LinkOptions, Output, Rights, StoredChange};
use shared::sync::message::{Checkpoint, Claim, CloseReason, DocumentData, Durable, Features};
use shared::sync::{BatchId, DocumentId, DocumentSync, LinkId, Message, Millis, PeerId};

use super::phone::{Phone, Role, genesis, load};
use super::random::Random;

const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

/// One end of a line, or one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Phone,
    Relay,
}

#[derive(Debug)]
enum Event {
    /// A frame arrives, or with `None` the news that the line is closed.
    Arrive { line: usize, to: Side, frame: Option<Vec<u8>> },
    /// A store is done; `device` is a phone, or the relay after the last of them.
    StoreDone { device: usize, life: u64, batch: BatchId, changes: Option<Vec<StoredChange>> },
    /// A phone does something.
    Act { phone: usize },
    /// Time goes on for everyone.
    Tick,
}

#[derive(Debug)]
struct Line {
    phone: usize,
    ends: [Connection; 2],
    /// When the last frame towards each side arrives: a line keeps its order.
    last: [Millis; 2],
    /// Half open: nothing arrives any more, and nobody is told.
    cut: bool,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) now: Millis,
    pub(crate) phones: Vec<Phone>,
    pub(crate) relay: DocumentSync,
    relay_store: Vec<Vec<u8>>,
    /// The hashes of what is in the relay's store.
    relay_stored: BTreeSet<ChangeHash>,
    relay_life: u64,
    covered: BTreeSet<ChangeHash>,
    lines: BTreeMap<usize, Line>,
    lines_made: usize,
    events: BTreeMap<(Millis, u64), Event>,
    scheduled: u64,
    random: Random,
    /// Set once the faults end.
    quiet: bool,
    /// When the last sync frame was sent.
    pub(crate) last_sync_sent: Millis,
    pub(crate) refusals: usize,
}

impl World {
    pub(crate) fn new(seed: u64, roles: &[Role]) -> Self {
        let relay_store = vec![genesis()];
        let relay = load(&relay_store);
        let mut world = Self {
            now: Millis(0),
            phones: roles.iter().map(|role| Phone::new(*role)).collect(),
            relay_stored: relay.heads().into_iter().collect(),
            relay,
            relay_store,
            relay_life: 0,
            covered: BTreeSet::new(),
            lines: BTreeMap::new(),
            lines_made: 0,
            events: BTreeMap::new(),
            scheduled: 0,
            random: Random::new(seed),
            quiet: false,
            last_sync_sent: Millis(0),
            refusals: 0,
        };
        world.schedule(500, Event::Tick);
        for phone in 0..world.phones.len() {
            world.schedule(0, Event::Act { phone });
        }
        world
    }

    /// Runs until `end`; with `quiet`, nothing fails and nobody edits any more.
    pub(crate) fn run_until(&mut self, end: Millis, quiet: bool) {
        self.quiet = quiet;
        while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= end) {
            let ((at, _), event) = entry.remove_entry();
            self.now = at;
            self.happen(event);
        }
        self.now = end;
    }

    fn schedule(&mut self, after: u64, event: Event) {
        self.scheduled += 1;
        self.events.insert((self.now + Millis(after), self.scheduled), event);
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrive { line, to, frame } => {
                let input = frame.as_deref().map_or(connection::Input::Closed, connection::Input::Received);
                self.connection_input(line, to, input);
            }
            Event::StoreDone { device, life, batch, changes } => self.store_done(device, life, batch, changes),
            Event::Act { phone } => self.act(phone),
            Event::Tick => self.tick(),
        }
    }

    fn tick(&mut self) {
        self.schedule(500, Event::Tick);
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            self.connection_input(line, Side::Phone, connection::Input::Tick);
            self.connection_input(line, Side::Relay, connection::Input::Tick);
        }
        for phone in 0..self.phones.len() {
            let outputs = self.phones[phone].sync.handle(self.now, Input::Tick);
            self.phone_outputs(phone, outputs);
            if self.phones[phone].line.is_none() && self.phones[phone].dial_at <= self.now {
                self.dial(phone);
            }
        }
        let outputs = self.relay.handle(self.now, Input::Tick);
        self.relay_outputs(outputs);
        if !self.quiet && self.random.below(1_000) < 8 {
            let wiped = self.random.chance(25);
            self.restart_relay(wiped);
        }
    }

    fn act(&mut self, index: usize) {
        let after = 50 + self.random.below(1_500);
        self.schedule(after, Event::Act { phone: index });
        if self.quiet {
            return;
        }
        match self.random.below(100) {
            0..3 => {
                if let Some(line) = self.phones[index].line {
                    self.drop_line(line);
                }
                self.phones[index].restart();
            }
            3..8 => {
                if let Some(line) = self.phones[index].line {
                    let now = self.now;
                    let outputs = self.end(line, Side::Phone).close(now, CloseReason::Done);
                    self.connection_outputs(line, Side::Phone, outputs);
                }
                let away = self.random.below(8_000);
                self.phones[index].dial_at = self.now + Millis(away);
            }
            8..15 if self.phones[index].role == Role::Writer => self.sign(index),
            _ => {
                let outputs = self.phones[index].edit(self.now, index, &mut self.random);
                self.phone_outputs(index, outputs);
            }
        }
    }

    /// A writer stands for the facilitator: a checkpoint covers what it has stored.
    pub(crate) fn sign(&mut self, index: usize) {
        let phone = &mut self.phones[index];
        phone.checkpoint.extend(phone.sync.durable_heads());
        if let Some(line) = phone.line {
            self.send_checkpoint(line, Side::Phone);
        }
    }

    fn dial(&mut self, phone: usize) {
        let line = self.lines_made;
        self.lines_made += 1;
        let local = Local::client(PeerId::new(&format!("phone-{phone}")).unwrap(), Claim::default());
        let ends = [
            Connection::dial(self.now, local, Limits::DIALLING),
            Connection::accept(self.now, Local::relay(PeerId::new("relay").unwrap(), "Relay"), Limits::ACCEPTING),
        ];
        self.lines.insert(line, Line { phone, ends, last: [self.now; 2], cut: false });
        self.phones[phone].line = Some(line);
        self.connection_input(line, Side::Phone, connection::Input::Opened);
    }

    fn end(&mut self, line: usize, side: Side) -> &mut Connection {
        &mut self.lines.get_mut(&line).unwrap().ends[side as usize]
    }

    fn connection_input(&mut self, line: usize, side: Side, input: connection::Input<'_>) {
        let now = self.now;
        let Some(found) = self.lines.get_mut(&line) else { return };
        let outputs = found.ends[side as usize].handle(now, input);
        self.connection_outputs(line, side, outputs);
    }

    fn connection_outputs(&mut self, line: usize, side: Side, outputs: Vec<connection::Output>) {
        for output in outputs {
            match output {
                connection::Output::Transmit(frame) => self.transmit(line, side, Some(frame)),
                connection::Output::Admit(_) => {
                    let now = self.now;
                    let outputs = self.end(line, side).admit(now);
                    self.connection_outputs(line, side, outputs);
                }
                connection::Output::Joined { .. } => self.joined(line, side),
                connection::Output::Deliver(message) => self.deliver(line, side, message),
                connection::Output::Ping => {}
                connection::Output::Close(_) => self.closed(line, side),
            }
        }
    }

    fn transmit(&mut self, line: usize, from: Side, frame: Option<Vec<u8>>) {
        let (cut, twice, delay) = (self.random.below(1_000) < 4, self.random.chance(2), 1 + self.random.below(300));
        let to = if from == Side::Phone { Side::Relay } else { Side::Phone };
        let (now, quiet) = (self.now, self.quiet);
        let Some(found) = self.lines.get_mut(&line) else { return };
        found.cut |= cut && !quiet;
        if found.cut {
            return;
        }
        let at = (now + Millis(delay)).max(found.last[to as usize]);
        found.last[to as usize] = at;
        if twice && !quiet {
            self.schedule(at.since(now).0, Event::Arrive { line, to, frame: frame.clone() });
        }
        self.schedule(at.since(now).0, Event::Arrive { line, to, frame });
    }

    fn closed(&mut self, line: usize, side: Side) {
        self.transmit(line, side, None);
        let phone = self.lines[&line].phone;
        let (link, now) = (LinkId(line as u64), self.now);
        match side {
            Side::Phone if self.phones[phone].line == Some(line) => {
                self.phones[phone].line = None;
                self.phones[phone].dial_at = now + Millis(500);
                self.phones[phone].sync.handle(now, Input::LinkDown { link });
            }
            Side::Phone => {}
            Side::Relay => {
                self.relay.handle(now, Input::LinkDown { link });
            }
        }
    }

    /// The phone died: the relay may hear of it, or not.
    fn drop_line(&mut self, line: usize) {
        self.transmit(line, Side::Phone, None);
        self.lines.get_mut(&line).unwrap().cut |= self.random.chance(50);
    }

    fn joined(&mut self, line: usize, side: Side) {
        let (link, now) = (LinkId(line as u64), self.now);
        let phone = self.lines[&line].phone;
        match side {
            Side::Phone => {
                let options = LinkOptions::dialled();
                let input = Input::LinkUp { link, rights: Rights::ALL, options };
                let outputs = self.phones[phone].sync.handle(now, input);
                self.send_checkpoint(line, side);
                self.phone_outputs(phone, outputs);
            }
            Side::Relay => {
                let rights = match self.phones[phone].role {
                    Role::Writer => Rights::ALL,
                    Role::Reader => Rights::READ,
                    Role::Carrier => Rights::CARRY,
                };
                let durable = self.end(line, side).remote_has(Features::DURABLE);
                let compact = self.end(line, side).remote_has(Features::COMPACT);
                let options = LinkOptions { compact, ..LinkOptions::accepted(durable) };
                let outputs = self.relay.handle(now, Input::LinkUp { link, rights, options });
                self.send_checkpoint(line, side);
                self.relay_outputs(outputs);
            }
        }
    }

    fn send_checkpoint(&mut self, line: usize, side: Side) {
        let Some(found) = self.lines.get_mut(&line) else { return };
        let heads = if side == Side::Phone { &self.phones[found.phone].checkpoint } else { &self.covered };
        let bytes = heads.iter().flat_map(|head| head.0).collect();
        let message = Message::Checkpoint(Checkpoint { workshop: [0; 16], bytes });
        let outputs = found.ends[side as usize].send(self.now, message);
        self.connection_outputs(line, side, outputs);
    }

    fn deliver(&mut self, line: usize, side: Side, message: Message) {
        let (link, now) = (LinkId(line as u64), self.now);
        let phone = self.lines[&line].phone;
        let is_current = side == Side::Relay || self.phones[phone].line == Some(line);
        match message {
            _ if !is_current => {}
            Message::Sync(DocumentData { data, .. }) => {
                let input = Input::Received { link, data: &data };
                if side == Side::Phone {
                    let outputs = self.phones[phone].sync.handle(now, input);
                    self.phone_outputs(phone, outputs);
                } else {
                    let outputs = self.relay.handle(now, input);
                    self.relay_outputs(outputs);
                }
            }
            Message::Durable(Durable { heads, .. }) => {
                self.phones[phone].named = heads;
                self.phones[phone].acknowledge();
            }
            Message::Checkpoint(checkpoint) => {
                let heads: Vec<_> =
                    checkpoint.bytes.chunks(32).map(|head| ChangeHash(head.try_into().unwrap())).collect();
                if side == Side::Phone {
                    self.phones[phone].checkpoint.extend(heads);
                } else if heads.iter().any(|head| self.covered.insert(*head)) {
                    self.covered.extend(&heads);
                    let outputs = self.relay.cover(&heads);
                    self.relay_outputs(outputs);
                    for line in self.lines.keys().copied().collect::<Vec<_>>() {
                        self.send_checkpoint(line, Side::Relay);
                    }
                }
            }
            Message::Refused(_) => self.refusals += 1,
            other => panic!("unexpected {other:?}"),
        }
    }

    fn phone_outputs(&mut self, index: usize, outputs: Vec<Output>) {
        let life = self.phones[index].life;
        for output in outputs {
            match output {
                Output::Store { batch, changes } => self.store(index, life, batch, changes),
                Output::Send { link, data } => self.send(link, Side::Phone, data),
                Output::Broken { .. } | Output::Reload { .. } => panic!("{output:?}"),
                Output::Applied { .. } => self.phones[index].acknowledge(),
                Output::Refused { .. } | Output::Durable { .. } => {}
            }
        }
    }

    fn relay_outputs(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Store { batch, changes } => self.store(self.phones.len(), self.relay_life, batch, changes),
                Output::Send { link, data } => self.send(link, Side::Relay, data),
                Output::Durable { link, heads } => {
                    // S14: what is named as durable is in the store.
                    assert!(heads.iter().all(|head| self.relay_stored.contains(head)));
                    self.message(link, Side::Relay, Message::Durable(Durable { document: DOCUMENT, heads }));
                }
                Output::Refused { link, hashes, reason } => {
                    let refused = shared::sync::message::Refused { document: DOCUMENT, hashes, reason };
                    self.message(link, Side::Relay, Message::Refused(refused));
                }
                Output::Broken { .. } | Output::Reload { .. } => panic!("{output:?}"),
                Output::Applied { .. } => {}
            }
        }
    }

    fn send(&mut self, link: LinkId, side: Side, data: Arc<[u8]>) {
        self.last_sync_sent = self.now;
        let nobody = PeerId::new("?").unwrap();
        let data = DocumentData { sender: nobody.clone(), target: nobody, document: DOCUMENT, data };
        self.message(link, side, Message::Sync(data));
    }

    fn message(&mut self, link: LinkId, side: Side, message: Message) {
        let line = usize::try_from(link.0).unwrap();
        let now = self.now;
        if let Some(found) = self.lines.get_mut(&line) {
            let outputs = found.ends[side as usize].send(now, message);
            self.connection_outputs(line, side, outputs);
        }
    }

    fn store(&mut self, device: usize, life: u64, batch: BatchId, changes: Vec<StoredChange>) {
        let fails = !self.quiet && self.random.chance(4);
        let after = 1 + self.random.below(150);
        let changes = (!fails).then_some(changes);
        self.schedule(after, Event::StoreDone { device, life, batch, changes });
    }

    fn store_done(&mut self, device: usize, life: u64, batch: BatchId, changes: Option<Vec<StoredChange>>) {
        let is_phone = device < self.phones.len();
        let current = if is_phone { self.phones[device].life } else { self.relay_life };
        if life != current {
            return;
        }
        let input = if changes.is_some() { Input::Stored { batch } } else { Input::StoreFailed { batch } };
        let changes = changes.unwrap_or_default();
        if !is_phone {
            self.relay_stored.extend(changes.iter().map(|change| change.hash));
        }
        let bytes = changes.into_iter().map(|change| change.bytes);
        if is_phone {
            self.phones[device].store.extend(bytes);
            let outputs = self.phones[device].sync.handle(self.now, input);
            self.phone_outputs(device, outputs);
        } else {
            self.relay_store.extend(bytes);
            let outputs = self.relay.handle(self.now, input);
            self.relay_outputs(outputs);
        }
    }

    /// Kills the relay and starts it again; `wiped` with an empty disk.
    fn restart_relay(&mut self, wiped: bool) {
        self.relay_life += 1;
        if wiped {
            self.relay_store = vec![genesis()];
            self.covered.clear();
        }
        self.relay = load(&self.relay_store);
        if wiped {
            self.relay_stored = self.relay.heads().into_iter().collect();
        }
        let heads: Vec<_> = self.covered.iter().copied().collect();
        let outputs = self.relay.cover(&heads);
        self.relay_outputs(outputs);
        for line in std::mem::take(&mut self.lines).into_keys() {
            let index = self.phones.iter().position(|phone| phone.line == Some(line));
            let Some(index) = index else { continue };
            self.phones[index].line = None;
            self.phones[index].dial_at = self.now + Millis(self.random.below(2_000));
            self.phones[index].sync.handle(self.now, Input::LinkDown { link: LinkId(line as u64) });
        }
    }
}
