//! Questions: prompts for a talk, each with answers of many.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Prompts for a talk.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Questions {
    /// The questions, gathered.
    #[n(0)]
    pub groups: Vec<QuestionGroup>,
}

/// Questions that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct QuestionGroup {
    /// Names the group.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Option<Localized>,
    /// A helping line under it.
    #[n(2)]
    pub hint: Option<Localized>,
    /// The questions, in order.
    #[n(3)]
    pub questions: Vec<Entry>,
    /// Whether the group is ours and not the source's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[n(4)]
    pub ours: bool,
}
