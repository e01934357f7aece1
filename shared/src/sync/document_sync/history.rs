//! What is known of the document's changes: those it holds, and those accepted and on their way into the store.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use automerge::{ActorId, Automerge, Change, ChangeHash, ReadDoc};

/// Most heads that a document may have: changes that nothing depends on yet, as many as there are people apart.
pub(super) const MAX_HEADS: usize = 4_096;

/// How many changes at least lie between two cuts that are kept.
const CUT_EVERY: u64 = 32;

/// The place of a change in the order in which changes became known, from 1; each comes after those it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Place(u64);

/// An actor's last change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tip {
    pub(super) seq: u64,
    pub(super) hash: ChangeHash,
    max_op: u64,
    place: Place,
}

/// What later changes are checked against of one accepted change.
#[derive(Debug)]
struct Accepted {
    deps: Vec<ChangeHash>,
    max_op: u64,
    place: Place,
    /// The objects that it makes, with whether they are sequences.
    makes: HashMap<u64, bool>,
}

/// The changes in the document and those accepted on top of it.
#[derive(Debug, Default)]
pub(super) struct History {
    tips: HashMap<ActorId, Tip>,
    /// Tips that lie in accepted changes; they hide those in `tips`.
    accepted_tips: HashMap<ActorId, Tip>,
    accepted: HashMap<ChangeHash, Accepted>,
    /// The accepted changes of each actor, by their first operation.
    accepted_from: HashMap<ActorId, BTreeMap<u64, ChangeHash>>,
    max_op: u64,
    last_place: Place,
    /// Changes that came after everything that was known before them, with their places: a walk back ends there, since
    /// all that has a lower place lies behind such a change.
    cuts: HashMap<ChangeHash, Place>,
    last_cut: Place,
    /// Heads of all that is known.
    heads: BTreeSet<ChangeHash>,
    /// Heads of all that is durable.
    durable: BTreeSet<ChangeHash>,
}

impl History {
    /// The history of `doc`, all of it durable. Walks all changes once.
    pub(super) fn of(doc: &Automerge) -> Self {
        let mut history = Self::default();
        for meta in doc.get_changes_meta(&[]) {
            let place = history.note_head(meta.hash, &meta.deps);
            let tip = Tip { seq: meta.seq, hash: meta.hash, max_op: meta.max_op, place };
            history.note_tip(&meta.actor, tip);
        }
        history.durable.clone_from(&history.heads);
        history
    }

    fn note_tip(&mut self, actor: &ActorId, tip: Tip) {
        self.max_op = self.max_op.max(tip.max_op);
        match self.tips.get_mut(actor) {
            Some(known) if known.seq >= tip.seq => {}
            Some(known) => *known = tip,
            None => {
                self.tips.insert(actor.clone(), tip);
            }
        }
    }

    /// Whether the change is in the document or accepted.
    pub(super) fn knows(&self, doc: &Automerge, hash: &ChangeHash) -> bool {
        self.accepted.contains_key(hash) || is_in(doc, hash)
    }

    pub(super) fn is_accepted(&self, hash: &ChangeHash) -> bool {
        self.accepted.contains_key(hash)
    }

    pub(super) fn tip(&self, actor: &ActorId) -> Option<Tip> {
        self.accepted_tips.get(actor).or_else(|| self.tips.get(actor)).copied()
    }

    pub(super) fn max_op(&self) -> u64 {
        self.max_op
    }

    /// Notes a change that will be stored and then applied.
    pub(super) fn accept(&mut self, change: &Change, makes: HashMap<u64, bool>) {
        let place = self.note_head(change.hash(), change.deps());
        let tip = Tip { seq: change.seq(), hash: change.hash(), max_op: change.max_op(), place };
        self.max_op = self.max_op.max(tip.max_op);
        self.accepted_tips.insert(change.actor_id().clone(), tip);
        let accepted = Accepted { deps: change.deps().to_vec(), max_op: tip.max_op, place, makes };
        self.accepted.insert(change.hash(), accepted);
        let from = self.accepted_from.entry(change.actor_id().clone()).or_default();
        from.insert(change.start_op().get(), change.hash());
    }

    /// Notes that the document now holds the change.
    pub(super) fn applied(&mut self, change: &Change) {
        let accepted = self.accepted.remove(&change.hash()).map(|accepted| accepted.place);
        let place = accepted.unwrap_or_else(|| self.note_head(change.hash(), change.deps()));
        let tip = Tip { seq: change.seq(), hash: change.hash(), max_op: change.max_op(), place };
        if let Some(from) = self.accepted_from.get_mut(change.actor_id()) {
            from.remove(&change.start_op().get());
            if from.is_empty() {
                self.accepted_from.remove(change.actor_id());
            }
        }
        if self.accepted_tips.get(change.actor_id()).is_some_and(|accepted| accepted.hash == tip.hash) {
            self.accepted_tips.remove(change.actor_id());
        }
        self.note_tip(change.actor_id(), tip);
    }

    /// Notes that the change is durable. Changes come after those they depend on.
    pub(super) fn stored(&mut self, change: &Change) {
        for dep in change.deps() {
            self.durable.remove(dep);
        }
        self.durable.insert(change.hash());
    }

    fn note_head(&mut self, hash: ChangeHash, deps: &[ChangeHash]) -> Place {
        for dep in deps {
            self.heads.remove(dep);
        }
        self.heads.insert(hash);
        self.last_place = Place(self.last_place.0 + 1);
        if self.heads.len() == 1 && self.last_place.0 >= self.last_cut.0 + CUT_EVERY {
            self.last_cut = self.last_place;
            self.cuts.insert(hash, self.last_place);
        }
        self.last_place
    }

    /// Whether there is room for the change beside the heads that it leaves: every message names all of them.
    pub(super) fn has_room_for(&self, change: &Change) -> bool {
        self.heads.len() < MAX_HEADS || change.deps().iter().any(|dep| self.heads.contains(dep))
    }

    /// Forgets all accepted changes: the store did not take them.
    pub(super) fn forget_accepted(&mut self) {
        self.heads.clone_from(&self.durable);
        for hash in self.accepted.keys() {
            self.cuts.remove(hash);
        }
        self.accepted.clear();
        self.accepted_from.clear();
        self.accepted_tips.clear();
    }

    pub(super) fn durable_heads(&self) -> Vec<ChangeHash> {
        self.durable.iter().copied().collect()
    }

    /// The highest operation counter among `deps`, all of them known.
    pub(super) fn max_op_of(&self, doc: &Automerge, deps: &[ChangeHash]) -> u64 {
        deps.iter().map(|dep| self.deps_and_max_op(doc, dep).1).max().unwrap_or(0)
    }

    fn deps_and_max_op(&self, doc: &Automerge, hash: &ChangeHash) -> (Vec<ChangeHash>, u64) {
        match self.accepted.get(hash) {
            Some(accepted) => (accepted.deps.clone(), accepted.max_op),
            None => doc.get_change_meta_by_hash(hash).map_or((Vec::new(), 0), |meta| (meta.deps, meta.max_op)),
        }
    }

    /// Whether `tip` lies at or before `heads`, all of them known. Walks back no further than to a cut, or to changes
    /// whose operations all lie before the tip's: not through all that others wrote since an actor wrote last.
    pub(super) fn is_before(&self, doc: &Automerge, tip: Tip, heads: &[ChangeHash]) -> bool {
        self.walk_back(doc, tip, heads).0
    }

    /// Whether it does, and how many changes were looked at.
    fn walk_back(&self, doc: &Automerge, tip: Tip, heads: &[ChangeHash]) -> (bool, usize) {
        let mut seen = HashSet::new();
        let mut open = heads.to_vec();
        while let Some(hash) = open.pop() {
            if hash == tip.hash {
                return (true, seen.len());
            }
            match self.cuts.get(&hash) {
                Some(cut) if *cut >= tip.place => return (true, seen.len()),
                // What lies behind it became known before the tip did.
                Some(_) => continue,
                None => {}
            }
            if seen.insert(hash) {
                let (deps, max_op) = self.deps_and_max_op(doc, &hash);
                if max_op >= tip.max_op {
                    open.extend(deps);
                }
            }
        }
        (false, seen.len())
    }

    /// Whether an accepted change made the object, and whether it is a sequence.
    pub(super) fn accepted_object(&self, actor: &ActorId, counter: u64) -> Option<bool> {
        self.accepted_with(actor, counter).and_then(|accepted| accepted.makes.get(&counter).copied())
    }

    /// Whether an accepted change holds the operation.
    pub(super) fn accepted_operation(&self, actor: &ActorId, counter: u64) -> bool {
        self.accepted_with(actor, counter).is_some()
    }

    fn accepted_with(&self, actor: &ActorId, counter: u64) -> Option<&Accepted> {
        let (_, hash) = self.accepted_from.get(actor)?.range(..=counter).next_back()?;
        self.accepted.get(hash).filter(|accepted| counter <= accepted.max_op)
    }
}

/// Whether `doc` holds the change.
pub(super) fn is_in(doc: &Automerge, hash: &ChangeHash) -> bool {
    doc.get_missing_deps(&[*hash]).is_empty()
}

#[cfg(test)]
mod tests {
    use automerge::ROOT;
    use automerge::transaction::{CommitOptions, Transactable};

    use super::*;

    fn write(doc: &mut Automerge) {
        let mut tx = doc.transaction();
        tx.put_object(ROOT, "k", automerge::ObjType::Map).unwrap();
        tx.commit_with(CommitOptions::default().with_time(0));
    }

    fn writer(number: u8) -> Automerge {
        Automerge::new().with_actor(ActorId::from([number; 16]))
    }

    fn ancestors(doc: &Automerge, of: ChangeHash) -> HashSet<ChangeHash> {
        let mut all = HashSet::new();
        let mut open = vec![of];
        while let Some(hash) = open.pop() {
            if all.insert(hash) {
                open.extend(doc.get_change_meta_by_hash(&hash).unwrap().deps);
            }
        }
        all
    }

    #[test]
    fn s19_what_lies_before_what_is_found_as_by_a_walk_through_everything() {
        let mut writers: Vec<_> = (1..=3).map(writer).collect();
        let mut whole = writer(9);
        // Three that write, and mostly have heard of each other; a number decides, as a die would.
        let mut die = 7_u64;
        for _ in 0..400 {
            die = die.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let writer = &mut writers[(die >> 33) as usize % 3];
            if !(die >> 50).is_multiple_of(4) {
                writer.merge(&mut whole).unwrap();
            }
            write(writer);
            whole.merge(writer).unwrap();
        }
        let history = History::of(&whole);
        assert!(history.cuts.len() > 3, "{} cuts", history.cuts.len());
        let changes = whole.get_changes_meta(&[]);
        for of in changes.iter().step_by(7) {
            let before = ancestors(&whole, of.hash);
            for (place, tip) in (1..).zip(&changes) {
                let tip = Tip { seq: tip.seq, hash: tip.hash, max_op: tip.max_op, place: Place(place) };
                assert_eq!(history.is_before(&whole, tip, &[of.hash]), before.contains(&tip.hash));
            }
        }
    }

    #[test]
    fn s19_who_wrote_long_ago_costs_no_walk_through_what_others_wrote_since() {
        let mut doc = writer(1);
        write(&mut doc);
        let first = ActorId::from([1; 16]);
        doc.set_actor(ActorId::from([2; 16]));
        (0..5_000).for_each(|_| write(&mut doc));
        let history = History::of(&doc);
        let (is_before, looked_at) = history.walk_back(&doc, history.tip(&first).unwrap(), &doc.get_heads());
        assert!(is_before && looked_at as u64 <= CUT_EVERY, "{looked_at} changes");
    }
}
