//! Writing own refused changes again under a new actor, so that nobody's words are lost (S23).
//!
//! Whoever may write a document can forge the next change of somebody's actor. The forged one and the real one then
//! have the same number, a document takes only the first of them, and the relay refuses the other. Its author's device
//! says the same again as another actor: the same operations, in the same places, with new names.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::num::NonZeroU64;

use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId};
use automerge::{ActorId, Automerge, AutomergeError, Change, ChangeHash, ExpandedChange};

/// A document freed of refused changes, and what its owner had to say written again.
#[derive(Debug)]
pub struct Transplanted {
    /// The document without the refused changes and what depends on them, and with [`Transplanted::changes`]. Its actor
    /// is the new one.
    pub doc: Automerge,
    /// The changes under the new actor, in order, not yet stored or sent.
    pub changes: Vec<Change>,
    /// The changes that they replace, one for one; the store may forget them once the new ones are stored.
    pub replaced: Vec<ChangeHash>,
}

/// Why a transplant could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TransplantError {
    /// A refused change is not in the document.
    #[error("change {0} is not in the document")]
    Unknown(ChangeHash),
    /// The new actor already has changes in the document.
    #[error("actor {0} already has changes in the document")]
    ActorInUse(ActorId),
    /// Automerge could not take the changes.
    #[error("the rewritten changes could not be applied")]
    Apply(#[from] AutomergeError),
}

/// Rewrites the `refused` changes of `doc`, and all that depend on them, under `actor`, which must be new (S23).
///
/// What depended on a refused change is refused with it, whoever wrote it, so it goes along. What is written again comes
/// after everything else that the document holds: a change may have been refused for where it stood. Costs as much as
/// loading the document.
///
/// # Errors
/// [`TransplantError`]; `doc` is untouched in any case.
pub fn transplant(doc: &Automerge, refused: &[ChangeHash], actor: &ActorId) -> Result<Transplanted, TransplantError> {
    let changes = doc.get_changes(&[]);
    if changes.iter().any(|change| change.actor_id() == actor) {
        return Err(TransplantError::ActorInUse(actor.clone()));
    }
    let known: BTreeSet<_> = changes.iter().map(Change::hash).collect();
    if let Some(unknown) = refused.iter().find(|hash| !known.contains(hash)) {
        return Err(TransplantError::Unknown(*unknown));
    }
    let mut uprooted: BTreeSet<_> = refused.iter().copied().collect();
    let mut kept = Vec::new();
    let mut moved = Vec::new();
    // A document gives its changes so that each comes after those it depends on.
    for change in changes {
        if uprooted.contains(&change.hash()) || change.deps().iter().any(|dep| uprooted.contains(dep)) {
            uprooted.insert(change.hash());
            moved.push(change);
        } else {
            kept.push(change);
        }
    }
    let replaced = moved.iter().map(Change::hash).collect();
    let max_op = kept.iter().map(Change::max_op).max().unwrap_or(0);
    let mut doc = Automerge::new();
    doc.apply_changes(kept)?;
    let mut rewriter = Rewriter::new(actor, doc.get_heads(), max_op);
    let changes: Vec<_> = moved.iter().map(|change| rewriter.rewrite(change)).collect();
    doc.apply_changes(changes.clone())?;
    doc.set_actor(actor.clone());
    Ok(Transplanted { doc, changes, replaced })
}

/// Gives changes a new actor, one after another, and everything that they name of each other its new name.
struct Rewriter<'a> {
    actor: &'a ActorId,
    /// New hashes by old ones.
    hashes: HashMap<ChangeHash, ChangeHash>,
    /// For each old actor, by the first counter of a change: its last counter and the first one of its new change.
    counters: HashMap<ActorId, BTreeMap<u64, (u64, u64)>>,
    /// What the next change comes after.
    heads: Vec<ChangeHash>,
    seq: u64,
    max_op: u64,
}

impl<'a> Rewriter<'a> {
    fn new(actor: &'a ActorId, heads: Vec<ChangeHash>, max_op: u64) -> Self {
        Self { actor, hashes: HashMap::new(), counters: HashMap::new(), heads, seq: 0, max_op }
    }

    fn rewrite(&mut self, change: &Change) -> Change {
        let start = change.start_op().get();
        // The changes of several old actors may have counted side by side; those of one actor must not.
        let new_start = start.max(self.max_op + 1);
        self.counters.entry(change.actor_id().clone()).or_default().insert(start, (change.max_op(), new_start));
        self.seq += 1;
        let old = change.decode();
        let rewritten = Change::from(ExpandedChange {
            operations: old.operations.into_iter().map(|operation| self.operation(operation)).collect(),
            actor_id: self.actor.clone(),
            hash: None,
            seq: self.seq,
            start_op: NonZeroU64::new(new_start).unwrap_or(NonZeroU64::MIN),
            time: old.time,
            message: old.message,
            // All that the old one came after lies before these.
            deps: std::mem::take(&mut self.heads),
            // An author may stand in an actor's first change only, and this one names its own in the document's data.
            extra_bytes: if old.author.is_some() { Vec::new() } else { old.extra_bytes },
            author: None,
        });
        self.max_op = new_start + change.len() as u64 - u64::from(!change.is_empty());
        self.hashes.insert(change.hash(), rewritten.hash());
        self.heads = vec![rewritten.hash()];
        rewritten
    }

    fn operation(&self, operation: Op) -> Op {
        Op {
            action: operation.action,
            obj: match operation.obj {
                ObjectId::Id(id) => ObjectId::Id(self.id(&id)),
                ObjectId::Root => ObjectId::Root,
            },
            key: match operation.key {
                Key::Seq(ElementId::Id(id)) => Key::Seq(ElementId::Id(self.id(&id))),
                key => key,
            },
            pred: operation.pred.iter().map(|id| self.id(id)).collect(),
            insert: operation.insert,
        }
    }

    fn id(&self, id: &OpId) -> OpId {
        let OpId(counter, actor) = id;
        let found = self.counters.get(actor).and_then(|starts| starts.range(..=counter).next_back());
        match found {
            Some((start, (last, new_start))) if counter <= last => {
                OpId(new_start + (counter - start), self.actor.clone())
            }
            _ => id.clone(),
        }
    }
}
