//! The client's wasm, the modules that are cut out of it, and the JavaScript that loads them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use wasm_bindgen_cli_support::Bindgen;

use super::{Care, strip};
use crate::process::{Program, say};
use crate::tree;
use crate::wasm::{TARGET, Way};

/// What a browser loads of the app, before it is named.
#[derive(Debug)]
pub(crate) struct App {
    /// The folder with `client.js`, `client_bg.wasm`, and what they import.
    pub(crate) folder: PathBuf,
    /// Each module of `client/src/modules.rs` with the files in that folder that it takes, in order of loading.
    pub(crate) modules: BTreeMap<String, Vec<String>>,
}

/// Compiles the client.
pub(crate) fn compile(way: &Way, care: Care) -> Result<App> {
    // A target folder of its own: its compiler may be another than the rest is built with.
    let folder = tree::target().join("wasm");
    let profile = match care {
        Care::Full => "client",
        Care::Quick => "client-quick",
    };
    let cargo =
        Program::cargo("mend the error above; if it names a missing target, `cargo xtask build` again finds a way")
            .args(["build", "--package", "client", "--target", TARGET, "--profile", profile])
            .env("CARGO_TARGET_DIR", &folder);
    way.apply(cargo).run()?;
    let wasm = folder.join(TARGET).join(profile).join("client.wasm");

    let glue = tree::target().join("client/glue");
    if glue.exists() {
        std::fs::remove_dir_all(&glue).with_context(|| format!("cannot empty {}", glue.display()))?;
    }
    say("cutting out the modules that are fetched later");
    let cut = cut(&wasm, &glue)?;
    say("writing the JavaScript that loads the wasm");
    Bindgen::new()
        .input_path(&cut.first)
        .web(true)?
        .typescript(false)
        // What the modules link to.
        .keep_lld_exports(true)
        // The one setting that matters for size.
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&glue)
        .with_context(|| format!("wasm-bindgen cannot read {}", cut.first.display()))?;
    Ok(App { folder: glue, modules: cut.modules })
}

/// The wasm after the cut.
struct Cut {
    /// The module that is left when all others are taken out; wasm-bindgen makes the app of it.
    first: PathBuf,
    modules: BTreeMap<String, Vec<String>>,
}

/// Cuts `wasm` by its call graph, and leaves the modules and the script that links them in `glue`.
fn cut(wasm: &Path, glue: &Path) -> Result<Cut> {
    let first = tree::target().join("client/cut/client.wasm");
    tree::write(&first, b"")?;
    let whole = tree::read(wasm)?;
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = glue;
    options.main_out_path = &first;
    options.main_module = "./client.js";
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("{} cannot be cut: {error:#}", wasm.display()))?;
    for module in &split.split_modules {
        tree::write(module, &strip::without_custom_sections(&tree::read(module)?)?)?;
    }
    let file = |stem: String| format!("{stem}.wasm");
    let modules = split.prefetch_map.into_iter().map(|(name, stems)| (name, stems.into_iter().map(file).collect()));
    Ok(Cut { first, modules: modules.collect() })
}
