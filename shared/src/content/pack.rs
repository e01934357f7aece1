//! A pack: tools from one source, made by anyone as a folder of TOML files.

#[cfg(feature = "packs")]
mod fault;
#[cfg(feature = "packs")]
mod outline;
#[cfg(feature = "packs")]
mod parse;
#[cfg(feature = "packs")]
mod reader;
#[cfg(feature = "packs")]
mod report;
#[cfg(feature = "packs")]
mod rules;
#[cfg(feature = "packs")]
mod schema;
#[cfg(feature = "packs")]
mod survey;

#[cfg(feature = "packs")]
pub use fault::{Fault, PackError};
#[cfg(feature = "packs")]
pub use schema::{pack_schema, tool_schema};

use minicbor::{Decode, Encode};

use super::{Language, PackId, Programme, Source, Tool};

/// Tools from one source document.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pack {
    /// Names the pack.
    #[n(0)]
    pub id: PackId,
    /// Rises with every change of the content.
    #[n(1)]
    pub version: u32,
    /// Where the originals are found.
    #[n(2)]
    pub source: Source,
    /// The languages in which every text is there.
    #[n(3)]
    pub languages: Vec<Language>,
    /// The tools, in the order of their ids.
    #[n(4)]
    pub tools: Vec<Tool>,
    /// Whether it is under way: checked with the others, and not given to anybody.
    #[n(5)]
    pub draft: bool,
    /// Programmes that workshops can be made of at once.
    #[cbor(default)]
    #[n(6)]
    pub programmes: Vec<Programme>,
}

/// Where a client finds the packs: what lies at `/packs/index.cbor`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PackIndex {
    /// In the order they are offered.
    #[n(0)]
    pub packs: Vec<PackFile>,
}

/// A pack as a file that is named by its content.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct PackFile {
    /// Names the pack.
    #[n(0)]
    pub id: PackId,
    /// The path of its [`Pack`] as CBOR, with a leading slash.
    #[n(1)]
    pub path: String,
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
