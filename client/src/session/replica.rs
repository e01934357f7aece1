//! One document on this device: its copy, what is on its way into the storage, and what views must read again.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{ActorId, Automerge, Change, ChangeHash, ReadDoc};
use shared::documents::{Kind, Touched};
use shared::sync::document_sync::StoredChange;
use shared::sync::{BatchId, DocumentId, DocumentSync};

use super::records::{Store, Value, Write};

/// A batch whose changes are being stored.
#[derive(Debug)]
pub(super) struct InFlight {
    /// Every change of it, so that views know what to read again once it is applied.
    pub(super) changes: Vec<StoredChange>,
}

/// A chunk as the device keeps it.
#[derive(Debug)]
pub(super) struct StoredChunk {
    /// The second part of its key; `None` if it is not kept.
    pub(super) key: Option<String>,
    pub(super) bytes: Vec<u8>,
}

impl StoredChunk {
    /// A chunk that needs not be kept.
    pub(super) fn unkept(bytes: Vec<u8>) -> Self {
        Self { key: None, bytes }
    }
}

/// With fewer chunks than this a document loads fast enough as it is.
const MANY_CHUNKS: usize = 200;

/// One document on this device.
#[derive(Debug)]
pub(super) struct Replica {
    pub(super) kind: Kind,
    pub(super) id: DocumentId,
    pub(super) sync: DocumentSync,
    pub(super) in_flight: BTreeMap<BatchId, InFlight>,
    /// What views have not read yet.
    pub(super) touched: Touched,
    /// Changes of other tabs that came before what they depend on.
    pub(super) early: Vec<Change>,
    /// Changes of other tabs that are on their way into the storage; their own tab keeps their rows and tells of them.
    pub(super) from_tabs: BTreeSet<ChangeHash>,
    /// The heads that the relay last named as durable on this line; some may not have come in yet.
    pub(super) named: Vec<ChangeHash>,
    /// Whether the relay keeps what it is sent; false between its word that it cannot and the next durable heads.
    pub(super) is_kept_there: bool,
    /// What the relay and this device both had when they last met.
    pub(super) shared: Vec<ChangeHash>,
    /// The keys of the kept chunks whose changes are all in the document here.
    kept: Vec<String>,
}

impl Replica {
    /// Loads the document from its stored chunks and gives it the actor of this start.
    pub(super) fn load(kind: Kind, id: DocumentId, chunks: Vec<StoredChunk>, actor: ActorId) -> Self {
        let mut chunks = chunks;
        // The first snapshot becomes the document as it is, which is far quicker than applying its changes.
        chunks.sort_by_key(|chunk| std::cmp::Reverse(chunk.bytes.len()));
        let (keys, chunks): (Vec<_>, Vec<_>) = chunks.into_iter().map(|chunk| (chunk.key, chunk.bytes)).unzip();
        let loaded = DocumentSync::load(chunks);
        // A chunk that could not be read stays as it is: a later version may read it.
        let is_whole = |index: &usize| loaded.damaged.iter().all(|damaged| damaged.index != *index);
        let kept =
            keys.into_iter().enumerate().filter(|(index, _)| is_whole(index)).filter_map(|(_, key)| key).collect();
        let mut replica = Self {
            kind,
            id,
            sync: loaded.sync,
            in_flight: BTreeMap::new(),
            touched: Touched::all(),
            early: Vec::new(),
            from_tabs: BTreeSet::new(),
            named: Vec::new(),
            is_kept_there: true,
            shared: Vec::new(),
            kept,
        };
        replica.set_actor(actor);
        replica
    }

    /// An actor is new for every tab and every start: a restored or copied device would otherwise fork its sequence.
    pub(super) fn set_actor(&mut self, actor: ActorId) {
        let ((), outputs) = self.sync.edit(shared::sync::Millis(0), |doc| {
            doc.set_actor(actor);
        });
        debug_assert!(outputs.is_empty(), "choosing an actor is no change");
    }

    /// Keeps the changes of a batch: own ones each under its own hash, many of others as one chunk.
    pub(super) fn keep(&mut self, changes: &[StoredChange]) -> Vec<Write> {
        let own = self.sync.unstored();
        let (own, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| own.contains(&change.hash));
        let mut writes: Vec<Write> = own.iter().map(|change| self.chunk(change)).collect();
        match others.as_slice() {
            [_, _, ..] => {
                let bytes = others.iter().flat_map(|change| change.bytes.iter().copied()).collect();
                writes.push(self.put(named("batch", others.iter().map(|change| change.hash)), bytes));
            }
            few => writes.extend(few.iter().map(|change| self.chunk(change))),
        }
        writes
    }

    fn chunk(&mut self, change: &StoredChange) -> Write {
        self.put(change.hash.to_string(), change.bytes.clone())
    }

    fn put(&mut self, part: String, bytes: Vec<u8>) -> Write {
        self.kept.push(part.clone());
        Write::Put { store: Store::Chunks, key: vec![self.id.to_string(), part], value: Value::Bytes(bytes) }
    }

    /// Makes many kept chunks one snapshot; nothing where they are few.
    pub(super) fn compaction(&mut self) -> Vec<Write> {
        if self.kept.len() < MANY_CHUNKS { Vec::new() } else { self.snapshot() }
    }

    /// Keeps the document as one snapshot, in place of all chunks that it was made of, in one transaction.
    ///
    /// Other tabs may do the same, or load meanwhile: only chunks whose changes are known here are deleted.
    pub(super) fn snapshot(&mut self) -> Vec<Write> {
        let heads = self.sync.heads();
        if heads.is_empty() {
            return Vec::new();
        }
        let name = named("snapshot", heads);
        let old = std::mem::take(&mut self.kept);
        let mut writes = vec![self.put(name.clone(), self.sync.save())];
        let document = self.id.to_string();
        writes.extend(
            old.into_iter()
                .filter(|part| *part != name)
                .map(|part| Write::Delete { store: Store::Chunks, key: vec![document.clone(), part] }),
        );
        writes
    }

    /// The document.
    pub(super) fn doc(&self) -> &Automerge {
        self.sync.doc()
    }

    /// Notes what a stored batch has brought, for the views.
    pub(super) fn applied<'a>(&mut self, changes: impl IntoIterator<Item = &'a StoredChange>) {
        for change in changes {
            match Change::from_bytes(change.bytes.clone()) {
                Ok(change) => self.touch(&change),
                Err(_) => self.touched = Touched::all(),
            }
        }
    }

    /// Notes what an applied change has touched, for the views.
    pub(super) fn touch(&mut self, change: &Change) {
        // Control is always read whole, and the notebook is read as it is asked for.
        if self.kind == Kind::Board && !self.touched.everything {
            self.touched.merge(Touched::by(self.sync.doc(), change));
        }
    }

    /// Whether everything that `change` depends on is here.
    pub(super) fn is_ready_for(&self, change: &Change) -> bool {
        self.doc().get_missing_deps(change.deps()).is_empty()
    }

    /// Whether the document holds the change.
    pub(super) fn holds(&self, hash: &ChangeHash) -> bool {
        self.doc().get_missing_deps(&[*hash]).is_empty()
    }
}

/// The key of a chunk of many changes: it names all of them, for two tabs may keep different ones that begin alike.
fn named(what: &str, hashes: impl IntoIterator<Item = ChangeHash>) -> String {
    let hashes: BTreeSet<ChangeHash> = hashes.into_iter().collect();
    let mut digest = blake3::Hasher::new();
    for hash in hashes {
        digest.update(&hash.0);
    }
    format!("{what} {}", digest.finalize().to_hex())
}

#[cfg(test)]
mod tests {
    use shared::documents::board::{self, BoardView, Mark, NewNote};
    use shared::documents::text::{TextTarget, splice};
    use shared::documents::{AnswerKey, EntryId, FieldId};

    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn board() -> Replica {
        let genesis = StoredChunk::unkept(board::genesis().save());
        let id = DocumentId::from_bytes([1; 16]);
        Replica::load(Kind::Board, id, vec![genesis], ActorId::from([1; 16]))
    }

    fn stored(changes: &[Change]) -> Vec<StoredChange> {
        let stored = |change: &Change| StoredChange { hash: change.hash(), bytes: change.clone().bytes().into_owned() };
        changes.iter().map(stored).collect()
    }

    /// Carries out writes, and gives what lies under their keys then.
    fn written(writes: Vec<Write>) -> BTreeMap<Vec<String>, Vec<u8>> {
        let mut kept = BTreeMap::new();
        for write in writes {
            match write {
                Write::Put { key, value, .. } => {
                    kept.insert(key, value.bytes().unwrap());
                }
                Write::Delete { key, .. } => {
                    kept.remove(&key);
                }
                Write::DeleteAll { .. } => {}
            }
        }
        kept
    }

    #[test]
    fn two_tabs_that_keep_batches_and_snapshots_that_begin_alike_keep_both() {
        let mut there = board::genesis().with_actor(ActorId::from([2; 16]));
        let before = there.get_heads();
        for n in 2..5 {
            board::add_person(&mut there, id(n), None, Mark::new(n)).unwrap();
        }
        let changes = there.get_changes(&before);
        let (mut long, mut short) = (board(), board());
        let mut writes = long.keep(&stored(&changes));
        writes.extend(short.keep(&stored(&changes[..2])));
        let kept = written(writes);
        let loaded = Replica::load(
            Kind::Board,
            long.id,
            kept.into_values().map(StoredChunk::unkept).chain([StoredChunk::unkept(board::genesis().save())]).collect(),
            ActorId::from([3; 16]),
        );
        assert_eq!(BoardView::read(loaded.doc()).people.len(), 3);

        // Two tabs with the same first head, and another beside it in one of them.
        let mut heads: Vec<Automerge> = (5..9)
            .map(|n| {
                let mut doc = board::genesis().with_actor(ActorId::from([n; 16]));
                board::add_person(&mut doc, id(n), None, Mark::new(n)).unwrap();
                doc
            })
            .collect();
        heads.sort_by_key(Automerge::get_heads);
        let tab = |others: &mut [Automerge]| {
            let mut doc = board::genesis();
            for other in others {
                doc.merge(other).unwrap();
            }
            let chunks = vec![StoredChunk::unkept(doc.save())];
            Replica::load(Kind::Board, DocumentId::from_bytes([1; 16]), chunks, ActorId::from([1; 16])).snapshot()
        };
        let (mut one, mut other) = (heads[..2].to_vec(), [heads[0].clone(), heads[2].clone()]);
        let mut writes = tab(&mut one);
        writes.extend(tab(&mut other));
        assert_eq!(written(writes).len(), 2);
    }

    #[test]
    fn reading_what_changes_touched_gives_what_reading_all_gives() {
        let mut here = board();
        let mut there = here.doc().clone().with_actor(ActorId::from([2; 16]));
        let key = AnswerKey::shared(id(1), FieldId::new("levels", "now"));
        let mut view = BoardView::read(here.doc());
        board::add_person(&mut there, id(2), Some("Bo"), Mark::new(3)).unwrap();
        board::place(&mut there, &key, Some(4)).unwrap();
        let note = NewNote { place: key.clone(), level: None, author: None, at: 1, text: "to".into() };
        board::add_note(&mut there, id(3), &note).unwrap();
        let target = TextTarget::Field(key);
        let text = target.ensure(&mut there).unwrap();
        splice(&mut there, &text, None, 0, 0, "ord i en tekst", 100).unwrap();
        board::remove(&mut there, id(4), id(3), None, 2, "").unwrap();
        here.touched = Touched::default();
        for change in there.get_changes(&here.doc().get_heads()) {
            let ((), _) = here.sync.edit(shared::sync::Millis(0), |doc| doc.apply_changes([change.clone()]).unwrap());
            here.applied(&stored(&[change]));
            let touched = std::mem::take(&mut here.touched);
            assert!(!touched.everything && touched.entries.len() == 1, "{touched:?}");
            view.update(here.doc(), &touched);
            assert_eq!(view, BoardView::read(here.doc()));
        }
    }
}
