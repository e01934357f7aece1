//! Other people's programs: samod as clients of the relay, and the core that phones run against automerge-repo's server.
//! Stock JavaScript clients are in `tests/e2e/interop`.

mod samod_client;
mod stock_server;

/// Changes of a long document.
const CHANGES: u64 = 5_000;
