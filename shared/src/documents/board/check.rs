//! Checks: one person's yes, partly or no to a statement.

use automerge::Automerge;
use automerge::transaction::Transactable;

use super::super::change::change;
use super::super::{AnswerKey, Register, WriteError};
use super::container;

/// What a person says to a statement. The numbers are what stands on the board; 0 is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Check {
    /// It is not so.
    No = 1,
    /// It is partly so.
    Partly = 2,
    /// It is so.
    Yes = 3,
}

impl Check {
    /// Every answer, as they are offered.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The word that stands for it in classes and in tests.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|check| *check as u8 == number)
    }
}

/// Answers a statement, or takes the answer back with `None`.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no board.
pub fn check(doc: &mut Automerge, key: &AnswerKey, answer: Option<Check>) -> Result<(), WriteError> {
    check_all(doc, &[(key.clone(), answer)])
}

/// Answers several statements in one change, as when somebody shares what they had answered alone.
///
/// # Errors
/// [`WriteError::NoContainer`] if `doc` is no board.
pub fn check_all(doc: &mut Automerge, answers: &[(AnswerKey, Option<Check>)]) -> Result<(), WriteError> {
    let checks = container(doc, "checks")?;
    change(doc, "check", |transaction| {
        for (key, answer) in answers {
            transaction.put(&checks, key.to_string(), answer.map_or(0, |answer| answer as u64))?;
        }
        Ok(())
    })
}

/// The answers under a key, without those taken back: a withdrawal does not outweigh an answer that it had not seen.
pub fn answers(register: &Register<u8>) -> impl Iterator<Item = Check> {
    register.values().iter().filter_map(|number| Check::from_number(*number))
}
