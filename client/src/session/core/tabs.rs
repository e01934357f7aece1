//! The other tabs of this device: what they make is here at once, also without a network.

use automerge::{Change, ChangeHash};
use shared::documents::Kind;

use super::super::replica::touched_by;
use super::super::tab_message::{TabChange, TabMessage};
use super::{Core, Moment, Output};

impl Core {
    pub(super) fn hear_tab(&mut self, now: Moment, bytes: &[u8]) {
        match TabMessage::from_bytes(bytes) {
            Some(TabMessage::Changes { document, changes }) => {
                let Some(kind) = self.kind_of(&document) else { return };
                for TabChange { chunk, row } in changes {
                    let Ok(change) = Change::from_bytes(chunk) else { continue };
                    if let Some(row) = row {
                        self.outbox.add_stored((self.replica(kind).id, change.hash()), row);
                    }
                    self.replica_mut(kind).early.push(change);
                }
                self.take_early(now, kind);
                self.changed();
            }
            Some(TabMessage::Received { document, hashes }) => {
                let Some(kind) = self.kind_of(&document) else { return };
                let hashes: Vec<ChangeHash> = hashes.iter().filter_map(|hash| hash.parse().ok()).collect();
                // That tab has kept it; here it is only counted.
                self.outbox.received(self.places(kind, &hashes));
                self.changed();
            }
            Some(TabMessage::Forgotten) => self.outputs.push(Output::Forgotten),
            None => {}
        }
    }

    fn kind_of(&self, document: &str) -> Option<Kind> {
        let kinds = [Kind::Control, Kind::Board, Kind::Notebook];
        kinds.into_iter().find(|kind| self.replica(*kind).id.to_string() == document)
    }

    /// Applies what other tabs made, as far as what it depends on is here.
    pub(super) fn take_early(&mut self, now: Moment, kind: Kind) {
        while let Some(at) = self.next_ready(kind) {
            let change = self.replica_mut(kind).early.remove(at);
            if self.replica(kind).holds(&change.hash()) {
                continue;
            }
            let replica = self.replica_mut(kind);
            let ((), outputs) = replica.sync.edit(now.steady, |doc| {
                // A change whose actor's number is taken is left out; its own tab will be told by the relay.
                let _ = doc.apply_changes([change.clone()]);
            });
            let touched = touched_by(replica.doc(), &change);
            replica.touched.merge(touched);
            self.changed();
            self.carry_out(now, kind, outputs);
            if kind == Kind::Notebook {
                self.read_own();
            }
        }
    }

    fn next_ready(&self, kind: Kind) -> Option<usize> {
        let replica = self.replica(kind);
        replica.early.iter().position(|change| replica.is_ready_for(change))
    }
}
