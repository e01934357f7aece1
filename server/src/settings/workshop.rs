//! Settings of `dialogtavle workshop`.

use clap::{Args, Subcommand};
use shared::access::WorkshopId;

use super::{DataFolder, Lang, OwnContent};

/// What can be done with workshops.
#[derive(Debug, Clone, Subcommand)]
pub enum WorkshopCommand {
    /// Makes a workshop and prints its links, as JSON
    New(NewWorkshop),
    /// Lists the workshops, each a line of JSON
    List {
        #[command(flatten)]
        #[allow(missing_docs, reason = "documented at its type")]
        data: DataFolder,
    },
    /// Shows one workshop, as JSON
    Show {
        /// The workshop's id
        id: WorkshopId,
        #[command(flatten)]
        #[allow(missing_docs, reason = "documented at its type")]
        data: DataFolder,
    },
    /// Deletes a workshop: those who are connected are told, and no device can bring it back here
    Delete {
        /// The workshop's id
        id: WorkshopId,
        /// Does not ask first
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        #[allow(missing_docs, reason = "documented at its type")]
        data: DataFolder,
    },
}

/// Settings of `dialogtavle workshop new`.
#[derive(Debug, Clone, Args)]
pub struct NewWorkshop {
    /// Tools by their ids, with commas between them
    #[arg(long, value_name = "IDS", value_delimiter = ',', required = true)]
    pub tools: Vec<String>,

    /// What the workshop is called
    #[arg(long, default_value = "")]
    pub title: String,

    /// The language that it begins in
    #[arg(long, value_enum, default_value = "da")]
    pub lang: Lang,

    /// The address that links begin with, while no relay runs on the folder
    #[arg(long, value_name = "URL", env = "DIALOGTAVLE_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    pub public_url: String,

    /// Used while no relay runs on the data folder; one that runs has its own
    #[command(flatten)]
    pub own: OwnContent,

    #[command(flatten)]
    #[allow(missing_docs, reason = "documented at its type")]
    pub data: DataFolder,
}
