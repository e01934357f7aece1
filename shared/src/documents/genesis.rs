//! The first change of each document: the same bytes on every device that makes it, and where it put the containers.
//!
//! A container is found by the object id that the genesis gave it, never by its key in the root. Whoever may write a
//! document may write its root, stock peers with keys of their own among them; what they overwrite or delete there hides
//! nothing, since the container under the old id is as whole as before.

use std::sync::LazyLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use crate::access::{Commitment, Identity, PublicKey};

use super::Kind;

/// The schema that this version writes. A migration raises it in control for the whole workshop, by a change that is the
/// same bytes on every device: control is written by facilitators alone, so nobody else can lock a workshop.
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

static BOARD: LazyLock<ActorId> = LazyLock::new(|| actor(Kind::Board, None));
static NOTEBOOK: LazyLock<ActorId> = LazyLock::new(|| actor(Kind::Notebook, None));
/// The actor of [`own_board`]: the hash of what it adds to a notebook.
static OWN_BOARD: LazyLock<ActorId> = LazyLock::new(|| {
    let description = format!("notebook {SCHEMA} own board {}", containers(Kind::Board).join(" "));
    ActorId::from(&blake3::derive_key(CONTEXT, description.as_bytes())[..16])
});

/// The actor of a genesis: the hash of what it holds.
fn actor(kind: Kind, identity: Option<&Identity>) -> ActorId {
    let mut description = format!("{} {SCHEMA} {}", kind.name(), containers(kind).join(" ")).into_bytes();
    if let Some(identity) = identity {
        description.extend_from_slice(&identity.public_key.0);
        description.extend_from_slice(&identity.first_commitment.0);
    }
    ActorId::from(&blake3::derive_key(CONTEXT, &description)[..16])
}

/// Makes the document of `kind`, with its genesis as the only change. `identity` is given for control alone.
///
/// The actor that later changes are written by must be set by the caller, anew for every start.
pub(super) fn genesis(kind: Kind, identity: Option<&Identity>) -> Automerge {
    let mut doc = Automerge::new().with_actor(actor(kind, identity));
    let mut transaction = doc.transaction();
    // Object ids count these operations: none may come between, and none may go.
    let mut fill = || -> Result<(), AutomergeError> {
        transaction.put(ROOT, "schema", SCHEMA)?;
        transaction.put(ROOT, "kind", kind.name())?;
        if let Some(identity) = identity {
            transaction.put(ROOT, "publicKey", ScalarValue::Bytes(identity.public_key.0.to_vec()))?;
            transaction.put(ROOT, "firstCommitment", ScalarValue::Bytes(identity.first_commitment.0.to_vec()))?;
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

const PUBLIC_KEY_OP: u64 = 3;
const FIRST_COMMITMENT_OP: u64 = 4;

/// The counter of the operation that made the first container.
fn first_container_op(kind: Kind) -> u64 {
    match kind {
        Kind::Control => 5,
        Kind::Board | Kind::Notebook => 3,
    }
}

/// The actor of the genesis that `doc` begins with, or would begin with where there is only one.
fn genesis_actor(doc: &Automerge, kind: Kind) -> Option<ActorId> {
    match kind {
        Kind::Control => genesis_identity(doc).map(|identity| actor(kind, Some(&identity))),
        Kind::Board => Some(BOARD.clone()),
        Kind::Notebook => Some(NOTEBOOK.clone()),
    }
}

/// The container that the genesis made under `name`, if `doc` begins with the genesis of `kind`.
pub(super) fn container(doc: &Automerge, kind: Kind, name: &str) -> Option<ObjId> {
    all_containers(doc, kind)?.find(|(found, _)| *found == name).map(|(_, id)| id)
}

/// Every container of a document of `kind`, with its name; none if `doc` begins with no such genesis.
///
/// A notebook with an [`own_board`] has the containers of a board too, so that every reader and writer of a board reads
/// and writes there what never leaves the device.
pub(super) fn all_containers(
    doc: &Automerge,
    kind: Kind,
) -> Option<impl Iterator<Item = (&'static str, ObjId)> + use<>> {
    let (first, actor) = first_container(doc, kind).or_else(|| own_board_container(doc, kind))?;
    let named = move |(name, counter): (&&'static str, u64)| (*name, ObjId::Id(counter, actor.clone(), 0));
    Some(containers(kind).iter().zip(first..).map(named))
}

/// The operation that made the first container of `doc`, which begins with the genesis of `kind`.
fn first_container(doc: &Automerge, kind: Kind) -> Option<(u64, ActorId)> {
    let (first, actor) = (first_container_op(kind), genesis_actor(doc, kind)?);
    is_map(doc, first, &actor).then_some((first, actor))
}

/// The same of the board that a notebook holds.
fn own_board_container(doc: &Automerge, kind: Kind) -> Option<(u64, ActorId)> {
    let (first, actor) = (own_board_op(), OWN_BOARD.clone());
    (kind == Kind::Board && is_map(doc, first, &actor)).then_some((first, actor))
}

/// Whether `doc` is a notebook with an [`own_board`].
pub(super) fn is_own_board(doc: &Automerge) -> bool {
    first_container(doc, Kind::Board).is_none() && own_board_container(doc, Kind::Board).is_some()
}

fn is_map(doc: &Automerge, counter: u64, actor: &ActorId) -> bool {
    matches!(doc.object_type(ObjId::Id(counter, actor.clone(), 0)), Ok(ObjType::Map))
}

/// The operation that makes the first container of a notebook's own board: the one after its genesis.
fn own_board_op() -> u64 {
    first_container_op(Kind::Notebook) + containers(Kind::Notebook).len() as u64
}

/// A notebook that holds a board of its own and nothing else: under `private`, by a change that is the same bytes on
/// every device.
pub(super) fn own_board() -> Automerge {
    let mut doc = genesis(Kind::Notebook, None);
    let private = container(&doc, Kind::Notebook, "private").expect("the genesis has just made it");
    doc.set_actor(OWN_BOARD.clone());
    let mut transaction = doc.transaction();
    for name in containers(Kind::Board) {
        transaction.put_object(&private, *name, ObjType::Map).expect("a map takes any key");
    }
    transaction.commit_with(CommitOptions::default().with_message("own board").with_time(0));
    doc
}

/// The hash of the genesis of `kind` that `doc` begins with, if it is one of ours; for the board that a notebook holds,
/// of the change that made it.
#[must_use]
pub fn genesis_hash(doc: &Automerge, kind: Kind) -> Option<ChangeHash> {
    let begin = match kind {
        Kind::Board if first_container(doc, kind).is_none() => own_board(),
        Kind::Control => genesis(kind, Some(&genesis_identity(doc)?)),
        Kind::Board | Kind::Notebook => genesis(kind, None),
    };
    let hash = begin.get_heads().first().copied()?;
    doc.get_change_meta_by_hash(&hash).map(|_| hash)
}

/// The schema of `doc`, a document of `kind`.
pub(super) fn schema(doc: &Automerge, kind: Kind) -> Schema {
    let newest = match kind {
        // Several values mean that a migration met the genesis; the newest one says who may touch the documents.
        Kind::Control | Kind::Notebook => {
            let values = doc.get_all(ROOT, "schema").unwrap_or_default();
            values.iter().filter_map(|(value, _)| value.as_u64()).max()
        }
        // Any participant can write any number here; what it says is nothing.
        Kind::Board => None,
    };
    match newest {
        Some(newer) if newer > SCHEMA => Schema::Newer(newer),
        _ if first_container(doc, kind).is_some() => Schema::Current,
        _ => Schema::Missing,
    }
}

/// The identity that stands in control's genesis.
pub(super) fn identity(doc: &Automerge) -> Option<Identity> {
    // The genesis of a newer version is not known here; what its root says is then for the caller to check.
    genesis_identity(doc).or_else(|| identities(doc, None).next().map(|(identity, ..)| identity))
}

/// The identity whose control genesis `doc` begins with.
///
/// Walks the history only where somebody wrote over it in the root.
fn genesis_identity(doc: &Automerge) -> Option<Identity> {
    // A value counts as the genesis' own operation alone, which nobody can put beside it.
    let own = |(identity, key, commitment): (Identity, ObjId, ObjId)| {
        let actor = actor(Kind::Control, Some(&identity));
        let is_own =
            key == ObjId::Id(PUBLIC_KEY_OP, actor.clone(), 0) && commitment == ObjId::Id(FIRST_COMMITMENT_OP, actor, 0);
        is_own.then_some(identity)
    };
    identities(doc, None).find_map(own).or_else(|| {
        let firsts = doc.get_changes_meta(&[]).into_iter().filter(|meta| meta.deps.is_empty());
        firsts
            .map(|meta| meta.hash)
            .collect::<Vec<_>>()
            .into_iter()
            .find_map(|first| identities(doc, Some(&[first])).find_map(own))
    })
}

/// Every identity that the root tells of, now or at `heads`, with the operations that put its key and its commitment.
fn identities(doc: &Automerge, heads: Option<&[ChangeHash]>) -> impl Iterator<Item = (Identity, ObjId, ObjId)> {
    let all = |key: &str| {
        let found = match heads {
            Some(heads) => doc.get_all_at(ROOT, key, heads),
            None => doc.get_all(ROOT, key),
        };
        let bytes = |(value, id): (Value<'_>, ObjId)| {
            let bytes = value.as_bytes()?.try_into().ok()?;
            Some((bytes, id))
        };
        found.unwrap_or_default().into_iter().filter_map(bytes).collect::<Vec<([u8; 32], ObjId)>>()
    };
    let commitments = all("firstCommitment");
    all("publicKey").into_iter().flat_map(move |(public_key, key)| {
        let commitments = commitments.clone().into_iter();
        commitments.map(move |(commitment, id)| {
            let identity = Identity { public_key: PublicKey(public_key), first_commitment: Commitment(commitment) };
            (identity, key.clone(), id)
        })
    })
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
        assert_eq!(genesis_hash(&doc, Kind::Board), doc.get_heads().first().copied());
        assert_eq!(genesis_hash(&Automerge::new(), Kind::Board), None);
        assert_eq!(genesis_hash(&doc, Kind::Control), None);
    }

    fn one() -> Identity {
        Identity { public_key: PublicKey([1; 32]), first_commitment: Commitment([1; 32]) }
    }

    fn made(kind: Kind) -> Automerge {
        genesis(kind, (kind == Kind::Control).then(one).as_ref()).with_actor(ActorId::from([7; 16]))
    }

    fn in_root(doc: &mut Automerge, write: impl FnOnce(&mut automerge::transaction::Transaction<'_>)) {
        let mut transaction = doc.transaction();
        write(&mut transaction);
        transaction.commit();
    }

    #[test]
    fn containers_are_where_the_genesis_put_them() {
        for kind in [Kind::Control, Kind::Board, Kind::Notebook] {
            let doc = made(kind);
            for name in containers(kind) {
                let (_, by_key) = doc.get(ROOT, *name).unwrap().unwrap();
                assert_eq!(container(&doc, kind, name), Some(by_key), "{name}");
            }
            assert_eq!(container(&Automerge::new(), kind, containers(kind)[0]), None);
            assert_eq!(container(&doc, kind, "nonsense"), None);
        }
    }

    #[test]
    fn what_is_written_over_in_the_root_is_found_all_the_same_and_after_a_restart() {
        for kind in [Kind::Control, Kind::Board, Kind::Notebook] {
            let mut doc = made(kind);
            let before: Vec<_> = all_containers(&doc, kind).unwrap().collect();
            in_root(&mut doc, |transaction| {
                for key in containers(kind).iter().chain(&["kind", "publicKey"]) {
                    transaction.put(ROOT, *key, 0).unwrap();
                }
                transaction.put_object(ROOT, containers(kind)[0], ObjType::Map).unwrap();
                transaction.put(ROOT, "firstCommitment", ScalarValue::Bytes(vec![9; 32])).unwrap();
            });
            in_root(&mut doc, |transaction| {
                for key in containers(kind).iter().chain(&["schema", "kind", "publicKey"]) {
                    let _ = transaction.delete(ROOT, *key);
                }
            });
            for doc in [Automerge::load(&doc.save()).unwrap(), doc] {
                assert_eq!(all_containers(&doc, kind).unwrap().collect::<Vec<_>>(), before);
                assert_eq!(schema(&doc, kind), Schema::Current);
                assert!(genesis_hash(&doc, kind).is_some());
                if kind == Kind::Control {
                    assert_eq!(identity(&doc), Some(one()));
                }
            }
        }
    }

    #[test]
    fn an_identity_put_beside_the_real_one_is_not_believed() {
        let mut doc = made(Kind::Control);
        let mut other = doc.fork().with_actor(ActorId::from([255; 16]));
        for doc in [&mut doc, &mut other] {
            in_root(doc, |transaction| {
                transaction.put(ROOT, "publicKey", ScalarValue::Bytes(vec![9; 32])).unwrap();
                transaction.put(ROOT, "firstCommitment", ScalarValue::Bytes(vec![9; 32])).unwrap();
            });
        }
        doc.merge(&mut other).unwrap();
        assert_eq!(identity(&doc), Some(one()));
    }

    #[test]
    fn a_newer_schema_is_said_by_control_and_by_nothing_that_participants_write() {
        for (kind, expected) in [(Kind::Control, Schema::Newer(99)), (Kind::Board, Schema::Current)] {
            let mut doc = made(kind);
            in_root(&mut doc, |transaction| transaction.put(ROOT, "schema", 99_u64).unwrap());
            assert_eq!(schema(&doc, kind), expected);
            assert_eq!(schema(&Automerge::new(), kind), Schema::Missing);
        }
        let mut newer = Automerge::new();
        in_root(&mut newer, |transaction| transaction.put(ROOT, "schema", 2_u64).unwrap());
        assert_eq!(schema(&newer, Kind::Control), Schema::Newer(2), "made by a newer version from the start");
    }
}
