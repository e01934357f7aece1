//! What bounds every connection before it is a request: how many there are, and how long one may stand still.

use std::future::{Ready, ready};
use std::io::{self, Write as _};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;

use crate::words::problem;

/// Most connections that are being told that there is no room; those beyond are dropped without a word.
const TOLD_AT_ONCE: usize = 64;

/// How long one that is told may take to hear it.
const TELLING: Duration = Duration::from_secs(1);

/// Takes connections as long as there is room.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    room: Arc<Semaphore>,
    standstill: Duration,
    /// Room for telling those that find none; `None` under https, where words would cost a handshake.
    telling: Option<Arc<Semaphore>>,
}

impl Connections {
    /// Room for `most` connections; one that takes nothing of what is written to it for `standstill` is given up.
    pub(super) fn new(most: usize, standstill: Duration, is_https: bool) -> Self {
        let telling = (!is_https).then(|| Arc::new(Semaphore::new(TOLD_AT_ONCE)));
        Self { room: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))), standstill, telling }
    }

    fn take(&self, stream: TcpStream) -> io::Result<Counted> {
        let Ok(permit) = Arc::clone(&self.room).try_acquire_owned() else {
            self.tell(stream);
            return Err(io::Error::other("there are as many connections as the relay may have"));
        };
        // Most frames are small, and each is waited for.
        stream.set_nodelay(true)?;
        Ok(Counted { stream, most: self.standstill, standstill: None, _permit: permit })
    }
}

impl Connections {
    /// Answers in words, whatever is asked, as long as few are told at once. The line is closed only when the other end
    /// has, or after [`TELLING`]: a line that is closed over an unread request loses the answer.
    fn tell(&self, stream: TcpStream) {
        let Some(permit) = self.telling.clone().and_then(|telling| telling.try_acquire_owned().ok()) else { return };
        tokio::spawn(async move {
            let _permit = permit;
            let told = tokio::time::timeout(TELLING, answer_full(stream)).await;
            // Whoever does not listen is told nothing.
            drop(told);
        });
    }
}

/// Says that there is no room, and reads what is asked to its end without looking at it.
async fn answer_full(mut stream: TcpStream) -> io::Result<()> {
    let mut answer = Vec::new();
    let body = problem("too-many-connections", &[]);
    write!(
        answer,
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\n\
         cache-control: no-store\r\nretry-after: 5\r\nconnection: close\r\n\r\n{body}\n",
        body.len() + 1
    )?;
    stream.write_all(&answer).await?;
    stream.shutdown().await?;
    let mut asked = [0; 1 << 10];
    while stream.read(&mut asked).await? > 0 {}
    Ok(())
}

impl<S> Accept<TcpStream, S> for Connections {
    type Stream = Counted;
    type Service = S;
    type Future = Ready<io::Result<(Counted, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(self.take(stream).map(|stream| (stream, service)))
    }
}

/// A connection that gives its room back when it ends.
#[derive(Debug)]
pub(super) struct Counted {
    stream: TcpStream,
    most: Duration,
    /// Runs while the peer takes nothing of what is written.
    standstill: Option<Pin<Box<Sleep>>>,
    _permit: OwnedSemaphorePermit,
}

impl Counted {
    fn watch<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.standstill = None;
            return written;
        }
        let most = self.most;
        let standstill = self.standstill.get_or_insert_with(|| Box::pin(tokio::time::sleep(most)));
        standstill.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Counted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
