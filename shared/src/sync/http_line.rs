//! A line without a websocket, for networks that let none through: frames go up in requests, and down in the answers to
//! requests that wait for them.
//!
//! What a [`super::Connection`] says and hears is the same on either; it knows nothing of this. What is here keeps frames
//! in order and exactly once, however often a request or an answer is lost or comes twice: [`Dialled`] is the end that
//! asks, [`Accepted`] the end that answers, and neither owns a socket, a clock or a request.

mod accepted;
mod batch;
mod dialled;

pub use accepted::Accepted;
pub use batch::{Batch, BatchError};
pub use dialled::{Answer, Dialled, Output, Request};

/// The header that names the line: 128 random bits, in hexadecimal. In a URL, whoever keeps a log would keep it, too.
pub const LINE_HEADER: &str = "dialogtavle-line";

/// Longest body that goes up: a frame, and what stands around it.
pub const MAX_UP: super::ByteLen = super::ByteLen(super::MAX_FRAME.0 + (64 << 10));

#[cfg(test)]
mod tests;
