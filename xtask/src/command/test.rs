//! `cargo xtask test`: everything that must pass, stage by stage, and it stops at the first that fails.

use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::browsers::Browsers;
use crate::process::{Program, say, stage};
use crate::{client, node, tree};

/// Which stages to run.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// One stage alone; all without it
    stage: Option<Stage>,
    /// Arguments after `--` go to the runner of the stage `rust` or `e2e`
    #[arg(last = true, requires = "stage")]
    runner: Vec<String>,
}

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// rustfmt, without changing anything
    Format,
    /// clippy of every crate, the client on the host too
    Clippy,
    /// rustdoc without warnings
    Docs,
    /// The client as a browser gets it
    Client,
    /// What a phone downloads on its first visit
    Size,
    /// Unit, property, integration and content tests
    Rust,
    /// Journeys in real browsers against the real relay
    E2e,
}

impl Stage {
    /// In an order that fails early, and in which no later stage makes an earlier one's work stale.
    const ALL: [Self; 7] = [Self::Format, Self::Clippy, Self::Docs, Self::Client, Self::Size, Self::Rust, Self::E2e];

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }

    fn run(self, runner: &[String], is_alone: bool) -> Result<()> {
        match self {
            Self::Format => Program::cargo("cargo fmt --all").args(["fmt", "--all", "--check"]).run(),
            Self::Clippy => Program::cargo("mend each warning, or give its reason in an `expect`")
                .args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])
                .run(),
            Self::Docs => Program::cargo("mend each warning")
                .env("RUSTDOCFLAGS", "--deny warnings")
                .args(["doc", "--workspace", "--no-deps"])
                .run(),
            Self::Client => client::build(client::Care::Full),
            Self::Size => client::size::check(),
            Self::Rust => rust(runner),
            Self::E2e => end_to_end(runner, is_alone),
        }
    }
}

/// Runs the stages that were asked for.
pub(crate) fn run(options: &Options) -> Result<()> {
    match options.stage {
        Some(stage) => run_stages(&[stage], &options.runner),
        None => run_stages(&Stage::ALL, &[]),
    }
}

/// Runs stages in turn, and says at the end how long each took.
pub(crate) fn run_stages(stages: &[Stage], runner: &[String]) -> Result<()> {
    let begun = Instant::now();
    let mut times = Vec::new();
    for one in stages {
        let name = one.name();
        let at = Instant::now();
        stage(&name, || one.run(runner, stages.len() == 1))
            .with_context(|| format!("stage `{name}` failed; `cargo xtask test {name}` runs it alone"))?;
        times.push(format!("{name} {:.0} s", at.elapsed().as_secs_f64()));
    }
    eprintln!();
    say(format!("all passed in {:.0} s: {}", begun.elapsed().as_secs_f64(), times.join(", ")));
    Ok(())
}

/// Some tests meet a stock automerge-repo server, which is run by Node.
fn rust(runner: &[String]) -> Result<()> {
    node::install()?;
    Program::cargo("mend the failure above; `cargo xtask test rust -- NAME` runs one test alone")
        .args(["test", "--workspace"])
        .args(runner)
        .run()
}

/// Drives the relay with browsers.
///
/// After the Rust tests the relay is built as they built it: with the features of the whole workspace, so that nothing
/// compiles twice. Alone it is built alone.
fn end_to_end(runner: &[String], is_alone: bool) -> Result<()> {
    client::build(client::Care::Full)?;
    let what: &[&str] =
        if is_alone { &["--package", "server", "--bin", "dialogtavle"] } else { &["--workspace", "--all-targets"] };
    Program::cargo("mend the error above").args(["build"]).args(what).run()?;
    let browsers = Browsers::set_up()?;
    node::install()?;
    node::run("tsc", &["--noEmit"], "mend the types named above").run()?;
    let relay = tree::target().join("debug").join(format!("dialogtavle{}", std::env::consts::EXE_SUFFIX));
    let journeys = node::run(
        "playwright",
        &["test"],
        "traces lie under target/e2e; `cargo xtask test e2e -- FILE` runs one journey",
    );
    browsers.tell(journeys).env("DIALOGTAVLE_BIN", relay).args(runner).run()
}
