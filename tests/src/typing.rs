//! Four people type six characters a second each into one text: the load under which a server that does some work per
//! peer and history falls behind further and further (automerge-repo, issue 207).

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::baseline::Baseline;
use crate::measured::{Measured, Speaks, with_client};
use crate::party::{Observed, Party, Plan};
use crate::process::Kind;
use crate::report::{Report, percentile};
use crate::scenario::{Run, Size};

const PEOPLE: usize = 4;
const BETWEEN_LETTERS: Duration = Duration::from_nanos(1_000_000_000 / 6);
const WARM_UP: Duration = Duration::from_secs(1);
/// Delays are told by so many parts of the time.
const PARTS: u32 = 3;
/// The delay in the last part, as a multiple of that in the first.
const AIM_CONSTANT: f64 = 1.2;

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    let seconds: &[u64] = match run.size {
        Size::Quick => &[3],
        Size::Full => &[90],
        Size::Long => &[90, 600],
    };
    for (place, seconds) in seconds.iter().copied().enumerate() {
        let mut servers = vec![run.relay(Speaks::Stock), run.relay(Speaks::Own)];
        if place == 0 {
            servers.push(Measured { name: "naive", kind: Kind::Baseline(Baseline::Naive), speaks: Speaks::Stock });
        }
        for measured in servers {
            report.of(&format!("{PEOPLE} people, {seconds} s"), measured.name);
            let time = Duration::from_secs(seconds);
            match one(&measured, time).await {
                Ok((observed, cpu_seconds)) => add(report, &measured, time, &observed, cpu_seconds),
                Err(error) => {
                    eprintln!("    {}: {error:#}", measured.name);
                    report.missed("delay, p99", "ms", None);
                }
            }
        }
        report.write()?;
    }
    Ok(())
}

fn add(report: &mut Report, measured: &Measured, time: Duration, observed: &Observed, cpu_seconds: f64) {
    let part = time / PARTS;
    let mut medians = Vec::new();
    for number in 0..PARTS {
        let (from, to) = (part * number, part * (number + 1));
        let within = observed.deliveries.iter().filter(|(at, _)| (from..to).contains(at));
        let mut times: Vec<_> = within.map(|(_, took)| *took).collect();
        let when = format!("{} to {} s", from.as_secs(), to.as_secs());
        medians.push(percentile(&mut times, 50));
        report.add(&format!("delay from {when}, p50"), "ms", percentile(&mut times, 50));
        report.add(&format!("delay from {when}, p99"), "ms", percentile(&mut times, 99));
    }
    if let [first, .., last] = medians[..] {
        let aim = measured.is_relay().then_some(AIM_CONSTANT);
        report.add_with_aim("delay at the end, beside that at the beginning, p50", "×", last / first, aim);
    }
    report.add("CPU per edit", "ms", cpu_seconds * 1_000.0 / observed.edits as f64);
    report.add("deliveries missing", "%", observed.missing_percent);
}

async fn one(measured: &Measured, time: Duration) -> Result<(Observed, f64)> {
    let plan = Plan { clients: PEOPLE, writers: PEOPLE, every: BETWEEN_LETTERS, one_text: true, history: 0, time };
    let server = measured.start().await?;
    let door = server.door().await?;
    let party = with_client!(measured.speaks, C => Party::gather::<C>(&door, plan).await)?;
    let start = Instant::now() + WARM_UP;
    party.begin(start)?;
    let before = server.cpu_seconds()?;
    let observed = party.end().await?;
    Ok((observed, server.cpu_seconds()? - before))
}
