//! Builds, runs, tests and measures Dialogtavle: `cargo xtask --help`.
//!
//! [`command`] holds one file for each command; [`client`] turns the client into files that a browser loads;
//! [`wasm`], [`apt`], [`browsers`] and [`node`] set up what is missing; [`process`] runs everything that is not Rust of ours.

mod apt;
mod browsers;
mod client;
mod command;
mod node;
mod process;
mod tree;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Builds, runs, tests and measures Dialogtavle, and sets up what that takes.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What can be asked for.
#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the client and embeds it in the relay: target/release/dialogtavle
    Build(command::build::Options),
    /// Builds, then starts the relay with a demo workshop on http://127.0.0.1:8080
    Run(command::run::Options),
    /// Runs everything that must pass, or one stage of it
    Test(command::test::Options),
    /// Runs the quick stages alone: format, clippy and docs
    Check,
    /// Simulates whole workshops with faults of every kind, 10,000 seeds of them
    Simulate(command::simulate::Options),
    /// Kills the real relay under load, cuts its power, fills and damages its disk, 200 times
    Torture(command::torture::Options),
    /// Measures, and writes the figures as JSON
    Bench(command::bench::Options),
    /// Draws the icons and takes the pictures that the README shows
    Pictures,
    /// Writes content/schema anew, as the types of packs are now
    Schema,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the backtrace that `Result` from `main` would add: what failed is a program, not this one.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Build(options) => command::build::run(&options),
        Command::Run(options) => command::run::run(&options),
        Command::Test(options) => command::test::run(&options),
        Command::Check => command::check::run(),
        Command::Simulate(options) => command::simulate::run(&options),
        Command::Torture(options) => command::torture::run(&options),
        Command::Bench(options) => command::bench::run(&options),
        Command::Pictures => command::pictures::run(),
        Command::Schema => command::schema::run(),
    }
}
