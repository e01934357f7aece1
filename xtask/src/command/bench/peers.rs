//! Other people's servers, from npm, under `target/peers`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::process::{Program, is_found, say};
use crate::{apt, tree};

const MEND: &str = "install Node 20 or newer and npm, and check the network";
/// What is locked, and the scripts that start what it brings.
const SOURCE: &str = "tests/peers";

/// Installs the packages that `tests/peers` locks, unless they are there; returns the folder with a script for each server.
pub(super) fn install() -> Result<PathBuf> {
    if !is_found("npm") {
        apt::install(&["nodejs", "npm"], "the servers to measure beside", MEND)?;
    }
    let folder = tree::target().join("peers");
    let now = tree::fingerprint(&[SOURCE], "")?;
    let kept = folder.join("node_modules/.fingerprint");
    if fs::read_to_string(&kept).is_ok_and(|before| before == now) {
        return Ok(folder);
    }
    fs::create_dir_all(&folder)?;
    let source = tree::root().join(SOURCE);
    for entry in fs::read_dir(&source).with_context(|| format!("cannot read {}", source.display()))? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, folder.join(name))?;
        }
    }
    say("installing the servers to measure beside (npm ci)");
    Program::new("npm", MEND).args(["ci", "--no-audit", "--no-fund"]).in_folder(folder.clone()).output()?;
    tree::write(&kept, now.as_bytes())?;
    Ok(folder)
}
