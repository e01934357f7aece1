//! The server that is measured: a process of its own, on a core of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use shared::sync::DocumentId;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::baseline::Baseline;
use crate::client::Door;

/// The core of the server; the load is started on another.
const CORE: &str = "0";
/// What the kernel counts processor time in, a second.
const TICKS: f64 = 100.0;
/// How long a server may take to listen, and to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which server.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// The relay, by its binary.
    Relay(PathBuf),
    /// The relay as a sync server for any document, as other people's servers are.
    OpenRelay(PathBuf),
    /// One of ours to compare it with.
    Baseline(Baseline),
    /// Somebody else's, by a script that node runs.
    Script(PathBuf),
}

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    kind: Kind,
    options: Vec<String>,
    origin: String,
    /// Processor time of each thread when it was last seen, in seconds.
    threads: Mutex<BTreeMap<PathBuf, f64>>,
    /// Its data; goes with it.
    folder: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start(kind: &Kind) -> Result<Self> {
        Self::start_with(kind, &[]).await
    }

    /// Starts it with further options of its own.
    pub(crate) async fn start_with(kind: &Kind, options: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let options: Vec<_> = options.iter().map(|&option| option.to_owned()).collect();
        let (child, origin) = timeout(PATIENCE, spawn(kind, folder.path(), "127.0.0.1:0", &options))
            .await
            .context("the server does not listen")??;
        Ok(Self { child, kind: kind.clone(), options, origin, threads: Mutex::default(), folder })
    }

    /// Starts it again once it has ended, at the same address with the same data. Returns how long it took from its
    /// start until it listened.
    pub(crate) async fn start_again(&mut self) -> Result<Duration> {
        let started = std::time::Instant::now();
        let (child, _) = timeout(PATIENCE, spawn(&self.kind, self.folder.path(), &self.origin, &self.options))
            .await
            .context("the server does not listen again")??;
        self.child = child;
        self.threads = Mutex::default();
        Ok(started.elapsed())
    }

    /// Ends it as a host does: SIGTERM, and waiting until it has gone.
    pub(crate) async fn end(&mut self) -> Result<()> {
        let id = self.child.id().context("the server has ended")?.to_string();
        Command::new("kill").args(["-TERM", &id]).status().await?;
        timeout(PATIENCE, self.child.wait()).await.context("the server does not end")??;
        Ok(())
    }

    /// A document to meet in: the board of a new workshop, or the only one that there is.
    pub(crate) async fn door(&self) -> Result<Door> {
        match self.kind {
            Kind::Relay(_) => workshop(&self.origin).await,
            Kind::Baseline(_) | Kind::OpenRelay(_) | Kind::Script(_) => {
                let (url, document) = (format!("ws://{}/sync", self.origin), DocumentId::from_bytes([1; 16]));
                Ok(Door { url, document, is_empty: !matches!(self.kind, Kind::Baseline(_)) })
            }
        }
    }

    /// Where it listens, as host and port.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Where its data lie.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Processor time used so far, in seconds.
    ///
    /// The kernel counts it exactly for each thread that there is, and in hundredths of a second for all that ever were:
    /// the larger of the two, where a thread that has ended counts as it was when it was last seen.
    pub(crate) fn cpu_seconds(&self) -> Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name stands in brackets and may hold anything; utime and stime are the 12th and 13th field after it.
        let (_, fields) = stat.rsplit_once(')').context("/proc has another form")?;
        let mut times = fields.split_whitespace().skip(11).map(str::parse::<f64>);
        let (Some(Ok(user)), Some(Ok(system))) = (times.next(), times.next()) else { bail!("/proc has another form") };
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for thread in std::fs::read_dir(format!("/proc/{id}/task"))? {
            let thread = thread?.path();
            // A thread may end just now, and some kernels do not tell.
            let Ok(text) = std::fs::read_to_string(thread.join("schedstat")) else { continue };
            if let Some(Ok(nanos)) = text.split_whitespace().next().map(str::parse::<f64>) {
                threads.insert(thread, nanos / 1e9);
            }
        }
        Ok(threads.values().sum::<f64>().max((user + system) / TICKS))
    }

    /// Memory in use, in millions of bytes.
    pub(crate) fn resident_mb(&self) -> Result<f64> {
        self.memory_mb("VmRSS:")
    }

    /// The most memory that was ever in use, in millions of bytes.
    pub(crate) fn most_resident_mb(&self) -> Result<f64> {
        self.memory_mb("VmHWM:")
    }

    fn memory_mb(&self, name: &str) -> Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("/proc has another form")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1_024.0 / 1e6)
    }
}

/// Starts a server on `listen`; answers once it says where it listens.
async fn spawn(kind: &Kind, data: &Path, listen: &str, options: &[String]) -> Result<(Child, String)> {
    let mut command = Command::new("taskset");
    command.args(["-c", CORE]);
    match kind {
        Kind::Relay(binary) | Kind::OpenRelay(binary) => {
            command.arg(binary).args(["serve", "--listen", listen, "--data"]).arg(data);
            if matches!(kind, Kind::OpenRelay(_)) {
                command.arg("--open-documents");
            }
        }
        Kind::Baseline(baseline) => {
            command.arg(std::env::current_exe()?).args(["serve", &baseline.name()]);
        }
        Kind::Script(script) => {
            command.arg("node").arg(script).arg(listen).arg(data);
        }
    }
    command
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(if matches!(kind, Kind::Script(_)) { Stdio::inherit() } else { Stdio::null() })
        .kill_on_drop(true);
    let mut child = command.spawn().context("cannot start `taskset`; it comes with util-linux")?;
    let stdout = child.stdout.take().context("the server has no stdout")?;
    let mut lines = BufReader::new(stdout).lines();
    let origin = loop {
        let line = lines.next_line().await?.context("the server ended before it listened")?;
        if let Some(origin) = line.strip_prefix("listening on http://") {
            break origin.to_owned();
        }
    };
    // Read to its end, or the server could not write.
    tokio::spawn(async move { while lines.next_line().await.is_ok_and(|line| line.is_some()) {} });
    Ok((child, origin))
}

/// Makes a workshop; returns where a participant's stock client dials, and the board.
pub(crate) async fn workshop(origin: &str) -> Result<Door> {
    let body = r#"{"tools":["A1"],"title":"Load","lang":"da"}"#;
    let (kind, length) = ("content-type: application/json", body.len());
    let request = format!("POST /api/workshops HTTP/1.1\r\n{kind}\r\ncontent-length: {length}\r\n");
    let answer = ask(origin, &request, body).await?;
    let answer = String::from_utf8_lossy(&answer);
    let answer: Value = serde_json::from_str(&answer).with_context(|| format!("no workshop was made: {answer}"))?;
    let text = |value: &Value| value.as_str().map(str::to_owned).context("the answer lacks a key");
    let (url, document) = (text(&answer["sync"]["participant"])?, text(&answer["documents"]["board"])?.parse()?);
    Ok(Door { url, document, is_empty: false })
}

/// One request over HTTP, with `head` as its first lines; returns the answer's body.
pub(crate) async fn ask(origin: &str, head: &str, body: &str) -> Result<Vec<u8>> {
    let mut line = TcpStream::connect(origin).await?;
    line.write_all(format!("{head}host: {origin}\r\nconnection: close\r\n\r\n{body}").as_bytes()).await?;
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").context("no answer over HTTP")?;
    Ok(answer.split_off(end + 4))
}
