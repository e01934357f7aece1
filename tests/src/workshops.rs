//! Many workshops on one relay, of which one in a hundred is written into.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::time::timeout;

use crate::client::stock::Peer;
use crate::client::{Client as _, Door, hear_until};
use crate::measured::Speaks;
use crate::party::{Party, Plan};
use crate::process::{Server, workshop};
use crate::report::{Report, percentile, thousands};
use crate::scenario::Run;

/// People on a board that is open.
const CLIENTS: usize = 5;
const BETWEEN_EDITS: Duration = Duration::from_millis(250);
/// Where every board is written into.
const BETWEEN_SLOW_EDITS: Duration = Duration::from_secs(2);
const WARM_UP: Duration = Duration::from_secs(2);
/// Workshops that are made, and visited, at a time.
const AT_A_TIME: usize = 16;
/// How long a visit may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Seconds after which the relay lets go of a workshop that nobody uses, and how long that is waited for.
const UNLOAD_AFTER: &str = "5";
const UNLOADING: Duration = Duration::from_secs(8);

const AIM_OPEN_MB: f64 = 60.0;
const AIM_OPEN_CPU: f64 = 0.4;
const AIM_IDLE_MB: f64 = 200.0;

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    open(run, run.size.of(20, 200), report).await?;
    report.write()?;
    idle(run, run.size.of(200, 10_000), report).await
}

/// People sit in front of every board.
async fn open(run: &Run, boards: usize, report: &mut Report) -> Result<()> {
    let server = run.relay(Speaks::Stock).start().await?;
    let doors = make(&server, boards).await?;
    report.of(&format!("{boards} boards, {CLIENTS} clients on each"), "relay");
    let active = (boards / 100).max(1);
    let writers = |number| usize::from(number < active);
    let load = steady(run, &server, &doors, |number| (writers(number), BETWEEN_EDITS)).await?;
    report.add_with_aim("memory", "MB", load.resident_mb, Some(AIM_OPEN_MB));
    report.add("CPU, 1 % of the boards active", "% of a core", load.cpu_percent);
    let load = steady(run, &server, &doors, |_| (1, BETWEEN_SLOW_EDITS)).await?;
    report.add_with_aim("CPU per edit, every board active", "ms", load.cpu_ms_per_edit, Some(AIM_OPEN_CPU));
    report.add("edit to another client, every board active, p99", "ms", load.p99_ms);
    Ok(())
}

/// Most boards were looked at, and left.
async fn idle(run: &Run, workshops: usize, report: &mut Report) -> Result<()> {
    let most = (workshops + 1).to_string();
    let options = ["--workshops", &most, "--unload-after", UNLOAD_AFTER];
    let server = Server::start_with(&run.relay(Speaks::Stock).kind, &options).await?;
    let begun = Instant::now();
    let doors = make(&server, workshops).await?;
    report.of(&format!("{} workshops", thousands(workshops)), "relay");
    report.add("making one", "ms", begun.elapsed().as_secs_f64() * 1_000.0 / workshops as f64);
    stream::iter(&doors).map(Ok).try_for_each_concurrent(AT_A_TIME, visit).await?;
    tokio::time::sleep(UNLOADING).await;
    report.add_with_aim("memory, all visited and left", "MB", server.resident_mb()?, Some(AIM_IDLE_MB));
    let active = (workshops / 100).max(1);
    let load = steady(run, &server, &doors[..active], |_| (1, BETWEEN_EDITS)).await?;
    report.add_with_aim("memory, 1 % active", "MB", load.resident_mb, Some(AIM_IDLE_MB));
    report.add("CPU, 1 % active", "% of a core", load.cpu_percent);
    report.add("CPU per edit, 1 % active", "ms", load.cpu_ms_per_edit);
    report.add("edit to another client, 1 % active, p99", "ms", load.p99_ms);
    Ok(())
}

async fn make(server: &Server, workshops: usize) -> Result<Vec<Door>> {
    stream::iter(0..workshops).map(|_| workshop(server.origin())).buffer_unordered(AT_A_TIME).try_collect().await
}

async fn visit(door: &Door) -> Result<()> {
    let visiting = async {
        let mut visitor = Peer::join(door, 0, None).await?;
        hear_until(&mut visitor, Peer::has_document).await
    };
    timeout(PATIENCE, visiting).await.context("a visit took too long")?
}

#[derive(Debug)]
struct Steady {
    resident_mb: f64,
    cpu_percent: f64,
    cpu_ms_per_edit: f64,
    p99_ms: f64,
}

/// A party on every board; `writes` says how many write there, and how often.
async fn steady(
    run: &Run,
    server: &Server,
    doors: &[Door],
    writes: impl Fn(usize) -> (usize, Duration),
) -> Result<Steady> {
    let time = Duration::from_secs(run.size.seconds());
    let mut parties = Vec::new();
    for (number, door) in doors.iter().enumerate() {
        let (writers, every) = writes(number);
        let plan = Plan { clients: CLIENTS, writers, every, one_text: false, history: 0, time };
        parties.push(Party::gather::<Peer>(door, plan).await?);
    }
    let start = Instant::now() + WARM_UP;
    for party in &parties {
        party.begin(start)?;
    }
    tokio::time::sleep_until(start.into()).await;
    let before = server.cpu_seconds()?;
    tokio::time::sleep(time).await;
    let cpu_seconds = server.cpu_seconds()? - before;
    let resident_mb = server.resident_mb()?;
    let (mut edits, mut times) = (0, Vec::new());
    for party in parties {
        let observed = party.end().await?;
        edits += observed.edits;
        times.extend(observed.times());
    }
    Ok(Steady {
        resident_mb,
        cpu_percent: cpu_seconds * 100.0 / time.as_secs_f64(),
        cpu_ms_per_edit: cpu_seconds * 1_000.0 / edits as f64,
        p99_ms: percentile(&mut times, 99),
    })
}
