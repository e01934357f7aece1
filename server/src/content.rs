//! The tools that workshops are made of: the packs of `content/`, inside the binary, and a work-place's own beside them.
//!
//! [`own`] reads packs from a folder, [`listing`] tells what there is, [`skeleton`] begins a new pack. How a pack is read
//! and checked is decided in [`shared::content`]; clients fetch packs by `http::packs`.

pub mod listing;
pub mod own;
pub mod skeleton;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use rust_embed::RustEmbed;
use shared::content::{Pack, PackError, Programme, Tool};

use crate::words;

#[derive(RustEmbed)]
#[folder = "../content"]
#[include = "*/*.toml"]
struct Files;

/// Every tool that a workshop can be made of.
#[derive(Debug)]
pub struct Content {
    shipped: Vec<Pack>,
    own: Vec<Pack>,
}

/// Why there is no content.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// The packs in the binary are broken: it should not have been built.
    #[error("the packs in this program cannot be used: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Shipped(Vec<PackError>),
    /// The folder of a work-place's own packs cannot be read.
    #[error("cannot read the folder of packs {path}: {source}; name another with --content", path = .path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl ContentError {
    /// What it says to whoever runs the command, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::Shipped(_) => words::error("content-shipped", &[("detail", self)]),
            Self::Folder { path, source } => {
                words::error("content-folder", &[("path", &path.display()), ("detail", source)])
            }
        }
    }
}

impl Content {
    /// Reads the embedded packs.
    ///
    /// # Errors
    /// [`ContentError::Shipped`] with every fault of every file.
    pub fn embedded() -> Result<Self, ContentError> {
        let files: BTreeMap<String, String> = Files::iter()
            .filter_map(|path| Some((path.to_string(), Files::get(&path)?)))
            .map(|(path, file)| (path, String::from_utf8_lossy(&file.data).into_owned()))
            .collect();
        let files: Vec<_> = files.into_iter().collect();
        let shipped = Pack::parse_all(&files).map_err(ContentError::Shipped)?;
        Ok(Self { shipped, own: Vec::new() })
    }

    /// Reads the embedded packs, and those of `folder` that are sound; beside them every fault of those that are not.
    ///
    /// # Errors
    /// [`ContentError`] if the embedded packs or the folder cannot be read.
    pub fn with_own(folder: Option<&Path>) -> Result<(Self, Vec<PackError>), ContentError> {
        let mut content = Self::embedded()?;
        let Some(folder) = folder else { return Ok((content, Vec::new())) };
        let (own, errors) = own::read(folder, &content.shipped)?;
        content.own = own;
        Ok((content, errors))
    }

    /// Checks the packs of `folder`: those that are sound, and every fault of those that are not. They are held against
    /// the ids of the embedded ones, unless they are those.
    ///
    /// # Errors
    /// [`ContentError`] if the embedded packs or the folder cannot be read.
    pub fn check(folder: &Path, are_shipped: bool) -> Result<(Vec<Pack>, Vec<PackError>), ContentError> {
        let shipped = if are_shipped { Vec::new() } else { Self::embedded()?.shipped };
        own::read(folder, &shipped)
    }

    /// The work-place's own packs, but for drafts.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Pack> {
        self.own.iter().filter(|pack| !pack.draft)
    }

    /// The tool named `id`.
    #[must_use]
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.given().find_map(|pack| pack.tool(id))
    }

    /// The ids of all tools.
    pub fn tool_ids(&self) -> impl Iterator<Item = &str> {
        self.given().flat_map(|pack| &pack.tools).map(|tool| tool.id.as_str())
    }

    /// The programme that a relay which is tried out begins with.
    pub(crate) fn demo(&self) -> Option<&Programme> {
        self.given().flat_map(|pack| &pack.programmes).find(|programme| programme.demo)
    }

    fn given(&self) -> impl Iterator<Item = &Pack> {
        self.shipped.iter().chain(&self.own).filter(|pack| !pack.draft)
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

    #[test]
    fn nothing_but_packs_is_in_the_binary() {
        let strays: Vec<_> = Files::iter().filter(|path| !path.ends_with(".toml") || !path.contains('/')).collect();
        assert!(strays.is_empty(), "{strays:?}");
    }
}
