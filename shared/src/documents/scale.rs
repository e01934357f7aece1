//! The barometer's answers: where everyone stands, with a few words, and where they stood before.
//!
//! Fields of a scale part with id `p`: `p.mark` (marks) and `p.words` (texts), both under a person's own key and in a
//! round. The first round is the key's 'all'; those that follow stand in control ([`ControlView::rounds`]).

use std::collections::BTreeMap;

use crate::content::Scale;

use super::board::BoardView;
use super::choices::Choices;
use super::control::ControlView;
use super::{AnswerKey, EntryId, FieldId, Scope};

/// The field of people's marks.
#[must_use]
pub fn mark_field(part: &str) -> FieldId {
    FieldId::new(part, "mark")
}

/// The field of the words beside them.
#[must_use]
pub fn words_field(part: &str) -> FieldId {
    FieldId::new(part, "words")
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleRound {
    /// Where its marks lie, for everyone.
    pub key: AnswerKey,
    /// When it was begun; the first has no beginning of its own.
    pub at: Option<i64>,
    /// Who stands where.
    pub marks: Choices<u8>,
    /// The words of each person, without those who wrote none.
    pub words: BTreeMap<EntryId, String>,
}

impl ScaleRound {
    /// Where one person's mark lies.
    #[must_use]
    pub fn mark_of(&self, person: EntryId) -> AnswerKey {
        AnswerKey { participant: Scope::One(person), ..self.key.clone() }
    }

    /// Where one person's words lie.
    #[must_use]
    pub fn words_of(&self, part: &str, person: EntryId) -> AnswerKey {
        AnswerKey { field: words_field(part), ..self.mark_of(person) }
    }

    /// The lowest mark, the one in the middle, and the highest; of an even number of marks the lower of the two in the
    /// middle. `None` while there are none.
    #[must_use]
    pub fn spread(&self) -> Option<(u8, u8, u8)> {
        let all: Vec<u8> = self.marks.each().map(|(mark, _)| mark).collect();
        Some((*all.first()?, all[(all.len() - 1) / 2], *all.last()?))
    }
}

/// Every round of a scale, the first first. There is always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleAnswers {
    /// The rounds.
    pub rounds: Vec<ScaleRound>,
}

impl ScaleAnswers {
    /// Gathers the answers of one part of one tool instance. Costs time in proportion to the board's entries.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str, scale: &Scale) -> Self {
        let begun = control.rounds.get(&tool).map(Vec::as_slice).unwrap_or_default();
        let round = |round: Scope, at: Option<i64>| {
            let key = AnswerKey { round, ..AnswerKey::shared(tool, mark_field(part)) };
            let on_scale = |mark: &u8| (scale.min.max(1)..=scale.max).contains(mark);
            let marks = Choices::gather(board, &board.marks, &key, |register| {
                register.values().iter().copied().filter(on_scale).collect::<Vec<_>>()
            });
            let field = words_field(part);
            let words = board.texts.iter().filter_map(|(place, words)| {
                let Scope::One(person) = place.participant else { return None };
                let is_here = place.tool == tool && place.field == field && place.round == round;
                let words = words.trim();
                (is_here && board.counts(&person) && !words.is_empty()).then(|| (person, words.to_owned()))
            });
            ScaleRound { words: words.collect(), marks, key, at }
        };
        let first = round(Scope::All, None);
        let later = begun.iter().map(|begun| round(Scope::One(begun.id), Some(begun.at)));
        Self { rounds: std::iter::once(first).chain(later).collect() }
    }

    /// The round that is answered now.
    ///
    /// # Panics
    /// Never: [`Self::gather`] makes the first round always.
    #[must_use]
    pub fn current(&self) -> &ScaleRound {
        self.rounds.last().expect("there is always a first round")
    }

    /// The rounds before, the latest first, without those that nobody answered.
    pub fn earlier(&self) -> impl Iterator<Item = &ScaleRound> {
        self.rounds.iter().rev().skip(1).filter(|round| round.marks.answered() > 0)
    }
}
