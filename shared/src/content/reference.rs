//! Text to read: background, symptoms, models, where to find more.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Text in sections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Reference {
    /// The sections, in reading order.
    #[n(0)]
    pub sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Section {
    /// Names the section.
    #[n(0)]
    pub id: EntryId,
    /// Its heading.
    #[n(1)]
    pub title: Localized,
    /// Its paragraphs, in reading order.
    #[n(2)]
    pub paragraphs: Vec<Entry>,
    /// A list under them.
    #[n(3)]
    pub items: Vec<Entry>,
    /// Whether the section is ours and not the source's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[n(4)]
    pub ours: bool,
}
