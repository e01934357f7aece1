//! Where everyone stands on a spiral, in a triangle or on one of three courses, and why.
//!
//! Fields of a position part with id `p`, both under a person's own key: `p.place` (marks) and `p.why` (texts). A mark is
//! the number of a stage, from 1; in a triangle it is the number of a [`Place`] between its corners.

use crate::content::{EntryId as EntryName, Position, Shape};

use super::board::BoardView;
use super::choices::Choices;
use super::{AnswerKey, EntryId, FieldId, Scope, SmallMap};

/// How finely a place lies between the corners of a triangle: in this many steps from a corner to the side across.
pub const STEPS: u8 = 20;

/// The field of people's markers.
#[must_use]
pub fn place_field(part: &str) -> FieldId {
    FieldId::new(part, "place")
}

/// The field of the words why.
#[must_use]
pub fn why_field(part: &str) -> FieldId {
    FieldId::new(part, "why")
}

/// Where a marker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// At a stage or on a course: its place among them, from 0.
    Stage(u8),
    /// In a triangle: how strongly each corner pulls, in the order of the stages; together [`STEPS`].
    Between([u8; 3]),
}

impl Place {
    /// The place in a triangle with these pulls, whatever they add up to; rounded to steps, of which the last corner takes
    /// the rest.
    #[must_use]
    pub fn between(pulls: [f64; 3]) -> Self {
        let pulls = pulls.map(|pull| if pull.is_finite() { pull.max(0.0) } else { 0.0 });
        let sum: f64 = pulls.iter().sum();
        if sum <= 0.0 {
            return Self::Between([7, 7, 6]);
        }
        let step = |pull: f64, left: u8| {
            (1..=left).rev().find(|step| f64::from(*step) - 0.5 <= pull / sum * f64::from(STEPS)).unwrap_or(0)
        };
        let first = step(pulls[0], STEPS);
        let second = step(pulls[1], STEPS - first);
        Self::Between([first, second, STEPS - first - second])
    }

    /// The corner of a triangle, or the stage: what is chosen by a button or a key.
    #[must_use]
    pub fn at(position: &Position, stage: u8) -> Self {
        if is_triangle(position) {
            let mut pulls = [0; 3];
            pulls[usize::from(stage.min(2))] = STEPS;
            Self::Between(pulls)
        } else {
            Self::Stage(stage)
        }
    }

    /// The mark that stands for it on the board, for [`place`](super::board::place).
    #[must_use]
    pub fn mark(self) -> u8 {
        match self {
            Self::Stage(stage) => stage.saturating_add(1),
            Self::Between([first, second, _]) => {
                // The rows of the triangle from its first corner down: each is one longer than the one before.
                let row = STEPS - first.min(STEPS);
                before_row(row) + (row - second.min(row)) + 1
            }
        }
    }

    /// The place that `mark` stands for in `position`; `None` for no place there.
    #[must_use]
    pub fn from_mark(position: &Position, mark: u8) -> Option<Self> {
        let index = mark.checked_sub(1)?;
        if !is_triangle(position) {
            return (usize::from(index) < position.stages.len()).then_some(Self::Stage(index));
        }
        let row = (0..=STEPS).rev().find(|row| before_row(*row) <= index)?;
        let third = index - before_row(row);
        if third > row {
            return None;
        }
        Some(Self::Between([STEPS - row, row - third, third]))
    }

    /// The stages that it is at: one, or the corners that it is as near to as to each other.
    #[must_use]
    pub fn stages(self) -> Vec<u8> {
        match self {
            Self::Stage(stage) => vec![stage],
            Self::Between(pulls) => {
                let most = pulls.into_iter().max().unwrap_or_default();
                (0..3).filter(|corner| pulls[usize::from(*corner)] == most).collect()
            }
        }
    }
}

/// How many places of a triangle lie in the rows before this one.
fn before_row(row: u8) -> u8 {
    (1..=row).sum()
}

/// Whether one stands between corners; a triangle with other than three stages is a list of stages.
#[must_use]
pub fn is_triangle(position: &Position) -> bool {
    position.shape == Shape::Triangle && position.stages.len() == 3
}

/// Who stands at one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageAnswers {
    /// Which stage.
    pub stage: EntryName,
    /// Who stands there, in a steady order; in a triangle also who stands as near to another corner.
    pub people: Vec<EntryId>,
}

/// Where everyone stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionAnswers {
    /// Where the markers lie, for everyone.
    pub key: AnswerKey,
    /// Who stands where. A person whose two devices disagree stands in both places until they choose again.
    pub places: Choices<Place>,
    /// Who stands at each stage, in the order of the stages.
    pub stages: Vec<StageAnswers>,
    /// Why, by person, without those who wrote nothing.
    pub whys: SmallMap<EntryId, String>,
    /// How many marks are no place here.
    pub skipped: usize,
}

impl PositionAnswers {
    /// Gathers the answers of one part of one tool instance. Costs time in proportion to the board's marks and texts.
    #[must_use]
    pub fn gather(board: &BoardView, tool: EntryId, part: &str, position: &Position) -> Self {
        let key = AnswerKey::shared(tool, place_field(part));
        let here = |place: &AnswerKey| place.tool == tool && place.field == key.field && place.round == key.round;
        let all = board.marks.iter().filter(|(place, _)| here(place)).flat_map(|(_, register)| register.values());
        let skipped = all.filter(|mark| **mark > 0 && Place::from_mark(position, **mark).is_none()).count();
        let places = Choices::gather(board, &board.marks, &key, |register| {
            let places = register.values().iter().filter_map(|mark| Place::from_mark(position, *mark));
            places.collect::<Vec<_>>()
        });
        let stages = (0_u8..).zip(&position.stages).map(|(index, stage)| {
            let mut people: Vec<EntryId> =
                places.each().filter(|(place, _)| place.stages().contains(&index)).map(|(_, person)| person).collect();
            people.sort_unstable();
            people.dedup();
            StageAnswers { stage: stage.id.clone(), people }
        });
        let stages = stages.collect();
        let field = why_field(part);
        let whys = board.texts.iter().filter_map(|(place, why)| {
            let Scope::One(person) = place.participant else { return None };
            let is_here = place.tool == tool && place.field == field && place.round == key.round;
            let why = why.trim();
            (is_here && board.counts(&person) && !why.is_empty()).then(|| (person, why.to_owned()))
        });
        Self { whys: whys.collect(), key, places, stages, skipped }
    }

    /// Where one person's marker lies.
    #[must_use]
    pub fn mark_of(&self, person: EntryId) -> AnswerKey {
        AnswerKey { participant: Scope::One(person), ..self.key.clone() }
    }

    /// Where one person's words why lie.
    #[must_use]
    pub fn why_of(&self, part: &str, person: EntryId) -> AnswerKey {
        AnswerKey { field: why_field(part), ..self.mark_of(person) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Stage;

    fn triangle() -> Position {
        Position { shape: Shape::Triangle, stages: vec![Stage::default(); 3], ..Position::default() }
    }

    #[test]
    fn every_place_of_a_triangle_has_a_mark_of_its_own_and_reads_back() {
        let mut marks = std::collections::BTreeSet::new();
        for first in 0..=STEPS {
            for second in 0..=STEPS - first {
                let place = Place::Between([first, second, STEPS - first - second]);
                assert_eq!(Place::from_mark(&triangle(), place.mark()), Some(place));
                assert!(place.mark() > 0 && marks.insert(place.mark()));
            }
        }
        assert_eq!(marks.len(), 231);
        assert!((232..=255).chain([0]).all(|mark| Place::from_mark(&triangle(), mark).is_none()));
    }

    #[test]
    fn a_pointer_in_the_triangle_is_at_the_nearest_place() {
        assert_eq!(Place::between([2.0, 0.0, 0.0]), Place::at(&triangle(), 0));
        assert_eq!(Place::between([0.0, 0.26, 0.74]), Place::Between([0, 5, 15]));
        assert_eq!(Place::between([1.0, 1.0, 1.0]), Place::Between([7, 7, 6]));
        for nowhere in [[0.0; 3], [f64::NAN, 0.0, 0.0], [-1.0, -2.0, f64::INFINITY]] {
            let Place::Between(pulls) = Place::between(nowhere) else { unreachable!() };
            assert_eq!(pulls.iter().sum::<u8>(), STEPS, "{nowhere:?}");
        }
    }

    #[test]
    fn the_middle_of_a_side_is_at_both_of_its_corners() {
        assert_eq!(Place::Between([10, 0, 10]).stages(), [0, 2]);
        assert_eq!(Place::Between([20, 0, 0]).stages(), [0]);
    }
}
