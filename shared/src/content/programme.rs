//! Programmes: tools in the order that a group goes through them, ready to make a workshop of.

use minicbor::{Decode, Encode};

use super::{Body, EntryId, Localized, Tool, ToolId, Unread};

/// The most that a tool can be planned to take, in minutes: a whole day.
pub const MOST_MINUTES: u16 = 480;

/// The most times that a scale can be planned to be taken.
pub const MOST_TIMES: u8 = 12;

/// A programme that a pack offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Programme {
    /// Names the programme, unique in its pack.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Localized,
    /// A line on what it is good for.
    #[n(2)]
    pub summary: Localized,
    /// Its tools, in order.
    #[n(3)]
    pub tools: Vec<Planned>,
    /// Whether a relay that is tried out begins with it.
    #[n(4)]
    pub demo: bool,
}

/// A tool in a programme.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Planned {
    /// The tool, of this pack or of another that is there.
    #[n(0)]
    pub tool: ToolId,
    /// How many minutes it takes here, where that differs from the tool's own.
    #[n(1)]
    pub minutes: Option<u16>,
    /// How many times its scales are taken; once if left out.
    #[n(2)]
    pub times: Option<u8>,
}

impl Planned {
    /// The tool as it is planned here: a copy with its own minutes, and scales that know how often they are taken.
    #[must_use]
    pub fn of(&self, tool: &Tool) -> Tool {
        let mut tool = tool.clone();
        if let Some(minutes) = self.minutes {
            tool.minutes = minutes;
        }
        if self.times.is_some() {
            for part in &mut tool.parts {
                let Body::Scale(unread) = &mut part.body else { continue };
                let Ok(mut scale) = unread.read() else { continue };
                scale.times = self.times;
                *unread = Unread::from(&scale);
            }
        }
        tool
    }
}

/// Whether `tool` has a scale that is made to be taken again, so that its times can be planned.
#[must_use]
pub fn has_rounds(tool: &Tool) -> bool {
    let is_again = |body: &Body| matches!(body, Body::Scale(scale) if scale.get().is_some_and(|scale| scale.rounds));
    tool.parts.iter().any(|part| is_again(&part.body))
}
