//! The server that is measured: a process of its own, on a core of its own.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum as _;
use serde_json::Value;
use shared::sync::DocumentId;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::Baseline;

/// The core of the server; the load is started on another.
const CORE: &str = "0";
/// What the kernel counts processor time in, a second.
const TICKS: f64 = 100.0;

/// Which server.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    /// The relay, by its binary.
    Relay(PathBuf),
    /// One of ours to compare it with.
    Baseline(Baseline),
}

impl Kind {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Relay(_) => "relay".to_owned(),
            Self::Baseline(baseline) => {
                baseline.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
            }
        }
    }
}

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where peers dial.
    pub(crate) url: String,
    /// The board that they meet in.
    pub(crate) document: DocumentId,
    /// The relay's data; goes with it.
    _folder: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start(kind: &Kind) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut command = Command::new("taskset");
        command.args(["-c", CORE]);
        match kind {
            Kind::Relay(binary) => {
                command.arg(binary).args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
            }
            Kind::Baseline(_) => {
                command.arg(std::env::current_exe()?).arg("serve").arg(kind.name());
            }
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().context("cannot start `taskset`; it comes with util-linux")?;
        let stdout = child.stdout.take().context("the server has no stdout")?;
        let mut lines = BufReader::new(stdout).lines();
        let line = lines.next_line().await?.context("the server ended before it listened")?;
        let origin =
            line.strip_prefix("listening on http://").context("the server says nothing of where it listens")?;
        let origin = origin.to_owned();
        // Read to its end, or the server could not write.
        tokio::spawn(async move { while lines.next_line().await.is_ok_and(|line| line.is_some()) {} });
        let (url, document) = match kind {
            Kind::Relay(_) => workshop(&origin).await?,
            Kind::Baseline(_) => (format!("ws://{origin}/sync"), DocumentId::from_bytes([1; 16])),
        };
        Ok(Self { child, url, document, _folder: folder })
    }

    /// Processor time used so far, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name stands in brackets and may hold anything; utime and stime are the 12th and 13th field after it.
        let (_, fields) = stat.rsplit_once(')').context("/proc has another form")?;
        let mut times = fields.split_whitespace().skip(11).map(str::parse::<f64>);
        let (Some(Ok(user)), Some(Ok(system))) = (times.next(), times.next()) else { bail!("/proc has another form") };
        Ok((user + system) / TICKS)
    }

    /// Memory in use, in bytes.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        let id = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("/proc has another form")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1_024)
    }
}

/// Makes a workshop; returns where a participant's stock client dials, and the board.
async fn workshop(origin: &str) -> Result<(String, DocumentId)> {
    let mut line = TcpStream::connect(origin).await?;
    let body = r#"{"tools":["A1"],"title":"Load","lang":"da"}"#;
    let length = body.len();
    let request = format!(
        "POST /api/workshops HTTP/1.1\r\nhost: {origin}\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    );
    line.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    line.read_to_string(&mut answer).await?;
    let (_, body) = answer.split_once("\r\n\r\n").context("no answer over HTTP")?;
    let answer: Value = serde_json::from_str(body).with_context(|| format!("no workshop was made: {body}"))?;
    let text = |value: &Value| value.as_str().map(str::to_owned).context("the answer lacks a key");
    Ok((text(&answer["sync"]["participant"])?, text(&answer["documents"]["board"])?.parse()?))
}
