//! How far what was done on this device has come, in all and by what it was done to.

use std::collections::BTreeMap;

use super::delivery::{Delivery, Waiting};

/// How far everything done here has come. It stands apart from the [`Snapshot`](super::Snapshot), for it changes three
/// times with every letter, and the board does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// In all, and how the line stands.
    pub delivery: Delivery,
    /// What was done here and is not received yet, by [`ActionLabel`](super::ActionLabel)'s subject: a note's id, a
    /// place's key.
    pub waiting: BTreeMap<String, Waiting>,
    /// What was done here and the board did not take, by subject, with the code of why.
    pub refused: BTreeMap<String, String>,
}

impl Progress {
    /// How far the last thing that was done to `subject` (a note's id or a place's key, in text form) has come;
    /// `None` when the board has received it, or it was not done here.
    #[must_use]
    pub fn waiting_for(&self, subject: &str) -> Option<Waiting> {
        self.waiting.get(subject).copied()
    }

    /// Why the board did not take what was done to `subject`, by its code; `None` where it did, or has yet to.
    #[must_use]
    pub fn refused_for(&self, subject: &str) -> Option<&str> {
        self.refused.get(subject).map(String::as_str)
    }
}
