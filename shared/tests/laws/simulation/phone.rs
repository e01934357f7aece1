//! One phone: its document, its store, and what it was told is durable.

use std::collections::BTreeSet;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, ObjType, ROOT, ReadDoc};
use shared::sync::document_sync::Output;
use shared::sync::{DocumentSync, Millis};

use super::random::Random;

/// What a phone may do at the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its changes are taken.
    Writer,
    /// It may only read, and writes nevertheless.
    Reader,
    /// It may carry what is covered by a checkpoint, and writes nevertheless.
    Carrier,
}

#[derive(Debug)]
pub(crate) struct Phone {
    pub(crate) role: Role,
    pub(crate) sync: DocumentSync,
    pub(crate) store: Vec<Vec<u8>>,
    /// Rises with every start; what an earlier life began does not reach a later one.
    pub(crate) life: u64,
    pub(crate) line: Option<usize>,
    pub(crate) dial_at: Millis,
    /// Every change it ever made, also those lost in a crash.
    pub(crate) made: BTreeSet<ChangeHash>,
    /// Those of them that the relay named as durable.
    pub(crate) acknowledged: BTreeSet<ChangeHash>,
    /// The heads that the relay named last; some may not have come here yet.
    pub(crate) named: Vec<ChangeHash>,
    /// The heads of the checkpoints that it holds.
    pub(crate) checkpoint: BTreeSet<ChangeHash>,
}

/// The first change, the same on every device.
pub(crate) fn genesis() -> Vec<u8> {
    let mut doc = Automerge::new().with_actor(ActorId::from([0_u8; 16]));
    let mut tx = doc.transaction();
    tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.put_object(ROOT, "marks", ObjType::Map).unwrap();
    tx.put_object(ROOT, "rows", ObjType::List).unwrap();
    tx.commit_with(CommitOptions::default().with_time(0));
    doc.save()
}

impl Phone {
    pub(crate) fn new(role: Role) -> Self {
        let store = vec![genesis()];
        Self {
            role,
            sync: load(&store),
            store,
            life: 0,
            line: None,
            dial_at: Millis(0),
            made: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            named: Vec::new(),
            checkpoint: BTreeSet::new(),
        }
    }

    /// Kills the app and starts it again: only what was stored is left.
    pub(crate) fn restart(&mut self) {
        self.life += 1;
        self.line = None;
        self.sync = load(&self.store);
    }

    /// Makes one change of a random kind.
    pub(crate) fn edit(&mut self, now: Millis, index: usize, random: &mut Random) -> Vec<Output> {
        let before = self.sync.heads();
        let life = self.life;
        let ((), outputs) = self.sync.edit(now, |doc| {
            // An actor is new for every start.
            let mut actor = [index as u8 + 1; 16];
            actor[8..].copy_from_slice(&life.to_be_bytes());
            doc.set_actor(ActorId::from(actor));
            let mut tx = doc.transaction();
            any_edit(&mut tx, random);
            tx.commit_with(CommitOptions::default().with_time(0));
        });
        self.made.extend(self.sync.doc().get_changes_meta(&before).iter().map(|meta| meta.hash));
        outputs
    }

    /// Looks which of its changes lie inside the heads that the relay named; again when some of those heads come in.
    pub(crate) fn acknowledge(&mut self) {
        let made: Vec<_> = self.made.iter().copied().collect();
        self.acknowledged.extend(self.sync.received(&self.named, &made));
    }
}

/// One edit of a random kind, which is always a change.
pub(crate) fn any_edit(tx: &mut impl Transactable, random: &mut Random) {
    let object = |tx: &_, key: &str| ReadDoc::get(tx, ROOT, key).unwrap().unwrap().1;
    match random.below(5) {
        0 | 1 => {
            let text = object(tx, "text");
            let length = tx.length(&text) as u64;
            let at = random.below(length + 1) as usize;
            let delete = random.below(length - at as u64 + 1).min(3) as isize;
            let words = ["ø", "en makker ", "🙂", if delete > 0 { "" } else { "å" }][random.below(4) as usize];
            tx.splice_text(&text, at, delete, words).unwrap();
        }
        2 => {
            let marks = object(tx, "marks");
            tx.put(&marks, format!("p{}", random.below(6)), random.below(5) as i64).unwrap();
        }
        3 => {
            let marks = object(tx, "marks");
            let entry = tx.put_object(&marks, format!("{:x}", random.next()), ObjType::Map).unwrap();
            tx.put(&entry, "level", random.below(5) as i64).unwrap();
        }
        _ => {
            let rows = object(tx, "rows");
            let length = tx.length(&rows) as u64;
            if length > 0 && random.chance(30) {
                tx.delete(&rows, random.below(length) as usize).unwrap();
            } else {
                tx.insert(&rows, random.below(length + 1) as usize, "row").unwrap();
            }
        }
    }
}

/// The document in a store, every chunk of which must be sound.
pub(crate) fn load(store: &[Vec<u8>]) -> DocumentSync {
    let loaded = DocumentSync::load(store);
    assert_eq!(loaded.damaged, []);
    loaded.sync
}
