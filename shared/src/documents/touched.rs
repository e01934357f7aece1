//! What a change of the board touched, so that views read nothing else again.

use std::collections::BTreeSet;

use automerge::legacy::{Key, ObjectId};
use automerge::{Automerge, Change, ObjId, Prop, ReadDoc};

use super::{Kind, genesis};

/// Which entries changes touched, as (container, entry), so that a view reads only those again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Container and entry key.
    pub entries: BTreeSet<(String, String)>,
    /// It is not known which entries: everything must be read again.
    pub everything: bool,
}

impl Touched {
    /// Everything may have changed.
    #[must_use]
    pub fn all() -> Self {
        Self { entries: BTreeSet::new(), everything: true }
    }

    /// What a change of `board`, which is applied there, touched. Costs what the change holds, not what the board does.
    ///
    /// What lies outside the containers, such as a stock peer's own keys in the root, touches nothing that is read.
    #[must_use]
    pub fn by(board: &Automerge, change: &Change) -> Self {
        let mut touched = Self::default();
        let Some(containers) = genesis::all_containers(board, Kind::Board) else { return Self::all() };
        let containers: Vec<(&str, ObjId)> = containers.collect();
        let mut last: Option<ObjectId> = None;
        for operation in change.decode().operations {
            let ObjectId::Id(id) = &operation.obj else { continue };
            let key = match &operation.key {
                Key::Map(key) => Some(key.to_string()),
                // A run of typing is many operations on one object.
                Key::Seq(_) if last.as_ref() == Some(&operation.obj) => continue,
                Key::Seq(_) => None,
            };
            let object = ObjId::Id(id.counter(), id.actor().clone(), 0);
            let Ok(parents) = board.parents(&object) else { return Self::all() };
            // Each object on the way up, with the key by which one goes down from it.
            let up = parents.map(|parent| match parent.prop {
                Prop::Map(key) => (parent.obj, Some(key)),
                Prop::Seq(_) => (parent.obj, None),
            });
            let entry = std::iter::once((object, key)).chain(up).find_map(|(object, key)| {
                let (name, _) = containers.iter().find(|(_, id)| *id == object)?;
                Some(((*name).to_owned(), key?))
            });
            touched.entries.extend(entry);
            last = Some(operation.obj);
        }
        touched
    }

    /// The keys touched in one container.
    pub fn in_container<'a>(&'a self, container: &'a str) -> impl Iterator<Item = &'a str> {
        self.entries.iter().filter(move |(name, _)| name == container).map(|(_, key)| key.as_str())
    }

    /// Adds what `other` touched.
    pub fn merge(&mut self, other: Self) {
        self.entries.extend(other.entries);
        self.everything |= other.everything;
    }
}
