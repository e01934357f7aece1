//! The maturity table's answers: who stands where now and in ambition, with the words that go with it.
//!
//! Fields of a maturity part with id `p`: `p.now` and `p.ambition` (placements in the board's marks, examples in its
//! notes, the agreed level in control's decisions, why in control's texts), `p.obstacles` and `p.signs` (notes),
//! `p.time-frame` (a register: a date `2027-04-01` or months `P6M`, and a text of words).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::content::{ColumnRole, EntryId as PartId, Maturity};

use super::board::{BoardView, Note};
use super::control::ControlView;
use super::entries::notes_in;
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
    pub examples: Vec<Rc<Note>>,
    /// The agreed level; 0 is 'not agreed'.
    pub agreed: Register<Stamped<u8>>,
    /// Why.
    pub reason: String,
}

impl ColumnAnswers {
    /// How many people have placed themselves.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.placements.values().flatten().collect::<BTreeSet<_>>().len()
    }

    /// The level where a person stands, if it is one.
    #[must_use]
    pub fn level_of(&self, person: EntryId) -> Option<u8> {
        if self.undecided.contains(&person) {
            return None;
        }
        self.placements.iter().find(|(_, people)| people.contains(&person)).map(|(level, _)| *level)
    }

    /// All levels that stand as agreed, without 'not agreed': where that met a level, the level alone is here, and
    /// [`ColumnAnswers::agreed`] is unsettled all the same.
    #[must_use]
    pub fn agreed_levels(&self) -> Vec<&Stamped<u8>> {
        self.agreed.values().iter().filter(|stamped| stamped.value > 0).collect()
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
    pub obstacles: Vec<Rc<Note>>,
    /// How we will notice.
    pub signs: Vec<Rc<Note>>,
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
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part_id: &PartId, part: &Maturity) -> Self {
        let part_id = part_id.to_string();
        let column = |role| {
            let key = AnswerKey::shared(tool, column_field(&part_id, role));
            let mut answers = ColumnAnswers {
                placements: BTreeMap::new(),
                undecided: Vec::new(),
                examples: notes(control, board, &key).into_iter().map(|note| on_a_level(note, part)).collect(),
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
        // 'Not agreed' that met a level is as unsettled as two levels.
        let settled = |column: &ColumnAnswers| column.agreed.settled().map(|stamped| i16::from(stamped.value));
        let level = |column: &ColumnAnswers| settled(column).filter(|level| *level > 0);
        Some(level(&self.ambition)? - level(&self.now)?)
    }
}

impl ColumnAnswers {
    fn place_people(&mut self, board: &BoardView, part: &Maturity) {
        // A person may have marks in several rounds or groups; they are one person all the same.
        let mut stands: BTreeMap<EntryId, BTreeSet<u8>> = BTreeMap::new();
        for (place, register) in &board.marks {
            let Scope::One(person) = place.participant else { continue };
            let same_column = place.tool == self.key.tool && place.field == self.key.field;
            if !same_column || !board.counts(&person) {
                continue;
            }
            // A withdrawal does not outweigh a move that it had not seen.
            let levels = register.values().iter().copied().filter(|level| part.level(*level).is_some());
            stands.entry(person).or_default().extend(levels);
        }
        for (person, levels) in stands {
            for level in &levels {
                self.placements.entry(*level).or_default().push(person);
            }
            if levels.len() > 1 {
                self.undecided.push(person);
            }
        }
    }
}

/// A note without its level, where the table has no such level: what it says stands all the same.
fn on_a_level(note: Rc<Note>, part: &Maturity) -> Rc<Note> {
    match note.level {
        Some(level) if part.level(level).is_none() => Rc::new(Note { level: None, ..Note::clone(&note) }),
        _ => note,
    }
}

fn notes(control: &ControlView, board: &BoardView, key: &AnswerKey) -> Vec<Rc<Note>> {
    notes_in(control, board, key.tool, &key.field)
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;

    use super::super::board::{self, Mark};
    use super::super::control;
    use super::*;
    use crate::access::FacilitatorSecret;
    use crate::content::Level;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn table() -> Maturity {
        let levels = (1..=5).map(|value| Level { value, ..Level::default() }).collect();
        Maturity { levels, ..Maturity::default() }
    }

    #[test]
    fn a_person_with_conflicts_in_two_rounds_is_one_person() {
        let mut here = board::genesis().with_actor(ActorId::from([1; 16]));
        board::add_person(&mut here, id(2), None, Mark::new(1)).unwrap();
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        let first = AnswerKey::personal(id(1), column_field("levels", ColumnRole::Now), id(2));
        let second = AnswerKey { round: Scope::One(id(9)), ..first.clone() };
        for (doc, levels) in [(&mut here, [1, 3]), (&mut there, [2, 4])] {
            board::place(doc, &first, Some(levels[0])).unwrap();
            board::place(doc, &second, Some(levels[1])).unwrap();
        }
        here.merge(&mut there).unwrap();
        let answers = MaturityAnswers::gather(
            &ControlView::default(),
            &BoardView::read(&here),
            id(1),
            &"levels".into(),
            &table(),
        );
        assert_eq!((answers.now.answered(), answers.now.undecided.as_slice()), (1, [id(2)].as_slice()));
        assert_eq!(answers.now.placements.values().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1]);
        assert_eq!(answers.now.level_of(id(2)), None);
    }

    #[test]
    fn there_is_no_gap_while_a_level_has_met_that_none_is_agreed() {
        let identity = FacilitatorSecret::from_random([1; 16]).identity();
        let mut here = control::genesis(&identity).with_actor(ActorId::from([1; 16]));
        let key = |role| AnswerKey::shared(id(1), column_field("levels", role));
        let level = |value, at| Stamped { value, by: None, at };
        control::decide(&mut here, &key(ColumnRole::Now), &level(2, 1)).unwrap();
        control::decide(&mut here, &key(ColumnRole::Ambition), &level(4, 1)).unwrap();
        let gap = |doc: &automerge::Automerge| {
            MaturityAnswers::gather(&ControlView::read(doc), &BoardView::default(), id(1), &"levels".into(), &table())
                .gap()
        };
        assert_eq!(gap(&here), Some(2));
        let mut there = here.fork().with_actor(ActorId::from([2; 16]));
        control::decide(&mut here, &key(ColumnRole::Ambition), &level(5, 2)).unwrap();
        control::decide(&mut there, &key(ColumnRole::Ambition), &level(0, 3)).unwrap();
        here.merge(&mut there).unwrap();
        assert_eq!(gap(&here), None);
        control::decide(&mut here, &key(ColumnRole::Ambition), &level(0, 4)).unwrap();
        assert_eq!(gap(&here), None, "none is agreed");
    }
}
