//! Text to read: background, symptoms, models, where to find more.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Text in sections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Reference {
    /// Names the part.
    #[n(0)]
    pub id: EntryId,
    /// The sections, in reading order.
    #[n(1)]
    pub sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
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
}
