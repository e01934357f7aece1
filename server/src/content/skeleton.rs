//! A pack to begin with: `dialogtavle content new`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shared::content::{pack_schema, tool_schema};

use crate::words;

const MANIFEST: &str = include_str!("skeleton/pack.toml");
const TOOL: &str = include_str!("skeleton/tool.toml");

/// Why no pack was begun.
#[derive(Debug, thiserror::Error)]
pub enum NewPackError {
    /// The name is no id.
    #[error("`{0}` is not lower-case words (a–z and digits) with hyphens, such as our-own")]
    BadName(String),
    /// There is something of that name.
    #[error("{} is there already; choose another name", .0.display())]
    Exists(PathBuf),
    /// The system does not let it be written.
    #[error("cannot write {path}: {source}", path = .path.display())]
    NotWritten {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl NewPackError {
    /// What it says to whoever runs the command, in both languages.
    #[must_use]
    pub fn told(&self) -> String {
        match self {
            Self::BadName(name) => words::error("pack-name", &[("name", name)]),
            Self::Exists(path) => words::error("pack-exists", &[("path", &path.display())]),
            Self::NotWritten { path, source } => {
                words::error("pack-not-written", &[("path", &path.display()), ("detail", source)])
            }
        }
    }
}

/// Begins the pack `name` as a folder in `folder`: a commented pack of one tool, with the schemas that editors complete
/// it by. Gives its path.
///
/// # Errors
/// [`NewPackError`]; nothing that was there is changed.
pub fn write(folder: &Path, name: &str) -> Result<PathBuf, NewPackError> {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !name.split('-').all(word) {
        return Err(NewPackError::BadName(name.to_owned()));
    }
    let pack = folder.join(name);
    if pack.exists() {
        return Err(NewPackError::Exists(pack));
    }
    let fill = |text: &str| text.replace("{name}", name).replace("{tool}", &tool_id(name));
    let files = [
        ("pack.toml", fill(MANIFEST)),
        ("tool.toml", fill(TOOL)),
        ("schema/pack.json", pack_schema()),
        ("schema/tool.json", tool_schema()),
    ];
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| NewPackError::NotWritten { path, source }
    };
    fs::create_dir_all(pack.join("schema")).map_err(failed(&pack))?;
    for (file, text) in files {
        let path = pack.join(file);
        fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(pack)
}

/// An id for the pack's first tool that no shipped one has: `our-own` gives `OurOwnN1`.
fn tool_id(pack: &str) -> String {
    let words = pack.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    let id = words.collect::<String>() + "N1";
    if id.starts_with(|c: char| c.is_ascii_digit()) { format!("T{id}") } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Content;

    #[test]
    fn what_is_begun_can_be_used_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        // The last would be called as a shipped tool, but for the letter between.
        for (name, tool) in [("our-own", "OurOwnN1"), ("2027", "T2027N1"), ("e", "EN1")] {
            let path = write(folder.path(), name).unwrap();
            assert_eq!(path, folder.path().join(name));
            let (packs, errors) = Content::check(&path, false).unwrap();
            assert!(errors.is_empty(), "{errors:?}");
            assert_eq!((packs[0].id.as_str(), packs[0].tools[0].id.as_str()), (name, tool));
        }
        let (packs, errors) = Content::check(folder.path(), false).unwrap();
        assert_eq!((packs.len(), errors.len()), (3, 0), "all of them side by side");
        assert!(matches!(write(folder.path(), "our-own"), Err(NewPackError::Exists(_))));
        for name in ["Our own", "", "../out", "vores-æøå", "a--b"] {
            assert!(matches!(write(folder.path(), name), Err(NewPackError::BadName(_))), "{name}");
        }
    }
}
