//! What a line to the relay reports, whichever way it goes.

/// What a line reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineEvent {
    /// It is open.
    Opened,
    /// A binary frame came in.
    Frame(Vec<u8>),
    /// It is gone, or never opened.
    Closed,
}
