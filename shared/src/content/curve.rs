//! The curve: how heavy the load was, month by month.

use minicbor::{Decode, Encode};

use super::{Entry, Localized};

/// A curve over the past months.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Curve {
    /// How many months it reaches back.
    #[n(0)]
    pub months: u8,
    /// What is asked.
    #[n(1)]
    pub question: Localized,
    /// What the lowest point means.
    #[n(2)]
    pub low: Localized,
    /// What the highest point means.
    #[n(3)]
    pub high: Localized,
    /// Asks what happened where the curve turns.
    #[n(4)]
    pub tag_prompt: Localized,
    /// Typical turns to pick from.
    #[n(5)]
    pub tags: Vec<Entry>,
}
