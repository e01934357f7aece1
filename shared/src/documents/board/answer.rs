//! Answers of one person, several in one change: as when somebody shares what they had answered alone, or takes it back.

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjId, ReadDoc};

use crate::limits;

use super::super::change::change;
use super::super::text::TextTarget;
use super::super::{AnswerKey, Register, Scope, Stamped, WriteError};
use super::{BoardView, Check, container};

/// One answer under a key. `None` and empty words take it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A level, place, height or weight, in the container `marks`; never 0.
    Mark(AnswerKey, Option<u8>),
    /// Yes, partly or no, in `checks`.
    Check(AnswerKey, Option<Check>),
    /// A value, in `registers`.
    Value(AnswerKey, String),
    /// Words, whole, in `texts`.
    Words(AnswerKey, String),
}

impl Answer {
    /// Where it lies.
    #[must_use]
    pub fn key(&self) -> &AnswerKey {
        match self {
            Self::Mark(key, _) | Self::Check(key, _) | Self::Value(key, _) | Self::Words(key, _) => key,
        }
    }

    /// Whether it takes back what stood there.
    #[must_use]
    pub fn is_taken_back(&self) -> bool {
        match self {
            Self::Mark(_, mark) => mark.is_none(),
            Self::Check(_, check) => check.is_none(),
            Self::Value(_, words) | Self::Words(_, words) => words.is_empty(),
        }
    }

    /// The answer that takes this one back, as things stand before it; `None` where several values had met there, which
    /// nobody can put back.
    #[must_use]
    pub fn before(&self, board: &BoardView) -> Option<Self> {
        Some(match self {
            Self::Mark(key, _) => {
                let number = single(board.marks.get(key))?.copied().unwrap_or_default();
                Self::Mark(key.clone(), (number > 0).then_some(number))
            }
            Self::Check(key, _) => {
                let number = single(board.checks.get(key))?.copied().unwrap_or_default();
                Self::Check(key.clone(), Check::ALL.into_iter().find(|check| *check as u8 == number))
            }
            Self::Value(key, _) => {
                let value = single(board.registers.get(key))?.map(|stamped| stamped.value.clone());
                Self::Value(key.clone(), value.unwrap_or_default())
            }
            Self::Words(key, _) => Self::Words(key.clone(), board.texts.get(key).cloned().unwrap_or_default()),
        })
    }

    fn check_limit(&self) -> Result<(), WriteError> {
        match self {
            Self::Mark(..) | Self::Check(..) => Ok(()),
            Self::Value(_, value) => Ok(limits::check(value, limits::NOTE)?),
            Self::Words(key, words) => Ok(limits::check(words, TextTarget::Field(key.clone()).limit())?),
        }
    }
}

/// What stands alone in a register, if anything; `None` where several values met.
fn single<T>(register: Option<&Register<T>>) -> Option<Option<&T>> {
    match register {
        Some(register) if register.is_unsettled() => None,
        register => Some(register.and_then(Register::settled)),
    }
}

/// Gives several answers in one change; `at` is when, in milliseconds since 1970. On the board, or on a notebook's own.
///
/// # Errors
/// [`WriteError::TooLong`] for a value past a note's length and words past a long text's: then nothing is changed.
/// [`WriteError::NoContainer`] if `doc` is no board.
pub fn answer_all(doc: &mut Automerge, answers: &[Answer], at: i64) -> Result<(), WriteError> {
    answers.iter().try_for_each(Answer::check_limit)?;
    let [marks, checks, registers] =
        [container(doc, "marks")?, container(doc, "checks")?, container(doc, "registers")?];
    let mut texts: Vec<(ObjId, &str)> = Vec::new();
    for answer in answers {
        let Answer::Words(key, words) = answer else { continue };
        let target = TextTarget::Field(key.clone());
        // No text is made only to be empty.
        if target.find(doc).is_some() || !words.is_empty() {
            texts.push((target.ensure(doc)?, words));
        }
    }
    change(doc, "answers", |transaction| {
        for answer in answers {
            let key = answer.key().to_string();
            match answer {
                Answer::Mark(_, mark) => transaction.put(&marks, key, u64::from(mark.unwrap_or(0)))?,
                Answer::Check(_, check) => transaction.put(&checks, key, check.map_or(0, |check| check as u64))?,
                Answer::Value(place, value) => {
                    let by = match place.participant {
                        Scope::One(person) => Some(person),
                        Scope::All => None,
                    };
                    transaction.put(&registers, key, Stamped { value: value.clone(), by, at }.to_scalar())?;
                }
                Answer::Words(..) => {}
            }
        }
        for (text, words) in texts {
            let length = isize::try_from(transaction.length(&text)).unwrap_or(isize::MAX);
            transaction.splice_text(&text, 0, length, words)?;
        }
        Ok(())
    })
}
