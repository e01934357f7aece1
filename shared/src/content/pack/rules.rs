//! What each kind of part asks of its content beyond languages and ids.

use toml::{Table, Value};

use super::{
    PackError,
    report::Report,
    survey::{join, name_of},
};
use crate::content::{Agenda, ColumnRole, GIST, Maturity, Part, PromptRole, Reference, SHORT_TITLE, Tool};

/// Checks `tool` and its parts, but for its source.
pub(super) fn check_tool(tool: &Tool, report: &mut Report<'_>) {
    if !tool.id.is_well_formed() {
        let form = "letters and digits with a letter first";
        report.push(PackError::BadId { file: report.file(), id: tool.id.to_string(), form });
    }
    report.limit("short_title", &tool.short_title, SHORT_TITLE);
    for part in &tool.parts {
        match part {
            Part::Maturity(maturity) => check_maturity(maturity, report),
            Part::Agenda(agenda) => check_agenda(agenda, report),
            Part::Reference(reference) => check_reference(reference, report),
        }
    }
}

fn check_maturity(maturity: &Maturity, report: &mut Report<'_>) {
    let entry = maturity.id.as_str();
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

fn check_agenda(agenda: &Agenda, report: &mut Report<'_>) {
    report.require(agenda.id.as_str(), "steps", &agenda.steps);
    for step in &agenda.steps {
        let entry = join(agenda.id.as_str(), step.id.as_str());
        report.require(&entry, "tasks", &step.tasks);
        if let Some(phase) = step.phase.as_ref().filter(|id| agenda.phase(id).is_none()) {
            report.push(PackError::UnknownPhase { file: report.file(), entry, phase: phase.to_string() });
        }
    }
}

fn check_reference(reference: &Reference, report: &mut Report<'_>) {
    report.require(reference.id.as_str(), "sections", &reference.sections);
    for section in &reference.sections {
        report.require(&join(reference.id.as_str(), section.id.as_str()), "paragraphs", &section.paragraphs);
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
