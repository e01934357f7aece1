//! The packs of `content/`, as the client gets them.

use anyhow::Result;

/// A pack, ready to be written.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The pack's id, which becomes the first part of the file's name.
    pub(crate) id: String,
    /// The pack in both languages.
    pub(crate) json: Vec<u8>,
}

/// Reads and checks every pack.
pub(crate) fn packs() -> Result<Vec<Pack>> {
    Ok(Vec::new())
}
