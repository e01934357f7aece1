//! The other tabs of this device: what they make is here at once, also without a network.

use automerge::{Change, ChangeHash};
use shared::documents::Kind;

use super::super::line::Way;
use super::super::records::Write;
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
                // That tab has kept it; here it is counted, and whatever row this tab may have kept is taken away.
                let places = self.places(kind, &hashes);
                let known = places.iter().filter(|place| self.outbox.row(place).is_some());
                let done: Vec<Write> = known.map(|(document, hash)| Write::outbox_done(*document, hash)).collect();
                self.outbox.received(places);
                if !done.is_empty() {
                    self.write(done);
                }
                self.changed();
            }
            Some(TabMessage::Forgotten) => {
                // Nothing that lies in memory may be written back, nor sent on behalf of whoever deleted it.
                self.is_forgotten = true;
                self.outputs = vec![Output::HangUp(Way::Websocket), Output::HangUp(Way::Http), Output::Forgotten];
            }
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
            replica.from_tabs.insert(change.hash());
            let ((), outputs) = replica.sync.edit(now.steady, |doc| {
                // A change whose actor's number is taken is left out; its own tab will be told by the relay.
                let _ = doc.apply_changes([change.clone()]);
            });
            replica.touch(&change);
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
