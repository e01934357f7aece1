//! `cargo xtask build`: the one binary.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{Program, say, stage};
use crate::{client, tree};

/// Builds the client and embeds it in the relay.
pub(crate) fn run() -> Result<()> {
    let binary = binary()?;
    say(format!("built {}", binary.strip_prefix(tree::root()).unwrap_or(&binary).display()));
    Ok(())
}

/// Builds what is not built yet, and gives the relay's path.
pub(crate) fn binary() -> Result<PathBuf> {
    stage("client", client::build)?;
    stage("relay", || {
        Program::cargo("mend the error above")
            .args(["build", "--release", "--package", "server", "--bin", "dialogtavle"])
            .run()
    })?;
    let name = format!("dialogtavle{}", std::env::consts::EXE_SUFFIX);
    Ok(tree::target().join("release").join(name))
}
