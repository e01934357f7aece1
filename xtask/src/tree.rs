//! Where things lie in the working tree, and what a set of its files holds.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

/// The project's folder, whatever folder the command was started in.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The folder for everything that can be made again.
pub(crate) fn target() -> PathBuf {
    root().join("target")
}

/// All files under `folder`, sorted by path, so that what is made of them is the same on every machine.
///
/// Folders that a package manager or a compiler fills are left out. A folder that does not exist holds nothing.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        if !folder.exists() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            if !path.is_dir() {
                found.push(path);
            } else if !path.ends_with("node_modules") && !path.ends_with("target") {
                open.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file of the tree; the error names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Reads a text file of the tree; the error names it.
pub(crate) fn read_text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a file and the folders above it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    // Beside it, then in its place: nobody reads half of it, and a copy that is a hard link stays as it was.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    fs::rename(&beside, path).with_context(|| format!("cannot write {}", path.display()))
}

/// A hash over the names and contents of files and folders, both relative to the root.
pub(crate) fn fingerprint(paths: &[&str], also: &str) -> Result<String> {
    let root = root();
    let mut hasher = blake3::Hasher::new();
    hasher.update(also.as_bytes());
    for path in paths {
        let path = root.join(path);
        let files = if path.is_file() { vec![path] } else { files(&path)? };
        for file in files {
            let content = read(&file)?;
            // Lengths come first, so that no two trees give the same stream of bytes.
            let name = file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().into_owned();
            for part in [name.as_bytes(), &content] {
                hasher.update(&part.len().to_le_bytes());
                hasher.update(part);
            }
        }
    }
    Ok(short(hasher.finalize()))
}

/// The sixteen letters of a hash that stand in file names.
pub(crate) fn short(hash: blake3::Hash) -> String {
    hash.to_hex().chars().take(16).collect()
}

/// The sixteen letters that stand in the name of a file with these bytes.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    short(blake3::hash(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_order_and_without_what_others_filled() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["b.css", "a/z.css", "a/node_modules/x.js", "target/y.rs"] {
            write(&folder.path().join(path), b"").unwrap();
        }
        let found = files(folder.path()).unwrap();
        let names: Vec<_> = found.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("a/z.css"), Path::new("b.css")]);
    }

    #[test]
    fn a_folder_that_is_not_there_holds_nothing() {
        assert!(files(Path::new("/nowhere/at/all")).unwrap().is_empty());
    }

    #[test]
    fn a_fingerprint_follows_the_files_and_what_is_named_beside_them() {
        let of = |also: &str| fingerprint(&["xtask/Cargo.toml"], also).unwrap();
        assert_eq!(of("rustc 1"), of("rustc 1"));
        assert_ne!(of("rustc 1"), of("rustc 2"));
        assert_ne!(of(""), fingerprint(&["xtask/Cargo.toml", "Cargo.toml"], "").unwrap());
    }
}
