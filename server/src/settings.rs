//! What the commands are told, on the command line or by environment.

mod content;
mod serve;
mod workshop;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use shared::sync::ByteLen;

pub use content::{ContentCommand, OwnContent};
pub use serve::{Create, Serve};
pub use workshop::{NewWorkshop, WorkshopCommand};

/// Dialogtavle: a board that a work-place group fills in together, also without a network.
#[derive(Debug, Parser)]
#[command(name = "dialogtavle", version, about)]
pub struct Arguments {
    /// How much goes to the log on stderr; secrets, addresses and what people wrote never do
    #[arg(long, global = true, value_enum, env = "DIALOGTAVLE_LOG", default_value = "info")]
    pub log: Log,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves the app and makes edits meet
    Serve(Box<Serve>),
    /// Makes, shows and deletes workshops, also while a relay runs on the same folder
    #[command(subcommand)]
    Workshop(WorkshopCommand),
    /// Checks, lists and begins packs: the dialog tables that workshops are made of, as folders of TOML files
    #[command(subcommand)]
    Content(ContentCommand),
    /// Reads the whole store and says what is wrong and what can be used, also while a relay runs; ends with 1 if anything is
    Check(DataFolder),
    /// Makes every document one snapshot and gives the room back to the disk, while no relay runs
    Compact(DataFolder),
}

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
pub struct DataFolder {
    /// Folder of the store, the lock, kept links and the token; made if it is not there
    #[arg(long, value_name = "FOLDER", env = "DIALOGTAVLE_DATA", default_value = "dialogtavle-data")]
    pub data: PathBuf,
}

/// What a relay allows; beyond each there is an answer in words, or the connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most workshops that are kept.
    pub workshops: u64,
    /// Most sockets in one workshop.
    pub sockets_per_workshop: usize,
    /// Most sockets in all.
    pub sockets: usize,
    /// Most messages of one document that wait on one socket; beyond, the peer is brought up to date from the document.
    pub queued_messages: usize,
    /// Most bytes that wait on all sockets of one workshop together; beyond, the longest queues are given up.
    pub queued_bytes: ByteLen,
    /// How long a workshop stays in memory after its last socket.
    pub unload_after: Duration,
    /// Most connections beyond the sockets: those that load the app, or have not asked for anything yet.
    pub connections: usize,
    /// How long a request may take to come in whole, and a kept connection to begin the next.
    pub request_time: Duration,
    /// How long a connection may take nothing of what is written to it.
    pub standstill: Duration,
    /// How long a request for more frames waits for them, on a line over HTTP.
    pub poll: Duration,
    /// How long a line over HTTP lives without anybody who waits for its frames.
    pub unheard: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            workshops: 10_000,
            sockets_per_workshop: shared::limits::SOCKETS,
            sockets: 10_000,
            queued_messages: 2_048,
            queued_bytes: ByteLen(64 << 20),
            unload_after: Duration::from_secs(300),
            connections: 1_000,
            request_time: Duration::from_secs(15),
            standstill: Duration::from_secs(60),
            poll: Duration::from_secs(25),
            unheard: Duration::from_secs(10),
        }
    }
}

/// How much goes to the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// What somebody should act on
    Error,
    /// Also what was recovered from
    Warn,
    /// Also the life of the process and of workshops
    Info,
    /// Also a line for each message
    Debug,
}

/// The languages that a workshop can begin in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Danish
    Da,
    /// English
    En,
}

impl From<Lang> for shared::content::Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Da => Self::Danish,
            Lang::En => Self::English,
        }
    }
}
