//! The entries of one field, in their order: what a group has said to one question, or put into one quadrant.

use std::rc::Rc;

use super::board::{BoardView, Note, Row, RowKind};
use super::control::ControlView;
use super::{EntryId, FieldId, SmallMap};

/// The notes that stand in a field of a tool, in their order; those off the wall are left out.
#[must_use]
pub fn notes_in(control: &ControlView, board: &BoardView, tool: EntryId, field: &FieldId) -> Vec<Rc<Note>> {
    let here = |note: &&Rc<Note>| note.place.tool == tool && note.fields().any(|own| own == field);
    let shown = |note: &&Rc<Note>| !control.hidden.contains_key(&note.id);
    let mut notes: Vec<Rc<Note>> = board.notes.values().filter(here).filter(shown).cloned().collect();
    notes.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    notes
}

/// The rows of a grid's field, in their order; those off the wall are left out.
#[must_use]
pub fn grid_rows_in(control: &ControlView, board: &BoardView, tool: EntryId, field: &FieldId) -> Vec<Rc<Row>> {
    let is_here = |row: &Row| row.kind == RowKind::Grid && row.place.tool == tool && row.place.field == *field;
    rows(control, board, is_here)
}

/// The rows that `is_meant` chooses, in their order; those off the wall are left out.
pub(super) fn rows(control: &ControlView, board: &BoardView, is_meant: impl Fn(&Row) -> bool) -> Vec<Rc<Row>> {
    let shown = board.rows.values().filter(|row| is_meant(row) && !control.hidden.contains_key(&row.id));
    let mut rows: Vec<_> = shown.cloned().collect();
    rows.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    rows
}

/// The notes of a tool in their order, by the fields where they stand; those off the wall are left out. One pass over the
/// board, for tables with many fields.
pub(super) fn notes_by_field(
    control: &ControlView,
    board: &BoardView,
    tool: EntryId,
) -> SmallMap<FieldId, Vec<Rc<Note>>> {
    let mut fields: SmallMap<FieldId, Vec<Rc<Note>>> = SmallMap::new();
    let shown = board.notes.values().filter(|note| note.place.tool == tool && !control.hidden.contains_key(&note.id));
    for note in shown {
        for field in note.fields() {
            fields.or_default(field.clone()).push(Rc::clone(note));
        }
    }
    for notes in fields.values_mut() {
        notes.sort_by(|a, b| (&a.order, a.id).cmp(&(&b.order, b.id)));
    }
    fields
}
