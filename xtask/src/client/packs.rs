//! The packs of `content/`, as the client gets them.

use anyhow::{Result, bail};
use shared::content::{self, PackId};

use crate::process::say;
use crate::tree;

/// A pack, ready to be written.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The pack's id, which becomes the first part of the file's name.
    pub(crate) id: PackId,
    /// The pack in all its languages, as CBOR.
    pub(crate) bytes: Vec<u8>,
}

/// Reads and checks every pack, and gives those that are no drafts; all faults are told at once.
pub(crate) fn packs() -> Result<Vec<Pack>> {
    let root = tree::root();
    let mut files = Vec::new();
    for file in tree::files(&root.join("content"))? {
        if file.extension().is_some_and(|extension| extension == "toml") {
            let path = file.strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
            files.push((path, tree::read_text(&file)?));
        }
    }
    let packs = match content::Pack::parse_all(&files) {
        Ok(packs) => packs,
        Err(faults) => {
            for fault in &faults {
                say(fault);
            }
            bail!("{} faults in the packs, told above; content/README.md says how a pack is written", faults.len());
        }
    };
    let as_bytes =
        |pack: &content::Pack| -> Result<Pack> { Ok(Pack { id: pack.id.clone(), bytes: minicbor::to_vec(pack)? }) };
    packs.iter().filter(|pack| !pack.draft).map(as_bytes).collect()
}
