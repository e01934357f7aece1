//! `cargo xtask bench`: measurements, as JSON under `target/bench`.

use anyhow::Result;
use clap::ValueEnum;

use super::build;
use crate::browsers::Browsers;
use crate::process::{Program, say, stage};
use crate::{node, tree};

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The subject
    subject: Subject,
}

/// A set of measurements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// The client in a browser: first load, from the cache, keystroke to paint
    Client,
}

/// Builds the relay optimised, and measures the app that it serves.
pub(crate) fn run(options: &Options) -> Result<()> {
    let relay = build::binary()?;
    let chromium = Browsers::chromium()?;
    node::install()?;
    let Subject::Client = options.subject;
    let report = tree::target().join("bench/client.json");
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
