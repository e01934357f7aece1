//! Curves: how heavy the load was for each person, month by month, and what happened where their curve turns.
//!
//! Fields of a curve part with id `p`, both under a person's own key, `n` counting the months from 0, the oldest:
//! `p.point-<n>` (marks: a height from 1 to [`HIGHEST`]) and `p.turn-<n>` (registers: a [`Turn`]).
//!
//! A curve is drawn in its owner's notebook ([`PersonCurve::read`] of their own board). It is on the group's board only
//! once they share it: [`sharing::unshared`](super::sharing::unshared) and [`board::answer_all`](super::board::answer_all).

use std::collections::BTreeSet;

use crate::content::{Curve, EntryId as EntryName};
use crate::limits::{self, TooLong};

use super::board::BoardView;
use super::{AnswerKey, EntryId, FieldId, Scope};

/// The highest point: overload. The lowest is 1.
pub const HIGHEST: u8 = 100;

/// The field of the point of a month, from the oldest, 0.
#[must_use]
pub fn point_field(part: &str, month: u8) -> FieldId {
    FieldId::new(part, &format!("point-{month}"))
}

/// The field of what happened in a month.
#[must_use]
pub fn turn_field(part: &str, month: u8) -> FieldId {
    FieldId::new(part, &format!("turn-{month}"))
}

/// Where one person's point of a month lies.
#[must_use]
pub fn point_of(tool: EntryId, part: &str, month: u8, person: EntryId) -> AnswerKey {
    AnswerKey::personal(tool, point_field(part, month), person)
}

/// Where one person's words on a month lie.
#[must_use]
pub fn turn_of(tool: EntryId, part: &str, month: u8, person: EntryId) -> AnswerKey {
    AnswerKey::personal(tool, turn_field(part, month), person)
}

/// What happened where a curve turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// One of the typical turns that the tool offers.
    Typical(EntryName),
    /// In the person's own words.
    Words(String),
}

impl Turn {
    /// A person's own words; `None` for nothing.
    ///
    /// # Errors
    /// [`TooLong`] past the limit of a note.
    pub fn words(words: &str) -> Result<Option<Self>, TooLong> {
        let words = words.trim();
        limits::check(words, limits::NOTE)?;
        // What begins like a typical turn is none.
        let words = words.trim_start_matches('#');
        Ok((!words.is_empty()).then(|| Self::Words(words.to_owned())))
    }

    /// What stands in the register.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Typical(tag) => format!("#{tag}"),
            Self::Words(words) => words.clone(),
        }
    }

    /// What `code` stands for; `None` for nothing, and for a typical turn that the tool does not have.
    #[must_use]
    pub fn from_code(curve: &Curve, code: &str) -> Option<Self> {
        match code.strip_prefix('#') {
            Some(tag) => curve.tags.iter().find(|known| known.id == tag).map(|known| Self::Typical(known.id.clone())),
            None => (!code.trim().is_empty()).then(|| Self::Words(code.to_owned())),
        }
    }
}

/// One month of a curve.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CurvePoint {
    /// How high it is: once, or every height that was set on two devices until one is set again; none where the person
    /// set none. From the lowest.
    pub heights: Vec<u8>,
    /// What happened there, likewise.
    pub turns: Vec<Turn>,
}

impl CurvePoint {
    /// Where the line goes: the middle of its heights.
    #[must_use]
    pub fn height(&self) -> Option<u8> {
        Some(self.heights.first()?.midpoint(*self.heights.last()?))
    }
}

/// One person's curve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCurve {
    /// Whose it is.
    pub person: EntryId,
    /// A point for each month, the oldest first; as many as the tool has months.
    pub points: Vec<CurvePoint>,
}

impl PersonCurve {
    /// One person's curve as `board` has it: the group's, or the notebook's own.
    #[must_use]
    pub fn read(board: &BoardView, tool: EntryId, part: &str, curve: &Curve, person: EntryId) -> Self {
        let point = |month| {
            let heights = board.marks.get(&point_of(tool, part, month, person));
            let turns = board.registers.get(&turn_of(tool, part, month, person));
            let heights = heights.map(|heights| heights.values()).unwrap_or_default();
            let turns = turns.map(|turns| turns.values()).unwrap_or_default();
            let mut heights: Vec<u8> = heights.iter().copied().filter(|height| is_height(*height)).collect();
            heights.sort_unstable();
            let turns = turns.iter().filter_map(|stamped| Turn::from_code(curve, &stamped.value)).collect();
            CurvePoint { heights, turns }
        };
        Self { person, points: (0..curve.months).map(point).collect() }
    }

    /// Whether nothing of it is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.iter().all(|point| point.heights.is_empty() && point.turns.is_empty())
    }

    /// Whether every month has a point.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.points.iter().all(|point| !point.heights.is_empty())
    }
}

/// The curves of those who chose to share theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurveAnswers {
    /// One for each person, in a steady order; those without a point or a turn are left out.
    pub curves: Vec<PersonCurve>,
    /// How many points and turns this version cannot read.
    pub skipped: usize,
}

impl CurveAnswers {
    /// Gathers the curves on the board. Costs time in proportion to the board's marks and values.
    #[must_use]
    pub fn gather(board: &BoardView, tool: EntryId, part: &str, curve: &Curve) -> Self {
        let fields = |field: fn(&str, u8) -> FieldId| (0..curve.months).map(|month| field(part, month)).collect();
        let (points, turns): (BTreeSet<FieldId>, BTreeSet<FieldId>) = (fields(point_field), fields(turn_field));
        let mut skipped = 0;
        let mut people: BTreeSet<EntryId> = BTreeSet::new();
        let shared = |key: &AnswerKey, fields: &BTreeSet<FieldId>| match key.participant {
            Scope::One(person) if key.tool == tool && fields.contains(&key.field) => {
                board.counts(&person).then_some(person)
            }
            _ => None,
        };
        for (key, heights) in &board.marks {
            let Some(person) = shared(key, &points) else { continue };
            people.insert(person);
            skipped += heights.values().iter().filter(|height| **height > HIGHEST).count();
        }
        for (key, said) in &board.registers {
            let Some(person) = shared(key, &turns) else { continue };
            people.insert(person);
            let is_unread = |value: &str| !value.trim().is_empty() && Turn::from_code(curve, value).is_none();
            skipped += said.values().iter().filter(|stamped| is_unread(&stamped.value)).count();
        }
        let curves = people.into_iter().map(|person| PersonCurve::read(board, tool, part, curve, person));
        Self { curves: curves.filter(|curve| !curve.is_empty()).collect(), skipped }
    }

    /// The curve of one person.
    #[must_use]
    pub fn of(&self, person: EntryId) -> Option<&PersonCurve> {
        self.curves.iter().find(|curve| curve.person == person)
    }

    /// The lowest point of a month, the one in the middle, and the highest; of an even number of points the lower of the
    /// two in the middle. `None` where nobody has one.
    #[must_use]
    pub fn spread(&self, month: u8) -> Option<(u8, u8, u8)> {
        let points = self.curves.iter().filter_map(|curve| curve.points.get(usize::from(month))?.height());
        let mut heights: Vec<u8> = points.collect();
        heights.sort_unstable();
        Some((*heights.first()?, heights[(heights.len() - 1) / 2], *heights.last()?))
    }
}

fn is_height(height: u8) -> bool {
    (1..=HIGHEST).contains(&height)
}
