//! The browsers of the tests: the system's own, installed where they are missing.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::apt;
use crate::process::{Program, find, is_found};

/// Where the browsers lie that can lie in several places.
#[derive(Debug)]
pub(crate) struct Browsers {
    chromium: PathBuf,
    firefox: PathBuf,
}

impl Browsers {
    /// Finds Chromium alone, which pictures and measurements are taken with.
    pub(crate) fn chromium() -> Result<PathBuf> {
        browser(
            "DIALOGTAVLE_CHROMIUM",
            &["chromium", "chromium-browser", "google-chrome"],
            "chromium",
            "install Chromium or Chrome, or name one with DIALOGTAVLE_CHROMIUM",
        )
    }

    /// Finds every browser, and installs what is missing.
    pub(crate) fn set_up() -> Result<Self> {
        let chromium = Self::chromium()?;
        let firefox = browser(
            "DIALOGTAVLE_FIREFOX",
            &["firefox-esr", "firefox"],
            "firefox-esr",
            "install Firefox, or name it with DIALOGTAVLE_FIREFOX",
        )?;
        set_up_webkit()?;
        Ok(Self { chromium, firefox })
    }

    /// Tells a program of the tests where they are.
    pub(crate) fn tell(&self, program: Program) -> Program {
        program.env("DIALOGTAVLE_CHROMIUM", &self.chromium).env("DIALOGTAVLE_FIREFOX", &self.firefox)
    }
}

fn browser(variable: &str, names: &[&str], package: &str, by_hand: &str) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os(variable).map(PathBuf::from) {
        if !path.is_file() {
            bail!("{variable} names {}, which is not a file\n\nmend: {by_hand}", path.display());
        }
        return Ok(path);
    }
    let find = || names.iter().find_map(|name| find(name));
    if let Some(path) = find() {
        return Ok(path);
    }
    apt::install(&[package], "a browser of the tests", by_hand)?;
    find().with_context(|| format!("no {package} in PATH\n\nmend: {by_hand}"))
}

/// WebKitGTK, its driver, a screen that nobody sees, and what the small browser in `tests/e2e/engines` is made of.
fn set_up_webkit() -> Result<()> {
    const BINDINGS: &str = "import gi; gi.require_version('WebKit2', '4.1')";
    const BY_HAND: &str = "install WebKitGTK's WebDriver, Xvfb and WebKit2's Python bindings; on Debian or Ubuntu \
                           `apt-get install webkit2gtk-driver xvfb gir1.2-webkit2-4.1 python3-gi`";
    let has_bindings = || Program::new("/usr/bin/python3", BY_HAND).args(["-c", BINDINGS]).output().is_ok();
    if is_found("WebKitWebDriver") && is_found("Xvfb") && has_bindings() {
        return Ok(());
    }
    apt::install(
        &["webkit2gtk-driver", "xvfb", "gir1.2-webkit2-4.1", "python3-gi"],
        "WebKit, a browser of the tests",
        BY_HAND,
    )
}
