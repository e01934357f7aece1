//! What happens to a line, and what the shell must do for it.

use crate::sync::identity::PeerId;
use crate::sync::message::{CloseReason, Join, Message, PeerMetadata};

/// What happened to the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input<'a> {
    /// The socket is open.
    Opened,
    /// One whole binary frame came in.
    Received(&'a [u8]),
    /// An answer to [`Output::Ping`], or a ping of the peer's own.
    Pong,
    /// The time of [`super::Connection::next_deadline`] has come; harmless at any other time.
    Tick,
    /// The socket is gone.
    Closed,
}

/// What the shell must do, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// Send this binary frame.
    Transmit(Vec<u8>),
    /// Decide on this join, and call [`super::Connection::admit`] or [`super::Connection::refuse`]; accepting side only.
    Admit(Join),
    /// Both sides have joined; messages flow from here on.
    Joined {
        /// The other side.
        remote: PeerId,
        /// What it said about itself.
        metadata: PeerMetadata,
    },
    /// A message for the application. Its sender is the peer that really sent it (S3), and an ephemeral message comes
    /// only once (S9).
    Deliver(Message),
    /// Send a websocket ping.
    Ping,
    /// Close the socket once what was transmitted is out. Nothing follows.
    Close(CloseReason),
}
