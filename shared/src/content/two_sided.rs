//! Two lists that are weighed against each other: demands and resources, burdens and what carries.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// A balance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct TwoSided {
    /// Its two pans, what weighs first.
    #[n(0)]
    pub sides: Vec<Side>,
    /// What is marked on entries afterwards, and becomes an action.
    #[n(1)]
    pub follow_ups: Vec<FollowUp>,
}

/// One pan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Side {
    /// Names the side.
    #[n(0)]
    pub id: EntryId,
    /// Which way it pulls.
    #[n(1)]
    pub role: SideRole,
    /// What it holds.
    #[n(2)]
    pub title: Localized,
    /// A helping line under it.
    #[n(3)]
    pub hint: Localized,
    /// Where its entries are gathered, such as inner and outer; at least one.
    #[n(4)]
    pub groups: Vec<SideGroup>,
}

/// Entries of one side that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct SideGroup {
    /// Names the group.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Localized,
    /// Typical entries to pick from.
    #[n(2)]
    pub examples: Vec<Entry>,
    /// Whether the group is ours and not the source's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[n(3)]
    pub ours: bool,
}

/// A mark on entries of one side, such as what can be eased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct FollowUp {
    /// Names the mark.
    #[n(0)]
    pub id: EntryId,
    /// The [`Side`] whose entries it is set on.
    #[n(1)]
    pub side: EntryId,
    /// What it says.
    #[n(2)]
    pub title: Localized,
    /// A helping line under it.
    #[n(3)]
    pub hint: Localized,
}

/// Which way a side pulls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum SideRole {
    /// Burdens and demands.
    #[default]
    #[n(0)]
    Weighs,
    /// Resources.
    #[n(1)]
    Lifts,
}
