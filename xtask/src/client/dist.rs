//! Writes the files with their compressed forms beside them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::pages::Files;
use super::{Care, dist_folder};
use crate::process::say;
use crate::tree;

/// Kinds of files that are compressed already.
const COMPRESSED: [&str; 2] = ["png", "woff2"];

/// Makes the folder hold these files and nothing else.
///
/// A file that is there with the same bytes is left alone, so that the relay is not built again for nothing.
pub(crate) fn write(files: &Files, care: Care) -> Result<()> {
    let folder = dist_folder();
    let mut wanted = BTreeMap::new();
    for (path, bytes) in files {
        wanted.insert(path.clone(), bytes.clone());
        if COMPRESSED.iter().any(|kind| path.ends_with(&format!(".{kind}"))) {
            continue;
        }
        let encodings: &[Encoding] = match care {
            Care::Full => &[Encoding::Brotli, Encoding::Gzip],
            Care::Quick => &[],
        };
        for encoding in encodings.iter().copied() {
            let smaller = encoding.encode_once(path, bytes)?;
            // Some tiny files grow; those are served plain.
            if smaller.len() < bytes.len() {
                wanted.insert(format!("{path}.{}", encoding.extension()), smaller);
            }
        }
    }
    for file in tree::files(&folder)? {
        let path = file.strip_prefix(&folder)?.to_string_lossy().replace('\\', "/");
        match wanted.get(&path) {
            Some(bytes) if tree::read(&file)? == *bytes => drop(wanted.remove(&path)),
            Some(_) => {}
            None => std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?,
        }
    }
    for (path, bytes) in &wanted {
        tree::write(&folder.join(path), bytes)?;
    }
    remove_empty_folders(&folder)
}

/// A form that a browser may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Brotli,
    Gzip,
}

impl Encoding {
    fn extension(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        }
    }

    /// Compresses, or takes what was kept from the last time: the wasm takes seconds.
    fn encode_once(self, path: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let kept =
            tree::target().join("client/compressed").join(format!("{}.{}", tree::hash_of(bytes), self.extension()));
        if kept.exists() {
            return tree::read(&kept);
        }
        if bytes.len() > 200_000 {
            say(format!("compressing {path} ({})", self.extension()));
        }
        let smaller = self.encode(bytes)?;
        tree::write(&kept, &smaller)?;
        Ok(smaller)
    }

    fn encode(self, bytes: &[u8]) -> Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: 11,
                    size_hint: bytes.len(),
                    ..brotli::enc::BrotliEncoderParams::default()
                };
                let mut smaller = Vec::new();
                brotli::BrotliCompress(&mut &bytes[..], &mut smaller, &parameters)?;
                Ok(smaller)
            }
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
                encoder.write_all(bytes)?;
                Ok(encoder.finish()?)
            }
        }
    }
}

fn remove_empty_folders(folder: &Path) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            remove_empty_folders(&path)?;
            // Only an empty one goes.
            let _ = std::fs::remove_dir(&path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_comes_back_whole() {
        let text = "Hvor er vi nu? ".repeat(200).into_bytes();
        let brotli = Encoding::Brotli.encode(&text).unwrap();
        let gzip = Encoding::Gzip.encode(&text).unwrap();
        let mut whole = Vec::new();
        brotli::BrotliDecompress(&mut &brotli[..], &mut whole).unwrap();
        assert_eq!(whole, text);
        whole.clear();
        std::io::copy(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut whole).unwrap();
        assert_eq!(whole, text);
        assert!(brotli.len() < text.len() && gzip.len() < text.len());
    }
}
