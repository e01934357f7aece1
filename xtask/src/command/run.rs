//! `cargo xtask run`: builds, then becomes the relay.

use anyhow::Result;

use super::build;
use crate::process::Program;
use crate::tree;

/// What is passed on.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Arguments after `--` go to `dialogtavle serve`
    #[arg(last = true)]
    serve: Vec<String>,
}

/// Builds what is not built yet, and serves a demo workshop from a store under target/data.
pub(crate) fn run(options: &Options) -> Result<()> {
    let binary = build::binary()?;
    let mut serve = Program::new(binary, "read what it says above").args(["serve", "--demo"]);
    let names_a_folder = std::env::var_os("DIALOGTAVLE_DATA").is_some()
        || options.serve.iter().any(|argument| argument == "--data" || argument.starts_with("--data="));
    if !names_a_folder {
        serve = serve.args(["--data".as_ref(), tree::target().join("data").as_os_str()]);
    }
    serve.args(&options.serve).become_it()
}
