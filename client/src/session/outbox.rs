//! What was done on this device and how far it has come.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use shared::sync::DocumentId;

use super::action::ActionId;
use super::delivery::Waiting;
use super::records::OutboxRow;

/// A change in the outbox, by its document and hash.
pub(super) type Place = (DocumentId, ChangeHash);

#[derive(Debug)]
struct Entry {
    row: OutboxRow,
    state: Waiting,
}

/// What is waiting of one thing that a person did.
#[derive(Debug, Clone, Default)]
struct Tally {
    keeping: usize,
    on_device: usize,
    sent: usize,
    refused: usize,
    subject: String,
}

impl Tally {
    fn count(&mut self, entry: &Entry) -> &mut usize {
        match (&entry.row.refused, entry.state) {
            (Some(_), _) => &mut self.refused,
            (None, Waiting::Keeping) => &mut self.keeping,
            (None, Waiting::OnDevice) => &mut self.on_device,
            (None, Waiting::Sent) => &mut self.sent,
        }
    }

    fn is_empty(&self) -> bool {
        self.keeping + self.on_device + self.sent + self.refused == 0
    }

    /// The least that has been reached; `None` when all that is left was refused.
    fn state(&self) -> Option<Waiting> {
        let least = [(self.keeping, Waiting::Keeping), (self.on_device, Waiting::OnDevice), (self.sent, Waiting::Sent)];
        least.into_iter().find(|(count, _)| *count > 0).map(|(_, state)| state)
    }
}

/// How many things that a person did have come how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub(super) keeping: usize,
    pub(super) on_device: usize,
    pub(super) sent: usize,
    pub(super) received: usize,
    pub(super) refused: usize,
}

/// Every change made here that is not received, with the thing done that it belongs to.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    entries: BTreeMap<Place, Entry>,
    actions: BTreeMap<ActionId, Tally>,
    received: BTreeSet<ActionId>,
}

impl Outbox {
    /// The outbox as it was kept: rows that are stored, and things done that were received before.
    pub(super) fn restore(
        rows: impl IntoIterator<Item = (Place, OutboxRow)>,
        received: impl IntoIterator<Item = ActionId>,
    ) -> Self {
        let mut outbox = Self { received: received.into_iter().collect(), ..Self::default() };
        for (place, row) in rows {
            outbox.insert(place, row, Waiting::OnDevice);
        }
        outbox
    }

    /// Notes a change that was just made and is not stored yet.
    pub(super) fn add(&mut self, place: Place, row: OutboxRow) {
        self.insert(place, row, Waiting::Keeping);
    }

    /// Notes a change that another tab of this device made and stored.
    pub(super) fn add_stored(&mut self, place: Place, row: OutboxRow) {
        if !self.entries.contains_key(&place) {
            self.insert(place, row, Waiting::OnDevice);
        }
    }

    /// The row of a change, if it is in the outbox.
    pub(super) fn row(&self, place: &Place) -> Option<&OutboxRow> {
        self.entries.get(place).map(|entry| &entry.row)
    }

    /// Notes that changes are stored here.
    pub(super) fn stored(&mut self, places: impl IntoIterator<Item = Place>) {
        for place in places {
            self.advance(place, |state| if state == Waiting::Keeping { Waiting::OnDevice } else { state });
        }
    }

    /// Notes that changes went out.
    pub(super) fn sent(&mut self, places: impl IntoIterator<Item = Place>) {
        for place in places {
            self.advance(place, |state| if state == Waiting::OnDevice { Waiting::Sent } else { state });
        }
    }

    /// The line is down: what was sent and not received may not have arrived.
    pub(super) fn line_lost(&mut self) {
        let sent: Vec<Place> = self.in_state(Waiting::Sent).collect();
        for place in sent {
            self.advance(place, |_| Waiting::OnDevice);
        }
    }

    /// Notes that changes are received. Gives the things done that are now received whole.
    pub(super) fn received(&mut self, places: impl IntoIterator<Item = Place>) -> Vec<ActionId> {
        let mut whole = Vec::new();
        for place in places {
            let Some(action) = self.remove(&place) else { continue };
            if self.actions.get(&action).is_none_or(Tally::is_empty) {
                self.actions.remove(&action);
                self.received.insert(action);
                whole.push(action);
            }
        }
        whole
    }

    /// Notes that the board does not take changes, and why. Gives the rows to keep.
    pub(super) fn refused(&mut self, places: &[Place], reason: &str) -> Vec<(Place, OutboxRow)> {
        let mut rows = Vec::new();
        for place in places {
            let Some(mut entry) = self.take(place) else { continue };
            entry.row.refused = Some(reason.to_owned());
            rows.push((*place, entry.row.clone()));
            self.insert(*place, entry.row, entry.state);
        }
        rows
    }

    /// Moves what was to be said by one change to the change that says it now. Gives the row to keep.
    pub(super) fn replace(&mut self, old: &Place, new: Place) -> Option<OutboxRow> {
        let mut row = self.take(old)?.row;
        row.refused = None;
        self.insert(new, row.clone(), Waiting::OnDevice);
        Some(row)
    }

    /// The hashes of one document's changes that are not received.
    pub(super) fn hashes(&self, document: DocumentId) -> Vec<ChangeHash> {
        self.entries.keys().filter(|(of, _)| *of == document).map(|(_, hash)| *hash).collect()
    }

    /// The hashes of one document's changes that the board did not take.
    pub(super) fn refused_of(&self, document: DocumentId) -> Vec<ChangeHash> {
        let refused = self.entries.iter().filter(|((of, _), entry)| *of == document && entry.row.refused.is_some());
        refused.map(|((_, hash), _)| *hash).collect()
    }

    /// Whether anything of this document is waiting.
    pub(super) fn is_waiting(&self, document: DocumentId) -> bool {
        self.entries.keys().any(|(of, _)| *of == document)
    }

    /// How many things have come how far. Costs what is waiting, not what was ever done.
    pub(super) fn counts(&self) -> Counts {
        // A run of typing may go on after its first part was received: it is counted as waiting then.
        let going_on = self.actions.keys().filter(|action| self.received.contains(action)).count();
        let mut counts = Counts { received: self.received.len() - going_on, ..Counts::default() };
        for tally in self.actions.values() {
            match tally.state() {
                Some(Waiting::Keeping) => counts.keeping += 1,
                Some(Waiting::OnDevice) => counts.on_device += 1,
                Some(Waiting::Sent) => counts.sent += 1,
                None => counts.refused += 1,
            }
        }
        counts
    }

    /// How far the things done to each subject have come, the least first.
    pub(super) fn waiting(&self) -> BTreeMap<String, Waiting> {
        let mut waiting: BTreeMap<String, Waiting> = BTreeMap::new();
        for tally in self.actions.values() {
            let Some(state) = tally.state() else { continue };
            let least = waiting.entry(tally.subject.clone()).or_insert(state);
            *least = state.min(*least);
        }
        waiting
    }

    /// Why the board did not take what was done to each subject, by code.
    pub(super) fn refusals(&self) -> BTreeMap<String, String> {
        let refused = |entry: &Entry| Some((entry.row.subject.clone(), entry.row.refused.clone()?));
        self.entries.values().filter_map(refused).collect()
    }

    fn in_state(&self, state: Waiting) -> impl Iterator<Item = Place> {
        self.entries.iter().filter(move |(_, entry)| entry.state == state).map(|(place, _)| *place)
    }

    fn insert(&mut self, place: Place, row: OutboxRow, state: Waiting) {
        self.take(&place);
        let entry = Entry { row, state };
        let tally = self.actions.entry(ActionId(entry.row.action)).or_default();
        tally.subject.clone_from(&entry.row.subject);
        *tally.count(&entry) += 1;
        self.entries.insert(place, entry);
    }

    fn advance(&mut self, place: Place, to: impl FnOnce(Waiting) -> Waiting) {
        let Some(entry) = self.take(&place) else { return };
        let state = to(entry.state);
        self.insert(place, entry.row, state);
    }

    fn remove(&mut self, place: &Place) -> Option<ActionId> {
        self.take(place).map(|entry| ActionId(entry.row.action))
    }

    fn take(&mut self, place: &Place) -> Option<Entry> {
        let entry = self.entries.remove(place)?;
        let action = ActionId(entry.row.action);
        if let Some(tally) = self.actions.get_mut(&action) {
            *tally.count(&entry) -= 1;
            if tally.is_empty() {
                self.actions.remove(&action);
            }
        }
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::super::action::ActionLabel;
    use super::*;

    fn place(n: u8) -> Place {
        (DocumentId::from_bytes([1; 16]), ChangeHash([n; 32]))
    }

    fn row(action: u64) -> OutboxRow {
        OutboxRow { action, at: 5, label: ActionLabel::Note, subject: format!("s{action}"), refused: None }
    }

    fn counts(outbox: &Outbox) -> [usize; 5] {
        let Counts { keeping, on_device, sent, received, refused } = outbox.counts();
        [keeping, on_device, sent, received, refused]
    }

    #[test]
    fn one_thing_of_three_changes_is_counted_once_and_by_its_slowest_change() {
        let mut outbox = Outbox::default();
        for n in 0..3 {
            outbox.add(place(n), row(1));
        }
        outbox.add(place(9), row(2));
        assert_eq!(counts(&outbox), [2, 0, 0, 0, 0]);
        outbox.stored([place(0), place(1), place(9)]);
        assert_eq!(counts(&outbox), [1, 1, 0, 0, 0]);
        outbox.stored([place(2)]);
        outbox.sent((0..3).map(place));
        assert_eq!(counts(&outbox), [0, 1, 1, 0, 0]);
        assert_eq!(outbox.waiting()["s1"], Waiting::Sent);
        assert_eq!(outbox.received([place(0), place(1)]), []);
        assert_eq!(outbox.received([place(2), place(9)]), [ActionId(1), ActionId(2)]);
        assert_eq!(counts(&outbox), [0, 0, 0, 2, 0]);
    }

    #[test]
    fn what_was_sent_on_a_lost_line_is_on_this_device_again() {
        let mut outbox = Outbox::restore([(place(0), row(1))], []);
        outbox.sent([place(0)]);
        assert_eq!(counts(&outbox), [0, 0, 1, 0, 0]);
        outbox.line_lost();
        assert_eq!(counts(&outbox), [0, 1, 0, 0, 0]);
    }

    #[test]
    fn a_change_that_is_not_stored_does_not_count_as_sent() {
        let mut outbox = Outbox::default();
        outbox.add(place(0), row(1));
        outbox.sent([place(0)]);
        assert_eq!(counts(&outbox), [1, 0, 0, 0, 0]);
    }

    #[test]
    fn a_run_of_typing_that_goes_on_waits_again_and_is_received_once() {
        let mut outbox = Outbox::restore([(place(0), row(1))], []);
        outbox.received([place(0)]);
        outbox.add(place(1), row(1));
        assert_eq!(counts(&outbox), [1, 0, 0, 0, 0]);
        outbox.received([place(1)]);
        assert_eq!(counts(&outbox), [0, 0, 0, 1, 0]);
    }

    #[test]
    fn what_is_refused_is_kept_and_counted_apart_until_it_is_said_anew() {
        let mut outbox = Outbox::restore([(place(0), row(1))], []);
        let rows = outbox.refused(&[place(0), place(7)], "invalid");
        assert_eq!(rows.len(), 1);
        assert_eq!(counts(&outbox), [0, 0, 0, 0, 1]);
        assert_eq!((outbox.refusals()["s1"].as_str(), outbox.waiting().len()), ("invalid", 0));
        assert!(outbox.replace(&place(0), place(1)).is_some());
        assert_eq!(counts(&outbox), [0, 1, 0, 0, 0]);
        assert_eq!(outbox.hashes(place(1).0), [place(1).1]);
        assert!(outbox.refusals().is_empty());
    }
}
