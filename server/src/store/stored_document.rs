//! What is stored of one document, and when damaged parts of it may give way.

use automerge::{ChangeHash, ReadDoc as _};
use shared::sync::DocumentSync;
use shared::sync::document_sync::{Damaged, StoredChange};

use super::Position;

/// A whole document as one chunk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// The chunk.
    pub bytes: Vec<u8>,
    /// The document's heads. Kept beside the chunk, so that of one that cannot be read it is known what it held; none
    /// in a snapshot of a version that did not keep them.
    pub heads: Vec<ChangeHash>,
}

impl Snapshot {
    /// The document as it is now.
    #[must_use]
    pub fn of(sync: &DocumentSync) -> Self {
        Self { bytes: sync.save(), heads: sync.heads() }
    }

    /// Whether it reads back as the document that it was made of: what it replaces goes for good.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let again = DocumentSync::load([&self.bytes]);
        let sorted = |mut heads: Vec<ChangeHash>| {
            heads.sort_unstable();
            heads
        };
        again.damaged.is_empty() && sorted(again.sync.heads()) == sorted(self.heads.clone())
    }
}

/// Everything that is stored of one document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredDocument {
    /// The latest snapshot.
    pub snapshot: Option<Snapshot>,
    /// The changes appended since, oldest first.
    pub chunks: Vec<StoredChange>,
    /// The place of the last chunk; the argument of a later [`Store::compact`](super::Store::compact).
    pub through: Position,
}

/// What of a stored document could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Damage {
    /// Nothing.
    #[default]
    None,
    /// Once the document has all of these changes again, it holds what the damaged chunks held.
    Until(Vec<ChangeHash>),
    /// It cannot be known what they held: they are kept, for whoever may mend them.
    Kept,
}

impl StoredDocument {
    /// The chunks as `DocumentSync::load` takes them.
    pub fn all(&self) -> impl Iterator<Item = &[u8]> {
        let changes = self.chunks.iter().map(|change| &change.bytes);
        self.snapshot.iter().map(|snapshot| &snapshot.bytes).chain(changes).map(Vec::as_slice)
    }

    /// What the chunks that `DocumentSync::load` could not use held.
    #[must_use]
    pub fn damage(&self, damaged: &[Damaged]) -> Damage {
        if damaged.is_empty() {
            return Damage::None;
        }
        let mut awaited = Vec::new();
        for Damaged { index, .. } in damaged {
            match &self.snapshot {
                Some(snapshot) if *index == 0 && snapshot.heads.is_empty() => return Damage::Kept,
                Some(snapshot) if *index == 0 => awaited.extend(&snapshot.heads),
                before => match self.chunks.get(index - usize::from(before.is_some())) {
                    Some(change) => awaited.push(change.hash),
                    None => return Damage::Kept,
                },
            }
        }
        Damage::Until(awaited)
    }
}

impl Damage {
    /// Whether there was some, and the document holds everything of it again.
    pub fn is_mended_in(&mut self, sync: &DocumentSync) -> bool {
        let Self::Until(awaited) = self else { return false };
        // What was found is not looked for again.
        while awaited.last().is_some_and(|hash| sync.doc().get_missing_deps(&[*hash]).is_empty()) {
            awaited.pop();
        }
        awaited.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable as _;
    use automerge::{Automerge, AutomergeError, ROOT};

    use super::*;

    fn changes(count: u8) -> (Automerge, Vec<StoredChange>) {
        let mut doc = Automerge::new();
        for number in 0..count {
            doc.transact::<_, _, AutomergeError>(|tx| tx.put(ROOT, "number", i64::from(number))).unwrap();
        }
        let stored =
            |mut change: automerge::Change| StoredChange { hash: change.hash(), bytes: change.bytes().to_vec() };
        let changes = doc.get_changes(&[]).into_iter().map(stored).collect();
        (doc, changes)
    }

    fn load(stored: &StoredDocument) -> (DocumentSync, Damage) {
        let loaded = DocumentSync::load(stored.all());
        (loaded.sync, stored.damage(&loaded.damaged))
    }

    #[test]
    fn damage_is_mended_once_the_heads_of_a_lost_snapshot_and_each_lost_change_are_there() {
        let (whole, changes) = changes(4);
        let before = DocumentSync::load(changes[..2].iter().map(|change| &change.bytes));
        let snapshot = Snapshot { bytes: b"torn".to_vec(), ..Snapshot::of(&before.sync) };
        let torn = StoredChange { hash: changes[2].hash, bytes: b"torn".to_vec() };
        let chunks = vec![torn, changes[3].clone()];
        let (sync, mut damage) = load(&StoredDocument { snapshot: Some(snapshot), chunks, through: Position(2) });
        let Damage::Until(awaited) = &damage else { panic!("{damage:?}") };
        assert_eq!(awaited.len(), 3);
        assert!(!damage.is_mended_in(&sync) && !damage.is_mended_in(&before.sync));
        let but_last = DocumentSync::load(changes[..3].iter().map(|change| &change.bytes));
        assert!(!damage.is_mended_in(&but_last.sync));
        assert!(damage.is_mended_in(&DocumentSync::from_stored(whole)));
    }

    #[test]
    fn a_snapshot_of_which_nothing_is_known_is_kept() {
        let (whole, _) = changes(1);
        let snapshot = Some(Snapshot { bytes: b"torn".to_vec(), heads: Vec::new() });
        let (_, mut damage) = load(&StoredDocument { snapshot, ..StoredDocument::default() });
        assert_eq!(damage, Damage::Kept);
        assert!(!damage.is_mended_in(&DocumentSync::from_stored(whole)));
    }

    #[test]
    fn what_is_sound_is_not_mended() {
        let (whole, chunks) = changes(2);
        let (_, mut damage) = load(&StoredDocument { chunks, ..StoredDocument::default() });
        assert_eq!(damage, Damage::None);
        assert!(!damage.is_mended_in(&DocumentSync::from_stored(whole)));
    }
}
