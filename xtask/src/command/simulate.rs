//! `cargo xtask simulate`: whole workshops on simulated clocks, networks and disks, seed by seed.

use std::io::Write as _;

use anyhow::{Context as _, Result, bail};

use crate::process::Program;
use crate::tree;

/// Which seeds to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many seeds
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    seeds: u64,
    /// The first seed
    #[arg(long, value_name = "SEED", default_value_t = 0)]
    from: u64,
}

/// Where failing seeds are kept, for the tests to run them for good.
const KEPT: &str = "shared/tests/laws/simulation/seeds.txt";

/// Runs the seeds on all cores; keeps those that fail.
pub(crate) fn run(options: &Options) -> Result<()> {
    let failed = tree::target().join("failed-seeds");
    tree::write(&failed, b"")?;
    let seeds = format!("{}..{}", options.from, options.from + options.seeds);
    let outcome = Program::cargo("the trace above ends where it failed; mend what it shows, or the simulator")
        .env("DIALOGTAVLE_SEEDS", seeds)
        .env("DIALOGTAVLE_FAILED_SEEDS", &failed)
        .args(["test", "--release", "--package", "shared", "--test", "laws", "--"])
        .args(["simulation::whatever_fails", "--nocapture"])
        .run();
    let failed = tree::read_text(&failed)?;
    if !failed.is_empty() {
        keep(&failed)?;
        bail!("failed seeds are kept in {KEPT}");
    }
    outcome
}

fn keep(failed: &str) -> Result<()> {
    let path = tree::root().join(KEPT);
    let known = tree::read_text(&path)?;
    let mut file =
        std::fs::OpenOptions::new().append(true).open(&path).with_context(|| format!("cannot open {KEPT}"))?;
    for seed in failed.lines().filter(|seed| !known.lines().any(|line| line.split_whitespace().next() == Some(seed))) {
        writeln!(file, "{seed}")?;
    }
    Ok(())
}
