//! The client's wasm and the JavaScript that loads it.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::process::{Program, say};
use crate::tree;
use crate::wasm::{TARGET, Way};

/// Compiles the client and gives the folder with `client.js`, `client_bg.wasm` and what they import.
pub(crate) fn compile(way: &Way) -> Result<PathBuf> {
    // A target folder of its own: its compiler may be another than the rest is built with.
    let folder = tree::target().join("wasm");
    let cargo =
        Program::cargo("mend the error above; if it names a missing target, `cargo xtask build` again finds a way")
            .args(["build", "--package", "client", "--target", TARGET, "--profile", "client"])
            .env("CARGO_TARGET_DIR", &folder);
    way.apply(cargo).run()?;
    let wasm = folder.join(TARGET).join("client/client.wasm");

    say("writing the JavaScript that loads the wasm");
    let glue = tree::target().join("client/glue");
    if glue.exists() {
        std::fs::remove_dir_all(&glue).with_context(|| format!("cannot empty {}", glue.display()))?;
    }
    Bindgen::new()
        .input_path(&wasm)
        .web(true)?
        .typescript(false)
        // The one setting that matters for size.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&glue)
        .with_context(|| format!("wasm-bindgen cannot read {}", wasm.display()))?;
    Ok(glue)
}
