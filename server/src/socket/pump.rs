//! Reading and writing one websocket at the same time, without waiting on either.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite;

use crate::hub::outbox::Weight;

/// Above this many waiting frames nothing more is taken from the outbox.
const ENOUGH: usize = 4;
/// Nor above this many bytes of them: a whole document waits in the outbox, where all sockets share it.
const ENOUGH_BYTES: usize = 64 << 10;
/// Above this many, nothing is read either.
const TOO_MANY: usize = 256;
/// How long a socket may take to take leave, once it is closed here.
const FAREWELL: Duration = Duration::from_secs(2);

/// What happened on the socket.
#[derive(Debug)]
pub(super) enum Event {
    /// A binary frame.
    Binary(Bytes),
    /// A text frame, which the protocol does not have.
    Text,
    /// A pong or a ping.
    Pong,
    /// A frame longer than is read at all.
    TooLong,
    /// Something was written; there may be room for more.
    Wrote,
    /// The deadline that was asked for.
    Due,
    /// The socket is gone.
    Ended,
}

/// A websocket with the frames that wait for it.
#[derive(Debug)]
pub(super) struct Pump {
    sink: SplitSink<WebSocket, Frame>,
    stream: SplitStream<WebSocket>,
    waiting: VecDeque<(Frame, Option<Arc<Weight>>)>,
    waiting_bytes: usize,
    /// Of what the socket has taken and not yet written.
    writing: Option<Arc<Weight>>,
    unflushed: bool,
    /// Set once our close frame is queued: nothing that comes in counts any more.
    leave_by: Option<Instant>,
    /// Set by a frame that is not read: what follows it on the line is its rest, and no frames.
    is_lost: bool,
}

impl Pump {
    pub(super) fn new(socket: WebSocket) -> Self {
        let (sink, stream) = socket.split();
        Self {
            sink,
            stream,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            writing: None,
            unflushed: false,
            leave_by: None,
            is_lost: false,
        }
    }

    /// Queues a frame, with what it weighs until it is written; dropped after [`Pump::close`].
    pub(super) fn send(&mut self, frame: Frame, weight: Option<Arc<Weight>>) {
        if self.leave_by.is_none() {
            self.waiting_bytes += length(&frame);
            self.waiting.push_back((frame, weight));
        }
    }

    /// Queues the close frame. The socket ends when the peer answers it, or when that takes too long.
    pub(super) fn close(&mut self, frame: CloseFrame) {
        self.send(Frame::Close(Some(frame)), None);
        self.leave_by.get_or_insert_with(|| Instant::now() + FAREWELL);
    }

    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < ENOUGH && self.waiting_bytes < ENOUGH_BYTES
    }

    /// Waits for the next event, or until `deadline`; reads only if it `may_read`. Safe to drop and call again.
    pub(super) async fn next(&mut self, deadline: Option<Instant>, may_read: bool) -> Event {
        let leaving = self.leave_by.is_some();
        let due = self.leave_by.or(deadline);
        let has_waiting = !self.waiting.is_empty();
        let sink = &mut self.sink;
        let write = async {
            if has_waiting { std::future::poll_fn(|cx| sink.poll_ready_unpin(cx)).await } else { sink.flush().await }
        };
        tokio::select! {
            frame = self.stream.next(), if !self.is_lost && (leaving || (may_read && self.waiting.len() < TOO_MANY)) => {
                self.received(frame)
            }
            written = write, if has_waiting || self.unflushed => self.written(has_waiting, written.is_ok()),
            () = until(due) => if leaving { Event::Ended } else { Event::Due },
        }
    }

    fn written(&mut self, has_waiting: bool, is_written: bool) -> Event {
        // Both a flush and room for the next frame mean that the one before is written.
        self.writing = None;
        let started = match self.waiting.pop_front().filter(|_| has_waiting && is_written) {
            Some((frame, weight)) => {
                self.waiting_bytes -= length(&frame);
                self.writing = weight;
                self.sink.start_send_unpin(frame)
            }
            None => Ok(()),
        };
        self.unflushed = has_waiting;
        if is_written && started.is_ok() { Event::Wrote } else { Event::Ended }
    }

    fn received(&mut self, frame: Option<Result<Frame, axum::Error>>) -> Event {
        match frame {
            None => Event::Ended,
            // What is still on its way while we leave is read, so that the peer gets our last words, and dropped.
            Some(Ok(_)) if self.leave_by.is_some() => Event::Wrote,
            Some(Ok(Frame::Binary(bytes))) => Event::Binary(bytes),
            Some(Ok(Frame::Text(_))) => Event::Text,
            Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => Event::Pong,
            // The stream ends right after it.
            Some(Ok(Frame::Close(_))) => Event::Wrote,
            Some(Err(error)) => {
                let inner = error.into_inner();
                let too_long = matches!(inner.downcast_ref(), Some(tungstenite::Error::Capacity(_)));
                if too_long && self.leave_by.is_none() {
                    self.is_lost = true;
                    Event::TooLong
                } else {
                    Event::Ended
                }
            }
        }
    }
}

fn length(frame: &Frame) -> usize {
    if let Frame::Binary(bytes) = frame { bytes.len() } else { 0 }
}

async fn until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due).await,
        None => std::future::pending().await,
    }
}
