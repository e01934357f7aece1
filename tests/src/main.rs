//! Load on a real relay, and the same load on what it is compared with. `cargo xtask bench server` and `cargo xtask bench
//! peers` start it.
//!
//! [`scenario`] lists the scenarios; each has a module of its own. [`client`] holds those who speak to a server,
//! [`document`] what they write into, [`party`] many of them on one document; [`process`] is the server that is
//! measured, [`baseline`] our own servers to compare with, [`report`] the figures.

mod baseline;
mod client;
mod document;
mod fan_out;
mod hostile;
mod joining;
mod keystrokes;
mod line;
mod measured;
mod party;
mod process;
mod report;
mod reunion;
mod scenario;
mod storage;
mod typing;
mod workshops;

use std::path::PathBuf;

use anyhow::{Context as _, Result, ensure};
use clap::{Parser, Subcommand};

use baseline::Baseline;
use report::Report;
use scenario::{Run, Scenario, Size};

/// Load on a relay, and what it is compared with.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measures a relay, beside its baselines or somebody else's servers
    Run(Wanted),
    /// Serves a baseline, on a free port of loopback
    Serve {
        /// Which
        baseline: Baseline,
        /// What there is to download
        file: Option<PathBuf>,
    },
}

/// What to measure.
#[derive(Debug, clap::Args)]
struct Wanted {
    /// The relay's binary
    #[arg(long)]
    relay: PathBuf,
    /// Somebody else's servers instead of our baselines, by the folder of their scripts
    #[arg(long)]
    peers: Option<PathBuf>,
    /// Where the figures go, as JSON; those of other scenarios of the same commit stay
    #[arg(long)]
    report: PathBuf,
    /// The commit that the figures are of
    #[arg(long, default_value = "unknown")]
    commit: String,
    /// How large the scenarios are
    #[arg(long, value_enum, default_value = "full")]
    size: Size,
    /// The scenarios; without any, all
    #[arg(value_enum)]
    scenarios: Vec<Scenario>,
}

fn main() -> Result<()> {
    // Each client is a socket.
    rlimit::increase_nofile_limit(1 << 16).context("cannot open many sockets")?;
    match Arguments::parse().command {
        Command::Serve { baseline, file } => runtime()?.block_on(baseline::serve(baseline, file)),
        Command::Run(wanted) => runtime()?.block_on(measure(wanted)),
    }
}

/// One thread: a baseline gets one core, and so does the load.
fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start the runtime")
}

async fn measure(wanted: Wanted) -> Result<()> {
    let Wanted { relay, peers, report, commit, size, scenarios } = wanted;
    let run = Run { relay, peers, size };
    let mut report = Report::new(report, commit);
    let scenarios = if scenarios.is_empty() { run.all().to_vec() } else { scenarios };
    let mut failed = Vec::new();
    for scenario in scenarios {
        let begun = std::time::Instant::now();
        if let Err(error) = run.measure(scenario, &mut report).await {
            eprintln!("    failed: {error:#}");
            failed.push(scenario);
        }
        eprintln!("    {:.0} s", begun.elapsed().as_secs_f64());
    }
    ensure!(failed.is_empty(), "could not be measured: {failed:?}");
    Ok(())
}
