//! The relay through its library: stores, HTTP and sockets on port 0.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod store_contract;
