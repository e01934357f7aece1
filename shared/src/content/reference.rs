//! Text to read: background, symptoms, models, where to find more.

use serde::{Deserialize, Serialize};

use super::{Entry, EntryId, Localized};

/// Text in sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Names the part.
    #[serde(default)]
    pub id: EntryId,
    /// The sections, in reading order.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// A heading with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Names the section.
    #[serde(default)]
    pub id: EntryId,
    /// Its heading.
    #[serde(default)]
    pub title: Localized,
    /// Its paragraphs, in reading order.
    #[serde(default)]
    pub paragraphs: Vec<Entry>,
}
