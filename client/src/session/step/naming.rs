//! What a step is called, what it is done to, and which entries it touches.

use shared::documents::text::TextTarget;
use shared::documents::{EntryId, Kind, Touched};

use super::super::action::ActionLabel;
use super::Step;

impl Step {
    /// The document that it writes.
    pub(in super::super) fn kind(&self) -> Kind {
        match self {
            Self::UndoText { target, .. } => target.kind(),
            Self::Later(step) => step.kind(),
            _ => Kind::Board,
        }
    }

    /// What it is called.
    pub(in super::super) fn label(&self) -> ActionLabel {
        match self {
            Self::AddPerson { .. } => ActionLabel::Join,
            Self::SetName { .. } => ActionLabel::Name,
            Self::SetMark { .. } => ActionLabel::Mark,
            Self::Place { level: Some(_), .. } => ActionLabel::Place,
            Self::Place { level: None, .. } => ActionLabel::Withdraw,
            Self::AddNote { .. } => ActionLabel::Note,
            Self::RemoveNote { .. } => ActionLabel::RemoveNote,
            Self::RemoveRow { .. } => ActionLabel::RemoveRow,
            Self::RemovePerson { .. } => ActionLabel::RemovePerson,
            Self::RestoreEntry { .. } => ActionLabel::Restore,
            Self::SetRegister { .. } => ActionLabel::Value,
            Self::UndoText { .. } => ActionLabel::Text,
            Self::Later(step) => step.label(),
        }
    }

    /// What it is done to, in text form.
    pub(in super::super) fn subject(&self) -> String {
        match self {
            Self::AddPerson { id, .. }
            | Self::AddNote { id, .. }
            | Self::SetName { person: id, .. }
            | Self::SetMark { person: id, .. }
            | Self::RemoveNote { target: id }
            | Self::RemoveRow { target: id }
            | Self::RemovePerson { target: id }
            | Self::RestoreEntry { target: id, .. } => id.to_string(),
            Self::Place { key, .. } | Self::SetRegister { key, .. } => key.to_string(),
            Self::UndoText { target, .. } => text_subject(target),
            Self::Later(step) => step.subject(),
        }
    }

    /// The entries of the board that it touches; `id` is the scene's. Control is always read whole.
    pub(in super::super) fn touched(&self, id: EntryId) -> Touched {
        let entries: Vec<(&str, String)> = match self {
            Self::AddPerson { id, .. } => vec![("people", id.to_string())],
            Self::SetName { person, .. } | Self::SetMark { person, .. } => vec![("people", person.to_string())],
            Self::Place { key, .. } => vec![("marks", key.to_string())],
            Self::AddNote { id, .. } => vec![("notes", id.to_string())],
            Self::RemoveNote { target } => vec![("removals", id.to_string()), ("notes", target.to_string())],
            Self::RemoveRow { target } => vec![("removals", id.to_string()), ("rows", target.to_string())],
            Self::RemovePerson { target } => vec![("removals", id.to_string()), ("people", target.to_string())],
            Self::RestoreEntry { removal, .. } => vec![("removals", removal.to_string())],
            Self::SetRegister { key, .. } => vec![("registers", key.to_string())],
            Self::UndoText { target, .. } => return text_touched(target),
            Self::Later(step) => step.touched(),
        };
        let entries = entries.into_iter().map(|(container, key)| (container.to_owned(), key)).collect();
        Touched { entries, everything: false }
    }
}

/// What an edit of a text is done to, in text form: the note's id, or the place's key.
pub(in super::super) fn text_subject(target: &TextTarget) -> String {
    match target {
        TextTarget::Note(id) | TextTarget::Cell(id, _) => id.to_string(),
        TextTarget::Field(key) | TextTarget::Reason(key) => key.to_string(),
    }
}

/// What of the board an edit of a text touches.
pub(in super::super) fn text_touched(target: &TextTarget) -> Touched {
    let entry = text_entry(target).map(|(container, key)| (container.to_owned(), key));
    Touched { entries: entry.into_iter().collect(), everything: false }
}

/// The entry of the board that holds a text, by container and key.
pub(super) fn text_entry(target: &TextTarget) -> Option<(&'static str, String)> {
    match target {
        TextTarget::Note(id) => Some(("notes", id.to_string())),
        TextTarget::Cell(id, _) => Some(("rows", id.to_string())),
        TextTarget::Field(key) => Some(("texts", key.to_string())),
        TextTarget::Reason(_) => None,
    }
}
