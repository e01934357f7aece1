//! What each kind of part asks of its content beyond languages and ids.

use std::collections::BTreeSet;

use super::{Fault, report::Report, survey::join};
use crate::content::{
    Agenda, Audience, Axis, Body, Cards, CellType, ColumnRole, End, GIST, Grid, INFLATED_BYTES, MOST_MINUTES,
    MOST_TIMES, Matrix, Maturity, Part, People, Programme, PromptRole, Reference, SHORT_TITLE, Scale, SideRole, Tool,
    TwoSided, Unread,
};

/// Checks the head of `tool`, but for its source.
pub(super) fn check_tool(tool: &Tool, report: &mut Report<'_>) {
    if tool.id.as_str().is_empty() {
        report.push_at("", "id", 0, Fault::MissingKey { key: "id" });
    } else {
        let fault = Fault::BadToolId { id: tool.id.to_string() };
        report.expect("id", fault, tool.id.is_well_formed());
    }
    report.expect("minutes", Fault::Minutes, tool.minutes > 0);
    let is_some = |people: People| people.from > 0 && people.to.is_none_or(|to| people.from <= to);
    report.expect("people", Fault::People, tool.people.is_none_or(is_some));
    report.limit("short_title", &tool.short_title, SHORT_TITLE);
    let bytes = minicbor::to_vec(tool).map_or(0, |bytes| bytes.len());
    report.expect("", Fault::TooLarge { bytes, limit: INFLATED_BYTES }, bytes <= INFLATED_BYTES);
}

/// Checks a programme, but for whether its tools are there.
pub(super) fn check_programme(programme: &Programme, report: &mut Report<'_>) {
    let id = programme.id.as_str();
    report.require(id, "tools", &programme.tools);
    for planned in &programme.tools {
        let is_possible = planned.minutes.is_none_or(|minutes| (1..=MOST_MINUTES).contains(&minutes))
            && planned.times.is_none_or(|times| (1..=MOST_TIMES).contains(&times));
        let fault = Fault::Planned { tool: planned.tool.clone(), minutes: MOST_MINUTES, times: MOST_TIMES };
        report.expect(id, fault, is_possible);
    }
}

/// Checks what the parts of a tool for `audience` ask.
pub(super) fn check_parts<'p>(audience: Audience, parts: impl Iterator<Item = &'p Part>, report: &mut Report<'_>) {
    for part in parts {
        let id = part.id.as_str();
        let is_for_several = matches!(part.body, Body::Maturity(_) | Body::Matrix(_));
        let fault = Fault::NotAlone { kind: part.kind().code() };
        report.expect(id, fault, audience != Audience::Own || !is_for_several);
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
            Body::Curve(curve) => report.expect(id, Fault::Months, read(curve).months >= 2),
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
        report.expect(&entry, Fault::CardPlace, is_placed);
        let says_something =
            [&card.text, &card.goals, &card.tasks, &card.questions].iter().any(|list| !list.is_empty());
        report.expect(&entry, Fault::CardEmpty, says_something);
    }
}

fn check_two_sided(id: &str, balance: &TwoSided, report: &mut Report<'_>) {
    let roles: Vec<SideRole> = balance.sides.iter().map(|side| side.role).collect();
    report.expect(id, Fault::Sides, roles == [SideRole::Weighs, SideRole::Lifts]);
    for side in &balance.sides {
        report.require(&join(id, side.id.as_str()), "groups", &side.groups);
    }
    for mark in &balance.follow_ups {
        let is_known = balance.sides.iter().any(|side| side.id == mark.side);
        report.expect(&join(id, mark.id.as_str()), Fault::FollowUpSide, is_known);
    }
}

fn check_grid(id: &str, grid: &Grid, report: &mut Report<'_>) {
    report.require(id, "columns", &grid.columns);
    report.expect(id, Fault::GridRows, grid.free_rows || !grid.rows.is_empty());
    for column in &grid.columns {
        let entry = join(id, column.id.as_str());
        let is_choice = column.cell == CellType::Choice;
        report.expect(&entry, Fault::Choices, is_choice != column.choices.is_empty());
        let has_ends = column.min.zip(column.max).is_some_and(|(min, max)| min < max);
        report.expect(&entry, Fault::LevelEnds, column.cell != CellType::Level || has_ends);
    }
}

fn check_matrix(id: &str, matrix: &Matrix, report: &mut Report<'_>) {
    let ends: BTreeSet<(End, End)> = matrix.quadrants.iter().map(|quadrant| (quadrant.x, quadrant.y)).collect();
    let is_whole = matrix.quadrants.len() == 4 && ends.len() == 4;
    report.expect(id, Fault::Quadrants, is_whole);
}

fn check_scale(id: &str, scale: &Scale, report: &mut Report<'_>) {
    report.expect(id, Fault::ScaleEnds, scale.min < scale.max);
    for band in &scale.bands {
        let is_inside = scale.min <= band.from && band.from <= band.to && band.to <= scale.max;
        report.expect(&join(id, band.id.as_str()), Fault::Band, is_inside);
    }
}

fn check_maturity(entry: &str, maturity: &Maturity, report: &mut Report<'_>) {
    let values: Vec<u8> = maturity.levels.iter().map(|level| level.value).collect();
    if values.len() < 2 || !values.iter().copied().eq((1..=u8::MAX).take(values.len())) {
        report.push_at(entry, &join(entry, "levels"), 0, Fault::Levels { found: values });
    }
    for level in &maturity.levels {
        let entry = join(entry, level.id.as_str());
        report.limit(&join(&entry, "gist"), &level.gist, GIST);
        report.require(&entry, "characteristics", &level.characteristics);
    }
    for role in ColumnRole::ALL {
        let count = maturity.columns.iter().filter(|column| column.role == role).count();
        if count == 0 {
            report.push_at(entry, &join(entry, "columns"), 0, Fault::MissingRole { role: role.code() });
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
        report.push_at(entry, &join(entry, list), 0, Fault::RepeatedRole { list, role });
    }
}

fn check_agenda(id: &str, agenda: &Agenda, report: &mut Report<'_>) {
    report.require(id, "steps", &agenda.steps);
    for step in &agenda.steps {
        let entry = join(id, step.id.as_str());
        report.require(&entry, "tasks", &step.tasks);
        if let Some(phase) = step.phase.as_ref().filter(|id| agenda.phase(id).is_none()) {
            report.push(&entry, Fault::UnknownPhase { phase: phase.to_string() });
        }
    }
}

fn check_reference(id: &str, reference: &Reference, report: &mut Report<'_>) {
    report.require(id, "sections", &reference.sections);
    for section in &reference.sections {
        let says_something = !section.paragraphs.is_empty() || !section.items.is_empty();
        report.expect(&join(id, section.id.as_str()), Fault::SectionEmpty, says_something);
    }
}
