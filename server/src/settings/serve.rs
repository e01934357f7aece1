//! Settings of `dialogtavle serve`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use shared::sync::ByteLen;

use super::{DataFolder, Limits, OwnContent};

/// Who may make workshops on this relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Create {
    /// Everyone who reaches the relay; workshops made in the app, or lost here, are taken up from any of their devices
    Open,
    /// Who presents the token kept in the data folder; workshops made in the app, or lost here, are not taken up
    Token,
    /// Nobody but `dialogtavle workshop new`; workshops made in the app, or lost here, are not taken up
    None,
}

/// Settings of a relay.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", env = "DIALOGTAVLE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    #[command(flatten)]
    #[allow(missing_docs, reason = "documented at its type")]
    pub data: DataFolder,

    #[command(flatten)]
    #[allow(missing_docs, reason = "documented at its type")]
    pub own: OwnContent,

    /// Makes a demo workshop on the first start, and prints its links at each
    #[arg(long, env = "DIALOGTAVLE_DEMO")]
    pub demo: bool,

    #[allow(rustdoc::bare_urls, reason = "the help shows it as it stands")]
    /// The address that links begin with, such as https://tavle.example; else the one that was asked for
    #[arg(long, value_name = "URL", env = "DIALOGTAVLE_PUBLIC_URL", value_parser = origin)]
    pub public_url: Option<String>,

    /// Certificate chain for https, as PEM
    #[arg(long, value_name = "FILE", env = "DIALOGTAVLE_TLS_CERT", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,

    /// Private key for https, as PEM
    #[arg(long, value_name = "FILE", env = "DIALOGTAVLE_TLS_KEY", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,

    /// Who may make workshops here; the default is `open` on loopback and `none` elsewhere. A relay that lost its store
    /// gets workshops back from any of their devices only while this is `open`
    #[arg(long, value_enum, env = "DIALOGTAVLE_CREATE")]
    pub create: Option<Create>,

    /// Also serves documents that belong to no workshop, to anyone who reaches /sync and knows their ids: a plain
    /// automerge-repo sync server
    #[arg(long, env = "DIALOGTAVLE_OPEN_DOCUMENTS")]
    pub open_documents: bool,
    /// Address and port to tell numbers for Prometheus on, at /metrics; nobody is told without it. They name no workshop
    /// and no person, but are for whoever hosts the relay: do not let others reach it
    #[arg(long, value_name = "ADDRESS", env = "DIALOGTAVLE_METRICS")]
    pub metrics: Option<SocketAddr>,

    /// Most workshops that are kept
    #[arg(long, value_name = "NUMBER", env = "DIALOGTAVLE_WORKSHOPS", default_value_t = Limits::default().workshops)]
    pub workshops: u64,

    /// Most websockets at a time, in all workshops together
    #[arg(long, value_name = "NUMBER", env = "DIALOGTAVLE_SOCKETS", default_value_t = Limits::default().sockets)]
    pub sockets: usize,

    /// Seconds that a workshop stays in memory after its last socket
    #[arg(long, value_name = "SECONDS", env = "DIALOGTAVLE_UNLOAD_AFTER",
          default_value_t = Limits::default().unload_after.as_secs())]
    pub unload_after: u64,

    /// Most memory in MiB. As it comes near, what nobody uses is unloaded and no further workshop is loaded; beyond it
    /// edits are refused in words until there is room again. Without it, as much as there is
    #[arg(long, value_name = "MIB", env = "DIALOGTAVLE_MEMORY")]
    pub memory: Option<usize>,

    /// Largest store in MiB; beyond it edits are refused in words. Without it, as large as the disk
    #[arg(long, value_name = "MIB", env = "DIALOGTAVLE_STORE_LIMIT")]
    pub store_limit: Option<usize>,
}

impl Serve {
    /// Who may make workshops, where nothing was said.
    #[must_use]
    pub fn create(&self) -> Create {
        let default = if self.listen.ip().is_loopback() { Create::Open } else { Create::None };
        self.create.unwrap_or(default)
    }

    /// The limits among the settings.
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            workshops: self.workshops,
            sockets: self.sockets,
            unload_after: Duration::from_secs(self.unload_after),
            ..Limits::default()
        }
    }

    /// The ceiling for memory.
    #[must_use]
    pub fn most_memory(&self) -> Option<ByteLen> {
        self.memory.map(|mebibytes| ByteLen(mebibytes.saturating_mul(1 << 20)))
    }

    /// The largest store.
    #[must_use]
    pub fn largest_store(&self) -> Option<ByteLen> {
        self.store_limit.map(|mebibytes| ByteLen(mebibytes.saturating_mul(1 << 20)))
    }
}

/// Takes a scheme, a host and perhaps a port; a slash at the end is dropped.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.strip_suffix('/').unwrap_or(text);
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(origin.to_owned()),
        _ => Err("it must be a scheme and a host alone, such as https://tavle.example".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::super::{Arguments, Command};
    use super::*;

    fn serve(arguments: &[&str]) -> Serve {
        let all = ["dialogtavle", "serve"].iter().chain(arguments);
        match Arguments::try_parse_from(all).unwrap().command {
            Command::Serve(serve) => *serve,
            Command::Workshop(_) | Command::Content(_) | Command::Check(_) | Command::Compact(_) => {
                panic!("another command")
            }
        }
    }

    #[test]
    fn making_workshops_is_open_on_loopback_alone() {
        assert_eq!(serve(&[]).create(), Create::Open);
        assert_eq!(serve(&["--listen", "0.0.0.0:8080"]).create(), Create::None);
        assert_eq!(serve(&["--listen", "0.0.0.0:8080", "--create", "open"]).create(), Create::Open);
    }

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        assert_eq!(origin("https://tavle.example/"), Ok("https://tavle.example".to_owned()));
        for wrong in ["tavle.example", "https://", "https://tavle.example/path", "ftp://tavle.example"] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }
}
