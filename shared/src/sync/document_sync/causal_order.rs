//! Puts changes after those they depend on.

use std::collections::{HashMap, VecDeque};

use automerge::{Change, ChangeHash};

/// Sorts `changes` so that each comes after those of them it depends on; repetitions are dropped. What none of them
/// orders keeps its place.
pub(super) fn in_causal_order(changes: Vec<Change>) -> Vec<Change> {
    let mut place: HashMap<ChangeHash, usize> = HashMap::with_capacity(changes.len());
    let mut kept: Vec<Option<Change>> = Vec::with_capacity(changes.len());
    for change in changes {
        if let std::collections::hash_map::Entry::Vacant(free) = place.entry(change.hash()) {
            free.insert(kept.len());
            kept.push(Some(change));
        }
    }
    let mut waits_for = vec![0_usize; kept.len()];
    let mut waiting: HashMap<usize, Vec<usize>> = HashMap::new();
    for (index, change) in kept.iter().flatten().enumerate() {
        for dep in change.deps().iter().filter_map(|dep| place.get(dep)) {
            waits_for[index] += 1;
            waiting.entry(*dep).or_default().push(index);
        }
    }
    let mut ready: VecDeque<usize> = (0..kept.len()).filter(|index| waits_for[*index] == 0).collect();
    let mut ordered = Vec::with_capacity(kept.len());
    // A hash cannot lie on a cycle, so everything becomes ready.
    while let Some(index) = ready.pop_front() {
        ordered.extend(kept[index].take());
        for next in waiting.remove(&index).unwrap_or_default() {
            waits_for[next] -= 1;
            if waits_for[next] == 0 {
                ready.push_back(next);
            }
        }
    }
    ordered
}
