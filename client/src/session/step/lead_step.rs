//! What facilitators arrange at the desk, on control.

use automerge::Automerge;
use shared::content::Language;
use shared::documents::control::{self, Focus, PerGroup};
use shared::documents::{EntryId, Kind, WriteError};

use super::super::action::ActionLabel;
use super::{LaterStep, Scene, Step, before};

/// A step of a facilitator's at the desk.
#[derive(Debug)]
pub(in super::super) enum LeadStep {
    SetTitle(String),
    SetLanguage(Language),
    ShowNames(bool),
    SetFocus(Focus),
    AddTool {
        id: EntryId,
        /// As it lies in the document.
        stored: Vec<u8>,
    },
    RemoveTool {
        instance: EntryId,
    },
    RestoreTool {
        removal: EntryId,
        instance: EntryId,
    },
    /// Has a tool filled in per group.
    FillInPerGroup(PerGroup),
    /// Takes tools out and others back in; those by their removals.
    ExchangeTools {
        out: Vec<EntryId>,
        back: Vec<(EntryId, EntryId)>,
    },
    AddGroup {
        id: EntryId,
        name: String,
    },
    RenameGroup {
        id: EntryId,
        name: String,
    },
    RemoveGroup {
        group: EntryId,
    },
    RestoreGroup {
        removal: EntryId,
        group: EntryId,
    },
    BeginRound {
        id: EntryId,
        tool: EntryId,
    },
    TakeBackRound {
        id: EntryId,
        tool: EntryId,
        is_taken_back: bool,
    },
}

impl LaterStep for LeadStep {
    fn kind(&self) -> Kind {
        Kind::Control
    }

    fn label(&self) -> ActionLabel {
        match self {
            Self::SetTitle(_) => ActionLabel::Title,
            Self::SetLanguage(_) => ActionLabel::Language,
            Self::ShowNames(_) => ActionLabel::Names,
            Self::SetFocus(_) => ActionLabel::Focus,
            Self::AddTool { .. } => ActionLabel::Tool,
            Self::FillInPerGroup(_) | Self::ExchangeTools { .. } => ActionLabel::Tool,
            Self::AddGroup { .. } | Self::RenameGroup { .. } | Self::RemoveGroup { .. } | Self::RestoreGroup { .. } => {
                ActionLabel::Group
            }
            Self::RemoveTool { .. } => ActionLabel::RemoveTool,
            Self::RestoreTool { .. } => ActionLabel::Restore,
            Self::BeginRound { .. } | Self::TakeBackRound { .. } => ActionLabel::Round,
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::SetTitle(_) => "title".to_owned(),
            Self::SetLanguage(_) => "language".to_owned(),
            Self::ShowNames(_) => "names".to_owned(),
            Self::SetFocus(_) => "focus".to_owned(),
            Self::AddTool { id, .. }
            | Self::BeginRound { id, .. }
            | Self::TakeBackRound { id, .. }
            | Self::AddGroup { id, .. }
            | Self::RenameGroup { id, .. }
            | Self::RemoveGroup { group: id }
            | Self::RestoreGroup { group: id, .. } => id.to_string(),
            Self::RemoveTool { instance } | Self::RestoreTool { instance, .. } => instance.to_string(),
            Self::FillInPerGroup(wanted) => wanted.set.to_string(),
            Self::ExchangeTools { out, .. } => out.first().map(ToString::to_string).unwrap_or_default(),
        }
    }

    fn perform(&self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<(), WriteError> {
        match self {
            Self::SetTitle(title) => control::set_title(doc, title),
            Self::SetLanguage(language) => control::set_language(doc, *language),
            Self::ShowNames(shown) => control::show_names(doc, *shown),
            Self::SetFocus(focus) => control::set_focus(doc, focus),
            Self::AddTool { id, stored } => control::add_stored_tool(doc, *id, stored.clone(), scene.at),
            Self::RemoveTool { instance } => control::remove_tool(doc, scene.id, *instance, scene.at),
            Self::RestoreTool { removal, .. } | Self::RestoreGroup { removal, .. } => {
                control::take_back_removal(doc, *removal)
            }
            Self::FillInPerGroup(wanted) => control::fill_in_per_group(doc, wanted, scene.at),
            Self::ExchangeTools { out, back } => {
                let out: Vec<_> = out.iter().map(|instance| (removal_of(*instance, scene), *instance)).collect();
                let back: Vec<_> = back.iter().map(|(removal, _)| *removal).collect();
                control::exchange_tools(doc, &out, &back, scene.at)
            }
            Self::AddGroup { id, name } => control::add_group(doc, *id, name, scene.at),
            Self::RenameGroup { id, name } => control::rename_group(doc, *id, name),
            Self::RemoveGroup { group } => control::remove_group(doc, scene.id, *group, scene.at),
            Self::BeginRound { id, tool } => control::begin_round(doc, *id, *tool, scene.at),
            Self::TakeBackRound { id, is_taken_back, .. } => control::take_back_round(doc, *id, *is_taken_back),
        }
    }

    fn back(&self, scene: &Scene<'_>) -> Option<Step> {
        Some(Step::later(match self {
            Self::SetTitle(_) => Self::SetTitle(scene.control.title.settled()?.clone()),
            Self::SetLanguage(_) => Self::SetLanguage(*scene.control.language.settled()?),
            Self::ShowNames(_) => {
                Self::ShowNames(before(Some(&scene.control.names_shown))?.copied().unwrap_or_default())
            }
            Self::SetFocus(_) => Self::SetFocus(scene.control.focus.settled()?.clone()),
            Self::AddTool { id, .. } => Self::RemoveTool { instance: *id },
            Self::RemoveTool { instance } => Self::RestoreTool { removal: scene.id, instance: *instance },
            Self::RestoreTool { instance, .. } => Self::RemoveTool { instance: *instance },
            Self::FillInPerGroup(wanted) => Self::ExchangeTools {
                out: wanted.instances().collect(),
                back: wanted.removal.map(|removal| (removal, wanted.set)).into_iter().collect(),
            },
            Self::ExchangeTools { out, back } => Self::ExchangeTools {
                out: back.iter().map(|(_, instance)| *instance).collect(),
                back: out.iter().map(|instance| (removal_of(*instance, scene), *instance)).collect(),
            },
            Self::AddGroup { id, .. } => Self::RemoveGroup { group: *id },
            Self::RenameGroup { id, .. } => {
                let [name] = scene.control.group(*id)?.names.as_slice() else { return None };
                Self::RenameGroup { id: *id, name: name.clone() }
            }
            Self::RemoveGroup { group } => Self::RestoreGroup { removal: scene.id, group: *group },
            Self::RestoreGroup { group, .. } => Self::RemoveGroup { group: *group },
            Self::BeginRound { id, tool } => Self::TakeBackRound { id: *id, tool: *tool, is_taken_back: true },
            Self::TakeBackRound { id, tool, is_taken_back } => {
                Self::TakeBackRound { id: *id, tool: *tool, is_taken_back: !is_taken_back }
            }
        }))
    }
}

/// The id of the removal by which a step takes out one of several entries.
fn removal_of(instance: EntryId, scene: &Scene<'_>) -> EntryId {
    instance.mixed_with(scene.id)
}
