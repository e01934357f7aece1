//! Devices that were away come back at once, each with thousands of edits, until all hold everything. Held against merging
//! the same documents in one process; another workshop's typing shows what it costs the others.

use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use automerge::{Automerge, ChangeHash};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::follower::{Follower, Luggage};
use crate::client::{Client, Door, first, hear_until};
use crate::document::Document;
use crate::keystrokes;
use crate::measured::{Measured, with_client};
use crate::process::{Server, workshop};
use crate::report::{Report, millis, percentile, thousands};
use crate::scenario::{Run, Size};

const EDITS: usize = 5_000;
const QUICK_EDITS: usize = 500;
/// Texts that each device writes into, in turn.
const TEXTS: usize = 5;
/// Devices that keep whole documents; beside the relay all others follow the heads, or the devices' merging on their one
/// core would be what is measured.
const REPLICAS: usize = 3;
/// How long all may take until they hold everything.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long typing goes on before and after, in silence.
const SILENCE: Duration = Duration::from_secs(2);

/// The number of devices that the aim is for, and the aim in milliseconds.
const AIM: (usize, f64) = (10, 800.0);
/// The most that a letter of another workshop may be delayed, in ms.
const AIM_KEYSTROKE: f64 = 50.0;

const CONVERGED: &str = "all devices hold everything";
const MERGED: &str = "merged once";

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    let counts: &[usize] = match run.size {
        Size::Quick => &[5],
        _ if run.peers.is_some() => &[10],
        _ => &[10, 50],
    };
    let edits = run.size.of(QUICK_EDITS, EDITS);
    for devices in counts.iter().copied() {
        let case = format!("{devices} devices, {} edits each", thousands(edits));
        for measured in run.servers() {
            let replicas = if run.peers.is_some() { devices } else { REPLICAS.min(devices) };
            let of = Reunion { devices, edits, replicas };
            if let Err(error) = with_client!(measured.speaks, C => one::<C>(&measured, of, &case, report).await) {
                eprintln!("    {}: {error:#}", measured.name);
                report.of(&case, measured.name);
                report.missed(CONVERGED, "ms", of.aim(&measured));
            }
        }
        report.write()?;
    }
    Ok(())
}

#[derive(Debug, Clone, Copy)]
struct Reunion {
    devices: usize,
    edits: usize,
    /// So many of the devices keep whole documents.
    replicas: usize,
}

impl Reunion {
    fn aim(self, measured: &Measured) -> Option<f64> {
        Some(AIM.1).filter(|_| measured.is_relay() && self.devices == AIM.0 && self.edits == EDITS)
    }
}

/// What the devices come back with.
struct Away<D> {
    replicas: Vec<D>,
    followers: Vec<Luggage>,
    /// What all hold in the end.
    version: Vec<u8>,
}

async fn one<C: Client>(measured: &Measured, of: Reunion, case: &str, report: &mut Report) -> Result<()> {
    let server = measured.start().await?;
    let door = server.door().await?;
    let is_automerge = std::any::TypeId::of::<C::Doc>() == std::any::TypeId::of::<Automerge>();
    let baseline = if is_automerge { "merging in one process" } else { "merging in one process (Yjs)" };
    let (away, merged) = prepare::<C>(&door, of).await?;
    if report.value(case, MERGED, baseline).is_none() {
        report.of(case, baseline);
        report.add(MERGED, "ms", millis(merged));
    }

    let mut silent = Vec::new();
    if measured.is_relay() {
        silent = keystrokes::during(workshop(server.origin()).await?, tokio::time::sleep(SILENCE)).await?.1;
    }
    let before = server.cpu_seconds()?;
    let (converged, letters) = reunion::<C>(&server, measured, &door, away, of).await?;
    report.of(case, measured.name);
    report.add_with_aim(CONVERGED, "ms", millis(converged), of.aim(measured));
    report.add("server's CPU", "ms", (server.cpu_seconds()? - before) * 1_000.0);
    report.add("memory", "MB", server.resident_mb()?);
    for (when, mut letters) in [("in silence", silent), ("meanwhile", letters)] {
        if !letters.is_empty() {
            let measure = format!("another workshop's letter {when}, p99");
            let aim = Some(AIM_KEYSTROKE).filter(|_| when == "meanwhile");
            report.add_with_aim(&measure, "ms", percentile(&mut letters, 99), aim);
        }
    }
    Ok(())
}

/// Makes what the devices come back with, and says how long merging it in this process takes.
async fn prepare<C: Client>(door: &Door, of: Reunion) -> Result<(Away<C::Doc>, Duration)> {
    let mut base = first::<C>(door, of.devices * TEXTS).await?;
    let received = hear_until(&mut base, C::is_received);
    timeout(PATIENCE, received).await.context("the texts were not received in time")??;
    let saved = base.doc().context("a writer has a copy")?.save();
    drop(base);
    let docs: Vec<C::Doc> = (1..=of.devices)
        .map(|number| {
            let mut doc = C::Doc::load(&saved, number);
            doc.fill((number - 1) * TEXTS, TEXTS, of.edits);
            doc
        })
        .collect();
    let mut whole = docs[0].clone();
    let begun = Instant::now();
    docs[1..].iter().for_each(|other| whole.merge(other));
    let merged = begun.elapsed();
    let heads = |doc: &C::Doc| (doc as &dyn std::any::Any).downcast_ref::<Automerge>().map(Automerge::get_heads);
    let base = heads(&C::Doc::load(&saved, 0)).unwrap_or_default();
    let mut replicas = docs;
    let rest = replicas.split_off(of.replicas);
    let luggage = |doc: &C::Doc| {
        let doc = (doc as &dyn std::any::Any).downcast_ref::<Automerge>().context("only Automerge is followed")?;
        Ok(Luggage::of(doc, &base))
    };
    let followers = rest.iter().map(luggage).collect::<Result<_>>()?;
    Ok((Away { replicas, followers, version: whole.version() }, merged))
}

/// Lets all devices come back, while somebody types in another workshop of the relay.
async fn reunion<C: Client>(
    server: &Server,
    measured: &Measured,
    door: &Door,
    away: Away<C::Doc>,
    of: Reunion,
) -> Result<(Duration, Vec<Duration>)> {
    let all = reunite::<C>(door, away, (of.devices - 1) * of.edits);
    if !measured.is_relay() {
        return Ok((all.await?, Vec::new()));
    }
    let (converged, letters) = keystrokes::during(workshop(server.origin()).await?, all).await?;
    Ok((converged?, letters))
}

/// Lets all devices dial at once; gives how long it takes until each holds everything: the version, or the heads with as
/// many changes as the others made.
async fn reunite<C: Client>(door: &Door, away: Away<C::Doc>, changes: usize) -> Result<Duration> {
    let Away { replicas, followers, version } = away;
    let (device, mut done) = mpsc::unbounded_channel();
    // Those who are done stay, as people do.
    let (all_done, stays) = watch::channel(());
    let devices = replicas.len() + followers.len();
    let begun = Instant::now();
    let threads: Vec<_> = replicas
        .into_iter()
        .enumerate()
        .map(|(number, doc)| {
            let (device, stays) = (device.clone(), stays.clone());
            replica::<C>(door.clone(), number + 1, doc, version.clone(), device, stays)
        })
        .collect();
    let first_follower = threads.len() + 1;
    let heads: Vec<ChangeHash> = version.chunks_exact(32).filter_map(|hash| hash.try_into().ok()).collect();
    let mut following = JoinSet::new();
    for (number, luggage) in followers.into_iter().enumerate() {
        let (door, heads, device, mut stays) = (door.clone(), heads.clone(), device.clone(), stays.clone());
        following.spawn(async move {
            let followed = async {
                let mut follower = Follower::join(&door, first_follower + number, luggage).await?;
                follower.follow(&heads, changes).await?;
                anyhow::Ok(follower)
            };
            let (outcome, _follower) = split(followed.await);
            let _ = device.send(outcome);
            let _ = stays.changed().await;
        });
    }
    let all = async {
        for _ in 0..devices {
            done.recv().await.context("a device is gone")??;
        }
        anyhow::Ok(begun.elapsed())
    };
    let took = timeout(PATIENCE, all).await.context("not all held everything in time").flatten();
    drop(all_done);
    for thread in threads {
        let ended = tokio::task::spawn_blocking(|| thread.join()).await?;
        anyhow::ensure!(ended.is_ok(), "a device panicked");
    }
    took
}

/// A device that keeps the whole document, on a thread of its own: it answers while others merge. Its line is served by the
/// tasks of the caller's runtime, also while it merges.
fn replica<C: Client>(
    door: Door,
    number: usize,
    doc: C::Doc,
    version: Vec<u8>,
    done: mpsc::UnboundedSender<Result<()>>,
    mut stays: watch::Receiver<()>,
) -> JoinHandle<()> {
    let runtime = tokio::runtime::Handle::current();
    std::thread::spawn(move || {
        runtime.block_on(async {
            let held = async {
                let mut device = C::join(&door, number, Some(doc)).await?;
                hear_until(&mut device, |device| device.doc().is_some_and(|doc| doc.version() == version)).await?;
                anyhow::Ok(device)
            };
            tokio::select! {
                held = held => {
                    let (outcome, _device) = split(held);
                    let _ = done.send(outcome);
                    let _ = stays.changed().await;
                }
                // Given up.
                _ = { let mut stays = stays.clone(); async move { stays.changed().await } } => {}
            }
        });
    })
}

fn split<T>(outcome: Result<T>) -> (Result<()>, Option<T>) {
    match outcome {
        Ok(done) => (Ok(()), Some(done)),
        Err(error) => (Err(error), None),
    }
}
