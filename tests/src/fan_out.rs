//! Five clients write four times a second each; all the others read.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::measured::{Measured, Speaks, with_client};
use crate::party::{Observed, Party, Plan};
use crate::report::{Report, percentile, thousands};
use crate::scenario::Run;

const WRITERS: usize = 5;
const BETWEEN_EDITS: Duration = Duration::from_millis(250);
const WARM_UP: Duration = Duration::from_secs(2);
/// Clients while the history grows.
const ON_A_HISTORY: usize = 50;

/// Server CPU per edit that is aimed at, in ms, by the number of clients.
const AIMS: [(usize, f64); 3] = [(10, 0.3), (50, 0.7), (200, 1.5)];
/// p99 as a multiple of the bare broadcast's.
const AIM_BESIDE_BROADCAST: f64 = 1.5;
/// Bytes down for each edit, to a stock client and to our own.
const AIM_STOCK_BYTES: f64 = 260.0;
const AIM_OWN_BYTES: f64 = 150.0;
/// The most that an edit may cost on a long history, as a multiple of what it costs on a short one.
const AIM_FLAT: f64 = 1.2;

const CPU: &str = "CPU per edit";

/// More and more clients.
pub(crate) async fn clients(run: &Run, report: &mut Report) -> Result<()> {
    let counts: &[usize] = run.size.of(&[10, 50], &[10, 50, 200, 500]);
    for clients in counts.iter().copied() {
        for server in run.fan_out() {
            let case = format!("{clients} clients");
            report.of(&case, server.name);
            let Some((observed, cpu_ms, resident_mb)) = one(run, &server, clients, 0).await? else {
                report.missed(CPU, "ms", None);
                continue;
            };
            let is_relay = server.is_relay();
            let aim = AIMS.into_iter().find(|(of, _)| is_relay && *of == clients).map(|(_, aim)| aim);
            report.add_with_aim(CPU, "ms", cpu_ms, aim);
            let mut times = observed.times();
            report.add("edit to another client, p50", "ms", percentile(&mut times, 50));
            let p99 = "edit to another client, p99";
            let broadcast = report.value(&case, p99, "broadcast").filter(|_| is_relay);
            let aim = broadcast.map(|broadcast| broadcast * AIM_BESIDE_BROADCAST);
            report.add_with_aim(p99, "ms", percentile(&mut times, 99), aim);
            let aim = is_relay.then_some(if server.speaks == Speaks::Own { AIM_OWN_BYTES } else { AIM_STOCK_BYTES });
            report.add_with_aim("down per edit and client", "bytes", observed.bytes_per_edit_and_client, aim);
            report.add("frames down per edit and client", "", observed.frames_per_edit_and_client);
            report.add("deliveries missing", "%", observed.missing_percent);
            report.add("memory", "MB", resident_mb);
        }
        report.write()?;
    }
    Ok(())
}

/// A longer and longer history.
pub(crate) async fn history(run: &Run, report: &mut Report) -> Result<()> {
    let lengths: &[usize] = run.size.of(&[100, 1_000], &[100, 1_000, 10_000, 100_000]);
    let mut shortest = None;
    for history in lengths.iter().copied() {
        let server = run.relay(Speaks::Stock);
        report.of(&format!("{ON_A_HISTORY} clients, {} changes", thousands(history)), server.name);
        let Some((observed, cpu_ms, _)) = one(run, &server, ON_A_HISTORY, history).await? else {
            report.missed(CPU, "ms", None);
            continue;
        };
        report.add_with_aim(CPU, "ms", cpu_ms, shortest.map(|shortest: f64| shortest * AIM_FLAT));
        report.add("edit to another client, p99", "ms", percentile(&mut observed.times(), 99));
        report.add("down per edit and client", "bytes", observed.bytes_per_edit_and_client);
        shortest = shortest.or(Some(cpu_ms));
        report.write()?;
    }
    Ok(())
}

/// Runs the load on a server of its own; nothing if the clients could not even join.
async fn one(run: &Run, measured: &Measured, clients: usize, history: usize) -> Result<Option<(Observed, f64, f64)>> {
    let time = Duration::from_secs(run.size.seconds());
    let writers = WRITERS.min(clients);
    let plan = Plan { clients, writers, every: BETWEEN_EDITS, one_text: false, history, time };
    let server = measured.start().await?;
    let door = server.door().await?;
    let gathered = with_client!(measured.speaks, C => Party::gather::<C>(&door, plan).await);
    let party = match gathered {
        Ok(party) => party,
        Err(error) => {
            eprintln!("    {}: {error:#}", measured.name);
            return Ok(None);
        }
    };
    let start = Instant::now() + WARM_UP;
    party.begin(start)?;
    tokio::time::sleep_until(start.into()).await;
    let before = server.cpu_seconds()?;
    let observed = match party.end().await {
        Ok(observed) => observed,
        Err(error) => {
            eprintln!("    {}: {error:#}", measured.name);
            return Ok(None);
        }
    };
    // Until the end: a server that falls behind does its work after the last edit.
    let cpu_seconds = server.cpu_seconds()? - before;
    let resident_mb = server.resident_mb()?;
    let cpu_ms = cpu_seconds * 1_000.0 / observed.edits as f64;
    Ok(Some((observed, cpu_ms, resident_mb)))
}
