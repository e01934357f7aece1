//! What carries the frames of one line: a websocket, or requests over HTTP. The line's task is the same on both.

mod closing;
pub(crate) mod http;
mod websocket;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::ws::WebSocket;
use shared::sync::message::CloseReason;
use tokio::time::Instant;

use crate::hub::outbox::Weight;
use http::HttpPump;
use websocket::WebsocketPump;

/// What happened on the line.
#[derive(Debug)]
pub(super) enum Event {
    /// A frame.
    Frame(Bytes),
    /// Something that the protocol does not have, such as a text frame.
    Malformed,
    /// A sign of life: a pong, a ping, or a request for more.
    Pong,
    /// A frame longer than is read at all.
    TooLong,
    /// Something was written, and there is room for more; or something came that says nothing.
    Wrote,
    /// The line is gone.
    Ended,
}

/// A line with the frames that wait for it.
#[derive(Debug)]
pub(crate) enum Pump {
    Websocket(Box<WebsocketPump>),
    Http(Box<HttpPump>),
}

impl From<WebSocket> for Pump {
    fn from(socket: WebSocket) -> Self {
        Self::Websocket(Box::new(WebsocketPump::new(socket)))
    }
}

impl From<HttpPump> for Pump {
    fn from(pump: HttpPump) -> Self {
        Self::Http(Box::new(pump))
    }
}

impl Pump {
    /// What carries it, in a word.
    pub(super) fn way(&self) -> &'static str {
        match self {
            Self::Websocket(_) => "websocket",
            Self::Http(_) => "http",
        }
    }

    /// Queues a frame, with what it weighs until it is written; dropped after [`Pump::close`].
    pub(super) fn send(&mut self, frame: Vec<u8>, weight: Option<Arc<Weight>>) {
        match self {
            Self::Websocket(pump) => pump.send(frame, weight),
            Self::Http(pump) => pump.send(frame, weight),
        }
    }

    /// Asks for a sign of life.
    pub(super) fn ping(&mut self) {
        match self {
            Self::Websocket(pump) => pump.ping(),
            // Who is there asks for more again and again.
            Self::Http(_) => {}
        }
    }

    /// Closes the line once what is queued is out, or when that takes too long.
    pub(super) fn close(&mut self, reason: &CloseReason) {
        match self {
            Self::Websocket(pump) => pump.close(reason),
            Self::Http(pump) => pump.close(),
        }
    }

    /// Whether more may be queued from the outbox.
    pub(super) fn has_room(&self) -> bool {
        match self {
            Self::Websocket(pump) => pump.has_room(),
            Self::Http(pump) => pump.has_room(),
        }
    }

    /// When the line ends even if the peer does not answer our last word.
    pub(super) fn leave_by(&self) -> Option<Instant> {
        match self {
            Self::Websocket(pump) => pump.leave_by(),
            Self::Http(pump) => pump.leave_by(),
        }
    }

    /// Writes what waits, as far as the line takes it, and waits for the next event; reads only if it `may_read`. Safe to
    /// drop and call again.
    pub(super) async fn next(&mut self, may_read: bool) -> Event {
        match self {
            Self::Websocket(pump) => pump.next(may_read).await,
            Self::Http(pump) => pump.next(may_read).await,
        }
    }
}
