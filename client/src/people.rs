//! Who is who on a board, in words and marks.

use std::collections::BTreeSet;

use shared::documents::board::{BoardView, Mark, Person};
use shared::documents::{EntryId, Stamped};

use crate::local_time::moment;
use crate::texts::{Key, Texts};

/// The people on the board, without those that were removed, in a steady order.
#[must_use]
pub fn present(board: &BoardView) -> Vec<&Person> {
    board.people.values().filter(|person| !board.is_removed(&person.id)).collect()
}

/// A person's name; `uden navn` for those without, and for those that are not there.
#[must_use]
pub fn name(board: &BoardView, person: EntryId, texts: Texts) -> String {
    let found = board.people.get(&person).and_then(|person| person.name.clone());
    found.unwrap_or_else(|| texts.get(Key::PeopleWithoutName).to_owned())
}

/// A person's mark; the first one for those that are not there.
#[must_use]
pub fn mark(board: &BoardView, person: EntryId) -> Mark {
    board.people.get(&person).map_or(Mark::new(0), |person| person.mark)
}

/// The marks that are taken.
#[must_use]
pub fn taken(board: &BoardView) -> BTreeSet<Mark> {
    present(board).into_iter().map(|person| person.mark).collect()
}

/// The marks that others than `person` have.
#[must_use]
pub fn taken_by_others(board: &BoardView, person: EntryId) -> BTreeSet<Mark> {
    present(board).into_iter().filter(|other| other.id != person).map(|other| other.mark).collect()
}

/// Who set a value, and when: `Amina, i dag kl. 9.12`.
#[must_use]
pub fn stamp<T>(board: &BoardView, stamped: &Stamped<T>, now: i64, texts: Texts) -> String {
    let when = moment(texts, stamped.at, now);
    match stamped.by.and_then(|by| board.people.get(&by)) {
        Some(person) => texts.table_set_by(&name(board, person.id, texts), &when),
        None => texts.table_set_by_nobody(&when),
    }
}
