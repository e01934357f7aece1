//! Writes on their way to a disk, and the answers.

use automerge::Change;
use shared::sync::document_sync::{Input, StoredChange};

use super::super::disk::{Disk, Doc, WriteId};
use super::super::plan::Fault;
use super::{Batch, Event, Owner, World};

impl World {
    fn disk_of(&mut self, owner: Owner) -> &mut Disk {
        match owner {
            Owner::Device(device) => &mut self.devices[device].disk,
            Owner::Relay => &mut self.relay.disk,
        }
    }

    pub(super) fn store(&mut self, batch: Batch, changes: Vec<StoredChange>) {
        let after = 1 + self.random.below(150);
        let fault = if batch.owner == Owner::Relay { Fault::StoreFails } else { Fault::DeviceStoreFails };
        if self.fails(fault, 40) {
            self.note(|| format!("the store of {:?} fails", batch.owner));
            return self.schedule(after, Event::Answered { batch, changes: None });
        }
        let write = self.disk_of(batch.owner).begin(batch.doc, changes);
        self.schedule(after, Event::Synced { batch, write });
    }

    /// Durable; a crash before the answer finds it on the disk, though nobody was told.
    pub(super) fn synced(&mut self, batch: Batch, write: WriteId) {
        let Some(stored) = self.disk_of(batch.owner).sync(write) else { return };
        if batch.owner == Owner::Relay {
            self.relay.ever_stored[batch.doc as usize].extend(stored.iter().map(|change| change.hash));
        }
        let changes = stored.into_iter().map(|change| Change::from_bytes(change.bytes).unwrap()).collect();
        let after = self.random.below(40);
        self.schedule(after, Event::Answered { batch, changes: Some(changes) });
    }

    pub(super) fn answered(&mut self, batch: Batch, changes: Option<Vec<Change>>) {
        let Batch { owner, life, doc, id } = batch;
        let input = if changes.is_some() { Input::Stored { batch: id } } else { Input::StoreFailed { batch: id } };
        let now = self.time(owner);
        match owner {
            Owner::Relay if life == self.relay.life => {
                let outputs = self.relay.docs[doc as usize].handle(now, input);
                self.relay_outputs(doc, outputs);
            }
            Owner::Relay => {}
            Owner::Device(device) => {
                let Some(tab) = self.tab_of(device, life) else { return };
                let outputs = self.devices[device].tabs[tab].replicas[doc as usize].sync.handle(now, input);
                self.tell_other_tabs(device, life, doc, changes.unwrap_or_default());
                self.tab_outputs(device, life, doc, outputs);
            }
        }
    }

    /// A tab tells the others what it has made and kept.
    fn tell_other_tabs(&mut self, device: usize, life: u64, doc: Doc, changes: Vec<Change>) {
        let made = &self.devices[device].made[doc as usize];
        let own: Vec<_> = changes.into_iter().filter(|change| made.contains(&change.hash())).collect();
        let others: Vec<_> = self.devices[device].tabs.iter().map(|tab| tab.life).filter(|tab| *tab != life).collect();
        for life in others.into_iter().filter(|_| !own.is_empty()) {
            let after = 1 + self.random.below(30);
            self.schedule(after, Event::FromTab { device, life, doc, changes: own.clone() });
        }
    }
}
