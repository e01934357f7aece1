//! Lines between tabs and the relay: in order, delayed, and sometimes half open.

use std::collections::BTreeSet;
use std::sync::Arc;

use automerge::ChangeHash;
use automerge::sync::Message as SyncMessage;
use shared::sync::connection::{self, Connection, Limits, Local};
use shared::sync::document_sync::{Input, LinkOptions, Rights};
use shared::sync::message::Features;
use shared::sync::message::{Checkpoint, Claim, DocumentData, Durable, PeerMetadata};
use shared::sync::{DocumentId, LinkId, Message, Millis, PeerId};

use super::super::device::Role;
use super::super::disk::Doc;
use super::super::liar;
use super::super::plan::Fault;
use super::{Event, Owner, World, link_of};

/// One end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Device,
    Relay,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) device: usize,
    /// The tab that dialled.
    life: u64,
    pub(super) ends: [Connection; 2],
    /// When the last frame towards each side arrives: a line keeps its order.
    last: [Millis; 2],
    /// Half open: nothing arrives any more, and nobody is told.
    pub(super) cut: bool,
    /// The relay that it led to is dead.
    pub(super) is_relay_gone: bool,
    /// The relay's links on it.
    pub(super) links: [Option<LinkId>; 2],
    /// Set while the device reads nothing.
    pub(super) stalled_until: Option<Millis>,
    /// What waits for it meanwhile.
    pub(super) waiting: Vec<(Doc, Message)>,
    /// Documents whose queue was lost.
    pub(super) overflowed: BTreeSet<Doc>,
}

impl Line {
    pub(super) fn is_over(&self, side: Side) -> bool {
        self.ends[side as usize].is_closed() || (side == Side::Relay && self.is_relay_gone)
    }
}

/// The id of a document in frames.
pub(super) fn id_of(doc: Doc) -> DocumentId {
    DocumentId::from_bytes([doc as u8 + 1; 16])
}

fn doc_of(id: DocumentId) -> Doc {
    Doc::ALL.into_iter().find(|doc| id_of(*doc) == id).expect("one of the two")
}

impl World {
    pub(super) fn dial(&mut self, device: usize, life: u64) {
        let line = self.lines_made;
        self.lines_made += 1;
        let peer = PeerId::new(&format!("tab-{life}")).unwrap();
        let local = match self.devices[device].role {
            // A program of somebody else's, which speaks the stock protocol.
            Role::Liar => Local { peer, metadata: PeerMetadata::default() },
            _ => Local::client(peer, Claim::default()),
        };
        let relay = Local::relay(PeerId::new("relay").unwrap(), "Relay");
        let ends = [
            Connection::dial(self.time(Owner::Device(device)), local, Limits::DIALLING),
            Connection::accept(self.time(Owner::Relay), relay, Limits::ACCEPTING),
        ];
        self.lines.insert(
            line,
            Line {
                device,
                life,
                ends,
                last: [self.now; 2],
                cut: false,
                is_relay_gone: false,
                links: [None; 2],
                stalled_until: None,
                waiting: Vec::new(),
                overflowed: BTreeSet::new(),
            },
        );
        let tab = self.tab_of(device, life).unwrap();
        self.devices[device].tabs[tab].line = Some(line);
        self.note(|| format!("device {device} dials as line {line}"));
        self.connection_input(line, Side::Device, connection::Input::Opened);
    }

    pub(super) fn end(&mut self, line: usize, side: Side) -> &mut Connection {
        &mut self.lines.get_mut(&line).unwrap().ends[side as usize]
    }

    fn time_at(&mut self, line: usize, side: Side) -> Millis {
        let device = self.lines[&line].device;
        self.time(if side == Side::Relay { Owner::Relay } else { Owner::Device(device) })
    }

    pub(super) fn connection_input(&mut self, line: usize, side: Side, input: connection::Input<'_>) {
        if !self.lines.contains_key(&line) || (side == Side::Relay && !self.relay_line_input(line)) {
            return;
        }
        let now = self.time_at(line, side);
        let outputs = self.end(line, side).handle(now, input);
        self.connection_outputs(line, side, outputs);
    }

    pub(super) fn connection_outputs(&mut self, line: usize, side: Side, outputs: Vec<connection::Output>) {
        for output in outputs {
            match output {
                connection::Output::Transmit(frame) => self.transmit(line, side, Some(frame)),
                connection::Output::Admit(_) => {
                    let now = self.time_at(line, side);
                    let outputs = self.end(line, side).admit(now);
                    self.connection_outputs(line, side, outputs);
                }
                connection::Output::Joined { .. } if side == Side::Relay => self.relay_joined(line),
                connection::Output::Joined { .. } => self.tab_joined(line),
                connection::Output::Deliver(message) => self.deliver(line, side, message),
                connection::Output::Ping => {
                    // A websocket answers by itself, while its machine is there.
                    let device = self.lines[&line].device;
                    if !self.lines[&line].cut && !self.devices[device].clock.is_asleep {
                        self.connection_input(line, side, connection::Input::Pong);
                    }
                }
                connection::Output::Close(_) => self.closed(line, side),
            }
        }
    }

    pub(super) fn transmit(&mut self, line: usize, from: Side, frame: Option<Vec<u8>>) {
        let (cut, twice) = (self.fails(Fault::Cut, 4), self.fails(Fault::Twice, 20));
        let delay = 1 + self.random.below(300);
        let now = self.now;
        let Some(found) = self.lines.get_mut(&line) else { return };
        if cut && !found.cut {
            found.cut = true;
            self.note(|| format!("line {line} is half open from now on"));
        }
        let to = if from == Side::Device { Side::Relay } else { Side::Device };
        let Some(found) = self.lines.get_mut(&line).filter(|line| !line.cut) else { return };
        let at = (now + Millis(delay)).max(found.last[to as usize]);
        found.last[to as usize] = at;
        if twice {
            self.schedule(at.since(now).0, Event::Arrive { line, to, frame: frame.clone() });
        }
        self.schedule(at.since(now).0, Event::Arrive { line, to, frame });
    }

    fn closed(&mut self, line: usize, side: Side) {
        self.transmit(line, side, None);
        let Some(Line { device, life, .. }) = self.lines.get(&line) else { return };
        let (device, life) = (*device, *life);
        if side == Side::Relay {
            Doc::ALL.into_iter().for_each(|doc| self.link_down(line, doc));
            return;
        }
        let (world_now, now) = (self.now, self.time(Owner::Device(device)));
        let Some(tab) = self.tab_of(device, life) else { return };
        let tab = &mut self.devices[device].tabs[tab];
        if tab.line == Some(line) {
            tab.line = None;
            tab.dial_at = world_now + Millis(500);
            for replica in &mut tab.replicas {
                replica.sync.handle(now, Input::LinkDown { link: link_of(line) });
            }
        }
    }

    /// The tab is gone: the relay may hear of it, or not.
    pub(super) fn drop_line(&mut self, line: usize) {
        self.transmit(line, Side::Device, None);
        let is_silent = self.random.chance(50);
        if let Some(found) = self.lines.get_mut(&line) {
            found.cut |= is_silent;
        }
    }

    fn tab_joined(&mut self, line: usize) {
        let Line { device, life, .. } = self.lines[&line];
        let Some(tab) = self.tab_of(device, life) else { return };
        let now = self.time(Owner::Device(device));
        let compact = self.lines[&line].ends[Side::Device as usize].remote_has(Features::COMPACT);
        self.send_checkpoint(line, Side::Device);
        for doc in Doc::ALL {
            let replica = &mut self.devices[device].tabs[tab].replicas[doc as usize];
            replica.named.clear();
            let options = LinkOptions { compact, ..LinkOptions::dialled() };
            let input = Input::LinkUp { link: link_of(line), rights: Rights::ALL, options };
            let outputs = replica.sync.handle(now, input);
            self.tab_outputs(device, life, doc, outputs);
        }
    }

    pub(super) fn send_checkpoint(&mut self, line: usize, side: Side) {
        let Some(found) = self.lines.get(&line) else { return };
        let heads = if side == Side::Device { &self.devices[found.device].checkpoint } else { &self.relay.covered };
        let bytes = heads.iter().flat_map(|head| head.0).collect();
        self.put_on_line(line, side, Message::Checkpoint(Checkpoint { workshop: [0; 16], bytes }));
    }

    pub(super) fn send_sync(&mut self, line: usize, side: Side, doc: Doc, data: Arc<[u8]>) {
        self.last_sync_sent = self.now;
        self.note(|| format!("line {line}: {side:?} says of {doc:?} {}", said(&data)));
        let nobody = PeerId::new("?").unwrap();
        let data = DocumentData { sender: nobody.clone(), target: nobody, document: id_of(doc), data };
        match side {
            Side::Device => self.put_on_line(line, side, Message::Sync(data)),
            Side::Relay => self.relay_puts(line, doc, Message::Sync(data)),
        }
    }

    pub(super) fn put_on_line(&mut self, line: usize, side: Side, message: Message) {
        if !self.lines.contains_key(&line) || (side == Side::Relay && !self.relay_line_input(line)) {
            return;
        }
        let now = self.time_at(line, side);
        let outputs = self.end(line, side).send(now, message);
        self.connection_outputs(line, side, outputs);
    }

    fn deliver(&mut self, line: usize, side: Side, message: Message) {
        match (side, message) {
            (Side::Relay, Message::Sync(DocumentData { document, data, .. })) => {
                self.relay_hears(line, doc_of(document), &data);
            }
            (Side::Relay, Message::Checkpoint(checkpoint)) => self.relay_covers(&heads_in(&checkpoint)),
            (Side::Device, message) => {
                let Line { device, life, .. } = self.lines[&line];
                let tab = self.tab_of(device, life);
                let Some(tab) = tab.filter(|tab| self.devices[device].tabs[*tab].line == Some(line)) else { return };
                self.deliver_to_tab(line, device, tab, message);
            }
            (_, other) => panic!("unexpected {other:?}"),
        }
    }

    fn deliver_to_tab(&mut self, line: usize, device: usize, tab: usize, message: Message) {
        match message {
            Message::Sync(DocumentData { document, data, .. }) => {
                let doc = doc_of(document);
                if self.devices[device].role == Role::Liar && self.fails(Fault::Lie, 350) {
                    let heard = &mut self.devices[device].tabs[tab].replicas[doc as usize].heard;
                    if let Some(said) = liar::lie(&data, heard, &mut self.random) {
                        self.note(|| format!("device {device} lies about {doc:?}"));
                        self.send_sync(line, Side::Device, doc, said.into());
                    }
                    return;
                }
                let (now, life) = (self.time(Owner::Device(device)), self.devices[device].tabs[tab].life);
                let sync = &mut self.devices[device].tabs[tab].replicas[doc as usize].sync;
                let outputs = sync.handle(now, Input::Received { link: link_of(line), data: &data });
                self.tab_outputs(device, life, doc, outputs);
            }
            Message::Durable(Durable { document, heads }) => {
                let doc = doc_of(document);
                self.note(|| {
                    format!(
                        "line {line}: hears that {doc:?} is durable to {:?}",
                        heads.iter().map(short).collect::<Vec<_>>()
                    )
                });
                self.devices[device].tabs[tab].replicas[doc as usize].named = heads;
                self.devices[device].acknowledge(tab, doc);
            }
            Message::Checkpoint(checkpoint) => self.devices[device].checkpoint.extend(heads_in(&checkpoint)),
            Message::Refused(refused) => {
                self.note(|| {
                    let hashes: Vec<_> = refused.hashes.iter().map(short).collect();
                    format!("line {line}: refused of {:?}: {} {hashes:?}", doc_of(refused.document), refused.reason)
                });
            }
            // What a stock peer is told in words.
            Message::Error(_) => {}
            other => panic!("unexpected {other:?}"),
        }
    }
}

fn heads_in(checkpoint: &Checkpoint) -> Vec<ChangeHash> {
    checkpoint.bytes.chunks(32).map(|head| ChangeHash(head.try_into().unwrap())).collect()
}

/// A sync message in short, for the trace.
fn said(data: &[u8]) -> String {
    let Ok(message) = SyncMessage::decode(data) else { return format!("a compact message of {} bytes", data.len()) };
    let all = |hashes: &[ChangeHash]| hashes.iter().map(short).collect::<Vec<_>>().join(" ");
    let synced: Vec<_> = message.have.iter().map(|have| all(&have.last_sync)).collect();
    let changes: usize = message.changes.iter().map(<[u8]>::len).sum();
    let (heads, need) = (all(&message.heads), all(&message.need));
    format!("heads [{heads}] need [{need}] last sync {synced:?} {changes} bytes of changes, flags {:?}", message.flags)
}

fn short(hash: &ChangeHash) -> String {
    hash.to_string()[..6].to_owned()
}
