//! A matrix' answers: notes in the plane of two axes.
//!
//! Fields of a matrix part with id `p`: `p.x<0–100>y<0–100>` (notes), a [`Spot`] for each place. Where a note stands is the
//! field that it was written in or moved to, so moving it is [`move_note`](super::board::move_note). The quadrant
//! follows from the place. What somebody wrote alone lies in their notebook's board, and is gathered from there in the same
//! way.

use std::rc::Rc;

use crate::content::{End, Quadrant};

use super::board::{BoardView, Note};
use super::control::ControlView;
use super::{AnswerKey, EntryId, FieldId};

/// A place in the plane, in hundredths from the low end of each axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    x: u8,
    y: u8,
}

impl Spot {
    /// The high end of an axis.
    pub const FAR: u8 = 100;

    /// The place with these distances from the low ends; what lies beyond an end is at the end.
    #[must_use]
    pub fn new(x: u8, y: u8) -> Self {
        Self { x: x.min(Self::FAR), y: y.min(Self::FAR) }
    }

    /// From left to right, at most [`Spot::FAR`].
    #[must_use]
    pub fn x(self) -> u8 {
        self.x
    }

    /// From the bottom to the top, at most [`Spot::FAR`].
    #[must_use]
    pub fn y(self) -> u8 {
        self.y
    }

    /// The middle of a quadrant.
    #[must_use]
    pub fn middle_of(quadrant: &Quadrant) -> Self {
        let middle = |end| match end {
            End::Low => 25,
            End::High => 75,
        };
        Self { x: middle(quadrant.x), y: middle(quadrant.y) }
    }

    /// Whether it lies in a quadrant. The middle of an axis counts as high.
    #[must_use]
    pub fn is_in(self, quadrant: &Quadrant) -> bool {
        let end = |at| if at < Self::FAR / 2 { End::Low } else { End::High };
        (quadrant.x, quadrant.y) == (end(self.x), end(self.y))
    }

    /// The field of notes that stand there.
    #[must_use]
    pub fn field(self, part: &str) -> FieldId {
        FieldId::new(part, &format!("x{}y{}", self.x, self.y))
    }

    /// The place that a field of the part is; `None` for any other field.
    #[must_use]
    pub fn from_field(part: &str, field: &FieldId) -> Option<Self> {
        let (x, y) = field.name_in(part)?.strip_prefix('x')?.split_once('y')?;
        let spot = Self { x: x.parse().ok()?, y: y.parse().ok()? };
        // One place has one field.
        (spot.x <= Self::FAR && spot.y <= Self::FAR && spot.field(part) == *field).then_some(spot)
    }

    fn distance(self, other: Self) -> u32 {
        let apart = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
        apart(self.x, other.x) + apart(self.y, other.y)
    }
}

/// A note in the plane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixEntry {
    /// What it says.
    pub note: Rc<Note>,
    /// Where it stands: once, or in every place that it was moved to while apart, until somebody moves it again.
    pub spots: Vec<Spot>,
    /// Who supports it.
    pub supporters: Vec<EntryId>,
}

impl MatrixEntry {
    /// Whether it stands in a quadrant, or in several.
    #[must_use]
    pub fn is_in(&self, quadrant: &Quadrant) -> bool {
        self.spots.iter().any(|spot| spot.is_in(quadrant))
    }

    /// Whether two moved it apart.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.spots.len() > 1
    }
}

/// A whole plane as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixAnswers {
    /// The tool and the part's id.
    tool: EntryId,
    part: String,
    /// The notes, in their order.
    pub entries: Vec<MatrixEntry>,
    /// How many notes of the part were moved to, or written in, no place of the plane.
    pub skipped: usize,
}

impl MatrixAnswers {
    /// Gathers the notes of one part of one tool instance. Costs time in proportion to the board's notes.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str) -> Self {
        let mut gathered = Self { tool, part: part.to_owned(), entries: Vec::new(), skipped: 0 };
        let shown =
            board.notes.values().filter(|note| note.place.tool == tool && !control.hidden.contains_key(&note.id));
        for note in shown {
            let in_part: Vec<&FieldId> = note.fields().filter(|field| field.name_in(part).is_some()).collect();
            let mut spots: Vec<Spot> = in_part.iter().filter_map(|field| Spot::from_field(part, field)).collect();
            if spots.len() < in_part.len() {
                gathered.skipped += 1;
            }
            if spots.is_empty() && !in_part.is_empty() {
                // Nobody loses a note by moving it to where nothing is.
                spots.extend(Spot::from_field(part, &note.place.field));
            }
            if !spots.is_empty() {
                let supporters = board.supporters(note.id).collect();
                gathered.entries.push(MatrixEntry { note: Rc::clone(note), spots, supporters });
            }
        }
        gathered.entries.sort_by(|a, b| (&a.note.order, a.note.id).cmp(&(&b.note.order, b.note.id)));
        gathered
    }

    /// Where a note at `spot` belongs: its place when it is written, and of an action that comes of it.
    #[must_use]
    pub fn key_at(&self, spot: Spot) -> AnswerKey {
        AnswerKey::shared(self.tool, spot.field(&self.part))
    }

    /// The notes in a quadrant.
    pub fn in_quadrant<'a>(&'a self, quadrant: &'a Quadrant) -> impl Iterator<Item = &'a MatrixEntry> {
        self.entries.iter().filter(move |entry| entry.is_in(quadrant))
    }

    /// The notes that a person wrote.
    pub fn of(&self, person: EntryId) -> impl Iterator<Item = &MatrixEntry> {
        self.entries.iter().filter(move |entry| entry.note.author == Some(person))
    }

    /// A place in a quadrant as far from the notes that stand there as can be, for one that is put there by a menu or a
    /// key; the middle of an empty quadrant.
    #[must_use]
    pub fn free_spot(&self, quadrant: &Quadrant) -> Spot {
        let middle = Spot::middle_of(quadrant);
        let taken: Vec<Spot> = self.entries.iter().flat_map(|entry| entry.spots.iter().copied()).collect();
        let taken: Vec<Spot> = taken.into_iter().filter(|spot| spot.is_in(quadrant)).collect();
        let offsets = [0_i8, -15, 15, -8, 8];
        let spots = offsets.into_iter().flat_map(|x| offsets.into_iter().map(move |y| (x, y)));
        let spots = spots.map(|(x, y)| Spot::new(middle.x.saturating_add_signed(x), middle.y.saturating_add_signed(y)));
        let room = |spot: &Spot| taken.iter().map(|other| spot.distance(*other)).min().unwrap_or(u32::MAX);
        // Of places with as much room, the first: the middle comes first.
        spots.rev().max_by_key(room).unwrap_or(middle)
    }
}
