//! One thing that a person did: what it is called, and why it may be refused.

use shared::documents::WriteError;
use shared::limits::TooLong;

/// A random id of one thing that a person did on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActionId(pub u64);

/// What a person did. Views word it; counts count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionLabel {
    /// Made the workshop.
    Create,
    /// Joined, or put somebody without a phone on the board.
    Join,
    /// Changed a name.
    Name,
    /// Changed a mark.
    Mark,
    /// Placed somebody on a level.
    Place,
    /// Took a placement back.
    Withdraw,
    /// Put a note on the board.
    Note,
    /// Edited a text.
    Text,
    /// Took a note off the board.
    RemoveNote,
    /// Set a value such as the time frame.
    Value,
    /// Changed the title.
    Title,
    /// Changed the workshop's language.
    Language,
    /// Showed or hid names on the projector.
    Names,
    /// Chose what is projected.
    Focus,
    /// Added a tool.
    Tool,
    /// Took a tool out.
    RemoveTool,
    /// Agreed on a level.
    Decide,
    /// Took an entry off the wall.
    Hide,
    /// Put it back on the wall.
    Show,
    /// Took a person off the board.
    RemovePerson,
    /// Put something back that was removed.
    Restore,
    /// Anything that a newer version of the app calls otherwise.
    #[serde(other)]
    Other,
}

/// Why something could not be done. Nothing was changed, and the words are still where they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// A text is longer than its place allows.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// There are as many of these as a workshop holds.
    #[error("already {limit} of these, which is the most")]
    TooMany {
        /// The limit.
        limit: usize,
    },
    /// What it was about is not on the board any more.
    #[error("the entry is not there")]
    Gone,
    /// The workshop has not reached this device yet.
    #[error("the workshop is not here yet")]
    NotHere,
    /// This role may not do that.
    #[error("this role may not do that")]
    NotAllowed,
    /// A newer version of the app has written the documents.
    #[error("a newer version of the app is needed")]
    NewerSchema,
    /// Nobody has joined on this device yet.
    #[error("nobody has joined on this device")]
    NotJoined,
    /// The document refused; its words are for a log.
    #[error("the document refused: {0}")]
    Document(String),
}

impl From<WriteError> for ActionError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLong(too_long) => Self::TooLong(too_long),
            WriteError::TooMany { limit } => Self::TooMany { limit },
            WriteError::NoEntry { .. } => Self::Gone,
            WriteError::NoContainer { .. } => Self::NotHere,
            WriteError::Automerge(error) => Self::Document(error.to_string()),
        }
    }
}
