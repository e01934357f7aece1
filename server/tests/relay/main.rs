//! The relay through its library: stores, HTTP and sockets on port 0.

mod store_contract;
