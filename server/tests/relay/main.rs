//! The relay through its library: stores, HTTP and sockets on port 0.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod admission;
mod busy_document;
mod commands;
mod connections;
mod crowd;
mod deletion;
mod device;
mod durability;
mod hall;
mod hostile;
mod http_api;
mod http_carrier;
mod http_line;
mod https;
mod interop;
mod lifecycle;
mod memory;
mod metrics;
mod open_documents;
mod own_packs;
mod presence;
mod process;
mod reach;
mod siege;
mod stock_peer;
mod store_contract;
mod torture;
mod upkeep;
