//! A note that somebody is writing.

use shared::documents::board::NewNote;
use shared::documents::{AnswerKey, EntryId};

/// A note that somebody is writing: where it will belong, on which level, and by whom. All three are fixed when its
/// writer begins, so that a draft stays where it is when the person moves to another level meanwhile, or the phone is
/// handed to somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteDraft {
    pub(super) place: AnswerKey,
    pub(super) level: Option<u8>,
    pub(super) author: Option<EntryId>,
}

impl NoteDraft {
    /// The level that it is an example of.
    #[must_use]
    pub fn level(&self) -> Option<u8> {
        self.level
    }

    /// Where the words lie in the notebook. A draft is its writer's alone, also on a phone that two write on.
    pub(super) fn key(&self) -> String {
        let level = self.level.map(|level| level.to_string()).unwrap_or_default();
        let author = self.author.map(|author| author.to_string()).unwrap_or_default();
        format!("{}/{level}/{author}", self.place)
    }

    /// The note that it becomes.
    pub(super) fn note(&self, at: i64, text: &str) -> NewNote {
        let Self { place, level, author } = self.clone();
        NewNote { place, level, author, at, text: text.trim().to_owned() }
    }
}
