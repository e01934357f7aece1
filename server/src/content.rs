//! The packs of `content/`, inside the binary.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use shared::content::{Pack, PackError, Tool};

#[derive(RustEmbed)]
#[folder = "../content"]
#[include = "*.toml"]
struct Files;

/// Every tool that a workshop can be made of.
#[derive(Debug)]
pub struct Content {
    packs: Vec<Pack>,
}

/// The packs in the binary are broken: it should not have been built.
#[derive(Debug, thiserror::Error)]
#[error("the packs cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct ContentError(Vec<PackError>);

impl Content {
    /// Reads the embedded packs.
    ///
    /// # Errors
    /// [`ContentError`] with every fault of every file.
    pub fn embedded() -> Result<Self, ContentError> {
        let files: BTreeMap<String, String> = Files::iter()
            .filter(|path| path.ends_with(".toml"))
            .filter_map(|path| Some((path.to_string(), Files::get(&path)?)))
            .map(|(path, file)| (path, String::from_utf8_lossy(&file.data).into_owned()))
            .collect();
        let files: Vec<_> = files.into_iter().collect();
        let packs = Pack::parse_all(&files).map_err(ContentError)?;
        Ok(Self { packs: packs.into_iter().filter(|pack| !pack.draft).collect() })
    }

    /// The tool named `id`.
    #[must_use]
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.packs.iter().find_map(|pack| pack.tool(id))
    }

    /// The ids of all tools.
    pub fn tool_ids(&self) -> impl Iterator<Item = &str> {
        self.packs.iter().flat_map(|pack| &pack.tools).map(|tool| tool.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_packs_can_be_used() {
        let content = Content::embedded().unwrap();
        assert!(content.tool("A1").is_some() && content.tool("A2").is_some());
        assert!(content.tool("A0").is_none());
    }
}
