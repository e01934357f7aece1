//! `cargo xtask build`: the one binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::client::Care;
use crate::process::{Program, say, stage};
use crate::{client, tree};

/// What can be said about a build.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Builds target/debug/dialogtavle for trying out a change: in a fraction of the time, larger and slower
    #[arg(long)]
    quick: bool,
}

/// Builds the client and embeds it in the relay.
pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = if options.quick { build(Care::Quick)? } else { binary()? };
    say(format!("built {}", binary.strip_prefix(tree::root()).unwrap_or(&binary).display()));
    Ok(())
}

/// Builds what is not built yet, and gives the relay's path.
pub(crate) fn binary() -> Result<PathBuf> {
    build(Care::Full)
}

fn build(care: Care) -> Result<PathBuf> {
    let (profile, folder) = match care {
        Care::Full => ("release", "release"),
        Care::Quick => ("dev", "debug"),
    };
    stage("client", || client::build(care))?;
    stage("relay", || {
        Program::cargo("mend the error above")
            .args(["build", "--profile", profile, "--package", "server", "--bin", "dialogtavle"])
            .run()
    })?;
    let name = format!("dialogtavle{}", std::env::consts::EXE_SUFFIX);
    Ok(tree::target().join(folder).join(name))
}
