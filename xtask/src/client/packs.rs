//! The packs of `content/`, as the client gets them.

use anyhow::{Context as _, Result, bail};
use shared::content;

use crate::process::say;
use crate::tree;

/// A pack, ready to be written.
#[derive(Debug)]
pub(crate) struct Pack {
    /// The pack's id, which becomes the first part of the file's name.
    pub(crate) id: String,
    /// The pack in all its languages.
    pub(crate) json: Vec<u8>,
}

/// Reads and checks every pack; all faults are told at once.
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
    let as_json = |pack: &content::Pack| -> Result<Pack> {
        let json = serde_json::to_vec(pack).with_context(|| format!("pack {:?} cannot become JSON", pack.id))?;
        Ok(Pack { id: pack.id.to_string(), json })
    };
    packs.iter().map(as_json).collect()
}
