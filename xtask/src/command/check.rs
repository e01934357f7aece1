//! `cargo xtask check`: what is quick enough to run before every commit.

use anyhow::Result;

use super::test::{Stage, run_stages};

/// Runs the stages that build nothing to run.
pub(crate) fn run() -> Result<()> {
    run_stages(&[Stage::Format, Stage::Clippy, Stage::Docs], &[])
}
