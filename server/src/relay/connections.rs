//! What bounds every connection before it is a request: how many there are, and how long one may stand still.

use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Sleep;

/// Takes connections as long as there is room.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    room: Arc<Semaphore>,
    standstill: Duration,
}

impl Connections {
    /// Room for `most` connections; one that takes nothing of what is written to it for `standstill` is given up.
    pub(super) fn new(most: usize, standstill: Duration) -> Self {
        Self { room: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))), standstill }
    }

    fn take(&self, stream: TcpStream) -> io::Result<Counted> {
        let full = |_| io::Error::other("there are as many connections as the relay may have");
        let permit = Arc::clone(&self.room).try_acquire_owned().map_err(full)?;
        // Most frames are small, and each is waited for.
        stream.set_nodelay(true)?;
        Ok(Counted { stream, most: self.standstill, standstill: None, _permit: permit })
    }
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
