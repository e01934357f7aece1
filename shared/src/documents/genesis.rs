//! The first change of each document: the same bytes on every device that makes it.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ObjType, ROOT, ReadDoc, ScalarValue};

use crate::access::{Commitment, Identity, PublicKey};

use super::Kind;
use super::read;

/// The schema that this version writes. Migrations raise it, by a change that is the same bytes on every device.
pub const SCHEMA: u64 = 1;

/// How a document's schema relates to this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// The one that this version reads and writes.
    Current,
    /// Made by a newer version: to be kept and passed on, but not touched.
    Newer(u64),
    /// The genesis has not arrived, or this is not one of our documents.
    Missing,
}

const CONTEXT: &str = "dialogtavle 2026-11 genesis actor";

/// The flat maps of each kind. Changing a list changes the genesis, so lists only ever change with the schema.
fn containers(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Control => {
            &["settings", "tools", "decisions", "texts", "hidden", "removals", "agenda", "locks", "reveals", "versions"]
        }
        Kind::Board => &["people", "marks", "notes", "texts", "registers", "rows", "checks", "supports", "removals"],
        Kind::Notebook => &["own", "drafts", "private"],
    }
}

/// Makes the document of `kind`, with its genesis as the only change. `identity` is given for control alone.
///
/// The actor that later changes are written by must be set by the caller, anew for every start.
pub(super) fn genesis(kind: Kind, identity: Option<&Identity>) -> Automerge {
    let fixed = identity.map(|identity| (identity.public_key.0, identity.first_commitment.0));
    let mut description = format!("{} {SCHEMA} {}", kind.name(), containers(kind).join(" ")).into_bytes();
    if let Some((public_key, commitment)) = &fixed {
        description.extend_from_slice(public_key);
        description.extend_from_slice(commitment);
    }
    let actor = blake3::derive_key(CONTEXT, &description);

    let mut doc = Automerge::new().with_actor(ActorId::from(&actor[..16]));
    let mut transaction = doc.transaction();
    let mut fill = || -> Result<(), AutomergeError> {
        transaction.put(ROOT, "schema", SCHEMA)?;
        transaction.put(ROOT, "kind", kind.name())?;
        if let Some((public_key, commitment)) = &fixed {
            transaction.put(ROOT, "publicKey", ScalarValue::Bytes(public_key.to_vec()))?;
            transaction.put(ROOT, "firstCommitment", ScalarValue::Bytes(commitment.to_vec()))?;
        }
        for container in containers(kind) {
            transaction.put_object(ROOT, *container, ObjType::Map)?;
        }
        Ok(())
    };
    fill().expect("an empty document takes any key");
    transaction.commit_with(CommitOptions::default().with_message("genesis").with_time(0));
    doc
}

/// The hash of the genesis that `doc` begins with, if it is one of ours.
///
/// Walks no history: the genesis is made again from what the document says of itself.
pub(super) fn genesis_hash(doc: &Automerge) -> Option<ChangeHash> {
    let kind = [Kind::Control, Kind::Board, Kind::Notebook]
        .into_iter()
        .find(|kind| read::string(doc, &ROOT, "kind").is_some_and(|name| name == kind.name()))?;
    let identity = if kind == Kind::Control { Some(identity(doc)?) } else { None };
    let hash = genesis(kind, identity.as_ref()).get_heads().first().copied()?;
    doc.get_change_meta_by_hash(&hash).map(|_| hash)
}

/// The schema of `doc`.
pub(super) fn schema(doc: &Automerge) -> Schema {
    // Several values mean that a migration met the genesis; the newest one says who may touch the document.
    let values = doc.get_all(ROOT, "schema").unwrap_or_default();
    match values.iter().filter_map(|(value, _)| value.as_u64()).max() {
        None => Schema::Missing,
        Some(SCHEMA) => Schema::Current,
        Some(newer) => Schema::Newer(newer),
    }
}

/// The identity that stands in control's genesis.
pub(super) fn identity(doc: &Automerge) -> Option<Identity> {
    let public_key = PublicKey(read::bytes(doc, &ROOT, "publicKey")?.try_into().ok()?);
    let first_commitment = Commitment(read::bytes(doc, &ROOT, "firstCommitment")?.try_into().ok()?);
    Some(Identity { public_key, first_commitment })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genesis_is_the_same_bytes_every_time() {
        for kind in [Kind::Board, Kind::Notebook] {
            assert_eq!(genesis(kind, None).save(), genesis(kind, None).save());
        }
    }

    #[test]
    fn another_identity_is_another_actor_so_that_two_controls_never_share_a_sequence() {
        let one = Identity { public_key: PublicKey([1; 32]), first_commitment: Commitment([1; 32]) };
        let other = Identity { public_key: PublicKey([2; 32]), first_commitment: Commitment([1; 32]) };
        let (one, other) = (genesis(Kind::Control, Some(&one)), genesis(Kind::Control, Some(&other)));
        assert_ne!(one.get_actor(), other.get_actor());
    }

    #[test]
    fn the_genesis_hash_is_found_without_history() {
        let doc = genesis(Kind::Board, None);
        assert_eq!(genesis_hash(&doc), doc.get_heads().first().copied());
        assert_eq!(genesis_hash(&Automerge::new()), None);
    }
}
