//! Node's side of the tests: packages, browsers, and running what they bring.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::process::{Program, find, is_found, say};
use crate::{apt, tree};

const NODE: &str = "install Node 20 or newer: https://nodejs.org, or `apt-get install nodejs npm`";

/// The browsers that the journeys run in.
#[derive(Debug)]
pub(crate) struct Browsers {
    /// Chromium or Chrome.
    pub(crate) chromium: PathBuf,
}

/// Finds the browsers, and installs what is missing.
pub(crate) fn browsers() -> Result<Browsers> {
    const BY_HAND: &str = "install Chromium or Chrome, or name one with DIALOGTAVLE_CHROMIUM";
    if let Some(path) = std::env::var_os("DIALOGTAVLE_CHROMIUM").map(PathBuf::from) {
        if !path.is_file() {
            bail!("DIALOGTAVLE_CHROMIUM names {}, which is not a file\n\nmend: {BY_HAND}", path.display());
        }
        return Ok(Browsers { chromium: path });
    }
    let known = || ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(find);
    if known().is_none() {
        apt::install(&["chromium"], "the browser of the tests", BY_HAND)?;
    }
    let chromium = known().with_context(|| format!("no chromium in PATH\n\nmend: {BY_HAND}"))?;
    Ok(Browsers { chromium })
}

/// Installs the packages that `tests/e2e` locks, unless they are there.
pub(crate) fn install() -> Result<()> {
    if !is_found("npm") {
        apt::install(&["nodejs", "npm"], "the end-to-end tests", NODE)?;
    }
    let folder = folder();
    let now = tree::fingerprint(&["tests/e2e/package.json", "tests/e2e/package-lock.json"], "")?;
    let kept = folder.join("node_modules/.fingerprint");
    if std::fs::read_to_string(&kept).is_ok_and(|before| before == now) {
        return Ok(());
    }
    say("installing what the end-to-end tests take (npm ci)");
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
