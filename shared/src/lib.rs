//! What relay and client of Dialogtavle must agree on, and nothing else.
//!
//! There are no sockets, clocks, disks, randomness or browsers in this crate: time, random values and stored bytes
//! come in as values, and what must be done comes out as values.
//!
//! Read in this order: [`content`] (what a dialog table asks), [`documents`] (where the answers lie), [`access`]
//! (who may read and write them), [`presence`] (what is never stored), [`sync`] (how copies of them meet).

pub mod access;
mod base58;
pub mod content;
pub mod documents;
pub mod limits;
pub mod presence;
pub mod sync;
