//! What a link may do with one document.

/// What a link may do with one document; decided by the shell from the role that the link proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Whether the link gets the document's changes.
    pub read: bool,
    /// Which changes are taken from the link.
    pub write: Write,
}

impl Rights {
    /// Reads and writes everything.
    pub const ALL: Self = Self { read: true, write: Write::All };
    /// Reads only.
    pub const READ: Self = Self { read: true, write: Write::None };
    /// Reads everything and carries what a checkpoint covers.
    pub const CARRY: Self = Self { read: true, write: Write::Covered };
}

/// Which changes are taken from a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// Every valid change.
    All,
    /// None (S17).
    None,
    /// Those at or before the heads that a signed checkpoint covers (S18).
    Covered,
}
