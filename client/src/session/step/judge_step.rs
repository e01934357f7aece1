//! What facilitators judge, on control, wherever they read it: what was agreed, and what is off the wall.

use automerge::Automerge;
use shared::documents::control;
use shared::documents::{AnswerKey, EntryId, Kind, WriteError};

use super::super::action::ActionLabel;
use super::{LaterStep, Scene, Step, before};

/// A judgement of a facilitator's. Phones show what it is taken on, so it lies with the app.
#[derive(Debug)]
pub(in super::super) enum JudgeStep {
    Decide { key: AnswerKey, level: u8 },
    Hide { target: EntryId, reason: String },
    ShowAgain { target: EntryId },
}

impl LaterStep for JudgeStep {
    fn kind(&self) -> Kind {
        Kind::Control
    }

    fn label(&self) -> ActionLabel {
        match self {
            Self::Decide { .. } => ActionLabel::Decide,
            Self::Hide { .. } => ActionLabel::Hide,
            Self::ShowAgain { .. } => ActionLabel::Show,
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Decide { key, .. } => key.to_string(),
            Self::Hide { target, .. } | Self::ShowAgain { target } => target.to_string(),
        }
    }

    fn perform(&self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<(), WriteError> {
        match self {
            Self::Decide { key, level } => control::decide(doc, key, &scene.stamp(*level)),
            Self::Hide { target, reason } => control::hide(doc, scene.id, *target, scene.at, reason),
            Self::ShowAgain { target } => control::show_again(doc, *target),
        }
    }

    fn back(&self, scene: &Scene<'_>) -> Option<Step> {
        Some(Step::later(match self {
            Self::Decide { key, .. } => {
                let before = before(scene.control.decisions.get(key))?;
                Self::Decide { key: key.clone(), level: before.map_or(0, |set| set.value) }
            }
            Self::Hide { target, .. } => Self::ShowAgain { target: *target },
            Self::ShowAgain { target } => {
                let reason = scene.control.hidden.get(target)?.reason.clone();
                Self::Hide { target: *target, reason }
            }
        }))
    }
}
