//! Limits that writers, relay and views check alike.
//!
//! Beyond a limit the answer is a refusal in words; nothing is cut silently. Lengths of text count UTF-16 code units,
//! as the documents and the browser do.

/// Longest name of a person, a site or a workshop's place, in UTF-16 code units.
pub const NAME: usize = 40;
/// Longest title of a workshop, in UTF-16 code units.
pub const TITLE: usize = 120;
/// Longest note, example, obstacle or sign, in UTF-16 code units.
pub const NOTE: usize = 2_000;
/// Longest shared text, in UTF-16 code units.
pub const LONG_TEXT: usize = 20_000;
/// Most people in one workshop.
pub const PEOPLE: usize = 200;
/// Most tool instances in one workshop.
pub const TOOL_INSTANCES: usize = 200;
/// Most groups in one workshop, those taken away not counted.
pub const GROUPS: usize = 12;
/// Largest websocket frame, in bytes.
pub const FRAME_BYTES: usize = 1 << 20;
/// Largest document, in bytes of stored changes.
pub const DOCUMENT_BYTES: usize = 64 << 20;
/// Most sockets in one workshop.
pub const SOCKETS: usize = 500;

/// Length of `text` in UTF-16 code units, the unit of every limit on text and of every text offset.
#[must_use]
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Why a text was refused: it is longer than its place allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("text of {length} characters, at most {limit}")]
pub struct TooLong {
    /// Length of what was offered, in UTF-16 code units.
    pub length: usize,
    /// The limit it passed.
    pub limit: usize,
}

/// Checks `text` against `limit`.
///
/// # Errors
/// [`TooLong`] with both lengths.
pub fn check(text: &str, limit: usize) -> Result<(), TooLong> {
    let length = utf16_len(text);
    if length > limit { Err(TooLong { length, limit }) } else { Ok(()) }
}
