//! The real binary under load, killed, cut from its power, out of disk, and with a damaged store. After each nothing
//! acknowledged is lost.
//!
//! A cut of the power is played by `torture/power_cut.c`, which is preloaded into the relay and keeps what was synced:
//! the rest is forgotten or torn, sector by sector. `DIALOGTAVLE_TORTURE` sets the number of rounds.

mod disk;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use automerge::ChangeHash;
use server::store::Store as _;
use server::store::sqlite::{SqliteStore, examine};
use shared::access::{Capability, link};
use shared::documents::Kind;
use shared::sync::DocumentSync;
use shared::sync::message::RefusedReason;
use tokio::process::Child;

use crate::device::{Device, put_noise};
use crate::process::{run, serve_with};
use disk::{Disk, damage_tail};

/// Rounds in the tests.
const ROUNDS: u64 = 10;
/// Devices that write at the same time.
const WRITERS: usize = 4;
/// So much is written at a time that a document is compacted in most rounds.
const NOTE_BYTES: usize = 3_000;

/// What ends a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    Kill,
    PowerCut,
    FullDisk,
    DamagedTail,
}

/// A small seeded generator, so that a round can be told again.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// A relay on a data folder, with people who write to it.
struct Bench {
    data: tempfile::TempDir,
    disk: Disk,
    devices: Vec<Device>,
    dice: Dice,
    written: usize,
}

impl Bench {
    async fn set_up(seed: u64) -> Self {
        let data = tempfile::tempdir().unwrap();
        let new = ["workshop", "new", "--tools", "A1", "--title", "Hverdagen"];
        let (ok, made, error) = run(&new, data.path()).await;
        assert!(ok, "{error}");
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        let participant: Capability = link::parse(made["links"]["participant"].as_str().unwrap()).unwrap();
        let devices = (0..WRITERS).map(|_| Device::new(participant)).collect();
        let disk = Disk::new(data.path());
        Self { data, disk, devices, dice: Dice(seed), written: 0 }
    }

    fn folder(&self) -> &Path {
        self.data.path()
    }

    async fn start(&mut self) -> (Child, SocketAddr) {
        self.disk.begin();
        let (child, origin) = serve_with(&[], self.data.path(), self.disk.environment()).await;
        let address = origin.strip_prefix("http://").unwrap().parse().unwrap();
        for device in &mut self.devices {
            if device.is_on_a_line() {
                device.hang_up();
            }
            device.dial(address).await;
            device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
        }
        (child, address)
    }

    /// Everybody writes until `edits` were acknowledged, then `then` is done while they go on.
    async fn load_until<T>(&mut self, edits: u64, then: impl Future<Output = T>) -> T {
        let (received, first) = (AtomicU64::new(0), self.written);
        let reached = tokio::sync::Notify::new();
        let writers = self.devices.iter_mut().enumerate().map(|(writer, device)| {
            let (received, reached) = (&received, &reached);
            async move {
                for number in 0.. {
                    let number = first + (number * WRITERS) + writer;
                    device.edit(Kind::Board, |doc| put_noise(doc, number, NOTE_BYTES)).await;
                    if !device.received_or_over().await {
                        break;
                    }
                    if received.fetch_add(1, Ordering::Relaxed) + 1 >= edits {
                        reached.notify_one();
                    }
                }
                device.closed.clone()
            }
        });
        let blow = async {
            reached.notified().await;
            then.await
        };
        let writing = async {
            let over = futures_util::future::join_all(writers).await;
            assert!(received.load(Ordering::Relaxed) >= edits, "all lines ended before the blow: {over:?}");
        };
        let ((), done) = tokio::join!(writing, blow);
        self.written += WRITERS * usize::try_from(edits).unwrap() + WRITERS * 1_000;
        done
    }

    async fn round(&mut self, blow: Blow) {
        let edits = 5 + self.dice.below(60);
        let (mut child, _) = self.start().await;
        let full = self.disk.full_flag();
        if blow == Blow::FullDisk {
            std::fs::write(&full, "").unwrap();
            let device = &mut self.devices[0];
            device.edit(Kind::Board, |doc| put_noise(doc, usize::MAX, NOTE_BYTES)).await;
            device.until("it is told", |device| device.was_refused(&RefusedReason::StoreFailed)).await;
            device.refused.clear();
            std::fs::remove_file(&full).unwrap();
        }
        self.load_until(edits, async { child.kill().await.unwrap() }).await;
        match blow {
            Blow::Kill | Blow::FullDisk => {}
            Blow::PowerCut => self.disk.cut_power(&mut self.dice),
            Blow::DamagedTail => {
                damage_tail(self.data.path(), &mut self.dice);
                return self.recover().await;
            }
        }
        let found = examine(self.folder()).unwrap();
        assert!(!found.is_damaged(), "{blow:?}: {:?}", found.findings);
        self.nothing_is_lost(blow).await;
    }

    /// After damage the store may have lost what was acknowledged; the relay says so or serves what is left, and the
    /// devices bring the rest back.
    async fn recover(&mut self) {
        let (sound, said, error) = run(&["check"], self.folder()).await;
        if !sound {
            assert!(said.contains("beskadiget") || error.contains("beskadiget"), "{said}{error}");
        }
        if let Ok(store) = SqliteStore::open(self.folder(), None) {
            // To its end: a file that is copied meanwhile loses its locks, and the relay would write beside this one.
            store.close().await.unwrap();
        } else {
            // As the message says.
            let (ok, _, error) = run(&["serve", "--listen", "127.0.0.1:0"], self.folder()).await;
            assert!(!ok && error.contains("er beskadiget"), "{error}");
            self.move_store_away();
        }
        self.devices_bring_it_back().await;
        // What is damaged is kept until somebody takes it away.
        if examine(self.folder()).unwrap().is_damaged() {
            self.move_store_away();
            self.devices_bring_it_back().await;
        }
    }

    fn move_store_away(&self) {
        for file in disk::FILES {
            let _ = std::fs::remove_file(self.folder().join(file));
        }
    }

    async fn devices_bring_it_back(&mut self) {
        let (mut child, _) = self.start().await;
        // All at once: whoever does not listen meanwhile takes the line for dead.
        futures_util::future::join_all(self.devices.iter_mut().map(Device::settle)).await;
        child.kill().await.unwrap();
        self.nothing_is_lost(Blow::DamagedTail).await;
    }

    /// What any device was told is durable is in the store, without any device's help.
    async fn nothing_is_lost(&self, blow: Blow) {
        let store = SqliteStore::open(self.folder(), None).unwrap();
        for kind in [Kind::Control, Kind::Board] {
            let stored = store.load(self.devices[0].id(kind)).await.unwrap();
            let sync = DocumentSync::load(stored.all()).sync;
            let here: BTreeSet<ChangeHash> =
                sync.doc().get_changes_meta(&[]).into_iter().map(|meta| meta.hash).collect();
            for device in &self.devices {
                let lost = device.received(kind).into_iter().filter(|hash| !here.contains(hash)).count();
                let found = || examine(self.folder()).map(|found| found.findings);
                assert_eq!(lost, 0, "{blow:?}: acknowledged changes of {kind:?} are lost; {:?}", found());
            }
        }
        store.close().await.unwrap();
    }
}

fn rounds() -> u64 {
    std::env::var("DIALOGTAVLE_TORTURE").map_or(ROUNDS, |rounds| rounds.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_strikes_nothing_acknowledged_is_lost() {
    let mut bench = Bench::set_up(1).await;
    for round in 0..rounds() {
        let blow = [Blow::Kill, Blow::PowerCut, Blow::Kill, Blow::FullDisk, Blow::DamagedTail][(round % 5) as usize];
        eprintln!("round {round}: {blow:?}");
        bench.round(blow).await;
    }
}

/// The test of the test: if syncs are not heard, as those of a store that makes none, a cut of the power loses edits.
#[tokio::test(flavor = "multi_thread")]
async fn without_syncs_a_power_cut_would_be_noticed() {
    let mut bench = Bench::set_up(2).await;
    bench.disk.is_deaf = true;
    let (mut child, _) = bench.start().await;
    bench.load_until(20, async { child.kill().await.unwrap() }).await;
    bench.disk.forget();
    let store = SqliteStore::open(bench.folder(), None).unwrap();
    let stored = store.load(bench.devices[0].id(Kind::Board)).await.unwrap();
    let sync = DocumentSync::load(stored.all()).sync;
    let here: BTreeSet<ChangeHash> = sync.doc().get_changes_meta(&[]).into_iter().map(|meta| meta.hash).collect();
    assert!(bench.devices.iter().any(|device| device.received(Kind::Board).iter().any(|hash| !here.contains(hash))));
}
