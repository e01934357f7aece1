//! Devices, a relay, the lines between them, and a clock: what happens, in order.

mod lines;
mod relay;
mod stores;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use automerge::{Change, ChangeHash};
use shared::sync::connection;
use shared::sync::document_sync::{Input, Output};
use shared::sync::message::CloseReason;
use shared::sync::{BatchId, LinkId, Millis};

use super::device::{Clock, Device, Role};
use super::disk::{Doc, WriteId};
use super::plan::{Fault, Plan};
use super::random::Random;
use lines::Line;
pub(crate) use lines::Side;
use relay::Relay;

/// Whose clock, disk and inbox it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Device(usize),
    Relay,
}

/// A batch, and whose it is; `life` is of a tab or of a start of the relay.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Batch {
    owner: Owner,
    life: u64,
    doc: Doc,
    id: BatchId,
}

#[derive(Debug)]
pub(crate) enum Event {
    /// A frame arrives, or with `None` the news that the line is closed.
    Arrive { line: usize, to: Side, frame: Option<Vec<u8>> },
    /// A write is durable. Its owner hears of it later.
    Synced { batch: Batch, write: WriteId },
    /// The owner hears what became of its batch.
    Answered { batch: Batch, changes: Option<Vec<Change>> },
    /// What another tab of the device has made and kept.
    FromTab { device: usize, life: u64, doc: Doc, changes: Vec<Change> },
    /// A person does something.
    Act { device: usize },
    /// A machine goes on.
    Wake { owner: Owner },
    /// Time goes on for everyone.
    Tick,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) now: Millis,
    pub(crate) devices: Vec<Device>,
    pub(crate) relay: Relay,
    pub(crate) plan: Plan,
    lines: BTreeMap<usize, Line>,
    lines_made: usize,
    lives: u64,
    events: BTreeMap<(Millis, u64), Event>,
    scheduled: u64,
    random: Random,
    /// Set once the faults end.
    quiet: bool,
    /// When the last sync frame was sent.
    pub(crate) last_sync_sent: Millis,
    /// The latest that happened, for whoever looks into a failure.
    trace: Option<VecDeque<String>>,
}

/// So much of the trace is kept.
const TRACE: usize = 400;

impl World {
    pub(crate) fn new(plan: Plan, traces: bool) -> Self {
        let mut random = Random::new(plan.seed);
        let role = |index: usize, dice: u64| match (index, dice) {
            (0, _) => Role::Facilitator,
            (_, 0..12) => Role::Projector,
            (_, 12..24) => Role::Liar,
            (_, 24..32) => Role::Facilitator,
            _ => Role::Participant,
        };
        // As many draws as the seed has devices, so that leaving one out leaves the others as they are.
        let devices = (0..plan.devices).map(|index| Device::new(role(index, random.below(100)))).collect();
        let mut world = Self {
            now: Millis(0),
            devices,
            relay: Relay::new(),
            lines: BTreeMap::new(),
            lines_made: 0,
            lives: 0,
            events: BTreeMap::new(),
            scheduled: 0,
            random,
            quiet: false,
            last_sync_sent: Millis(0),
            trace: traces.then(VecDeque::new),
            plan,
        };
        world.schedule(500, Event::Tick);
        for device in 0..world.devices.len() {
            world.devices[device].clock.ahead = Millis(world.random.below(1_000_000));
            world.open_tab(device);
            world.schedule(0, Event::Act { device });
        }
        world
    }

    pub(crate) fn trace(&self) -> impl Iterator<Item = &String> {
        self.trace.iter().flatten()
    }

    /// Lets people write and things fail until the plan's time.
    pub(crate) fn run_faults(&mut self) {
        self.run_until(self.plan.until);
    }

    /// From here on nothing fails and nobody writes; liars are honest, and whoever slept is awake.
    pub(crate) fn begin_quiet(&mut self) {
        self.note(|| "quiet from here on".to_owned());
        self.quiet = true;
        self.wake(Owner::Relay);
        for device in 0..self.devices.len() {
            self.wake(Owner::Device(device));
            if self.devices[device].role == Role::Liar {
                self.crash(device);
            }
        }
    }

    pub(crate) fn run_until(&mut self, end: Millis) {
        while let Some(entry) = self.events.first_entry().filter(|entry| entry.key().0 <= end) {
            let ((at, _), event) = entry.remove_entry();
            self.now = at;
            self.happen(event);
        }
        self.now = end;
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        let now = self.now;
        if let Some(trace) = &mut self.trace {
            if trace.len() == TRACE {
                trace.pop_front();
            }
            trace.push_back(format!("{:>6} {}", now.0, what()));
        }
    }

    fn schedule(&mut self, after: u64, event: Event) {
        self.scheduled += 1;
        self.events.insert((self.now + Millis(after), self.scheduled), event);
    }

    /// Whether a fault happens, `per_mille` times in a thousand. Draws in any case, so that a plan without the fault
    /// goes on alike.
    fn fails(&mut self, fault: Fault, per_mille: u64) -> bool {
        let drawn = self.random.below(1_000) < per_mille;
        drawn && !self.quiet && !self.plan.without.contains(&fault)
    }

    fn clock_of(&mut self, owner: Owner) -> &mut Clock {
        match owner {
            Owner::Device(device) => &mut self.devices[device].clock,
            Owner::Relay => &mut self.relay.clock,
        }
    }

    /// The time that a machine has.
    fn time(&mut self, owner: Owner) -> Millis {
        self.now + self.clock_of(owner).ahead
    }

    fn owner_of(&self, event: &Event) -> Option<Owner> {
        match event {
            Event::Arrive { to: Side::Relay, .. } => Some(Owner::Relay),
            Event::Arrive { line, .. } => self.lines.get(line).map(|line| Owner::Device(line.device)),
            Event::Answered { batch, .. } => Some(batch.owner),
            Event::FromTab { device, .. } | Event::Act { device } => Some(Owner::Device(*device)),
            // A disk goes on by itself.
            Event::Synced { .. } | Event::Wake { .. } | Event::Tick => None,
        }
    }

    fn happen(&mut self, event: Event) {
        if let Some(owner) = self.owner_of(&event)
            && self.clock_of(owner).is_asleep
        {
            self.clock_of(owner).inbox.push_back(event);
            return;
        }
        match event {
            Event::Arrive { line, to, frame } => {
                let input = frame.as_deref().map_or(connection::Input::Closed, connection::Input::Received);
                self.connection_input(line, to, input);
            }
            Event::Synced { batch, write } => self.synced(batch, write),
            Event::Answered { batch, changes } => self.answered(batch, changes),
            Event::FromTab { device, life, doc, changes } => {
                let Some(tab) = self.tab_of(device, life) else { return };
                let now = self.time(Owner::Device(device));
                let outputs = self.devices[device].hear_tab(now, tab, doc, changes);
                self.tab_outputs(device, life, doc, outputs);
            }
            Event::Act { device } => self.act(device),
            Event::Wake { owner } => self.wake(owner),
            Event::Tick => self.tick(),
        }
    }

    fn sleep(&mut self, owner: Owner) {
        let time = 1_000 + self.random.below(15_000);
        self.note(|| format!("{owner:?} sleeps for {time} ms"));
        self.clock_of(owner).is_asleep = true;
        self.schedule(time, Event::Wake { owner });
    }

    fn wake(&mut self, owner: Owner) {
        let clock = self.clock_of(owner);
        clock.is_asleep = false;
        for event in std::mem::take(&mut clock.inbox) {
            self.happen(event);
        }
    }

    fn tick(&mut self) {
        self.schedule(500, Event::Tick);
        for line in self.lines.keys().copied().collect::<Vec<_>>() {
            for side in [Side::Device, Side::Relay] {
                self.tick_line(line, side);
            }
        }
        for device in 0..self.devices.len() {
            if !self.devices[device].clock.is_asleep {
                self.tick_device(device);
            }
        }
        if !self.relay.clock.is_asleep {
            self.tick_relay();
        }
    }

    fn tick_device(&mut self, device: usize) {
        let now = self.time(Owner::Device(device));
        for tab in 0..self.devices[device].tabs.len() {
            let life = self.devices[device].tabs[tab].life;
            for doc in Doc::ALL {
                let outputs = self.devices[device].tabs[tab].replicas[doc as usize].sync.handle(now, Input::Tick);
                self.tab_outputs(device, life, doc, outputs);
            }
            let tab = &self.devices[device].tabs[tab];
            if tab.line.is_none() && tab.dial_at <= self.now {
                self.dial(device, life);
            }
        }
        if self.fails(Fault::Sleep, 4) {
            self.sleep(Owner::Device(device));
        }
        if self.fails(Fault::Leap, 3) {
            self.leap(Owner::Device(device));
        }
    }

    fn leap(&mut self, owner: Owner) {
        let by = Millis(self.random.below(3_600_000));
        self.note(|| format!("the clock of {owner:?} leaps by {by}"));
        let clock = self.clock_of(owner);
        clock.ahead = clock.ahead + by;
    }

    fn act(&mut self, device: usize) {
        let after = 50 + self.random.below(1_500);
        self.schedule(after, Event::Act { device });
        let tab = self.random.below(self.devices[device].tabs.len() as u64) as usize;
        let life = self.devices[device].tabs[tab].life;
        if self.fails(Fault::Crash, 25) {
            self.crash(device);
        } else if self.fails(Fault::Leave, 50) {
            self.leave(device, tab);
        } else if self.fails(Fault::Tabs, 30) {
            self.open_or_close_tab(device, tab);
        } else if !self.quiet && self.devices[device].role == Role::Facilitator && self.random.chance(8) {
            self.sign(device, tab);
        } else if !self.quiet {
            let doc = if self.random.chance(70) { Doc::Board } else { Doc::Control };
            if self.devices[device].role.writes(doc) || self.fails(Fault::Trespass, 80) {
                let now = self.time(Owner::Device(device));
                let outputs = self.devices[device].edit(now, tab, doc, &mut self.random);
                self.note(|| format!("device {device} edits {doc:?}"));
                self.tab_outputs(device, life, doc, outputs);
            }
        }
    }

    /// A checkpoint covers what of control its signer has stored.
    fn sign(&mut self, device: usize, tab: usize) {
        let found = &mut self.devices[device];
        let heads = found.tabs[tab].replicas[Doc::Control as usize].sync.durable_heads();
        found.checkpoint.extend(heads);
        self.note(|| format!("device {device} signs a checkpoint"));
        if let Some(line) = self.devices[device].tabs[tab].line {
            self.send_checkpoint(line, Side::Device);
        }
    }

    fn leave(&mut self, device: usize, tab: usize) {
        let away = self.random.below(8_000);
        self.note(|| format!("device {device} leaves for {away} ms"));
        if let Some(line) = self.devices[device].tabs[tab].line {
            let now = self.time(Owner::Device(device));
            let outputs = self.end(line, Side::Device).close(now, CloseReason::Done);
            self.connection_outputs(line, Side::Device, outputs);
        }
        self.devices[device].tabs[tab].dial_at = self.now + Millis(away);
    }

    fn open_tab(&mut self, device: usize) {
        self.lives += 1;
        let (life, now) = (self.lives, self.now);
        self.devices[device].open_tab(life, now);
    }

    fn open_or_close_tab(&mut self, device: usize, tab: usize) {
        if self.devices[device].tabs.len() < 3 && self.random.chance(60) {
            self.note(|| format!("device {device} opens a tab"));
            self.open_tab(device);
        } else if self.devices[device].tabs.len() > 1 {
            self.note(|| format!("device {device} closes a tab"));
            let closed = self.devices[device].tabs.remove(tab);
            if let Some(line) = closed.line {
                self.drop_line(line);
            }
        }
    }

    /// Kills the app with all its tabs, and starts it again: only what was synced is left.
    fn crash(&mut self, device: usize) {
        self.note(|| format!("device {device} crashes"));
        for tab in std::mem::take(&mut self.devices[device].tabs) {
            if let Some(line) = tab.line {
                self.drop_line(line);
            }
        }
        self.devices[device].disk.crash(&mut self.random);
        self.open_tab(device);
    }

    fn tab_of(&self, device: usize, life: u64) -> Option<usize> {
        self.devices[device].tabs.iter().position(|tab| tab.life == life)
    }

    /// Carries out what a tab's document wants.
    fn tab_outputs(&mut self, device: usize, life: u64, doc: Doc, outputs: Vec<Output>) {
        for output in outputs {
            let Some(tab) = self.tab_of(device, life) else { return };
            match output {
                Output::Store { batch, changes } => {
                    self.store(Batch { owner: Owner::Device(device), life, doc, id: batch }, changes);
                }
                Output::Send { link, data } => self.send_sync(link.0 as usize, Side::Device, doc, data),
                Output::Applied { .. } => self.devices[device].acknowledge(tab, doc),
                Output::Broken { .. } | Output::Reload { .. } => panic!("{output:?}"),
                Output::Refused { .. } | Output::Durable { .. } => {}
            }
        }
    }

    /// What lies in a tab, for the checks.
    pub(crate) fn all_tabs(&self) -> impl Iterator<Item = (usize, &Device, &super::device::Tab)> {
        let devices = self.devices.iter().enumerate();
        devices.flat_map(|(index, device)| device.tabs.iter().map(move |tab| (index, device, tab)))
    }

    /// S14: what came to others was durable at the relay.
    pub(crate) fn check_what_left_the_relay(&self) {
        for doc in Doc::ALL {
            for (index, device, tab) in self.all_tabs() {
                let here = hashes(&tab.replicas[doc as usize].sync);
                let from_others = here.difference(&device.made[doc as usize]);
                let lost: Vec<_> =
                    from_others.filter(|hash| !self.relay.ever_stored[doc as usize].contains(*hash)).collect();
                assert!(lost.is_empty(), "S14: device {index} holds what the relay never stored: {lost:?}");
            }
        }
    }
}

/// Everything that a copy holds.
pub(crate) fn hashes(sync: &shared::sync::DocumentSync) -> BTreeSet<ChangeHash> {
    sync.doc().get_changes_meta(&[]).into_iter().map(|meta| meta.hash).collect()
}

/// A device's links have the number of their line.
fn link_of(line: usize) -> LinkId {
    LinkId(line as u64)
}
