//! What a step is called, what it is done to, and which entries it touches.

use shared::documents::text::TextTarget;
use shared::documents::{EntryId, Kind, Touched};

use super::super::action::ActionLabel;
use super::Step;

impl Step {
    /// The document that it writes.
    pub(in super::super) fn kind(&self) -> Kind {
        match self {
            Self::AddPerson { .. }
            | Self::SetName { .. }
            | Self::SetMark { .. }
            | Self::Place { .. }
            | Self::AddNote { .. }
            | Self::RemoveNote { .. }
            | Self::RemovePerson { .. }
            | Self::RestoreEntry { .. }
            | Self::SetRegister { .. } => Kind::Board,
            Self::UndoText { target, .. } => target.kind(),
            Self::SetTitle(_)
            | Self::SetLanguage(_)
            | Self::ShowNames(_)
            | Self::SetFocus(_)
            | Self::AddTool { .. }
            | Self::RemoveTool { .. }
            | Self::RestoreTool { .. }
            | Self::Decide { .. }
            | Self::Hide { .. }
            | Self::ShowAgain { .. } => Kind::Control,
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
            Self::RemovePerson { .. } => ActionLabel::RemovePerson,
            Self::RestoreEntry { .. } | Self::RestoreTool { .. } => ActionLabel::Restore,
            Self::SetRegister { .. } => ActionLabel::Value,
            Self::UndoText { .. } => ActionLabel::Text,
            Self::SetTitle(_) => ActionLabel::Title,
            Self::SetLanguage(_) => ActionLabel::Language,
            Self::ShowNames(_) => ActionLabel::Names,
            Self::SetFocus(_) => ActionLabel::Focus,
            Self::AddTool { .. } => ActionLabel::Tool,
            Self::RemoveTool { .. } => ActionLabel::RemoveTool,
            Self::Decide { .. } => ActionLabel::Decide,
            Self::Hide { .. } => ActionLabel::Hide,
            Self::ShowAgain { .. } => ActionLabel::Show,
        }
    }

    /// What it is done to, in text form.
    pub(in super::super) fn subject(&self) -> String {
        match self {
            Self::AddPerson { id, .. } | Self::AddNote { id, .. } | Self::AddTool { id, .. } => id.to_string(),
            Self::SetName { person, .. } | Self::SetMark { person, .. } => person.to_string(),
            Self::Place { key, .. } | Self::SetRegister { key, .. } | Self::Decide { key, .. } => key.to_string(),
            Self::RemoveNote { target }
            | Self::RemovePerson { target }
            | Self::RestoreEntry { target, .. }
            | Self::Hide { target, .. }
            | Self::ShowAgain { target } => target.to_string(),
            Self::RemoveTool { instance } | Self::RestoreTool { instance, .. } => instance.to_string(),
            Self::UndoText { target, .. } => text_subject(target),
            Self::SetTitle(_) => "title".to_owned(),
            Self::SetLanguage(_) => "language".to_owned(),
            Self::ShowNames(_) => "names".to_owned(),
            Self::SetFocus(_) => "focus".to_owned(),
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
            Self::RemovePerson { target } => vec![("removals", id.to_string()), ("people", target.to_string())],
            Self::RestoreEntry { removal, .. } => vec![("removals", removal.to_string())],
            Self::SetRegister { key, .. } => vec![("registers", key.to_string())],
            Self::UndoText { target, .. } => return text_touched(target),
            _ => Vec::new(),
        };
        let entries = entries.into_iter().map(|(container, key)| (container.to_owned(), key)).collect();
        Touched { entries, everything: false }
    }
}

/// What an edit of a text is done to, in text form: the note's id, or the place's key.
pub(in super::super) fn text_subject(target: &TextTarget) -> String {
    match target {
        TextTarget::Note(id) => id.to_string(),
        TextTarget::Field(key) | TextTarget::Reason(key) => key.to_string(),
    }
}

/// The entry of the board that an edit of a text touches.
pub(in super::super) fn text_touched(target: &TextTarget) -> Touched {
    let entry = match target {
        TextTarget::Note(id) => Some(("notes".to_owned(), id.to_string())),
        TextTarget::Field(key) => Some(("texts".to_owned(), key.to_string())),
        TextTarget::Reason(_) => None,
    };
    Touched { entries: entry.into_iter().collect(), everything: false }
}
