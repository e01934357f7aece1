//! `cargo xtask bench`: measurements, as JSON under `target/bench`.

mod peers;
mod report;
mod side_by_side;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::ValueEnum;

use self::report::Report;
use self::side_by_side::SideBySide;
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
    /// Measures nothing: writes a report's table into BENCHMARKS.md. Of `server` and `peers` there may be several: what a
    /// later one measured again takes the place of what an earlier one says of that scenario
    #[arg(long, num_args = 1.., value_name = "REPORT", conflicts_with = "compare")]
    publish: Option<Vec<PathBuf>>,
    /// Seconds instead of minutes, for trying out; the report has a name of its own
    #[arg(long, conflicts_with = "long")]
    quick: bool,
    /// Also what takes ten minutes
    #[arg(long)]
    long: bool,
    /// Scenarios of `server` and `peers`; without any, all: fan-out, history, joining, reunion, typing, workshops, storage, hostile
    scenarios: Vec<String>,
}

/// A set of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The client in a browser: first load, from the cache, keystroke to paint, remote edits, a board of 20,000 changes
    Client,
    /// The relay under load, on a core of its own, beside its baselines
    Server,
    /// The relay beside other people's servers from npm, under the same load
    Peers,
}

impl Subject {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Measures a subject, sets two reports side by side, or publishes one.
pub(crate) fn run(options: &Options) -> Result<()> {
    let of_client = options.subject == Subject::Client;
    if let Some([before, after]) = options.compare.as_deref() {
        say(if of_client {
            Report::read(before)?.beside(&Report::read(after)?)
        } else {
            SideBySide::read(before)?.beside(&SideBySide::read(after)?)
        });
        return Ok(());
    }
    if let Some([first, later @ ..]) = options.publish.as_deref() {
        ensure!(!of_client || later.is_empty(), "the client is measured whole\n\nmend: publish one report");
        let table = if of_client {
            Report::read(first)?.table()
        } else {
            let reports = later.iter().map(|path| SideBySide::read(path));
            reports.fold(SideBySide::read(first), |all, later| Ok(all?.renewed_by(&later?)))?.tables()
        };
        return report::publish(&options.subject.name(), &table);
    }
    ensure!(
        !of_client || (options.scenarios.is_empty() && !options.quick && !options.long),
        "the client is measured whole\n\nmend: leave out what stands after `client`"
    );
    let relay = build::binary()?;
    match options.subject {
        Subject::Client => client(relay),
        Subject::Server => load(&relay, options, None),
        Subject::Peers => load(&relay, options, Some(&peers::install()?)),
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

/// The relay gets the first core, the load the second; `peers` is the folder of other people's servers.
fn load(relay: &Path, options: &Options, peers: Option<&Path>) -> Result<()> {
    Program::cargo("mend what does not compile").args(["build", "--release", "--package", "load"]).run()?;
    let name = options.subject.name();
    let (size, suffix) = match (options.quick, options.long) {
        (true, _) => ("quick", "-quick"),
        (_, true) => ("long", ""),
        _ => ("full", ""),
    };
    let report = tree::target().join(format!("bench/{name}{suffix}.json"));
    stage(&format!("bench {name}"), || {
        let mut load = Program::new("taskset", "read what it says above; this needs util-linux and two cores")
            .args(["-c".as_ref(), "1".as_ref(), tree::target().join("release/load").as_os_str()])
            .args(["run".as_ref(), "--relay".as_ref(), relay.as_os_str()])
            .args(["--report".as_ref(), report.as_os_str()])
            .args(["--commit", &commit()?, "--size", size]);
        if let Some(peers) = peers {
            load = load.args(["--peers".as_ref(), peers.as_os_str()]);
        }
        load.args(&options.scenarios).run()
    })?;
    say(format!("wrote {}", report.display()));
    Ok(())
}

fn commit() -> Result<String> {
    Ok(Program::new("git", "install git").args(["rev-parse", "HEAD"]).output()?.trim().to_owned())
}
