//! Reading scalars out of documents that anyone may have filled with nonsense.

use std::collections::BTreeSet;

use automerge::{Automerge, ObjId, ObjType, Patch, PatchAction, Prop, ROOT, ReadDoc, ScalarValue, Value};

/// The string under `key`, if there is one; the arbitrary winner where there are several.
pub(super) fn string(doc: &Automerge, obj: &ObjId, key: &str) -> Option<String> {
    match doc.get(obj, key).ok()?? {
        (Value::Scalar(value), _) => value.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The whole number under `key`.
pub(super) fn number(doc: &Automerge, obj: &ObjId, key: &str) -> Option<i64> {
    match doc.get(obj, key).ok()?? {
        (Value::Scalar(value), _) => value.as_i64(),
        _ => None,
    }
}

/// The truth value under `key`; anything else is false.
pub(super) fn flag(doc: &Automerge, obj: &ObjId, key: &str) -> bool {
    matches!(doc.get(obj, key), Ok(Some((Value::Scalar(value), _))) if matches!(*value, ScalarValue::Boolean(true)))
}

/// The bytes under `key`.
pub(super) fn bytes(doc: &Automerge, obj: &ObjId, key: &str) -> Option<Vec<u8>> {
    match doc.get(obj, key).ok()?? {
        (Value::Scalar(value), _) => value.as_bytes().map(<[u8]>::to_vec),
        _ => None,
    }
}

/// The object of type `wanted` under `key`.
pub(super) fn object(doc: &Automerge, obj: &ObjId, key: &str, wanted: ObjType) -> Option<ObjId> {
    match doc.get(obj, key).ok()?? {
        (Value::Object(found), id) if found == wanted => Some(id),
        _ => None,
    }
}

/// A container of the root.
pub(super) fn container(doc: &Automerge, name: &str) -> Option<ObjId> {
    object(doc, &ROOT, name, ObjType::Map)
}

/// The keys of a container; none if it is missing.
pub(super) fn keys(doc: &Automerge, container_name: &str) -> Vec<String> {
    container(doc, container_name).map(|id| doc.keys(&id).collect()).unwrap_or_default()
}

/// Which entries a batch of changes touched, as (container, entry), so that a view reads only those again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Container and entry key.
    pub entries: BTreeSet<(String, String)>,
    /// Something above the entries changed (a whole container): everything must be read again.
    pub everything: bool,
}

impl Touched {
    /// Everything may have changed.
    #[must_use]
    pub fn all() -> Self {
        Self { entries: BTreeSet::new(), everything: true }
    }

    /// Reads the touched entries out of Automerge's patches.
    #[must_use]
    pub fn from_patches(patches: &[Patch]) -> Self {
        let mut touched = Self::default();
        for patch in patches {
            let mut names = patch.path.iter().map(|(_, prop)| prop.clone());
            let last = match &patch.action {
                PatchAction::PutMap { key, .. } | PatchAction::DeleteMap { key } => Some(Prop::Map(key.clone())),
                PatchAction::Conflict { prop } | PatchAction::Increment { prop, .. } => Some(prop.clone()),
                _ => None,
            };
            let first = names.next();
            let second = names.next().or_else(|| if first.is_some() { last.clone() } else { None });
            match (first, second) {
                (Some(Prop::Map(container)), Some(Prop::Map(entry))) => {
                    touched.entries.insert((container, entry));
                }
                _ => touched.everything = true,
            }
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
