//! The checklist: statements, each answered with yes, partly or no.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Statements.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Checklist {
    /// Whether everyone answers alone, and shares when they choose to.
    #[n(0)]
    pub alone_first: bool,
    /// A helping line above them.
    #[n(1)]
    pub hint: Localized,
    /// The statements, gathered.
    #[n(2)]
    pub groups: Vec<StatementGroup>,
}

/// Statements that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct StatementGroup {
    /// Names the group.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Option<Localized>,
    /// What answers here point to.
    #[n(2)]
    pub note: Option<Entry>,
    /// The statements, in order.
    #[n(3)]
    pub statements: Vec<Entry>,
    /// Whether the group is ours and not the source's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[n(4)]
    pub ours: bool,
}
