//! The kinds of document.

/// A kind of document; each has one rule for who may write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Title, tools, decisions, what is hidden: written by facilitators.
    Control,
    /// Placements, notes, texts: written by everyone but projectors.
    Board,
    /// Own drafts: never leaves the device.
    Notebook,
}

impl Kind {
    /// The name that document ids and genesis changes are derived from, and that the document says of itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Control => "control",
            Self::Board => "board",
            Self::Notebook => "notebook",
        }
    }
}
