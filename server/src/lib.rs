//! The relay of Dialogtavle: it makes edits meet, and keeps them.
//!
//! It serves the app, makes workshops, and passes edits on over websockets, each only once it is durable. What the
//! protocol wants is decided in [`shared::sync`]; what is here moves bytes between sockets, tasks and a store.
//!
//! Read in this order: [`settings`] (what it is told), [`store`] (what is durable), [`workshop`] (how one is made),
//! [`relay`] (start and end), [`http`] (routes), [`desk`] (the commands that act on a running relay). Within the crate,
//! `hub` is where sockets meet and `socket` is one websocket.

pub mod announce;
mod clock;
pub mod content;
pub mod desk;
pub mod examine;
pub mod folder;
pub mod http;
mod hub;
mod memory;
mod metrics;
mod random;
pub mod relay;
pub mod settings;
mod socket;
pub mod store;
mod threads;
mod words;
pub mod workshop;

pub use http::app;
pub use memory::Memory;
pub use relay::{Config, Relay, StartError};
