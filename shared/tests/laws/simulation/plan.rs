//! What a run is made of: its seed, how long things fail, and which kinds of fault there are. A failing run is shrunk by
//! taking from its plan.

use std::collections::BTreeSet;
use std::fmt;

use shared::sync::Millis;

use super::random::Random;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// A line is half open from now on: nothing arrives, and nobody is told.
    Cut,
    /// A frame arrives twice.
    Twice,
    /// A person closes the line, and comes back later.
    Leave,
    /// All tabs of a device die, and what was not synced may be lost.
    Crash,
    /// The same for the relay.
    RelayCrash,
    /// The relay comes back with an empty disk.
    Wipe,
    /// The relay's store does not take what it is given.
    StoreFails,
    /// A device's does not.
    DeviceStoreFails,
    /// A device, or the relay's machine, stands still for a while.
    Sleep,
    /// A clock leaps forward.
    Leap,
    /// A peer reads nothing for a while, so that its queue passes the bound.
    Stall,
    /// A peer that lies acknowledges what it never had.
    Lie,
    /// A device opens another tab, or closes one.
    Tabs,
    /// The relay replaces a document's chunks by a snapshot.
    Compact,
    /// Somebody writes what they have no right to write.
    Trespass,
}

impl Fault {
    pub(crate) const ALL: [Self; 15] = [
        Self::Cut,
        Self::Twice,
        Self::Leave,
        Self::Crash,
        Self::RelayCrash,
        Self::Wipe,
        Self::StoreFails,
        Self::DeviceStoreFails,
        Self::Sleep,
        Self::Leap,
        Self::Stall,
        Self::Lie,
        Self::Tabs,
        Self::Compact,
        Self::Trespass,
    ];
}

/// What a run is made of. The same plan makes the same run on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    /// Until when things fail and people write.
    pub(crate) until: Millis,
    /// How many devices there are; the first is a facilitator's.
    pub(crate) devices: usize,
    /// Faults that are left out.
    pub(crate) without: BTreeSet<Fault>,
}

impl Plan {
    /// The plan of a seed, before anything is taken from it.
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x706c_616e);
        let until = Millis(5_000 + random.below(30_000));
        let devices = 2 + random.below(5) as usize;
        // A device whose store fails drops what it was told, so that only runs without it show what the fast way left out.
        let without = if random.chance(50) { BTreeSet::from([Fault::DeviceStoreFails]) } else { BTreeSet::new() };
        Self { seed, until, devices, without }
    }

    /// The smallest plan that `fails` still: faults that do not matter are left out, then devices, then time.
    pub(crate) fn shrunk(self, mut fails: impl FnMut(&Self) -> bool) -> Self {
        let mut smallest = self;
        let mut keep = |smallest: &mut Self, smaller: Self| {
            let is_smaller = smaller != *smallest && fails(&smaller);
            if is_smaller {
                *smallest = smaller;
            }
            is_smaller
        };
        for fault in Fault::ALL {
            let mut smaller = smallest.clone();
            smaller.without.insert(fault);
            keep(&mut smallest, smaller);
        }
        while smallest.devices > 1 {
            let smaller = Self { devices: smallest.devices - 1, ..smallest.clone() };
            if !keep(&mut smallest, smaller) {
                break;
            }
        }
        let mut step = smallest.until.0 / 2;
        while step >= 100 {
            let smaller = Self { until: smallest.until - Millis(step), ..smallest.clone() };
            if !keep(&mut smallest, smaller) {
                step /= 2;
            }
        }
        smallest
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, until, devices, without } = self;
        let left: Vec<_> = Fault::ALL.into_iter().filter(|fault| !without.contains(fault)).collect();
        write!(f, "seed {seed}, {devices} devices, {until}, faults: {left:?}")
    }
}
