//! The relay: its documents, its disk, and what it has for those who read slowly.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use shared::sync::connection;
use shared::sync::document_sync::{Input, LinkOptions, Output};
use shared::sync::message::{Durable, Features, Message, Refused};
use shared::sync::{DocumentSync, LinkId, Millis};

use super::super::device::{Clock, Role};
use super::super::disk::{Disk, Doc};
use super::super::plan::Fault;
use super::lines::{Side, id_of};
use super::{Batch, Owner, World};

/// Most messages that wait for one who reads slowly.
const WAITING: usize = 4;

#[derive(Debug)]
pub(crate) struct Relay {
    pub(crate) docs: [DocumentSync; 2],
    pub(crate) disk: Disk,
    pub(crate) clock: Clock,
    pub(crate) life: u64,
    /// The heads of the checkpoints that it was given, which are durable.
    pub(crate) covered: BTreeSet<ChangeHash>,
    /// What was ever durable here, also before the disk was lost.
    pub(crate) ever_stored: [BTreeSet<ChangeHash>; 2],
    /// The line of each link.
    links: BTreeMap<LinkId, usize>,
    links_made: u64,
    /// Changes that a full comparison found to be missing, also by documents of earlier starts.
    mended: u64,
}

impl Relay {
    pub(super) fn new() -> Self {
        let disk = Disk::new();
        Self {
            docs: Doc::ALL.map(|doc| disk.load(doc)),
            ever_stored: Doc::ALL.map(|doc| disk.hashes(doc).clone()),
            disk,
            clock: Clock::default(),
            life: 0,
            covered: BTreeSet::new(),
            links: BTreeMap::new(),
            links_made: 0,
            mended: 0,
        }
    }

    /// How much the fast way left out (S29).
    pub(crate) fn mended(&self) -> u64 {
        self.mended + self.docs.iter().map(|doc| doc.pace_counts().mended).sum::<u64>()
    }
}

impl World {
    pub(super) fn tick_relay(&mut self) {
        let now = self.time(Owner::Relay);
        for doc in Doc::ALL {
            let outputs = self.relay.docs[doc as usize].handle(now, Input::Tick);
            self.relay_outputs(doc, outputs);
            if self.fails(Fault::Compact, 20) {
                self.relay.disk.compact(doc);
            }
        }
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            self.stall_or_drain(line);
        }
        if self.fails(Fault::RelayCrash, 10) {
            let wiped = self.fails(Fault::Wipe, 250);
            self.restart_relay(wiped);
        } else if self.fails(Fault::Sleep, 3) {
            self.sleep(Owner::Relay);
        } else if self.fails(Fault::Leap, 2) {
            self.leap(Owner::Relay);
        }
    }

    /// S26: one who reads nothing loses the queue, and begins anew once it is drained.
    fn stall_or_drain(&mut self, line: usize) {
        let stalls = self.fails(Fault::Stall, 4);
        let until = self.now + Millis(self.random.below(6_000));
        let Some(found) = self.lines.get_mut(&line) else { return };
        if stalls && found.stalled_until.is_none() {
            found.stalled_until = Some(until);
        } else if found.stalled_until.is_some_and(|at| at <= self.now) || self.quiet {
            found.stalled_until = None;
            for (_, message) in std::mem::take(&mut found.waiting) {
                self.put_on_line(line, Side::Relay, message);
            }
            let Some(found) = self.lines.get_mut(&line) else { return };
            for doc in std::mem::take(&mut found.overflowed) {
                self.link_up(line, doc, true);
            }
        }
    }

    pub(super) fn relay_joined(&mut self, line: usize) {
        for doc in Doc::ALL {
            self.link_up(line, doc, false);
        }
        self.send_checkpoint(line, Side::Relay);
    }

    fn link_up(&mut self, line: usize, doc: Doc, opens: bool) {
        let Some(found) = self.lines.get_mut(&line).filter(|line| !line.is_over(Side::Relay)) else { return };
        self.relay.links_made += 1;
        let link = LinkId(self.relay.links_made);
        found.links[doc as usize] = Some(link);
        let end = &found.ends[Side::Relay as usize];
        let (durable, compact) = (end.remote_has(Features::DURABLE), end.remote_has(Features::COMPACT));
        let rights = self.devices[found.device].role.rights(doc);
        self.relay.links.insert(link, line);
        let options = LinkOptions { opens, compact, ..LinkOptions::accepted(durable) };
        let now = self.time(Owner::Relay);
        let outputs = self.relay.docs[doc as usize].handle(now, Input::LinkUp { link, rights, options });
        self.relay_outputs(doc, outputs);
    }

    pub(super) fn link_down(&mut self, line: usize, doc: Doc) {
        let Some(link) = self.lines.get_mut(&line).and_then(|line| line.links[doc as usize].take()) else { return };
        self.relay.links.remove(&link);
        let now = self.time(Owner::Relay);
        self.relay.docs[doc as usize].handle(now, Input::LinkDown { link });
    }

    pub(super) fn relay_hears(&mut self, line: usize, doc: Doc, data: &[u8]) {
        let Some(link) = self.lines.get(&line).and_then(|line| line.links[doc as usize]) else { return };
        let now = self.time(Owner::Relay);
        let outputs = self.relay.docs[doc as usize].handle(now, Input::Received { link, data });
        self.relay_outputs(doc, outputs);
    }

    pub(super) fn relay_outputs(&mut self, doc: Doc, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Store { batch, changes } => {
                    let life = self.relay.life;
                    self.store(Batch { owner: Owner::Relay, life, doc, id: batch }, changes);
                }
                Output::Send { link, data } => {
                    let Some(line) = self.relay.links.get(&link).copied() else { continue };
                    self.send_sync(line, Side::Relay, doc, data);
                }
                Output::Durable { link, heads } => {
                    let missing: Vec<_> = heads.iter().filter(|head| !self.relay.disk.holds(doc, head)).collect();
                    assert!(missing.is_empty(), "S14, S20: named as durable and not in the store: {missing:?}");
                    self.relay_says(link, doc, Message::Durable(Durable { document: id_of(doc), heads }));
                }
                Output::Refused { link, hashes, reason } => {
                    self.relay_says(link, doc, Message::Refused(Refused { document: id_of(doc), hashes, reason }));
                }
                Output::Broken { link, .. } => {
                    let line = self.relay.links.get(&link).copied();
                    let device = line.and_then(|line| self.lines.get(&line)).map(|line| line.device);
                    let role = device.map(|device| self.devices[device].role);
                    assert_eq!(role, Some(Role::Liar), "an honest line was given up: {output:?}");
                    if let Some(line) = line {
                        let now = self.time(Owner::Relay);
                        let reason = shared::sync::message::CloseReason::Broken;
                        let outputs = self.end(line, Side::Relay).close(now, reason);
                        self.connection_outputs(line, Side::Relay, outputs);
                    }
                }
                Output::Reload { .. } => panic!("{output:?}"),
                Output::Applied { .. } => {}
            }
        }
    }

    fn relay_says(&mut self, link: LinkId, doc: Doc, message: Message) {
        let Some(line) = self.relay.links.get(&link).copied() else { return };
        self.relay_puts(line, doc, message);
    }

    /// Puts a message on the line, or into the queue of one who reads nothing.
    pub(super) fn relay_puts(&mut self, line: usize, doc: Doc, message: Message) {
        let Some(found) = self.lines.get_mut(&line) else { return };
        if found.stalled_until.is_none() {
            return self.put_on_line(line, Side::Relay, message);
        }
        if found.overflowed.contains(&doc) {
            return;
        }
        found.waiting.push((doc, message));
        if found.waiting.iter().filter(|(waits_for, _)| *waits_for == doc).count() > WAITING {
            found.waiting.retain(|(waits_for, _)| *waits_for != doc);
            found.overflowed.insert(doc);
            self.note(|| format!("line {line} loses its queue of {doc:?}"));
            self.link_down(line, doc);
        }
    }

    /// Kills the relay and starts it again; `wiped` with an empty disk.
    fn restart_relay(&mut self, wiped: bool) {
        self.note(|| format!("the relay {}", if wiped { "is wiped" } else { "crashes" }));
        self.relay.life += 1;
        self.relay.mended = self.relay.mended();
        if wiped {
            self.relay.disk = Disk::new();
            self.relay.covered.clear();
        } else {
            self.relay.disk.crash(&mut self.random);
            for doc in Doc::ALL {
                self.relay.ever_stored[doc as usize].extend(self.relay.disk.hashes(doc));
            }
        }
        self.check_what_left_the_relay();
        self.relay.links.clear();
        self.relay.docs = Doc::ALL.map(|doc| self.relay.disk.load(doc));
        let heads: Vec<_> = self.relay.covered.iter().copied().collect();
        let outputs = self.relay.docs[Doc::Control as usize].cover(&heads);
        self.relay_outputs(Doc::Control, outputs);
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            // A machine that lost its power says nothing; one whose process died closes its sockets.
            let tells = self.random.chance(50);
            let Some(found) = self.lines.get_mut(&line) else { continue };
            found.is_relay_gone = true;
            if tells {
                self.transmit(line, Side::Relay, None);
            } else {
                found.cut = true;
            }
        }
    }

    pub(super) fn relay_line_input(&self, line: usize) -> bool {
        self.lines.get(&line).is_some_and(|line| !line.is_relay_gone)
    }

    /// A checkpoint came: what it covers is taken from now on, and everyone gets it.
    pub(super) fn relay_covers(&mut self, heads: &[ChangeHash]) {
        if !heads.iter().any(|head| !self.relay.covered.contains(head)) {
            return;
        }
        self.relay.covered.extend(heads);
        let outputs = self.relay.docs[Doc::Control as usize].cover(heads);
        self.relay_outputs(Doc::Control, outputs);
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            self.send_checkpoint(line, Side::Relay);
        }
    }

    pub(super) fn tick_line(&mut self, line: usize, side: Side) {
        let Some(found) = self.lines.get(&line) else { return };
        let owner = if side == Side::Relay { Owner::Relay } else { Owner::Device(found.device) };
        if !self.clock_of(owner).is_asleep {
            self.connection_input(line, side, connection::Input::Tick);
        }
        if self.lines.get(&line).is_some_and(|line| line.is_over(Side::Device) && line.is_over(Side::Relay)) {
            self.lines.remove(&line);
        }
    }
}
