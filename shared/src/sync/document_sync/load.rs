//! From stored chunks to a document, and what to do when some of them are damaged.

use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ChangeHash};

use super::causal_order::in_causal_order;
use super::history::is_in;
use super::incoming::{decode_change, decode_document};
use crate::sync::chunk_guard::{self, ChunkKind};

/// A stored chunk that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its place in what was given, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// The document that the chunks make, and those of them that could not be used.
pub(super) fn load<B: AsRef<[u8]>>(chunks: impl IntoIterator<Item = B>) -> (Automerge, Vec<Damaged>) {
    let mut doc = Automerge::new();
    let mut damaged = Vec::new();
    let mut changes: Vec<(usize, Change)> = Vec::new();
    for (index, bytes) in chunks.into_iter().enumerate() {
        if let Err(reason) = read(bytes.as_ref(), &mut doc, &mut |change| changes.push((index, change))) {
            damaged.push(Damaged { index, reason });
        }
    }
    apply(&mut doc, changes, &mut damaged);
    (doc, damaged)
}

/// Reads what was stored under one key: usually one chunk.
fn read(bytes: &[u8], doc: &mut Automerge, keep: &mut impl FnMut(Change)) -> Result<(), String> {
    for chunk in chunk_guard::split(bytes).map_err(|error| error.to_string())? {
        match chunk.kind {
            // The first snapshot is the document itself, which is far quicker than applying its changes.
            ChunkKind::Document if doc.is_empty() => {
                let loaded = catch_unwind(AssertUnwindSafe(|| Automerge::load(chunk.bytes)));
                *doc = loaded.map_err(|_| "it made the decoder panic")?.map_err(|error| error.to_string())?;
            }
            ChunkKind::Document => {
                decode_document(chunk).map_err(|error| error.to_string())?.into_iter().for_each(&mut *keep);
            }
            ChunkKind::Change | ChunkKind::CompressedChange => {
                keep(decode_change(chunk).map_err(|error| error.to_string())?);
            }
            ChunkKind::Bundle => return Err("a bundle, which is never stored".to_owned()),
        }
    }
    Ok(())
}

/// Applies all that can be applied. Automerge only warns of what it leaves out, so each change is looked for afterwards.
fn apply(doc: &mut Automerge, changes: Vec<(usize, Change)>, damaged: &mut Vec<Damaged>) {
    let places: HashMap<_, _> = changes.iter().map(|(index, change)| (change.hash(), *index)).collect();
    let mut leave_out = |hash: &ChangeHash, reason: &str| {
        let index = places.get(hash).copied().unwrap_or_default();
        damaged.push(Damaged { index, reason: reason.to_owned() });
    };
    let mut ready = in_causal_order(changes.into_iter().map(|(_, change)| change).collect());
    ready.retain(|change| !is_in(doc, &change.hash()));
    apply_what_fits(doc, ready, &mut leave_out);
}

/// Applies `changes` together; if one of them cannot be applied, each half by itself, until the one is alone. So one of
/// a hundred thousand costs some twenty copies of the document and not a hundred thousand.
fn apply_what_fits(doc: &mut Automerge, changes: Vec<Change>, leave_out: &mut impl FnMut(&ChangeHash, &str)) {
    let mut ready = Vec::with_capacity(changes.len());
    let mut ready_hashes = HashSet::new();
    for change in changes {
        if change.deps().iter().all(|dep| ready_hashes.contains(dep) || is_in(doc, dep)) {
            ready_hashes.insert(change.hash());
            ready.push(change);
        } else {
            leave_out(&change.hash(), "it depends on a change that is missing");
        }
    }
    let mut trial = doc.clone();
    let applied = catch_unwind(AssertUnwindSafe(|| trial.apply_changes(ready.clone())));
    if matches!(applied, Ok(Ok(()))) && ready_hashes.iter().all(|hash| is_in(&trial, hash)) {
        *doc = trial;
    } else if let [change] = &ready[..] {
        leave_out(&change.hash(), "it does not fit the changes before it");
    } else {
        let second = ready.split_off(ready.len() / 2);
        apply_what_fits(doc, ready, leave_out);
        apply_what_fits(doc, second, leave_out);
    }
}
