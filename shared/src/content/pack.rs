//! A pack: tools from one source, made by anyone as a folder of TOML files.

#[cfg(feature = "packs")]
mod error;
#[cfg(feature = "packs")]
mod parse;
#[cfg(feature = "packs")]
mod report;
#[cfg(feature = "packs")]
mod rules;
#[cfg(feature = "packs")]
mod survey;

#[cfg(feature = "packs")]
pub use error::PackError;

use serde::{Deserialize, Serialize};

use super::{Language, PackId, Source, Tool};

/// Tools from one source document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Names the pack.
    pub id: PackId,
    /// Rises with every change of the content.
    pub version: u32,
    /// Where the originals are found.
    pub source: Source,
    /// The languages in which every text is there.
    pub languages: Vec<Language>,
    /// The tools, in the order of their ids.
    pub tools: Vec<Tool>,
}

impl Pack {
    /// The tool named `id`.
    #[must_use]
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.tools.iter().find(|tool| tool.id == id)
    }
}

#[cfg(test)]
#[cfg(feature = "packs")]
mod tests;
