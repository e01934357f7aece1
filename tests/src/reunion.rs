//! Devices that were away come back at once, each with thousands of edits, until all hold everything. Held against merging
//! the same documents in one process; another workshop's typing shows what it costs the others.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::{Client, Door, first, hear_until};
use crate::document::Document;
use crate::keystrokes::Keystrokes;
use crate::measured::{Measured, with_client};
use crate::process::workshop;
use crate::report::{Report, millis, percentile, thousands};
use crate::scenario::{Run, Size};

const EDITS: usize = 5_000;
const QUICK_EDITS: usize = 500;
/// Texts that each device writes into, in turn.
const TEXTS: usize = 5;
/// How long all may take until they hold everything.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long typing goes on before and after, in silence.
const SILENCE: Duration = Duration::from_secs(2);

/// The number of devices that the aim is for, and the aim in milliseconds.
const AIM: (usize, f64) = (10, 800.0);
/// The most that a letter of another workshop may be delayed, in ms.
const AIM_KEYSTROKE: f64 = 50.0;

const CONVERGED: &str = "all devices hold everything";

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
            let one = with_client!(measured.speaks, C => one::<C>(&measured, devices, edits).await);
            let aim = Some(AIM.1).filter(|_| measured.is_relay() && devices == AIM.0 && edits == EDITS);
            let times = match one {
                Ok(times) => times,
                Err(error) => {
                    eprintln!("    {}: {error:#}", measured.name);
                    report.of(&case, measured.name);
                    report.missed(CONVERGED, "ms", aim);
                    continue;
                }
            };
            let family = if times.is_automerge { "merging in one process" } else { "merging in one process (Yjs)" };
            if report.value(&case, "merged once", family).is_none() {
                report.of(&case, family);
                report.add("merged once", "ms", millis(times.merged_once));
                report.add(CONVERGED, "ms", millis(times.merged_everywhere));
            }
            report.of(&case, measured.name);
            report.add_with_aim(CONVERGED, "ms", millis(times.converged), aim);
            report.add("server's CPU", "ms", times.cpu_seconds * 1_000.0);
            report.add("memory", "MB", times.resident_mb);
            for (when, mut letters) in [("in silence", times.silent), ("meanwhile", times.letters)] {
                if !letters.is_empty() {
                    let measure = format!("another workshop's letter {when}, p99");
                    let aim = Some(AIM_KEYSTROKE).filter(|_| when == "meanwhile");
                    report.add_with_aim(&measure, "ms", percentile(&mut letters, 99), aim);
                }
            }
        }
        report.write()?;
    }
    Ok(())
}

#[derive(Debug)]
struct Times {
    is_automerge: bool,
    merged_once: Duration,
    /// Each device's copy merged with all others, one after the other, on the core that the devices have.
    merged_everywhere: Duration,
    converged: Duration,
    cpu_seconds: f64,
    resident_mb: f64,
    silent: Vec<Duration>,
    letters: Vec<Duration>,
}

async fn one<C: Client>(measured: &Measured, devices: usize, edits: usize) -> Result<Times> {
    let server = measured.start().await?;
    let door = server.door().await?;
    let mut base = first::<C>(&door, devices * TEXTS).await?;
    let received = hear_until(&mut base, C::is_received);
    timeout(PATIENCE, received).await.context("the texts were not received in time")??;
    let saved = base.doc().context("a writer has a copy")?.save();
    drop(base);
    let away: Vec<C::Doc> = (1..=devices)
        .map(|number| {
            let mut doc = C::Doc::load(&saved, number);
            doc.fill((number - 1) * TEXTS, TEXTS, edits);
            doc
        })
        .collect();
    let (merged_once, merged_everywhere, version) = merge(&away);

    let silent = if measured.is_relay() {
        typing(workshop(server.origin()).await?, tokio::time::sleep(SILENCE)).await?.1
    } else {
        Vec::new()
    };
    let before = server.cpu_seconds()?;
    let all = reunite::<C>(&door, away, &version);
    let (converged, letters) = if measured.is_relay() {
        let (converged, letters) = typing(workshop(server.origin()).await?, all).await?;
        (converged?, letters)
    } else {
        (all.await?, Vec::new())
    };
    Ok(Times {
        is_automerge: std::any::TypeId::of::<C::Doc>() == std::any::TypeId::of::<automerge::Automerge>(),
        merged_once,
        merged_everywhere,
        converged,
        cpu_seconds: server.cpu_seconds()? - before,
        resident_mb: server.resident_mb()?,
        silent,
        letters,
    })
}

/// What `work` gives, and how long letters took in another workshop while it went on.
async fn typing<T>(door: Door, work: impl Future<Output = T>) -> Result<(T, Vec<Duration>)> {
    let keystrokes = Keystrokes::begin(door);
    let done = work.await;
    Ok((done, keystrokes.end().await?))
}

/// Merges the copies in this process, into one and into each; gives how long both take, and what they then hold.
fn merge<D: Document>(away: &[D]) -> (Duration, Duration, Vec<u8>) {
    let (mut once, mut everywhere, mut version) = (Duration::ZERO, Duration::ZERO, Vec::new());
    for (number, own) in away.iter().enumerate() {
        let mut doc = own.clone();
        let begun = Instant::now();
        for other in away.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, other)| other) {
            doc.merge(other);
        }
        let took = begun.elapsed();
        everywhere += took;
        if number == 0 {
            (once, version) = (took, doc.version());
        }
    }
    (once, everywhere, version)
}

/// Lets all devices dial at once; gives how long it takes until each holds `version`.
async fn reunite<C: Client>(door: &Door, away: Vec<C::Doc>, version: &[u8]) -> Result<Duration> {
    let begun = Instant::now();
    let mut devices = JoinSet::new();
    for (number, doc) in away.into_iter().enumerate() {
        let (door, version) = (door.clone(), version.to_owned());
        devices.spawn(async move {
            let mut device = C::join(&door, number + 1, Some(doc)).await?;
            hear_until(&mut device, |device| device.doc().is_some_and(|doc| doc.version() == version)).await?;
            anyhow::Ok(device)
        });
    }
    let all = async {
        // Those who are done stay, as people do.
        let mut done = Vec::new();
        while let Some(device) = devices.join_next().await {
            done.push(device??);
        }
        anyhow::Ok(begun.elapsed())
    };
    timeout(PATIENCE, all).await.context("not all held everything in time")?
}
