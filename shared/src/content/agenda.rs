//! The agenda: how a group prepares and holds a meeting, step by step.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryId, Localized, ToolId};

/// Steps with minutes, and who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// Names the part.
    #[serde(default)]
    pub id: EntryId,
    /// What the meeting is to lead to.
    #[serde(default)]
    pub aim: Localized,
    /// How long preparing takes, in minutes.
    pub preparation_minutes: u16,
    /// How long the meeting takes, in minutes.
    pub meeting_minutes: u16,
    /// Who takes part.
    #[serde(default)]
    pub participants: Vec<Entry>,
    /// The stretches that steps are gathered under, in order; empty if they are not.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// What is done, in order.
    #[serde(default)]
    pub steps: Vec<Step>,
}

impl Agenda {
    /// The phase named `id`.
    #[must_use]
    pub fn phase(&self, id: &EntryId) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == *id)
    }

    /// The steps of `moment`, in order. A step without a phase belongs to the meeting.
    pub fn steps_at(&self, moment: Moment) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(move |step| {
            let phase = step.phase.as_ref().and_then(|id| self.phase(id));
            phase.map_or(Moment::Meeting, |phase| phase.moment) == moment
        })
    }
}

/// A stretch of the way, with steps under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Names the phase; steps refer to it.
    #[serde(default)]
    pub id: EntryId,
    /// When it takes place.
    pub moment: Moment,
    /// What it is called.
    #[serde(default)]
    pub title: Localized,
}

/// Whether something is done ahead of the meeting or in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// Ahead of the meeting.
    Preparation,
    /// In the meeting.
    Meeting,
}

/// One step of the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Names the step.
    #[serde(default)]
    pub id: EntryId,
    /// The [`Phase`] it belongs to.
    pub phase: Option<EntryId>,
    /// What it is called.
    #[serde(default)]
    pub title: Localized,
    /// How long it takes, in minutes.
    pub minutes: Option<u16>,
    /// Why it is done.
    #[serde(default)]
    pub purpose: Localized,
    /// What to do.
    #[serde(default)]
    pub tasks: Vec<Entry>,
    /// The tools it is done with, or leads on to. They need not be in the same pack, nor on this device.
    #[serde(default)]
    pub points_to: Vec<ToolId>,
}
