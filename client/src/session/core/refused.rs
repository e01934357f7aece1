//! What the board does not take: kept here and counted, or said anew under a new actor.

use automerge::{ActorId, ChangeHash};
use shared::documents::{Kind, Touched, genesis_hash};
use shared::sync::DocumentSync;
use shared::sync::message::{Refused, RefusedReason};
use shared::sync::transplant::transplant;

use super::super::records::Write;
use super::{Awaited, Core};

impl Core {
    pub(super) fn hear_refused(&mut self, refused: &Refused) {
        let Some(kind) = self.shared(refused.document) else { return };
        match &refused.reason {
            RefusedReason::Forked => self.say_anew(kind, &refused.hashes),
            reason @ (RefusedReason::Invalid | RefusedReason::DocumentFull | RefusedReason::Other(_)) => {
                self.keep_refused(kind, &refused.hashes, reason.code());
            }
            // Sync itself tries again; until then the person is told.
            RefusedReason::StoreFailed => self.kept_there(kind, false),
            // This tab only carries what another of this device, in another role, will send.
            RefusedReason::ReadOnly | RefusedReason::NotCovered => {}
        }
    }

    fn keep_refused(&mut self, kind: Kind, hashes: &[ChangeHash], reason: &str) {
        let places = self.places(kind, hashes);
        let rows = self.outbox.refused(&places, reason);
        self.write(rows.iter().map(|((document, hash), row)| Write::outbox(*document, hash, row)).collect());
        self.changed();
    }

    /// Says again, under a new actor and after all that is here now, what the board did not take. What it still does not
    /// take is refused once more.
    pub(in super::super) fn say_again(&mut self) {
        for kind in [Kind::Control, Kind::Board] {
            let refused = self.outbox.refused_of(self.replica(kind).id);
            self.say_anew(kind, &refused);
        }
    }

    /// Somebody else's change stands under our actor's number: what was said here is said anew under a new actor.
    fn say_anew(&mut self, kind: Kind, refused: &[ChangeHash]) {
        let document = self.replica(kind).id;
        // What is not stored yet would be stored under its old hash afterwards; the relay refuses it again, and then it
        // is its turn.
        let held: Vec<ChangeHash> = refused.iter().copied().filter(|hash| self.replica(kind).holds(hash)).collect();
        if held.is_empty() || !self.replica(kind).sync.unstored().is_empty() {
            return;
        }
        // Containers are known by the genesis that made them: said anew, it would leave the whole document unread here.
        if genesis_hash(self.replica(kind).doc(), kind).is_some_and(|genesis| held.contains(&genesis)) {
            return self.keep_refused(kind, &held, RefusedReason::Forked.code());
        }
        let actor = ActorId::from((self.random)());
        let anew = match transplant(self.replica(kind).doc(), &held, &actor) {
            Ok(anew) if !anew.changes.is_empty() => anew,
            // It cannot be said anew: it stays here, and is counted as what the board did not take.
            Ok(_) | Err(_) => return self.keep_refused(kind, &held, RefusedReason::Forked.code()),
        };
        let replica = self.replica_mut(kind);
        replica.sync = DocumentSync::from_stored(anew.doc);
        replica.set_actor(actor);
        replica.touched = Touched::all();
        // Whatever was kept may hold what was refused: it would come back with the next start.
        let mut writes = replica.snapshot();
        for (old, new) in anew.replaced.iter().zip(&anew.changes) {
            writes.push(Write::outbox_done(document, old));
            if let Some(row) = self.outbox.replace(&(document, *old), (document, new.hash())) {
                writes.push(Write::outbox(document, &new.hash(), &row));
            }
        }
        self.changed();
        self.write_awaited(writes, Awaited::Transplanted);
    }
}
