//! The scale: a mark of one's own from one number to another, with a few words.

use minicbor::{Decode, Encode};

use super::{EntryId, Localized};

/// A barometer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Scale {
    /// The lowest mark.
    #[n(0)]
    pub min: u8,
    /// The highest mark.
    #[n(1)]
    pub max: u8,
    /// What is asked.
    #[n(2)]
    pub question: Localized,
    /// A helping line under it.
    #[n(3)]
    pub hint: Localized,
    /// What the lowest mark means.
    #[n(4)]
    pub low: Localized,
    /// What the highest mark means.
    #[n(5)]
    pub high: Localized,
    /// Asks for a few words.
    #[n(6)]
    pub word_prompt: Localized,
    /// Stretches with a meaning of their own.
    #[n(7)]
    pub bands: Vec<Band>,
    /// Whether it is taken again over time.
    #[n(8)]
    pub rounds: bool,
    /// How many times a workshop plans to take it; nothing is planned if left out.
    #[n(9)]
    pub times: Option<u8>,
}

/// A stretch of the scale.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Band {
    /// Names the band.
    #[n(0)]
    pub id: EntryId,
    /// Its lowest mark.
    #[n(1)]
    pub from: u8,
    /// Its highest mark.
    #[n(2)]
    pub to: u8,
    /// What it means.
    #[n(3)]
    pub title: Localized,
}
