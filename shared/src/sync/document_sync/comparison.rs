//! Asking those in pace in full, now and then, whether they hold what they were told (S29).

use std::collections::BTreeSet;

use automerge::ChangeHash;
use automerge::sync::Have;

use super::link::Link;
use super::steps::StepNumber;
use super::{DocumentSync, Output};
use crate::sync::identity::LinkId;
use crate::sync::measure::Millis;

/// How often it is looked whether the peers in pace have proved that they hold what they were told (S29).
pub const COMPARE_EVERY: Millis = Millis::from_secs(10);

/// A full comparison that is on its way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comparison {
    /// The latest step that the peer had proved to hold.
    proven: StepNumber,
    /// The step that it should have proved by now; what was told later may still be on its way.
    told: StepNumber,
}

impl DocumentSync {
    /// Begins the time after which those in pace are compared who have not proved what they were told by now.
    pub(super) fn compare_later(&mut self, now: Millis) {
        self.compare_at = Some((now + COMPARE_EVERY, self.steps.last()));
        for pace in self.links.values_mut().filter_map(|link| link.pace.as_mut()) {
            pace.is_due = true;
        }
    }

    /// S29: asks those in pace who have not proved for long that they hold what they were told.
    pub(super) fn compare(&mut self, now: Millis, outputs: &mut Vec<Output>) {
        let Some((_, from)) = self.compare_at.take_if(|(at, _)| *at <= now) else { return };
        let behind = |link: &Link| link.pace.is_some_and(|pace| pace.is_due && pace.proven < from);
        let behind: Vec<_> = self.links.iter().filter(|(_, link)| behind(link)).map(|(id, _)| *id).collect();
        for id in behind {
            let Some(pace) = self.links.get(&id).and_then(|link| link.pace) else { continue };
            self.fall_back(id);
            let Some(link) = self.links.get_mut(&id) else { continue };
            self.counts.compared += 1;
            link.comparison = Some(Comparison { proven: pace.proven, told: from });
            // Nothing is taken for sent, and nothing is sent before the peer has said again what it has.
            link.state.sent_hashes.clear();
            link.state.their_have = None;
            link.state.have_responded = false;
            link.last_out = None;
            self.speak(id, false, outputs);
        }
        if from < self.steps.last() {
            self.compare_later(now);
        }
    }

    /// Counts what stock sync found to be missing on a link that is being compared.
    ///
    /// What the peer said before it heard the question may still come in, and lacks what was on its way then. A peer that
    /// has heard the question asks for what it lacks.
    pub(super) fn count_mended(&mut self, id: LinkId) {
        let Some(link) = self.links.get(&id) else { return };
        let state = &link.state;
        let (Some(comparison), Some(heads), Some(have)) = (link.comparison, &state.their_heads, &state.their_have)
        else {
            return;
        };
        let lacking = self.lacking(comparison, heads, have);
        // With empty heads it asks for all of it anew, because its store failed (S16): nothing was left out.
        let is_over = heads.is_empty() || lacking.is_empty();
        if !is_over && state.their_need.as_ref().is_none_or(Vec::is_empty) {
            return;
        }
        if !is_over {
            self.counts.mended += lacking.iter().filter(|hash| state.sent_hashes.contains(*hash)).count() as u64;
        }
        if let Some(link) = self.links.get_mut(&id) {
            link.comparison = None;
        }
    }

    /// What a peer was told before it was compared, and does not have by what it says of itself.
    fn lacking(&self, comparison: Comparison, heads: &[ChangeHash], have: &[Have]) -> Vec<ChangeHash> {
        let told_after = |step| self.steps.told_after(step).map(|told| told.hash);
        let later: BTreeSet<_> = told_after(comparison.told).collect();
        let told: Vec<_> = told_after(comparison.proven).filter(|hash| !later.contains(hash)).collect();
        let named: Vec<_> = have.iter().flat_map(|have| &have.last_sync).chain(heads).copied().collect();
        // Stock sync sends a whole document where much is missing: what is in it is not missing for that.
        let held: BTreeSet<_> = self.received(&named, &told).into_iter().collect();
        let is_held = |hash: &ChangeHash| held.contains(hash) || have.iter().any(|have| have.bloom.contains_hash(hash));
        told.into_iter().filter(|hash| !is_held(hash)).collect()
    }
}
