//! Reading and writing one websocket at the same time, without waiting on either.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::sync::message::CloseReason;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite;

use super::{Event, closing};
use crate::hub::outbox::Weight;

/// Above this many waiting frames nothing more is taken from the outbox.
const ENOUGH: usize = 4;
/// Nor above this many bytes of them: a whole document waits in the outbox, where all sockets share it.
const ENOUGH_BYTES: usize = 64 << 10;
/// Above this many, nothing is read either.
const TOO_MANY: usize = 256;
/// How long a socket may take to take leave, once it is closed here.
const FAREWELL: Duration = Duration::from_secs(2);

/// A websocket with the frames that wait for it.
#[derive(Debug)]
pub(crate) struct WebsocketPump {
    socket: WebSocket,
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

impl WebsocketPump {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self {
            socket,
            waiting: VecDeque::new(),
            waiting_bytes: 0,
            writing: None,
            unflushed: false,
            leave_by: None,
            is_lost: false,
        }
    }

    pub(super) fn send(&mut self, frame: Vec<u8>, weight: Option<Arc<Weight>>) {
        self.queue(Frame::Binary(frame.into()), weight);
    }

    pub(super) fn ping(&mut self) {
        self.queue(Frame::Ping(Bytes::new()), None);
    }

    /// Queues the close frame. The socket ends when the peer answers it, or when that takes too long.
    pub(super) fn close(&mut self, reason: &CloseReason) {
        let (code, reason) = (closing::code(reason), Utf8Bytes::from(reason.code().to_owned()));
        self.queue(Frame::Close(Some(CloseFrame { code, reason })), None);
        self.leave_by.get_or_insert_with(|| Instant::now() + FAREWELL);
    }

    fn queue(&mut self, frame: Frame, weight: Option<Arc<Weight>>) {
        if self.leave_by.is_none() {
            self.waiting_bytes += length(&frame);
            self.waiting.push_back((frame, weight));
        }
    }

    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < ENOUGH && self.waiting_bytes < ENOUGH_BYTES
    }

    pub(super) fn leave_by(&self) -> Option<Instant> {
        self.leave_by
    }

    pub(super) async fn next(&mut self, may_read: bool) -> Event {
        std::future::poll_fn(|cx| self.poll_next(cx, may_read)).await
    }

    fn poll_next(&mut self, cx: &mut Context<'_>, may_read: bool) -> Poll<Event> {
        let had_room = self.has_room();
        if self.poll_write(cx).is_err() {
            return Poll::Ready(Event::Ended);
        }
        if !had_room && self.has_room() {
            return Poll::Ready(Event::Wrote);
        }
        let reads = self.leave_by.is_some() || (may_read && self.waiting.len() < TOO_MANY);
        if self.is_lost || !reads {
            return Poll::Pending;
        }
        self.socket.poll_next_unpin(cx).map(|frame| self.received(frame))
    }

    /// Hands the socket what it takes without waiting: usually all of it, so that a message costs one turn of the loop.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Result<(), axum::Error> {
        while !self.waiting.is_empty() {
            let Poll::Ready(ready) = self.socket.poll_ready_unpin(cx) else { return Ok(()) };
            ready?;
            let Some((frame, weight)) = self.waiting.pop_front() else { break };
            self.waiting_bytes -= length(&frame);
            // Room for the next frame means that the one before is written.
            self.writing = weight;
            self.socket.start_send_unpin(frame)?;
            self.unflushed = true;
        }
        if self.unflushed
            && let Poll::Ready(flushed) = self.socket.poll_flush_unpin(cx)
        {
            flushed?;
            self.unflushed = false;
            self.writing = None;
        }
        Ok(())
    }

    fn received(&mut self, frame: Option<Result<Frame, axum::Error>>) -> Event {
        match frame {
            None => Event::Ended,
            // What is still on its way while we leave is read, so that the peer gets our last words, and dropped.
            Some(Ok(_)) if self.leave_by.is_some() => Event::Wrote,
            Some(Ok(Frame::Binary(bytes))) => Event::Frame(bytes),
            Some(Ok(Frame::Text(_))) => Event::Malformed,
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
