//! The agenda: how a group prepares and holds a meeting, step by step.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized, ToolId};

/// Steps with minutes, and who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Agenda {
    /// What the meeting is to lead to.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(0)]
    pub aim: Localized,
    /// How long preparing takes, in minutes.
    #[n(1)]
    pub preparation_minutes: u16,
    /// How long the meeting takes, in minutes.
    #[n(2)]
    pub meeting_minutes: u16,
    /// Who takes part.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(3)]
    pub participants: Vec<Entry>,
    /// The stretches that steps are gathered under, in order; empty if they are not.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(4)]
    pub phases: Vec<Phase>,
    /// What is done, in order.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(5)]
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
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Names the phase; steps refer to it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(0)]
    pub id: EntryId,
    /// When it takes place.
    #[n(1)]
    pub moment: Moment,
    /// What it is called.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(2)]
    pub title: Localized,
}

/// Whether something is done ahead of the meeting or in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Moment {
    /// Ahead of the meeting.
    #[n(0)]
    Preparation,
    /// In the meeting.
    #[n(1)]
    Meeting,
}

/// One step of the way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Step {
    /// Names the step.
    #[n(0)]
    pub id: EntryId,
    /// The [`Phase`] it belongs to.
    #[n(1)]
    pub phase: Option<EntryId>,
    /// What it is called.
    #[n(2)]
    pub title: Localized,
    /// How long it takes, in minutes.
    #[n(3)]
    pub minutes: Option<u16>,
    /// Why it is done.
    #[n(4)]
    pub purpose: Localized,
    /// What to do.
    #[n(5)]
    pub tasks: Vec<Entry>,
    /// The tools it is done with, or leads on to. They need not be in the same pack, nor on this device.
    #[n(6)]
    pub points_to: Vec<ToolId>,
}
