//! Reading scalars out of documents that anyone may have filled with nonsense.

use automerge::{Automerge, ObjId, ObjType, ReadDoc, ScalarValue, Value};

use super::{Kind, genesis};

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

/// A container that the genesis made.
pub(super) fn container(doc: &Automerge, kind: Kind, name: &str) -> Option<ObjId> {
    genesis::container(doc, kind, name)
}

/// The keys of a container; none if it is missing.
pub(super) fn keys(doc: &Automerge, kind: Kind, container_name: &str) -> Vec<String> {
    container(doc, kind, container_name).map(|id| doc.keys(&id).collect()).unwrap_or_default()
}

/// Whether anything stands under `key`.
pub(super) fn is_there(doc: &Automerge, obj: &ObjId, key: &str) -> bool {
    matches!(doc.get(obj, key), Ok(Some(_)))
}
