//! A workshop on a simulated clock, network and disk, from one seed: devices with several tabs, a relay, and programs
//! that lie to it. Lines are delayed, cut, half open, and say things twice; devices and the relay crash, and lose what
//! was not synced; stores are slow or fail, disks are wiped, clocks leap, machines sleep, and some read too slowly.
//! After quiet everyone agrees, nothing acknowledged is missing anywhere, and nobody has written what they may not.
//!
//! A failing seed is shrunk to the smallest plan that fails still, printed with the last that happened, and kept in
//! `simulation/seeds.txt` by `cargo xtask simulate`.

mod device;
mod disk;
mod edits;
mod liar;
mod plan;
mod random;
mod world;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use shared::sync::{DocumentSync, Millis};

pub(crate) use edits::{any_edit, genesis};
pub(crate) use random::Random;

use device::Role;
use disk::Doc;
use plan::{Fault, Plan};
use world::{World, hashes};

/// Seeds that the tests run, unless `DIALOGTAVLE_SEEDS` names others, as `7..8` or `0..10000`.
const SEEDS: std::ops::Range<u64> = 0..300;
/// Seeds that once failed.
const KEPT: &str = include_str!("simulation/seeds.txt");

/// So long after the faults everyone must agree.
const CONVERGES_IN: Millis = Millis::from_secs(40);
/// And from then on, for so long, nobody may have anything to say.
const SILENT_FOR: Millis = Millis::from_secs(20);

/// Runs the plan; the world is given out for its trace, whatever happens.
fn run(plan: &Plan, world: &mut World) {
    world.run_faults();
    world.begin_quiet();
    world.run_until(plan.until + CONVERGES_IN);
    let said_until = world.now;
    world.run_until(said_until + SILENT_FOR);
    check(world);
    // S22: peers that differ in what may not be written do not go on telling each other.
    assert!(world.last_sync_sent < said_until, "the lines never fall silent");
}

/// What must hold once all is quiet.
fn check(world: &World) {
    world.check_what_left_the_relay();
    for doc in Doc::ALL {
        check_relay(world, doc);
        let relay = hashes(&world.relay.docs[doc as usize]);
        for (index, device, tab) in world.all_tabs() {
            let at = format!("{:?} {index}, {doc:?}", device.role);
            let sync = &tab.replicas[doc as usize].sync;
            let here = hashes(sync);
            assert!(sync.unstored().is_empty(), "S16: {at} never stored its changes");
            assert!(here.iter().all(|hash| device.disk.holds(doc, hash)), "S14: {at} holds what its disk does not");
            assert!(relay.is_subset(&here), "{at} lacks changes of the relay");
            if device.role.writes(doc) {
                assert_eq!(relay, here, "{at} has not converged");
            }
        }
    }
}

/// What must hold at the relay once all is quiet.
fn check_relay(world: &World, doc: Doc) {
    let sync = &world.relay.docs[doc as usize];
    let here = hashes(sync);
    assert_eq!(sync.heads(), sync.durable_heads(), "S14: the relay holds what is not durable, {doc:?}");
    assert_eq!(hashes(&world.relay.disk.load(doc)), here, "S14: the relay's disk holds something else, {doc:?}");
    for (index, device) in world.devices.iter().enumerate() {
        let at = format!("{:?} {index}, {doc:?}", device.role);
        let lost: BTreeSet<_> = device.acknowledged[doc as usize].difference(&here).collect();
        assert!(lost.is_empty(), "S20: acknowledged to {at}, and lost: {lost:?}");
        if !device.role.writes(doc) {
            assert!(here.is_disjoint(&device.made[doc as usize]), "S17, S18: {at} has written");
        } else if device.role != Role::Liar {
            let unheard: BTreeSet<_> = here
                .intersection(&device.made[doc as usize])
                .filter(|hash| !device.acknowledged[doc as usize].contains(*hash))
                .collect();
            assert!(unheard.is_empty(), "S20: never acknowledged to {at}: {unheard:?}");
        }
    }
    let told_is_kept = world.plan.without.contains(&Fault::DeviceStoreFails);
    if told_is_kept && world.devices.iter().all(|device| device.role != Role::Liar) {
        assert_eq!(world.relay.mended(), 0, "S29: the fast way left something out");
    }
}

/// Why the plan fails, with the last that happened if `traces`; `None` when it holds.
fn failure(plan: &Plan, traces: bool) -> Option<String> {
    let mut world = World::new(plan.clone(), traces);
    let panic = catch_unwind(AssertUnwindSafe(|| run(plan, &mut world))).err()?;
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    let trace: String = world.trace().map(|line| format!("{line}\n")).collect();
    Some(format!("{trace}{}", text.unwrap_or("a panic without words")))
}

/// Runs seeds on all cores, and tells of those that failed.
fn run_seeds(seeds: &[u64]) -> Vec<u64> {
    let next = AtomicU64::new(0);
    let failed = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    if let Some(why) = failure(&Plan::new(*seed), false) {
                        eprintln!("seed {seed}: {}", why.lines().next().unwrap_or_default());
                        failed.lock().unwrap().push(*seed);
                    }
                }
            });
        }
    });
    failed.into_inner().unwrap()
}

/// The smallest plan of a failing seed, and what happened in it.
fn told(seed: u64) -> String {
    let plan = Plan::new(seed).shrunk(|smaller| failure(smaller, false).is_some());
    let trace = failure(&plan, true).unwrap_or_default();
    format!("{trace}\n^ {plan}\nDIALOGTAVLE_SEEDS={seed}..{} runs the whole seed alone", seed + 1)
}

fn kept() -> Vec<u64> {
    KEPT.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().next()?.parse().ok())
        .collect()
}

#[test]
fn whatever_fails_everyone_agrees_in_the_end_and_nothing_acknowledged_is_lost() {
    let seeds: Vec<u64> = match std::env::var("DIALOGTAVLE_SEEDS") {
        Ok(named) => {
            let (from, to) = named.split_once("..").expect("DIALOGTAVLE_SEEDS is a range, as 0..5000");
            (from.parse().unwrap()..to.parse().unwrap()).collect()
        }
        Err(_) => kept().into_iter().chain(SEEDS).collect(),
    };
    let failed = run_seeds(&seeds);
    if let Ok(path) = std::env::var("DIALOGTAVLE_FAILED_SEEDS") {
        let lines: String = failed.iter().map(|seed| format!("{seed}\n")).collect();
        std::fs::write(path, lines).unwrap();
    }
    if let Some(first) = failed.iter().min() {
        panic!("{}\nfailed seeds: {failed:?}", told(*first));
    }
}

#[test]
fn the_same_seed_makes_the_same_run() {
    let heads = |_| {
        let plan = Plan::new(4);
        let mut world = World::new(plan.clone(), false);
        run(&plan, &mut world);
        world.relay.docs.iter().flat_map(DocumentSync::heads).collect::<Vec<_>>()
    };
    assert_eq!(heads(0), heads(1));
}

#[test]
fn a_failing_plan_is_shrunk_to_what_matters() {
    let whole = Plan { devices: 5, until: Millis(20_000), ..Plan::new(1) };
    let fails =
        |plan: &Plan| plan.devices >= 3 && plan.until >= Millis(4_000) && !plan.without.contains(&Fault::RelayCrash);
    let smallest = whole.shrunk(fails);
    assert_eq!((smallest.devices, smallest.without.len()), (3, Fault::ALL.len() - 1));
    assert!(smallest.until < Millis(4_200), "{smallest}");
}
