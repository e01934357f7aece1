//! Other people's servers, from npm, under `target/peers`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process::{Program, is_found, say};
use crate::{apt, tree};

const MEND: &str = "install Node 20 or newer and npm, and check the network";
/// What is locked, and the scripts that start what it brings.
const SOURCE: &str = "tests/peers";
/// Stands there for compiled code that a lock file would name for every system.
const STUB: &str = "tests/e2e/stubs/cbor-extract";

/// Installs the packages that `tests/peers` locks, unless they are there; returns the folder with a script for each server.
pub(super) fn install() -> Result<PathBuf> {
    if !is_found("npm") {
        apt::install(&["nodejs", "npm"], "the servers to measure beside", MEND)?;
    }
    let folder = tree::target().join("peers");
    let now = tree::fingerprint(&[SOURCE, STUB], "")?;
    let kept = folder.join("node_modules/.fingerprint");
    if fs::read_to_string(&kept).is_ok_and(|before| before == now) {
        return Ok(folder);
    }
    copy_files(&tree::root().join(SOURCE), &folder)?;
    copy_files(&tree::root().join(STUB), &folder.join("stubs/cbor-extract"))?;
    say("installing the servers to measure beside (npm ci)");
    Program::new("npm", MEND).args(["ci", "--no-audit", "--no-fund"]).in_folder(folder.clone()).output()?;
    tree::write(&kept, now.as_bytes())?;
    Ok(folder)
}

/// Copies the files of a folder, without what lies in folders of it.
fn copy_files(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
