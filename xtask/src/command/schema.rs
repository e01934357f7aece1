//! `cargo xtask schema`: what editors check and complete packs by, out of the types that packs are read into.

use anyhow::Result;
use shared::content::{pack_schema, tool_schema};

use crate::tree;

pub(crate) fn run() -> Result<()> {
    let folder = tree::root().join("content/schema");
    tree::write(&folder.join("pack.json"), pack_schema().as_bytes())?;
    tree::write(&folder.join("tool.json"), tool_schema().as_bytes())
}
