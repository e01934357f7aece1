//! `cargo xtask pictures`: icons out of the drawing, and the pictures of README and content/KINDS.md out of the running app.

use anyhow::Result;

use super::build;
use crate::browsers::Browsers;
use crate::node;
use crate::process::stage;

/// Draws and takes them; the files land in `client/icons` and `tests/e2e/pictures`.
pub(crate) fn run() -> Result<()> {
    let relay = build::binary()?;
    let chromium = Browsers::chromium()?;
    node::install()?;
    let playwright = |arguments: &[&str]| {
        node::run("playwright", arguments, "read what it says above")
            .env("DIALOGTAVLE_BIN", &relay)
            .env("DIALOGTAVLE_CHROMIUM", &chromium)
            .run()
    };
    stage("pictures", || {
        // The journeys of the kinds leave what the pictures of the kinds are made of.
        playwright(&["test", "kinds/"])?;
        playwright(&["test", "--config", "pictures/playwright.config.ts"])
    })
}
