//! Packs from a folder of the work-place's own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use shared::content::{Fault, Pack, PackError};

use super::ContentError;

/// Largest file that is read, in bytes; a tool unfolds to less.
const FILE_BYTES: u64 = 4 << 20;

/// Reads the packs of `folder`: each of its folders that holds a file of TOML, or itself if it is a pack.
///
/// Those that are sound, and every fault of the others, which may not claim an id from one of the `shipped`.
pub(super) fn read(folder: &Path, shipped: &[Pack]) -> Result<(Vec<Pack>, Vec<PackError>), ContentError> {
    let failed = |source| ContentError::Folder { path: folder.to_path_buf(), source };
    let folders = if folder.join("pack.toml").is_file() {
        vec![folder.to_path_buf()]
    } else {
        folders(folder).map_err(failed)?
    };
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for folder in folders {
        match texts(&folder) {
            Ok(mut texts) => files.append(&mut texts),
            // Half a pack is none.
            Err(mut faults) => errors.append(&mut faults),
        }
    }
    let (packs, mut faults) = Pack::parse_beside(&files, shipped);
    errors.append(&mut faults);
    Ok((packs, errors))
}

/// The texts of the TOML files in `folder`, with their paths; or each that cannot be read.
fn texts(folder: &Path) -> Result<Vec<(String, String)>, Vec<PackError>> {
    let (mut texts, mut faults) = (Vec::new(), Vec::new());
    for path in toml_files(folder).map_err(|error| vec![fault(folder, &error)])? {
        match text(&path) {
            Ok(text) => texts.push((path.display().to_string(), text)),
            Err(error) => faults.push(fault(&path, &error)),
        }
    }
    if faults.is_empty() { Ok(texts) } else { Err(faults) }
}

fn fault(path: &Path, error: &io::Error) -> PackError {
    let fault = Fault::Unreadable { cause: error.to_string() };
    PackError { file: path.display().to_string(), line: None, entry: String::new(), fault }
}

/// The folders in `folder`, in order; those whose names begin with a dot are somebody else's.
fn folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let all = paths(folder)?;
    Ok(all.into_iter().filter(|path| path.is_dir() && !name(path).starts_with('.')).collect())
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let all = paths(folder)?;
    Ok(all.into_iter().filter(|path| path.is_file() && name(path).ends_with(".toml")).collect())
}

fn paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn text(path: &Path) -> io::Result<String> {
    let bytes = fs::metadata(path)?.len();
    if bytes > FILE_BYTES {
        return Err(io::Error::other(format!("{bytes} bytes, at most {FILE_BYTES}")));
    }
    fs::read_to_string(path)
}
