//! A checklist's answers: who says yes, partly or no to each statement.
//!
//! Fields of a checklist part with id `p`: `p.<statement>` (checks, under a person's own key). Where the part is to be
//! answered alone first, a person's answers lie in their notebook's own board until they share them.

use crate::content::{Checklist, Entry, EntryId as EntryName};

use super::board::{self, BoardView, Check};
use super::choices::Choices;
use super::{AnswerKey, EntryId, FieldId, Scope};

/// The field of a statement.
#[must_use]
pub fn statement_field(part: &str, statement: &EntryName) -> FieldId {
    FieldId::new(part, statement.as_str())
}

/// What people say to one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementAnswers {
    /// Which statement.
    pub statement: EntryName,
    /// Where its answers lie, for everyone.
    pub key: AnswerKey,
    /// Who says what.
    pub choices: Choices<Check>,
}

impl StatementAnswers {
    /// Where one person's answer lies.
    #[must_use]
    pub fn key_of(&self, person: EntryId) -> AnswerKey {
        AnswerKey { participant: Scope::One(person), ..self.key.clone() }
    }

    /// How far people are from one another: 0 where all say the same, most where half say yes and half say no. Twice the
    /// variance as a fraction: above and below the line.
    #[must_use]
    pub fn dispute(&self) -> (u64, u64) {
        let values = self.choices.each().map(|(check, _)| check as u64);
        let (count, sum, squares) = values.fold((0_u64, 0_u64, 0_u64), |(count, sum, squares), value| {
            (count + 1, sum + value, squares + value * value)
        });
        (count * squares - sum * sum, (count * count).max(1))
    }
}

/// The answers to every statement of a part, in its order. Costs time in proportion to the board's checks.
#[must_use]
pub fn gather(board: &BoardView, tool: EntryId, part: &str, checklist: &Checklist) -> Vec<StatementAnswers> {
    let statements = checklist.groups.iter().flat_map(|group| &group.statements);
    statements
        .map(|statement| {
            let key = AnswerKey::shared(tool, statement_field(part, &statement.id));
            let choices = Choices::gather(board, &board.checks, &key, board::answers);
            StatementAnswers { statement: statement.id.clone(), key, choices }
        })
        .collect()
}

/// The same answers with the most disputed first; the order of the list among equals.
#[must_use]
pub fn by_dispute(answers: &[StatementAnswers]) -> Vec<&StatementAnswers> {
    let mut sorted: Vec<&StatementAnswers> = answers.iter().collect();
    sorted.sort_by_key(|one| {
        let (above, below) = one.dispute();
        // Counts of people are small: the fractions are compared in millionths.
        std::cmp::Reverse(above * 1_000_000 / below)
    });
    sorted
}

/// What a person says to a statement: in their notebook's board `own` if they answered there, else on the board.
#[must_use]
pub fn own_answer(own: &BoardView, board: &BoardView, key: &AnswerKey) -> Option<Check> {
    let there = own.checks.get(key).or_else(|| board.checks.get(key))?;
    board::answers(there).last()
}

/// The keys of what a person answered alone and has on the board: what they can take back from it.
#[must_use]
pub fn shared(
    own: &BoardView,
    board: &BoardView,
    tool: EntryId,
    part: &str,
    checklist: &Checklist,
    person: EntryId,
) -> Vec<AnswerKey> {
    let statements = checklist.groups.iter().flat_map(|group| &group.statements);
    let keys = statements.map(|statement| AnswerKey::personal(tool, statement_field(part, &statement.id), person));
    let is_there = |board: &BoardView, key: &AnswerKey| board::answers(board.checks.get(key)?).last();
    keys.filter(|key| own.checks.contains_key(key) && is_there(board, key).is_some()).collect()
}

/// What a person answered alone otherwise than the board has it, by the key where it belongs there; `None` for what they
/// took back. Nothing is left once they have shared.
#[must_use]
pub fn unshared(
    own: &BoardView,
    board: &BoardView,
    tool: EntryId,
    part: &str,
    checklist: &Checklist,
    person: EntryId,
) -> Vec<(AnswerKey, Option<Check>)> {
    let statements = checklist.groups.iter().flat_map(|group| &group.statements);
    let other = |statement: &Entry| {
        let key = AnswerKey::personal(tool, statement_field(part, &statement.id), person);
        let answer = board::answers(own.checks.get(&key)?).last();
        let shared = board.checks.get(&key).map(|there| board::answers(there).collect::<Vec<_>>()).unwrap_or_default();
        (shared != Vec::from_iter(answer)).then_some((key, answer))
    };
    statements.filter_map(other).collect()
}
