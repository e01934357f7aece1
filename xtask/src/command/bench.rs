//! `cargo xtask bench`: measurements, as JSON under `target/bench`.

mod report;

use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;

use self::report::Report;
use super::build;
use crate::browsers::Browsers;
use crate::process::{Program, say, stage};
use crate::{node, tree};

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The subject
    subject: Subject,
    /// Measures nothing: prints two reports side by side, and the change from the first to the second
    #[arg(long, num_args = 2, value_names = ["BEFORE", "AFTER"])]
    compare: Option<Vec<PathBuf>>,
    /// Measures nothing: writes a report's table into BENCHMARKS.md
    #[arg(long, value_name = "REPORT", conflicts_with = "compare")]
    publish: Option<PathBuf>,
}

/// A set of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The client in a browser: first load, from the cache, keystroke to paint, remote edits, a board of 20,000 changes
    Client,
}

impl Subject {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Measures a subject, sets two reports side by side, or publishes one.
pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some([before, after]) = options.compare.as_deref() {
        say(Report::read(before)?.beside(&Report::read(after)?));
        return Ok(());
    }
    if let Some(report) = &options.publish {
        return report::publish(&options.subject.name(), &Report::read(report)?.table());
    }
    match options.subject {
        Subject::Client => client(),
    }
}

/// Builds the relay optimised, and measures the app that it serves.
fn client() -> Result<()> {
    let relay = build::binary()?;
    let chromium = Browsers::chromium()?;
    node::install()?;
    let report = tree::target().join("bench/client.json");
    // Figures of two commits never stand in one report.
    if report.exists() {
        fs::rename(&report, report.with_extension("before.json"))?;
    }
    stage("bench client", || {
        node::run("playwright", &["test", "--config", "bench/playwright.config.ts"], "read what it says above")
            .env("DIALOGTAVLE_BIN", relay)
            .env("DIALOGTAVLE_CHROMIUM", &chromium)
            .env("DIALOGTAVLE_BENCH", &report)
            .env("DIALOGTAVLE_COMMIT", Program::new("git", "install git").args(["rev-parse", "HEAD"]).output()?.trim())
            .run()
    })?;
    say(format!("wrote {}", report.display()));
    Ok(())
}
