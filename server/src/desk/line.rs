//! From a command to the relay that runs on the same folder: one line of JSON there, one back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

use super::{Desk, Reply, Request};
use crate::words::error;

/// Longest line that is read.
const LINE_BYTES: u64 = 1 << 20;
/// Longest wait for a relay that does not answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the socket is.
fn path(folder: &Path) -> PathBuf {
    folder.join("relay.sock")
}

/// The socket of a running relay.
#[derive(Debug)]
pub(crate) struct Line {
    listener: UnixListener,
    path: PathBuf,
}

impl Line {
    /// Opens the socket in the folder that this process holds. One that is there was left by a relay that was killed.
    pub(crate) fn open(folder: &Path) -> std::io::Result<Self> {
        let path = path(folder);
        if let Err(error) = std::fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let listener = UnixListener::bind(&path)?;
        // The folder is its owner's alone, so that nobody comes in before this.
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        Ok(Self { listener, path })
    }

    /// Answers until the relay ends.
    pub(crate) async fn serve(self, desk: Arc<Desk>, shutdown: CancellationToken) {
        loop {
            tokio::select! {
                () = shutdown.cancelled() => break,
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let desk = Arc::clone(&desk);
                        tokio::spawn(async move {
                            if let Err(error) = answer(stream, &desk).await {
                                debug!(%error, "a command went away: {error}");
                            }
                        });
                    }
                    Err(error) => warn!(%error, "a command could not reach the relay: {error}"),
                },
            }
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.path) {
            debug!(%error, "the socket for commands was gone already");
        }
    }
}

async fn answer(stream: UnixStream, desk: &Desk) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(LINE_BYTES)).read_line(&mut line).await?;
    let reply = match serde_json::from_str(&line) {
        Ok(request) => desk.answer(request).await,
        Err(detail) => Reply::Failed(error("not-a-request", &[("detail", &detail)])),
    };
    let mut bytes = serde_json::to_vec(&reply)?;
    bytes.push(b'\n');
    write.write_all(&bytes).await
}

/// Asks the relay that runs on `folder`; `None` if none answers there.
///
/// # Errors
/// When a relay is there but the line breaks.
pub async fn ask(folder: &Path, request: &Request) -> std::io::Result<Option<Reply>> {
    let Ok(mut stream) = UnixStream::connect(path(folder)).await else { return Ok(None) };
    let mut bytes = serde_json::to_vec(request)?;
    bytes.push(b'\n');
    stream.write_all(&bytes).await?;
    let mut line = String::new();
    let mut reader = BufReader::new(stream);
    // Against a relay that hangs; the deletion of a large workshop takes a second.
    tokio::time::timeout(PATIENCE, reader.read_line(&mut line)).await.map_err(std::io::Error::other)??;
    Ok(Some(serde_json::from_str(&line)?))
}
