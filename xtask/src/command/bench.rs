//! `cargo xtask bench`: measurements, as JSON under `target/bench`.

mod report;

use std::fs;
use std::path::{Path, PathBuf};

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
    /// Arguments after `--` go to the load of `server`: `--peers 10,50 --history 0,20000 --seconds 10 --alone`
    #[arg(last = true)]
    load: Vec<String>,
}

/// A set of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The client in a browser: first load, from the cache, keystroke to paint, remote edits, a board of 20,000 changes
    Client,
    /// The relay under load, on a core of its own, beside its baselines
    Server,
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
    let relay = build::binary()?;
    match options.subject {
        Subject::Client => client(relay),
        Subject::Server => server(&relay, &options.load),
    }
}

/// Measures the app that `relay` serves, in a browser.
fn client(relay: PathBuf) -> Result<()> {
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
            .env("DIALOGTAVLE_COMMIT", commit()?)
            .run()
    })?;
    say(format!("wrote {}", report.display()));
    Ok(())
}

/// The relay gets the first core, the load the second.
fn server(relay: &Path, options: &[String]) -> Result<()> {
    Program::cargo("mend what does not compile").args(["build", "--release", "--package", "load"]).run()?;
    let report = tree::target().join("bench/server.json");
    stage("bench server", || {
        Program::new("taskset", "install util-linux, and run this on a machine with two cores")
            .args(["-c".as_ref(), "1".as_ref(), tree::target().join("release/load").as_os_str()])
            .args(["run".as_ref(), "--relay".as_ref(), relay.as_os_str()])
            .args(["--report".as_ref(), report.as_os_str()])
            .args(["--commit", &commit()?])
            .args(options)
            .run()
    })?;
    say(format!("wrote {}", report.display()));
    Ok(())
}

fn commit() -> Result<String> {
    Ok(Program::new("git", "install git").args(["rev-parse", "HEAD"]).output()?.trim().to_owned())
}
