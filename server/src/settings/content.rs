//! Settings of `dialogtavle content`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// A work-place's own packs.
#[derive(Debug, Clone, Args)]
pub struct OwnContent {
    /// Folder of own packs, each a folder in it; they are offered beside those that come along. A pack with a fault is
    /// told and left out, and the others are there all the same
    #[arg(long, value_name = "FOLDER", env = "DIALOGTAVLE_CONTENT")]
    pub content: Option<PathBuf>,
}

/// What can be done with packs.
#[derive(Debug, Clone, Subcommand)]
pub enum ContentCommand {
    /// Checks packs and tells every fault with its file, line, entry and mend; ends with 1 if there is any
    Check {
        /// A pack, or a folder of packs; this folder if nothing is said
        #[arg(env = "DIALOGTAVLE_CONTENT", default_value = ".")]
        folder: PathBuf,
        /// They are the packs that come along, to be built in: their ids are not held against those that were before
        #[arg(long)]
        shipped: bool,
    },
    /// Lists all tools with id, kinds, use, minutes, counts of what they hold, languages and pack
    List {
        #[command(flatten)]
        #[allow(missing_docs, reason = "documented at its type")]
        own: OwnContent,
        /// As JSON: one list, with the titles in all languages
        #[arg(long)]
        json: bool,
    },
    /// Begins a pack: a folder with a commented example that can be used as it is, and schemas for editors
    New {
        /// The pack's id and folder: lower-case words with hyphens, such as our-own
        name: String,
        /// Folder to make it in; this one if nothing is said
        #[arg(long, value_name = "FOLDER", env = "DIALOGTAVLE_CONTENT", default_value = ".")]
        content: PathBuf,
    },
}
