//! Load on a real relay: many stock peers on one board, and the same load on two baselines. `cargo xtask bench server`
//! starts it.
//!
//! [`fan_out`] is the scenario, [`peer`] one stock peer, [`process`] the server that is measured, and [`baseline`] the
//! servers that the relay is compared with: one that only passes bytes on, and one that calls Automerge's stock sync
//! for every peer.

mod baseline;
mod fan_out;
mod peer;
mod process;
mod report;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand, ValueEnum};

/// Load on a relay, and what it is compared with.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measures a relay and its baselines
    Run(Run),
    /// Serves a baseline, on a free port of loopback
    Serve {
        /// Which
        baseline: Baseline,
    },
}

/// A server to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Baseline {
    /// A websocket broadcast of the same bytes, in axum
    Broadcast,
    /// One Automerge document, with `generate_sync_message` for every peer
    Naive,
}

/// What to measure.
#[derive(Debug, clap::Args)]
struct Run {
    /// The relay's binary
    #[arg(long)]
    relay: PathBuf,
    /// Where the figures go, as JSON
    #[arg(long)]
    report: PathBuf,
    /// The commit that the figures are of
    #[arg(long, default_value = "unknown")]
    commit: String,
    /// How many peers take part
    #[arg(long, value_delimiter = ',', default_value = "10,50,200")]
    peers: Vec<usize>,
    /// Changes that the board holds before
    #[arg(long, value_delimiter = ',', default_value = "0")]
    history: Vec<usize>,
    /// Seconds that are measured
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Leaves the baselines out
    #[arg(long)]
    alone: bool,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Serve { baseline } => runtime()?.block_on(baseline::serve(baseline)),
        Command::Run(run) => runtime()?.block_on(measure(run)),
    }
}

/// One thread: a baseline gets one core, and so does the load.
fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("cannot start the runtime")
}

async fn measure(run: Run) -> Result<()> {
    let mut figures = Vec::new();
    for history in &run.history {
        for peers in &run.peers {
            let size = fan_out::Size { peers: *peers, history: *history, seconds: run.seconds };
            let mut servers = vec![process::Kind::Relay(run.relay.clone())];
            // What the baselines cost does not hang on a history they do not have.
            if !run.alone && *history == 0 {
                servers.push(process::Kind::Baseline(Baseline::Broadcast));
                servers.push(process::Kind::Baseline(Baseline::Naive));
            }
            for kind in servers {
                let figure = fan_out::measure(&kind, size).await?;
                eprintln!("    {figure}");
                figures.push(figure);
            }
        }
    }
    report::write(&run.report, &run.commit, &figures)
}
