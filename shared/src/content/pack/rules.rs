//! What each kind of part asks of its content beyond languages and ids.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::{
    PackError,
    report::Report,
    survey::{join, name_of},
};
use crate::content::{
    Agenda, Axis, Body, Cards, CellType, ColumnRole, End, GIST, Grid, Matrix, Maturity, PromptRole, Reference,
    SHORT_TITLE, Scale, SideRole, Tool, TwoSided, Unread,
};

/// Checks `tool` and its parts, but for its source.
pub(super) fn check_tool(tool: &Tool, report: &mut Report<'_>) {
    if !tool.id.is_well_formed() {
        let form = "letters and digits with a letter first";
        report.push(PackError::BadId { file: report.file(), id: tool.id.to_string(), form });
    }
    report.limit("short_title", &tool.short_title, SHORT_TITLE);
    for part in &tool.parts {
        let id = part.id.as_str();
        match &part.body {
            Body::Maturity(maturity) => check_maturity(id, maturity, report),
            Body::Agenda(agenda) => check_agenda(id, &read(agenda), report),
            Body::Reference(reference) => check_reference(id, &read(reference), report),
            Body::Cards(cards) => check_cards(id, &read(cards), report),
            Body::TwoSided(balance) => check_two_sided(id, &read(balance), report),
            Body::Grid(grid) => check_grid(id, &read(grid), report),
            Body::Matrix(matrix) => check_matrix(id, &read(matrix), report),
            Body::Scale(scale) => check_scale(id, &read(scale), report),
            Body::Checklist(checklist) => {
                let checklist = read(checklist);
                report.require(id, "groups", &checklist.groups);
                for group in &checklist.groups {
                    report.require(&join(id, group.id.as_str()), "statements", &group.statements);
                }
            }
            Body::Questions(questions) => {
                let questions = read(questions);
                report.require(id, "groups", &questions.groups);
                for group in &questions.groups {
                    report.require(&join(id, group.id.as_str()), "questions", &group.questions);
                }
            }
            Body::Curve(curve) => report.expect(id, "`months` of at least 2", read(curve).months >= 2),
            Body::Position(position) => report.require(id, "stages", &read(position).stages),
        }
    }
}

/// What was just parsed.
fn read<T: for<'bytes> minicbor::Decode<'bytes, ()>>(content: &Unread<T>) -> T {
    content.read().expect("what this version wrote, it reads")
}

fn check_cards(id: &str, cards: &Cards, report: &mut Report<'_>) {
    report.require(id, "cards", &cards.cards);
    for axis in &cards.axes {
        report.require(&join(id, axis.id.as_str()), "values", &axis.values);
    }
    for card in &cards.cards {
        let entry = join(id, card.id.as_str());
        let has_place = |axis: &Axis| {
            let value = card.place.get(axis.id.as_str());
            value.is_some_and(|value| axis.values.iter().any(|known| known.id == *value))
        };
        let is_placed = card.place.len() == cards.axes.len() && cards.axes.iter().all(has_place);
        report.expect(&entry, "a `place` with one known value for each of the axes", is_placed);
        let says_something =
            [&card.text, &card.goals, &card.tasks, &card.questions].iter().any(|list| !list.is_empty());
        report.expect(&entry, "`text`, `goals`, `tasks` or `questions`", says_something);
    }
}

fn check_two_sided(id: &str, balance: &TwoSided, report: &mut Report<'_>) {
    let roles: Vec<SideRole> = balance.sides.iter().map(|side| side.role).collect();
    report.expect(
        id,
        "two `sides`, one that `weighs` and one that `lifts`",
        roles == [SideRole::Weighs, SideRole::Lifts],
    );
    for side in &balance.sides {
        report.require(&join(id, side.id.as_str()), "groups", &side.groups);
    }
    for mark in &balance.follow_ups {
        let is_known = balance.sides.iter().any(|side| side.id == mark.side);
        report.expect(&join(id, mark.id.as_str()), "the id of one of the sides as its `side`", is_known);
    }
}

fn check_grid(id: &str, grid: &Grid, report: &mut Report<'_>) {
    report.require(id, "columns", &grid.columns);
    report.expect(id, "`rows`, or `free_rows = true`", grid.free_rows || !grid.rows.is_empty());
    for column in &grid.columns {
        let entry = join(id, column.id.as_str());
        let is_choice = column.cell == CellType::Choice;
        report.expect(
            &entry,
            "`choices` where the type is \"choice\", and only there",
            is_choice != column.choices.is_empty(),
        );
        let has_ends = column.min.zip(column.max).is_some_and(|(min, max)| min < max);
        report.expect(
            &entry,
            "`min` below `max` where the type is \"level\"",
            column.cell != CellType::Level || has_ends,
        );
    }
}

fn check_matrix(id: &str, matrix: &Matrix, report: &mut Report<'_>) {
    let ends: BTreeSet<(End, End)> = matrix.quadrants.iter().map(|quadrant| (quadrant.x, quadrant.y)).collect();
    let is_whole = matrix.quadrants.len() == 4 && ends.len() == 4;
    report.expect(id, "four `quadrants`, one for each pair of ends", is_whole);
}

fn check_scale(id: &str, scale: &Scale, report: &mut Report<'_>) {
    report.expect(id, "`min` below `max`", scale.min < scale.max);
    for band in &scale.bands {
        let is_inside = scale.min <= band.from && band.from <= band.to && band.to <= scale.max;
        report.expect(&join(id, band.id.as_str()), "`from` and `to` inside the scale", is_inside);
    }
}

fn check_maturity(entry: &str, maturity: &Maturity, report: &mut Report<'_>) {
    let values: Vec<u8> = maturity.levels.iter().map(|level| level.value).collect();
    if values.len() < 2 || !values.iter().copied().eq((1..=u8::MAX).take(values.len())) {
        report.push(PackError::Levels { file: report.file(), entry: entry.to_owned(), found: values });
    }
    for level in &maturity.levels {
        let entry = join(entry, level.id.as_str());
        report.limit(&join(&entry, "gist"), &level.gist, GIST);
        report.require(&entry, "characteristics", &level.characteristics);
    }
    for role in ColumnRole::ALL {
        let count = maturity.columns.iter().filter(|column| column.role == role).count();
        if count == 0 {
            let entry = entry.to_owned();
            report.push(PackError::MissingRole { file: report.file(), entry, role: role.code() });
        }
        check_once(count, entry, "columns", role.code(), report);
    }
    for role in PromptRole::ALL {
        let count = maturity.prompts.iter().filter(|prompt| prompt.role == role).count();
        check_once(count, entry, "prompts", role.code(), report);
    }
}

fn check_once(count: usize, entry: &str, list: &'static str, role: &'static str, report: &mut Report<'_>) {
    if count > 1 {
        report.push(PackError::RepeatedRole { file: report.file(), entry: entry.to_owned(), list, role });
    }
}

fn check_agenda(id: &str, agenda: &Agenda, report: &mut Report<'_>) {
    report.require(id, "steps", &agenda.steps);
    for step in &agenda.steps {
        let entry = join(id, step.id.as_str());
        report.require(&entry, "tasks", &step.tasks);
        if let Some(phase) = step.phase.as_ref().filter(|id| agenda.phase(id).is_none()) {
            report.push(PackError::UnknownPhase { file: report.file(), entry, phase: phase.to_string() });
        }
    }
}

fn check_reference(id: &str, reference: &Reference, report: &mut Report<'_>) {
    report.require(id, "sections", &reference.sections);
    for section in &reference.sections {
        let says_something = !section.paragraphs.is_empty() || !section.items.is_empty();
        report.expect(&join(id, section.id.as_str()), "`paragraphs` or `items`", says_something);
    }
}

/// Takes out of an unread part the columns and prompts whose roles are not known, and reports each.
///
/// Reading would stop at the first of them and hide whatever else is wrong with the part.
pub(super) fn take_unknown_roles(trail: &str, part: &mut Table, report: &mut Report<'_>) {
    if part.get("kind").and_then(Value::as_str) != Some("maturity") {
        return;
    }
    let columns = ColumnRole::ALL.map(ColumnRole::code);
    let prompts = PromptRole::ALL.map(PromptRole::code);
    for (list, key, known) in
        [("columns", "role", &columns[..]), ("prompts", "role", &prompts[..]), ("prompts", "column", &columns[..])]
    {
        let Some(items) = part.get_mut(list).and_then(Value::as_array_mut) else { continue };
        let mut index = 0;
        items.retain(|item| {
            index += 1;
            let Some(table) = item.as_table() else { return true };
            let role = table.get(key).and_then(Value::as_str).unwrap_or_default();
            if known.contains(&role) {
                return true;
            }
            let entry = join(trail, &name_of(table, list, index - 1));
            let (role, known) = (role.to_owned(), known.join(", "));
            report.push(PackError::UnknownRole { file: report.file(), entry, key, role, known });
            false
        });
    }
}
