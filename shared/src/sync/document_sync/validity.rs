//! What makes a change fit to be stored: everything that Automerge would otherwise panic on after it is durable.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::legacy::{ElementId, Key, ObjectId, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ObjId, ObjType, ReadDoc};

use super::history::History;
use crate::sync::message::RefusedReason;

/// How far operation counters may leap ahead of all known ones. Counters are 32 bits wide; no document has room for so
/// many changes that leaps of this length use them all up.
const MAX_LEAP: u64 = 1 << 10;

/// Checks a change whose dependencies are all known (S19, S21). Returns the objects that it makes, by counter, with
/// whether they are sequences.
pub(super) fn check(doc: &Automerge, history: &History, change: &Change) -> Result<HashMap<u64, bool>, RefusedReason> {
    check_sequence(doc, history, change)?;
    let start = change.start_op().get();
    // Lamport order: without it, two operations could share an id.
    if start <= history.max_op_of(doc, change.deps()) || start > history.max_op() + MAX_LEAP {
        return Err(RefusedReason::Invalid);
    }
    if !history.has_room_for(change) {
        return Err(RefusedReason::Invalid);
    }
    // Automerge takes an actor's author from its first change, and panics on a later one.
    if change.author().is_some() && change.seq() != 1 {
        return Err(RefusedReason::Invalid);
    }
    // Decoding panics when an operation names an actor that the change does not list.
    catch_unwind(AssertUnwindSafe(|| check_operations(doc, history, change))).map_err(|_| RefusedReason::Invalid)?
}

/// An actor's changes are numbered from 1 without a gap, and each follows the one before.
fn check_sequence(doc: &Automerge, history: &History, change: &Change) -> Result<(), RefusedReason> {
    match history.tip(change.actor_id()) {
        Some(tip) if change.seq() <= tip.seq => Err(RefusedReason::Forked),
        Some(tip) if change.seq() == tip.seq + 1 && history.is_before(doc, tip, change.deps()) => Ok(()),
        None if change.seq() == 1 => Ok(()),
        Some(_) | None => Err(RefusedReason::Invalid),
    }
}

fn check_operations(doc: &Automerge, history: &History, change: &Change) -> Result<HashMap<u64, bool>, RefusedReason> {
    let actor = change.actor_id();
    let start = change.start_op().get();
    let known = Known { doc, history, actor, start };
    let mut makes = HashMap::new();
    // Most operations of a change are in the object of the one before.
    let mut last_object: Option<(ObjectId, bool)> = None;
    for (counter, operation) in (start..).zip(change.decode().operations) {
        let is_sequence = match &last_object {
            Some((object, is_sequence)) if *object == operation.obj => *is_sequence,
            _ => {
                let is_sequence = known.object(&operation.obj, &makes).ok_or(RefusedReason::Invalid)?;
                last_object = Some((operation.obj.clone(), is_sequence));
                is_sequence
            }
        };
        let fits = match &operation.key {
            Key::Map(_) => !is_sequence,
            // Only an insertion can stand at the very beginning.
            Key::Seq(ElementId::Head) => is_sequence && operation.insert,
            Key::Seq(ElementId::Id(element)) => is_sequence && known.operation(element, counter),
        };
        if !fits {
            return Err(RefusedReason::Invalid);
        }
        if let OpType::Make(kind) = operation.action {
            makes.insert(counter, is_sequence_kind(kind));
        }
    }
    Ok(makes)
}

fn is_sequence_kind(kind: ObjType) -> bool {
    matches!(kind, ObjType::List | ObjType::Text)
}

struct Known<'a> {
    doc: &'a Automerge,
    history: &'a History,
    actor: &'a ActorId,
    start: u64,
}

impl Known<'_> {
    /// Whether the object exists, and whether it is a sequence.
    fn object(&self, object: &ObjectId, makes: &HashMap<u64, bool>) -> Option<bool> {
        let ObjectId::Id(OpId(counter, actor)) = object else { return Some(false) };
        if actor == self.actor && *counter >= self.start {
            return makes.get(counter).copied();
        }
        self.history.accepted_object(actor, *counter).or_else(|| {
            let id = ObjId::Id(*counter, actor.clone(), 0);
            self.doc.object_type(&id).ok().map(is_sequence_kind)
        })
    }

    /// Whether the operation exists before `now`, the counter of the one that names it.
    fn operation(&self, operation: &OpId, now: u64) -> bool {
        let OpId(counter, actor) = operation;
        if actor == self.actor && *counter >= self.start {
            return *counter < now;
        }
        self.history.accepted_operation(actor, *counter)
            || self.doc.hash_for_opid(&ObjId::Id(*counter, actor.clone(), 0)).is_some()
    }
}
