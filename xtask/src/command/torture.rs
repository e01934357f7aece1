//! `cargo xtask torture`: the real relay, killed, cut from its power, out of disk, and with a damaged store.

use anyhow::Result;

use crate::process::Program;

/// How long it goes on.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How many rounds; two in five are kills, the others a cut of the power, a full disk and a damaged file
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    rounds: u64,
}

/// Runs the rounds, each on the store that the one before left.
pub(crate) fn run(options: &Options) -> Result<()> {
    Program::cargo("the round above says what was lost; server/tests/relay/torture.rs says how it came to it")
        .env("DIALOGTAVLE_TORTURE", options.rounds.to_string())
        .args(["test", "--package", "server", "--test", "relay", "--", "torture::", "--nocapture"])
        .run()
}
