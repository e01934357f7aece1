//! Phones and a relay on a clock of the tests. Nothing is delayed here; the sync core's simulator is for that.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use shared::access::{
    Admission, Capability, Claim, FacilitatorSecret, Role, Secret, SignedCheckpoint, WorkshopId, Write as Allowed,
};
use shared::documents::{EntryId, Kind};
use shared::sync::connection::{self, Connection, Limits, Local};
use shared::sync::document_sync::{Input as DocumentInput, LinkOptions, Output as DocumentOutput, Rights, Write};
use shared::sync::message::{CloseReason, DocumentData, Durable, Message, Refused};
use shared::sync::{DocumentId, DocumentSync, LinkId, Millis, PeerId};

use super::super::super::line::{LineInput, Way};
use super::super::super::progress::Progress;
use super::super::super::records::{Record, Store, Value, WorkshopRecord, Write as Kept};
use super::super::super::replica::StoredChunk;
use super::super::super::snapshot::Snapshot;
use super::super::{Core, Input, Moment, Opening, Output};

/// The first day of the tests, by the device's clock.
const DAY: i64 = 1_795_000_000_000;

pub(super) fn secret() -> FacilitatorSecret {
    FacilitatorSecret::from_random([1; 16])
}

type Records = BTreeMap<(&'static str, Vec<String>), Value>;

/// What a device keeps.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    records: Rc<RefCell<Records>>,
    pub(super) is_full: Rc<RefCell<bool>>,
    /// How many transactions fail from now on.
    pub(super) failures: Rc<RefCell<usize>>,
}

impl Disk {
    pub(super) fn write(&self, writes: &[Kept]) -> bool {
        if *self.is_full.borrow() {
            return false;
        }
        let mut failures = self.failures.borrow_mut();
        if *failures > 0 {
            *failures -= 1;
            return false;
        }
        let mut records = self.records.borrow_mut();
        for write in writes {
            match write {
                Kept::Put { store, key, value } => {
                    records.insert((store.name(), key.clone()), value.clone());
                }
                Kept::Delete { store, key } => {
                    records.remove(&(store.name(), key.clone()));
                }
                Kept::DeleteAll { store, prefix } => {
                    records.retain(|(name, key), _| *name != store.name() || !key.starts_with(prefix));
                }
            }
        }
        true
    }

    pub(super) fn read(&self, store: Store, first: &str) -> Vec<Record> {
        let records = self.records.borrow();
        let of_store = records.iter().filter(|((name, key), _)| *name == store.name() && key[0] == first);
        of_store.map(|((_, key), value)| Record { key: key.clone(), value: value.clone() }).collect()
    }

    fn opening(&self, capability: Capability, seed: u8) -> Opening {
        let workshop = capability.workshop;
        let chunks = |kind| {
            let records = self.read(Store::Chunks, &workshop.document(kind).to_string());
            records
                .into_iter()
                .map(|mut record| StoredChunk { key: record.key.pop(), bytes: record.value.bytes().unwrap() })
                .collect()
        };
        let mut rows = Vec::new();
        for kind in [Kind::Control, Kind::Board] {
            let document = workshop.document(kind);
            for record in self.read(Store::Outbox, &document.to_string()) {
                rows.push(((document, record.key[1].parse().unwrap()), record.value.read().unwrap()));
            }
        }
        let receipts = self.read(Store::Receipts, &workshop.to_string());
        let received = receipts.iter().map(|record| u64::from_str_radix(&record.key[1], 16).unwrap());
        let mut count = 0_u64;
        Opening {
            capability,
            record: WorkshopRecord::gather(&self.read(Store::Workshops, &workshop.to_string()))
                .pop()
                .unwrap_or_else(|| WorkshopRecord::empty(workshop)),
            chunks: [chunks(Kind::Control), chunks(Kind::Board), chunks(Kind::Notebook)],
            rows,
            received: received.map(super::super::ActionId).collect(),
            app: "test".into(),
            writes_for: None,
            origin: "https://tavle.example".into(),
            keeps: true,
            random: Box::new(move || {
                count += 1;
                let mut bytes = [seed; 16];
                bytes[..8].copy_from_slice(&count.to_be_bytes());
                bytes
            }),
        }
    }
}

/// One tab of one device.
pub(super) struct Phone {
    pub(super) core: Core,
    pub(super) disk: Disk,
    pub(super) is_online: bool,
    /// Nothing that the relay says arrives.
    pub(super) is_deaf: bool,
    /// Its network lets no websocket through.
    pub(super) is_blocked: bool,
    /// Its lines, by number, and the way that each goes.
    sockets: Vec<(usize, Way)>,
}

/// One relay, as it works: it stores at once, and promises what it stored.
#[derive(Default)]
pub(super) struct Relay {
    lines: BTreeMap<usize, (Connection, Role)>,
    documents: BTreeMap<DocumentId, DocumentSync>,
    checkpoint: Option<Vec<u8>>,
    /// Its disk takes nothing.
    pub(super) is_full: bool,
    next_line: usize,
}

pub(super) struct World {
    pub(super) phones: Vec<Phone>,
    pub(super) relay: Relay,
    now: u64,
    seed: u8,
}

impl World {
    pub(super) fn new() -> Self {
        Self { phones: Vec::new(), relay: Relay::default(), now: 0, seed: 0 }
    }

    pub(super) fn now(&self) -> Moment {
        Moment { steady: Millis(self.now), wall: DAY + i64::try_from(self.now).unwrap() }
    }

    /// A new device, online, that opened the link of `role`.
    pub(super) fn device(&mut self, role: Role) -> usize {
        self.tab(role, &Disk::default())
    }

    /// Another tab, or another start, on what a device keeps.
    pub(super) fn tab(&mut self, role: Role, disk: &Disk) -> usize {
        self.tab_that_wrote_for(role, disk, None)
    }

    /// A tab that is loaded anew, and wrote for this person before.
    pub(super) fn tab_that_wrote_for(&mut self, role: Role, disk: &Disk, person: Option<EntryId>) -> usize {
        let writes_for = person.map(|person| person.to_string());
        self.start(disk, secret().capability(role), writes_for)
    }

    /// A tab of a workshop that its owner fills in alone, opened as the device opens it.
    pub(super) fn tab_alone(&mut self, workshop: WorkshopId, disk: &Disk) -> usize {
        let record = WorkshopRecord::gather(&disk.read(Store::Workshops, &workshop.to_string())).pop().unwrap();
        self.start(disk, record.capability(Role::Participant).unwrap(), None)
    }

    fn start(&mut self, disk: &Disk, capability: Capability, writes_for: Option<String>) -> usize {
        self.seed += 1;
        let opening = Opening { writes_for, ..disk.opening(capability, self.seed) };
        let core = Core::open(self.now(), opening);
        self.phones.push(Phone {
            core,
            disk: disk.clone(),
            is_online: true,
            is_deaf: false,
            is_blocked: false,
            sockets: Vec::new(),
        });
        self.phones.len() - 1
    }

    /// Does something on a phone, and lets everything run until it is quiet.
    pub(super) fn on<T>(&mut self, phone: usize, work: impl FnOnce(&mut Core, Moment) -> T) -> T {
        let now = self.now();
        let result = work(&mut self.phones[phone].core, now);
        self.run();
        result
    }

    pub(super) fn show(&mut self, phone: usize) -> Rc<Snapshot> {
        let now = self.now();
        self.phones[phone].core.shown(now).snapshot
    }

    pub(super) fn progress(&mut self, phone: usize) -> Rc<Progress> {
        let now = self.now();
        self.phones[phone].core.shown(now).progress
    }

    /// Counts on a phone: being kept, on the device, sent, received.
    pub(super) fn counts(&mut self, phone: usize) -> [usize; 4] {
        let delivery = &self.progress(phone).delivery;
        [delivery.keeping, delivery.on_device, delivery.sent_waiting, delivery.received]
    }

    /// Lets time pass in steps of a tenth of a second.
    pub(super) fn pass(&mut self, millis: u64) {
        for _ in 0..millis / 100 {
            self.now += 100;
            let now = self.now();
            for phone in &mut self.phones {
                if phone.core.next_deadline().is_some_and(|due| due <= now.steady) {
                    phone.core.handle(now, Input::Tick);
                }
            }
            for (line, frame) in self.relay.tick(now.steady) {
                self.bring(line, &frame);
            }
            self.run();
        }
    }

    /// Brings a frame of the relay's to whoever speaks on this line.
    fn bring(&mut self, line: usize, frame: &[u8]) {
        let now = self.now();
        for phone in self.phones.iter_mut().filter(|phone| !phone.is_deaf) {
            if let Some((_, way)) = phone.sockets.iter().find(|(known, _)| *known == line) {
                phone.core.handle(now, Input::Line(LineInput::Frame(*way, frame)));
            }
        }
    }

    /// Cuts a phone's line, or gives it back.
    pub(super) fn set_online(&mut self, phone: usize, is_online: bool) {
        self.phones[phone].is_online = is_online;
        if is_online {
            self.on(phone, |core, now| core.handle(now, Input::Line(LineInput::TryNow)));
        } else {
            for (line, way) in std::mem::take(&mut self.phones[phone].sockets) {
                self.relay.close(line);
                self.on(phone, |core, now| core.handle(now, Input::Line(LineInput::Closed(way))));
            }
        }
    }

    /// A relay that holds nothing takes this one's place.
    pub(super) fn wipe_relay(&mut self) {
        for phone in 0..self.phones.len() {
            self.set_online(phone, false);
        }
        self.relay = Relay::default();
    }

    fn run(&mut self) {
        let mut is_busy = true;
        while is_busy {
            is_busy = false;
            for phone in 0..self.phones.len() {
                for output in self.phones[phone].core.take_outputs() {
                    is_busy = true;
                    self.carry_out(phone, output);
                }
            }
        }
    }

    fn carry_out(&mut self, number: usize, output: Output) {
        let now = self.now();
        let phone = &mut self.phones[number];
        match output {
            Output::Dial(way) if phone.is_online && !(phone.is_blocked && way == Way::Websocket) => {
                phone.sockets.push((self.relay.accept(now.steady), way));
                phone.core.handle(now, Input::Line(LineInput::Opened(way)));
            }
            Output::Dial(way) => phone.core.handle(now, Input::Line(LineInput::Closed(way))),
            Output::Transmit(way, frame) => {
                let Some((line, _)) = phone.sockets.iter().find(|(_, known)| *known == way) else { return };
                for (line, frame) in self.relay.hear(now.steady, *line, &frame) {
                    self.bring(line, &frame);
                }
            }
            Output::HangUp(way) => {
                if let Some(index) = phone.sockets.iter().position(|(_, known)| *known == way) {
                    self.relay.close(phone.sockets.remove(index).0);
                }
            }
            Output::Write { write, writes } => {
                let kept = phone.disk.write(&writes);
                phone.core.handle(now, Input::Written { write, kept });
            }
            Output::Tell(bytes) => {
                let disk = Rc::as_ptr(&phone.disk.records);
                for (other, phone) in self.phones.iter_mut().enumerate() {
                    if other != number && Rc::as_ptr(&phone.disk.records) == disk {
                        phone.core.handle(now, Input::Tab(&bytes));
                    }
                }
            }
            Output::Forgotten => {}
        }
    }
}

impl Relay {
    pub(super) fn document(&mut self, kind: Kind) -> &mut DocumentSync {
        let id = secret().capability(Role::Projector).workshop.document(kind);
        self.documents.entry(id).or_default()
    }

    /// Lets what is due in the documents happen, and gives the frames that go out.
    fn tick(&mut self, now: Millis) -> Vec<(usize, Vec<u8>)> {
        let mut frames = Vec::new();
        for kind in [Kind::Control, Kind::Board] {
            if self.document(kind).next_deadline().is_some_and(|due| due <= now) {
                let outputs = self.document(kind).handle(now, DocumentInput::Tick);
                self.carry_out(now, kind, outputs, &mut frames);
            }
        }
        frames
    }

    fn accept(&mut self, now: Millis) -> usize {
        let local = Local::relay(PeerId::new("relay").unwrap(), "Prøverelæet");
        self.next_line += 1;
        self.lines.insert(self.next_line, (Connection::accept(now, local, Limits::ACCEPTING), Role::Projector));
        self.next_line
    }

    fn close(&mut self, line: usize) {
        self.lines.remove(&line);
        for document in self.documents.values_mut() {
            document.handle(Millis(0), DocumentInput::LinkDown { link: LinkId(line as u64) });
        }
    }

    /// Takes a frame, and gives the frames that go out, each with its line.
    fn hear(&mut self, now: Millis, line: usize, frame: &[u8]) -> Vec<(usize, Vec<u8>)> {
        let Some((connection, _)) = self.lines.get_mut(&line) else { return Vec::new() };
        let outputs = connection.handle(now, connection::Input::Received(frame));
        let mut frames = Vec::new();
        for output in outputs {
            match output {
                connection::Output::Transmit(frame) => frames.push((line, frame)),
                connection::Output::Admit(join) => {
                    let role = admitted(&join.metadata.announcement.unwrap().claim.unwrap());
                    let (connection, known) = self.lines.get_mut(&line).unwrap();
                    *known = role;
                    for output in connection.admit(now) {
                        if let connection::Output::Transmit(frame) = output {
                            frames.push((line, frame));
                        }
                    }
                    if let Some(bytes) = self.checkpoint.clone() {
                        let workshop = secret().identity().workshop_id().0;
                        let checkpoint = shared::sync::message::Checkpoint { workshop, bytes };
                        self.send(now, line, Message::Checkpoint(checkpoint), &mut frames);
                    }
                    for kind in [Kind::Control, Kind::Board] {
                        let write = match role.rights(kind) {
                            Allowed::All => Write::All,
                            Allowed::Covered => Write::Covered,
                            Allowed::None => Write::None,
                        };
                        let up = DocumentInput::LinkUp {
                            link: LinkId(line as u64),
                            rights: Rights { read: true, write },
                            options: LinkOptions::accepted(true),
                        };
                        let outputs = self.document(kind).handle(now, up);
                        self.carry_out(now, kind, outputs, &mut frames);
                    }
                }
                connection::Output::Deliver(message) => self.deliver(now, line, message, &mut frames),
                _ => {}
            }
        }
        frames
    }

    fn deliver(&mut self, now: Millis, line: usize, message: Message, frames: &mut Vec<(usize, Vec<u8>)>) {
        match message {
            Message::Sync(data) | Message::Request(data) => {
                let kinds = [Kind::Control, Kind::Board];
                let workshop = secret().identity().workshop_id();
                let kind = kinds.into_iter().find(|kind| workshop.document(*kind) == data.document).unwrap();
                let received = DocumentInput::Received { link: LinkId(line as u64), data: &data.data };
                let outputs = self.document(kind).handle(now, received);
                self.carry_out(now, kind, outputs, frames);
            }
            Message::Checkpoint(checkpoint) => {
                let signed = SignedCheckpoint::decode(&checkpoint.bytes).unwrap();
                let heads: Vec<_> = signed.checkpoint.heads.iter().map(|head| automerge::ChangeHash(*head)).collect();
                if self.checkpoint.as_ref() == Some(&checkpoint.bytes) {
                    return;
                }
                self.checkpoint = Some(checkpoint.bytes.clone());
                let outputs = self.document(Kind::Control).cover(&heads);
                self.carry_out(now, Kind::Control, outputs, frames);
                self.send_to_others(now, line, &Message::Checkpoint(checkpoint), frames);
            }
            Message::Ephemeral(_) => self.send_to_others(now, line, &message, frames),
            _ => {}
        }
    }

    fn send_to_others(&mut self, now: Millis, line: usize, message: &Message, frames: &mut Vec<(usize, Vec<u8>)>) {
        let others: Vec<usize> = self.lines.keys().copied().filter(|other| *other != line).collect();
        for other in others {
            self.send(now, other, message.clone(), frames);
        }
    }

    fn carry_out(&mut self, now: Millis, kind: Kind, outputs: Vec<DocumentOutput>, frames: &mut Vec<(usize, Vec<u8>)>) {
        let document = secret().identity().workshop_id().document(kind);
        let peer = PeerId::new("relay").unwrap();
        for output in outputs {
            let (link, message) = match output {
                DocumentOutput::Store { batch, .. } => {
                    let is_full = self.is_full;
                    let answer =
                        if is_full { DocumentInput::StoreFailed { batch } } else { DocumentInput::Stored { batch } };
                    let outputs = self.document(kind).handle(now, answer);
                    self.carry_out(now, kind, outputs, frames);
                    continue;
                }
                DocumentOutput::Send { link, data } => {
                    (link, Message::Sync(DocumentData { sender: peer.clone(), target: peer.clone(), document, data }))
                }
                DocumentOutput::Durable { link, heads } => (link, Message::Durable(Durable { document, heads })),
                DocumentOutput::Refused { link, hashes, reason } => {
                    (link, Message::Refused(Refused { document, hashes, reason }))
                }
                DocumentOutput::Broken { reason, .. } => panic!("an honest phone's line was broken: {reason}"),
                _ => continue,
            };
            self.send(now, usize::try_from(link.0).unwrap(), message, frames);
        }
    }

    fn send(&mut self, now: Millis, line: usize, message: Message, frames: &mut Vec<(usize, Vec<u8>)>) {
        let Some((connection, _)) = self.lines.get_mut(&line) else { return };
        for output in connection.send(now, message) {
            if let connection::Output::Transmit(frame) = output {
                frames.push((line, frame));
            }
        }
    }

    /// Tells a line of a close, as the relay does when a workshop is deleted.
    pub(super) fn close_all(&mut self, now: Millis, reason: &CloseReason) -> Vec<Vec<u8>> {
        let mut frames = Vec::new();
        for (connection, _) in self.lines.values_mut() {
            for output in connection.close(now, reason.clone()) {
                if let connection::Output::Transmit(frame) = output {
                    frames.push(frame);
                }
            }
        }
        frames
    }
}

fn admitted(claim: &shared::sync::message::Claim) -> Role {
    let role = Role::ALL.into_iter().find(|role| role.name() == claim.role).unwrap();
    let capability =
        Capability { workshop: WorkshopId(claim.workshop), role, secret: Secret::from_bytes(claim.secret) };
    let known = Admission::first(secret().identity());
    Claim { capability, public_key: None }.prove(Some(&known)).expect("every phone here holds a real link");
    role
}
