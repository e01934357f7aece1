//! The maturity table's answers: who stands where now and in ambition, with the words that go with it.
//!
//! Fields of a maturity part with id `p`: `p.now` and `p.ambition` (placements in the board's marks, examples in its
//! notes, the agreed level in control's decisions, why in control's texts), `p.obstacles` and `p.signs` (notes),
//! `p.time-frame` (a register: a date `2027-04-01` or months `P6M`, and a text of words).

use std::collections::BTreeMap;

use crate::content::{ColumnRole, Maturity};

use super::board::{BoardView, Note};
use super::control::ControlView;
use super::{AnswerKey, EntryId, FieldId, Register, Scope, Stamped};

/// The name of the field behind a column.
#[must_use]
pub fn column_field(part: &str, column: ColumnRole) -> FieldId {
    FieldId::new(
        part,
        match column {
            ColumnRole::Now => "now",
            ColumnRole::Ambition => "ambition",
        },
    )
}

/// The field of obstacles in the way.
#[must_use]
pub fn obstacles_field(part: &str) -> FieldId {
    FieldId::new(part, "obstacles")
}

/// The field of signs by which the group will notice.
#[must_use]
pub fn signs_field(part: &str) -> FieldId {
    FieldId::new(part, "signs")
}

/// The field of the time frame.
#[must_use]
pub fn time_frame_field(part: &str) -> FieldId {
    FieldId::new(part, "time-frame")
}

/// One side of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnAnswers {
    /// Where it lies, for all of the workshop.
    pub key: AnswerKey,
    /// Who stands on each level, from the lowest level up, each person's id in order. A person whose two devices
    /// disagree stands on both levels and in `undecided`.
    pub placements: BTreeMap<u8, Vec<EntryId>>,
    /// People who stand on several levels until they choose.
    pub undecided: Vec<EntryId>,
    /// Examples in their order, hidden ones left out.
    pub examples: Vec<Note>,
    /// The agreed level; 0 is 'not agreed'.
    pub agreed: Register<Stamped<u8>>,
    /// Why.
    pub reason: String,
}

impl ColumnAnswers {
    /// How many people have placed themselves.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.placements.values().map(Vec::len).sum::<usize>() - self.extra()
    }

    fn extra(&self) -> usize {
        self.undecided
            .iter()
            .map(|person| self.placements.values().filter(|people| people.contains(person)).count().saturating_sub(1))
            .sum()
    }

    /// The level where a person stands, if it is one.
    #[must_use]
    pub fn level_of(&self, person: EntryId) -> Option<u8> {
        if self.undecided.contains(&person) {
            return None;
        }
        self.placements.iter().find(|(_, people)| people.contains(&person)).map(|(level, _)| *level)
    }

    /// All levels that were agreed on and not settled against each other, without 'not agreed'.
    #[must_use]
    pub fn agreed_levels(&self) -> Vec<&Stamped<u8>> {
        let values = self.agreed.values();
        let real: Vec<_> = values.iter().filter(|stamped| stamped.value > 0).collect();
        if real.is_empty() { Vec::new() } else { real }
    }
}

/// A whole table as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaturityAnswers {
    /// Where we are.
    pub now: ColumnAnswers,
    /// Where we want to be.
    pub ambition: ColumnAnswers,
    /// What stands in the way.
    pub obstacles: Vec<Note>,
    /// How we will notice.
    pub signs: Vec<Note>,
    /// By when: dates or months.
    pub time_frame: Register<Stamped<String>>,
    /// The time frame in words.
    pub time_frame_words: String,
    /// Where the time frame lies.
    pub time_frame_key: AnswerKey,
}

impl MaturityAnswers {
    /// One side of it.
    #[must_use]
    pub fn column(&self, column: ColumnRole) -> &ColumnAnswers {
        match column {
            ColumnRole::Now => &self.now,
            ColumnRole::Ambition => &self.ambition,
        }
    }

    /// Gathers the answers of one part of one tool instance. Costs time in proportion to the board's entries.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &Maturity) -> Self {
        let part_id = part.id.to_string();
        let column = |role| {
            let key = AnswerKey::shared(tool, column_field(&part_id, role));
            let mut answers = ColumnAnswers {
                placements: BTreeMap::new(),
                undecided: Vec::new(),
                examples: notes(control, board, &key),
                agreed: control.decisions.get(&key).cloned().unwrap_or_default(),
                reason: control.reasons.get(&key).cloned().unwrap_or_default(),
                key,
            };
            answers.place_people(board, part);
            answers
        };
        let time_frame_key = AnswerKey::shared(tool, time_frame_field(&part_id));
        Self {
            now: column(ColumnRole::Now),
            ambition: column(ColumnRole::Ambition),
            obstacles: notes(control, board, &AnswerKey::shared(tool, obstacles_field(&part_id))),
            signs: notes(control, board, &AnswerKey::shared(tool, signs_field(&part_id))),
            time_frame: board.registers.get(&time_frame_key).cloned().unwrap_or_default(),
            time_frame_words: board.texts.get(&time_frame_key).cloned().unwrap_or_default(),
            time_frame_key,
        }
    }

    /// How many levels lie between what is agreed for now and for ambition, where both are settled.
    #[must_use]
    pub fn gap(&self) -> Option<i16> {
        let level = |column: &ColumnAnswers| match column.agreed_levels().as_slice() {
            [stamped] => Some(i16::from(stamped.value)),
            _ => None,
        };
        Some(level(&self.ambition)? - level(&self.now)?)
    }
}

impl ColumnAnswers {
    fn place_people(&mut self, board: &BoardView, part: &Maturity) {
        for (place, register) in &board.marks {
            let Scope::One(person) = place.participant else { continue };
            let same_column = place.tool == self.key.tool && place.field == self.key.field;
            if !same_column || board.is_removed(&person) || !board.people.contains_key(&person) {
                continue;
            }
            // A withdrawal does not outweigh a move that it had not seen.
            let levels: Vec<u8> =
                register.values().iter().copied().filter(|level| part.level(*level).is_some()).collect();
            for level in &levels {
                self.placements.entry(*level).or_default().push(person);
            }
            if levels.len() > 1 {
                self.undecided.push(person);
            }
        }
    }
}

fn notes(control: &ControlView, board: &BoardView, key: &AnswerKey) -> Vec<Note> {
    let mut notes: Vec<Note> = board
        .notes
        .values()
        .filter(|note| note.place.tool == key.tool && note.place.field == key.field)
        .filter(|note| !control.hidden.contains_key(&note.id))
        .cloned()
        .collect();
    notes.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    notes
}
