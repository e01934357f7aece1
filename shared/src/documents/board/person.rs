//! People on the board: a name or none, and a mark of their own.

use std::collections::BTreeSet;

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType};

use crate::limits;

use super::super::change::change;
use super::super::{EntryId, Kind, WriteError, read};
use super::{BoardView, container};

/// A mark out of shape, colour and filling: enough for everyone in a workshop to have one of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark(u8);

impl Mark {
    /// How many colours there are; views hold one for each.
    pub const COLOURS: u8 = 6;
    /// How many shapes there are.
    pub const SHAPES: u8 = 9;
    /// How many fillings there are: full, ring, with a dot, halved.
    pub const FILLINGS: u8 = 4;
    /// How many marks there are: at least as many as people in a workshop.
    pub const COUNT: u8 = Self::COLOURS * Self::SHAPES * Self::FILLINGS;

    /// The mark with this number; numbers beyond the last begin again.
    #[must_use]
    pub fn new(number: u8) -> Self {
        Self(number % Self::COUNT)
    }

    /// The number of the mark, below [`Self::COUNT`].
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }

    /// The shape, below [`Self::SHAPES`]. The first marks differ in shape and colour at once.
    #[must_use]
    pub fn shape(self) -> u8 {
        (self.0 % Self::SHAPES + self.0 / (Self::SHAPES * Self::COLOURS)) % Self::SHAPES
    }

    /// The colour, below [`Self::COLOURS`].
    #[must_use]
    pub fn colour(self) -> u8 {
        (self.0 % Self::COLOURS + self.0 / (Self::SHAPES * 2) % 3) % Self::COLOURS
    }

    /// The filling, below [`Self::FILLINGS`].
    #[must_use]
    pub fn filling(self) -> u8 {
        self.0 / (Self::SHAPES * Self::COLOURS)
    }
}

/// The lowest mark that nobody in `taken` has, looking from `from` on; `from` itself when all are taken.
#[must_use]
pub fn next_free_mark(taken: &BTreeSet<Mark>, from: u8) -> Mark {
    (0..Mark::COUNT)
        .map(|step| Mark::new(u8::try_from((u16::from(from) + u16::from(step)) % u16::from(Mark::COUNT)).unwrap_or(0)))
        .find(|mark| !taken.contains(mark))
        .unwrap_or(Mark::new(from))
}

/// A person on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their random id.
    pub id: EntryId,
    /// What they want to be called; `None` for 'without name'. At most 40 code units, else cut by the reader.
    pub name: Option<String>,
    /// Their mark.
    pub mark: Mark,
    /// The group they say they are in, which may have been taken away since; `None` also where their devices said
    /// different ones.
    pub group: Option<EntryId>,
}

/// Puts a person on the board; `name` of `None` joins without a name.
///
/// # Errors
/// [`WriteError::TooLong`] for a name past 40 code units; [`WriteError::TooMany`] past 200 people on the board, those
/// taken off it not counted.
pub fn add_person(doc: &mut Automerge, id: EntryId, name: Option<&str>, mark: Mark) -> Result<(), WriteError> {
    let name = name.unwrap_or("").trim();
    limits::check(name, limits::NAME)?;
    // Most boards never hold so many entries, and need not be read.
    let may_be_full = read::keys(doc, Kind::Board, "people").len() >= limits::PEOPLE;
    if may_be_full && BoardView::read(doc).standing_people().count() >= limits::PEOPLE {
        return Err(WriteError::TooMany { limit: limits::PEOPLE });
    }
    let people = container(doc, "people")?;
    change(doc, "join", |transaction| {
        let person = transaction.put_object(&people, id.to_string(), ObjType::Map)?;
        transaction.put(&person, "name", name)?;
        transaction.put(&person, "mark", u64::from(mark.number()))?;
        Ok(())
    })
}

/// Changes a person's name; `None` takes it away.
///
/// # Errors
/// [`WriteError::TooLong`]; [`WriteError::NoEntry`] if the person is not on the board.
pub fn set_name(doc: &mut Automerge, id: EntryId, name: Option<&str>) -> Result<(), WriteError> {
    let name = name.unwrap_or("").trim();
    limits::check(name, limits::NAME)?;
    let person = find(doc, id)?;
    change(doc, "name", |transaction| Ok(transaction.put(&person, "name", name)?))
}

/// Changes a person's mark.
///
/// # Errors
/// [`WriteError::NoEntry`] if the person is not on the board.
pub fn set_mark(doc: &mut Automerge, id: EntryId, mark: Mark) -> Result<(), WriteError> {
    let person = find(doc, id)?;
    change(doc, "mark", |transaction| Ok(transaction.put(&person, "mark", u64::from(mark.number()))?))
}

/// Says which group a person is in; `None` says none.
///
/// # Errors
/// [`WriteError::NoEntry`] if the person is not on the board.
pub fn set_group(doc: &mut Automerge, id: EntryId, group: Option<EntryId>) -> Result<(), WriteError> {
    let person = find(doc, id)?;
    let group = group.map(|group| group.to_string()).unwrap_or_default();
    change(doc, "group", |transaction| Ok(transaction.put(&person, "group", group)?))
}

fn find(doc: &Automerge, id: EntryId) -> Result<automerge::ObjId, WriteError> {
    let people = container(doc, "people")?;
    read::object(doc, &people, &id.to_string(), ObjType::Map).ok_or(WriteError::NoEntry { id })
}

/// Reads one person; `None` if what stands there is not one.
pub(super) fn read_person(doc: &Automerge, key: &str) -> Option<Person> {
    let id: EntryId = key.parse().ok()?;
    let people = read::container(doc, Kind::Board, "people")?;
    let person = read::object(doc, &people, key, ObjType::Map)?;
    let name = read::string(doc, &person, "name")?;
    let name = read::name(&name);
    let mark = Mark::new(u8::try_from(read::number(doc, &person, "mark")?).ok()?);
    // Nonsense is no group, as it is where nothing was said.
    let group = match read::strings(doc, &person, "group").as_slice() {
        [group] => group.parse().ok(),
        _ => None,
    };
    Some(Person { id, name: (!name.is_empty()).then_some(name), mark, group })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_people_have_two_hundred_looks() {
        let looks: BTreeSet<_> =
            (0..Mark::COUNT).map(Mark::new).map(|mark| (mark.shape(), mark.colour(), mark.filling())).collect();
        assert_eq!(looks.len(), usize::from(Mark::COUNT));
        assert!(looks.len() >= limits::PEOPLE);
    }

    #[test]
    fn who_was_taken_off_the_board_makes_room() {
        let id = |n| EntryId::from_random([n; 16]);
        let mut doc = super::super::genesis().with_actor(automerge::ActorId::from([1; 16]));
        for n in 1..=200 {
            add_person(&mut doc, id(n), None, Mark::new(n)).unwrap();
        }
        let full = |doc: &mut Automerge| add_person(doc, id(201), None, Mark::new(0));
        assert!(matches!(full(&mut doc), Err(WriteError::TooMany { limit: 200 })));
        super::super::remove(&mut doc, id(250), id(7), None, 0, "").unwrap();
        assert!(full(&mut doc).is_ok());
    }

    #[test]
    fn the_first_marks_differ_in_shape_and_in_colour() {
        for (one, two) in (0..5).zip(1..6) {
            assert_ne!(Mark::new(one).shape(), Mark::new(two).shape());
            assert_ne!(Mark::new(one).colour(), Mark::new(two).colour());
        }
    }
}
