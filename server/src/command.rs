//! What each command does.

pub(crate) mod content;
pub(crate) mod serve;
pub(crate) mod upkeep;
pub(crate) mod workshop;

use std::io::Write as _;

/// Writes a line to stdout. A pipe that nobody reads any more ends no relay.
pub(crate) fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
