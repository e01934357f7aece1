//! Reading scalars out of documents that anyone may have filled with nonsense.

use automerge::{Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ReadDoc, ScalarValue, Value};

use crate::limits;

use super::{Kind, genesis};

/// The string under `key`, if there is one; the arbitrary winner where there are several.
pub(super) fn string(doc: &Automerge, obj: &ObjId, key: &str) -> Option<String> {
    match doc.get(obj, key).ok()?? {
        (Value::Scalar(value), _) => value.as_str().map(str::to_owned),
        _ => None,
    }
}

/// A text as one line of a name's length, for what a stock peer may have written at any length.
pub(super) fn name(text: &str) -> String {
    let line: String = text.chars().filter(|c| !c.is_control()).take(limits::NAME).collect();
    line.trim().to_owned()
}

/// The heads under `key`, as removals name them.
pub(super) fn heads(doc: &Automerge, obj: &ObjId, key: &str) -> Option<Vec<ChangeHash>> {
    let bytes = bytes(doc, obj, key)?;
    Some(bytes.chunks_exact(32).filter_map(|chunk| ChangeHash::try_from(chunk).ok()).collect())
}

/// Whether what stands under `key` differs from what stood there at `heads`: its values, or the words of its text. Where
/// this device does not know the heads (a forged removal), they count as having seen nothing.
pub(super) fn is_changed_since(doc: &Automerge, object: &ObjId, key: &str, heads: &[ChangeHash]) -> bool {
    if !heads.iter().all(|head| doc.get_change_meta_by_hash(head).is_some()) {
        return true;
    }
    if let Some(text) = self::object(doc, object, key, ObjType::Text) {
        return doc.text_at(&text, heads).ok() != doc.text(&text).ok();
    }
    let values = |found: Result<Vec<(Value<'_>, ObjId)>, AutomergeError>| -> Vec<Value<'static>> {
        found.unwrap_or_default().into_iter().map(|(value, _)| value.into_owned()).collect()
    };
    values(doc.get_all(object, key)) != values(doc.get_all_at(object, key, heads))
}

/// The strings under `key`, each once; anything else is left out.
pub(super) fn strings(doc: &Automerge, obj: &ObjId, key: &str) -> Vec<String> {
    let mut strings: Vec<String> = Vec::new();
    for (value, _) in doc.get_all(obj, key).unwrap_or_default() {
        if let Some(text) = value.as_str()
            && !strings.iter().any(|other| other == text)
        {
            strings.push(text.to_owned());
        }
    }
    strings
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
