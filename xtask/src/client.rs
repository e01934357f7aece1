//! Turns the client into the files that a browser loads: `target/client/dist`.
//!
//! In order: [`compile`] (wasm, cut into modules, and its glue), [`pages`] (names by content, page, service worker), [`packs`] (content as
//! CBOR), [`style`], [`dist`] (compressed, written). [`size`] holds the budget for what a phone downloads.

mod compile;
mod dist;
mod packs;
mod pages;
pub(crate) mod size;
mod strip;
mod style;
mod template;

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::process::say;
use crate::tree;
use crate::wasm::Way;

/// What the files are made of; when none of it changed they are left as they are.
const INPUTS: [&str; 8] = [
    "client",
    "shared/src",
    "shared/Cargo.toml",
    "content",
    "xtask/src",
    "xtask/Cargo.toml",
    "Cargo.toml",
    "Cargo.lock",
];

/// How much is done for what phones download.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// As small as it gets, which takes minutes.
    Full,
    /// What is compiled first: for trying out a change.
    Quick,
}

/// The folder that the relay embeds.
pub(crate) fn dist_folder() -> PathBuf {
    tree::target().join("client/dist")
}

/// Builds the client unless what it is made of is unchanged.
pub(crate) fn build(care: Care) -> Result<()> {
    let _held = one_at_a_time()?;
    let way = Way::set_up()?;
    size::hold_to_ceiling(way.is_small() && care == Care::Full)?;
    let now = tree::fingerprint(&INPUTS, &format!("{care:?} {}", way.describe()?))?;
    let kept = tree::target().join("client/fingerprint");
    if std::fs::read_to_string(&kept).is_ok_and(|before| before == now) && dist_folder().join("index.html").exists() {
        say("the client is unchanged");
        return Ok(());
    }
    // Taken away first: a build that is interrupted must not count as done.
    if kept.exists() {
        std::fs::remove_file(&kept)?;
    }
    // First, since it takes no time and is what people change.
    let packs = packs::packs()?;
    let app = compile::compile(&way, care)?;
    say("naming files by their content");
    let files = pages::assemble(&app, packs)?;
    dist::write(&files, care)?;
    tree::write(&kept, now.as_bytes())
}

/// Waits until no other command builds the client; the lock is let go with the file, also by a command that is killed.
fn one_at_a_time() -> Result<File> {
    let path = tree::target().join("client/lock");
    std::fs::create_dir_all(tree::target().join("client"))?;
    let file = File::create(&path).with_context(|| format!("cannot open {}", path.display()))?;
    if file.try_lock().is_err() {
        say("another command is building the client; waiting for it");
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}
