//! One thing that a person did: what it is called, and why it may be refused.

use shared::documents::WriteError;
use shared::limits::TooLong;

/// A random id of one thing that a person did on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ActionId(pub u64);

/// What a person did. Views word it; counts count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum ActionLabel {
    /// Made the workshop.
    #[n(1)]
    Create,
    /// Joined, or put somebody without a phone on the board.
    #[n(2)]
    Join,
    /// Changed a name.
    #[n(3)]
    Name,
    /// Changed a mark.
    #[n(4)]
    Mark,
    /// Placed somebody on a level.
    #[n(5)]
    Place,
    /// Took a placement back.
    #[n(6)]
    Withdraw,
    /// Put a note on the board.
    #[n(7)]
    Note,
    /// Edited a text.
    #[n(8)]
    Text,
    /// Took a note off the board.
    #[n(9)]
    RemoveNote,
    /// Set a value such as the time frame.
    #[n(10)]
    Value,
    /// Changed the title.
    #[n(11)]
    Title,
    /// Changed the workshop's language.
    #[n(12)]
    Language,
    /// Showed or hid names on the projector.
    #[n(13)]
    Names,
    /// Chose what is projected.
    #[n(14)]
    Focus,
    /// Added a tool.
    #[n(15)]
    Tool,
    /// Took a tool out.
    #[n(16)]
    RemoveTool,
    /// Agreed on a level.
    #[n(17)]
    Decide,
    /// Took an entry off the wall.
    #[n(18)]
    Hide,
    /// Put it back on the wall.
    #[n(19)]
    Show,
    /// Took a person off the board.
    #[n(20)]
    RemovePerson,
    /// Put something back that was removed.
    #[n(21)]
    Restore,
    /// Answered a statement.
    #[n(22)]
    Check,
    /// Supported an entry, or weighed it.
    #[n(23)]
    Support,
    /// Moved a note or a row.
    #[n(24)]
    Move,
    /// Put a row or an action on the board.
    #[n(25)]
    Row,
    /// Filled in a cell.
    #[n(26)]
    Cell,
    /// Took a row off the board.
    #[n(27)]
    RemoveRow,
    /// Began a round, or took one back.
    #[n(28)]
    Round,
    /// Shared what was answered alone, or withdrew it.
    #[n(29)]
    Share,
    /// Added, renamed or took away a group, or said which one somebody is in.
    #[n(30)]
    Group,
    /// Anything that a newer version of the app calls otherwise.
    #[n(0)]
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
