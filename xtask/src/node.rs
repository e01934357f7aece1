//! Node's side of the tests: its packages, and running what they bring.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{Program, is_found, say};
use crate::{apt, tree};

const NODE: &str = "install Node 20 or newer: https://nodejs.org, or `apt-get install nodejs npm`";

/// Installs the packages that `tests/e2e` locks, unless they are there.
pub(crate) fn install() -> Result<()> {
    if !is_found("npm") {
        apt::install(&["nodejs", "npm"], "the tests", NODE)?;
    }
    let folder = folder();
    let now = tree::fingerprint(&["tests/e2e/package.json", "tests/e2e/package-lock.json"], "")?;
    let kept = folder.join("node_modules/.fingerprint");
    if std::fs::read_to_string(&kept).is_ok_and(|before| before == now) {
        return Ok(());
    }
    say("installing what the tests take from npm (npm ci)");
    Program::new("npm", &format!("check the network, then again; or {NODE}"))
        .args(["ci", "--no-audit", "--no-fund"])
        .in_folder(folder)
        // The system's own browser is used.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .output()?;
    tree::write(&kept, now.as_bytes())
}

/// A program that one of the packages brings, to be run in `tests/e2e`.
pub(crate) fn run(program: &str, arguments: &[&str], mend: &str) -> Program {
    let folder = folder();
    Program::new(folder.join("node_modules/.bin").join(program), mend).args(arguments).in_folder(folder)
}

fn folder() -> PathBuf {
    tree::root().join("tests/e2e")
}
