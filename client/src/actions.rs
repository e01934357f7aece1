//! Actions in words: who does what by when, how far it has come, and where it came up.

use std::rc::Rc;

use shared::documents::actions::{self, BY, STATUS, Status, WHAT, WHO, Who};
use shared::documents::board::{BoardView, Row};
use shared::documents::control::ControlView;
use shared::documents::is_day;
use yew::AttrValue;

use crate::kinds::{stops_of, words};
use crate::local_time::{LocalTime, date};
use crate::part::PartAt;
use crate::people;
use crate::texts::{Key, Texts};

/// What is to be done; words for that nobody has written it yet.
#[must_use]
pub fn what(row: &Row, texts: Texts) -> AttrValue {
    match row.text(WHAT).trim() {
        "" => AttrValue::Static(texts.get(Key::ActionsWithoutWords)),
        what => AttrValue::from(what.to_owned()),
    }
}

/// Somebody by name, or the role.
#[must_use]
pub fn who(board: &BoardView, who: &Who, texts: Texts) -> String {
    match who {
        Who::Person(person) => people::name(board, *person, texts),
        Who::Named(words) => words.clone(),
    }
}

/// Everyone who is to do it, in words; all that met, and empty while nobody is.
#[must_use]
pub fn all_who(board: &BoardView, row: &Row, texts: Texts) -> String {
    actions::whos(row).iter().map(|one| who(board, one, texts)).collect::<Vec<_>>().join(" / ")
}

/// The days by which it is done, in words; all that met, and empty while there is none.
#[must_use]
pub fn all_days(row: &Row, texts: Texts, this_year: u32) -> String {
    actions::days(row).iter().map(|day| day_words(day, texts, this_year)).collect::<Vec<_>>().join(" / ")
}

/// How far it has come, in words; all that met.
#[must_use]
pub fn all_statuses(row: &Row, texts: Texts) -> String {
    actions::statuses(row).into_iter().map(|status| texts.get(status_key(status))).collect::<Vec<_>>().join(" / ")
}

/// A day in words, `1. april`.
#[must_use]
pub fn day_words(day: &str, texts: Texts, this_year: u32) -> String {
    LocalTime::from_date(day).map(|time| date(texts, time, this_year)).unwrap_or_default()
}

/// The word for how far an action has come.
#[must_use]
pub fn status_key(status: Status) -> Key {
    match status {
        Status::Open => Key::ActionsStatusOpen,
        Status::Begun => Key::ActionsStatusBegun,
        Status::Done => Key::ActionsStatusDone,
    }
}

/// What stands in the cell of `column`, in words; that nothing does, where it is cleared.
#[must_use]
pub fn cell_words(board: &BoardView, column: &str, code: &str, texts: Texts, this_year: u32) -> String {
    match column {
        WHO => Who::from_code(code)
            .map_or_else(|| texts.get(Key::ActionsNobody).to_owned(), |found| who(board, &found, texts)),
        BY if is_day(code) => day_words(code, texts, this_year),
        STATUS => Status::from_code(code).map(|status| texts.get(status_key(status)).to_owned()).unwrap_or_default(),
        _ => texts.get(Key::ActionsNoDay).to_owned(),
    }
}

/// Whether two or more values met in one of its cells and nobody has chosen.
#[must_use]
pub fn is_unsettled(row: &Row) -> bool {
    [WHO, BY, STATUS].iter().any(|column| row.value(column).is_unsettled())
}

/// Whether it is done, and nobody says otherwise.
#[must_use]
pub fn is_done(row: &Row) -> bool {
    actions::statuses(row) == [Status::Done]
}

/// The tool and what in it an action came of; `None` for one of the workshop as a whole.
#[must_use]
pub fn origin(control: &ControlView, board: &BoardView, row: &Row, texts: Texts) -> Option<String> {
    let instance = control
        .tool(row.place.tool)
        .or_else(|| control.removed_tools.iter().map(|(tool, _)| tool).find(|tool| tool.id == row.place.tool))?;
    let tool = words(&instance.tool.short_title, texts);
    let tool = control.group_name(instance).map_or_else(|| tool.clone(), |group| format!("{tool} · {group}").into());
    match source(board, row).or_else(|| asked(PartAt::all(instance), row, texts)) {
        Some(entry) if entry != *tool => Some(texts.actions_from_entry(&entry, &tool)),
        _ => Some(texts.actions_from(&tool)),
    }
}

/// The words of the note or row that an action came of.
fn source(board: &BoardView, row: &Row) -> Option<String> {
    let source = row.source?;
    let note = board.notes.get(&source).map(|note| note.text.as_str());
    let first_words =
        |row: &Rc<Row>| row.texts.values().map(|text| text.trim()).find(|text| !text.is_empty()).map(beginning);
    note.map(beginning).or_else(|| board.rows.get(&source).and_then(first_words))
}

/// The question, or else the part, where an action came up.
fn asked(mut parts: impl Iterator<Item = PartAt>, row: &Row, texts: Texts) -> Option<String> {
    let (at, name) = parts.find_map(|at| row.place.field.name_in(at.id()).map(str::to_owned).map(|name| (at, name)))?;
    let stop = stops_of(&at, texts).into_iter().find(|stop| stop.step.code == name);
    let title =
        stop.map(|stop| stop.step.title).or_else(|| at.part().title.as_ref().map(|title| words(title, texts)))?;
    Some(beginning(&title))
}

/// As much of a text as tells it from others.
fn beginning(text: &str) -> String {
    /// Characters.
    const ENOUGH: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let mut beginning: String = line.chars().take(ENOUGH).collect();
    if beginning.len() < text.trim_end().len() {
        beginning.push('…');
    }
    beginning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_named_by_its_beginning() {
        assert_eq!(beginning("Kort."), "Kort.");
        assert_eq!(beginning("To\nlinjer"), "To…");
        assert_eq!(beginning(&"æ".repeat(61)), format!("{}…", "æ".repeat(60)));
    }
}
