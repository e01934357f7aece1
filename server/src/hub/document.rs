//! One loaded document: a task that moves bytes between its links, its store and the sync core.

mod compaction;
mod loading;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use automerge::ChangeHash;
use futures_util::future::{BoxFuture, OptionFuture};
use shared::sync::document_sync::{Input, LinkOptions, Output, Quarantine, Rights, StoredChange};
use shared::sync::message::{CloseReason, DocumentData, Ephemeral, Message, Refused};
use shared::sync::{BatchId, DocumentId, DocumentSync, LinkId, PeerId};
use tokio::sync::mpsc;
use tracing::{debug, error, warn};

use compaction::{Compacting, Log};

use super::SocketId;
use super::outbox::{Outbox, Pushed};
use crate::clock;
use crate::store::{Position, Store, StoreError};

/// Commands that wait for one document; whoever sends more waits for it.
const COMMANDS: usize = 32;

/// What a document is told.
#[derive(Debug)]
pub(crate) enum Command {
    /// A socket takes part from here on.
    Attach(Attachment),
    /// A sync message came in on a socket.
    Received { socket: SocketId, data: Arc<[u8]> },
    /// An ephemeral message came in on a socket; it goes to all others.
    Ephemeral { socket: SocketId, message: Ephemeral },
    /// A socket that had lost messages is drained.
    BeginAnew { socket: SocketId },
    /// A socket is gone.
    Detach { socket: SocketId },
    /// A signed checkpoint covers these heads.
    Cover { heads: Vec<ChangeHash> },
}

/// A socket that takes part in a document.
#[derive(Debug)]
pub(crate) struct Attachment {
    pub(crate) socket: SocketId,
    pub(crate) rights: Rights,
    /// Whether it asked to be told what is durable.
    pub(crate) durable: bool,
    /// Whether it understands compact messages.
    pub(crate) compact: bool,
    pub(crate) outbox: Outbox,
}

/// Starts the task of a document; it ends once every sender is dropped, with everything stored that was on its way.
pub(crate) fn start(
    document: DocumentId,
    store: Arc<dyn Store>,
    covered: Vec<ChangeHash>,
    relay: PeerId,
) -> (mpsc::Sender<Command>, impl Future<Output = ()> + Send) {
    let (sender, commands) = mpsc::channel(COMMANDS);
    (sender, async move {
        let task = Task {
            document,
            store,
            relay,
            sync: DocumentSync::new(),
            covered,
            links: BTreeMap::new(),
            next_link: 0,
            storing: None,
            compacting: None,
            log: Log::default(),
        };
        task.run(commands).await;
    })
}

#[derive(Debug)]
struct Link {
    attachment: Attachment,
    /// `None` while its queue is given up.
    id: Option<LinkId>,
}

type Storing = BoxFuture<'static, (BatchId, usize, Result<Position, StoreError>)>;

struct Task {
    document: DocumentId,
    store: Arc<dyn Store>,
    relay: PeerId,
    sync: DocumentSync,
    covered: Vec<ChangeHash>,
    links: BTreeMap<SocketId, Link>,
    next_link: u64,
    storing: Option<Storing>,
    compacting: Option<Compacting>,
    log: Log,
}

impl Task {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        if !self.load(Quarantine::default()).await {
            return self.give_up(commands).await;
        }
        loop {
            let deadline = self.sync.next_deadline().map(|at| tokio::time::sleep_until(clock::instant(at)));
            let outputs = tokio::select! {
                Some((batch, bytes, stored)) = OptionFuture::from(self.storing.as_mut()) => {
                    self.storing = None;
                    self.stored(batch, bytes, stored)
                }
                Some(compacted) = OptionFuture::from(self.compacting.as_mut()) => {
                    self.compacting = None;
                    self.compacted(compacted);
                    Ok(Vec::new())
                }
                Some(()) = OptionFuture::from(deadline) => self.core(|sync| sync.handle(clock::now(), Input::Tick)),
                command = commands.recv() => match command {
                    Some(command) => self.command(command),
                    None => break,
                },
            };
            if !self.carry_out(outputs).await {
                return self.give_up(commands).await;
            }
        }
        self.drain().await;
    }

    /// Lets what is on its way reach the store.
    async fn drain(mut self) {
        while let Some(storing) = self.storing.take() {
            let (batch, bytes, stored) = storing.await;
            let outputs = self.stored(batch, bytes, stored);
            if !self.carry_out(outputs).await {
                return;
            }
        }
        if let Some(compacting) = self.compacting.take() {
            let compacted = compacting.await;
            self.compacted(compacted);
        }
    }

    /// The store cannot be read: everybody is told, and the next one who comes makes a new attempt.
    async fn give_up(mut self, mut commands: mpsc::Receiver<Command>) {
        commands.close();
        let tell = |attachment: &Attachment| attachment.outbox.close(CloseReason::Other("store-failed".to_owned()));
        self.links.values().for_each(|link| tell(&link.attachment));
        self.links.clear();
        while let Some(command) = commands.recv().await {
            if let Command::Attach(attachment) = command {
                tell(&attachment);
            }
        }
    }

    /// Runs the core, and catches what must not end the relay.
    fn core(&mut self, work: impl FnOnce(&mut DocumentSync) -> Vec<Output>) -> Result<Vec<Output>, Panicked> {
        catch_unwind(AssertUnwindSafe(|| work(&mut self.sync))).map_err(|_| Panicked)
    }

    fn command(&mut self, command: Command) -> Result<Vec<Output>, Panicked> {
        match command {
            Command::Attach(attachment) => {
                let socket = attachment.socket;
                self.links.insert(socket, Link { attachment, id: None });
                self.link_up(socket, false)
            }
            Command::Received { socket, data } => {
                let Some(link) = self.links.get(&socket).and_then(|link| link.id) else { return Ok(Vec::new()) };
                let result = self.core(|sync| sync.handle(clock::now(), Input::Received { link, data: &data }));
                if result.is_err() {
                    // Whoever sent what the core cannot bear does not come along into the next loading.
                    self.close(socket, CloseReason::Broken);
                }
                result
            }
            Command::Ephemeral { socket, message } => {
                self.pass_on(socket, &message);
                Ok(Vec::new())
            }
            Command::BeginAnew { socket } => {
                debug!(document = %self.document, %socket, "a slow peer begins anew");

                self.link_up(socket, true)
            }
            Command::Detach { socket } => {
                let link = self.links.remove(&socket).and_then(|link| link.id);
                self.link_down(link)
            }
            Command::Cover { heads } => {
                self.covered.extend(heads.iter().copied());
                self.covered.sort_unstable();
                self.covered.dedup();
                self.core(|sync| sync.cover(&heads))
            }
        }
    }

    fn link_up(&mut self, socket: SocketId, opens: bool) -> Result<Vec<Output>, Panicked> {
        let Some(link) = self.links.get_mut(&socket) else { return Ok(Vec::new()) };
        let before = link.id.take();
        self.next_link += 1;
        let id = LinkId(self.next_link);
        link.id = Some(id);
        let rights = link.attachment.rights;
        let options =
            LinkOptions { opens, compact: link.attachment.compact, ..LinkOptions::accepted(link.attachment.durable) };
        let mut outputs = self.link_down(before)?;
        outputs.extend(self.core(|sync| sync.handle(clock::now(), Input::LinkUp { link: id, rights, options }))?);
        Ok(outputs)
    }

    fn link_down(&mut self, link: Option<LinkId>) -> Result<Vec<Output>, Panicked> {
        let Some(link) = link else { return Ok(Vec::new()) };
        self.core(|sync| sync.handle(clock::now(), Input::LinkDown { link }))
    }

    fn stored(
        &mut self,
        batch: BatchId,
        bytes: usize,
        stored: Result<Position, StoreError>,
    ) -> Result<Vec<Output>, Panicked> {
        let input = match stored {
            Ok(through) => {
                self.log.appended_bytes += bytes;
                self.log.through = through;
                Input::Stored { batch }
            }
            Err(error) => {
                warn!(document = %self.document, %error, "changes could not be stored: {error}");
                Input::StoreFailed { batch }
            }
        };
        self.core(|sync| sync.handle(clock::now(), input))
    }

    /// Does what the core wants; false when the document can no longer be read.
    async fn carry_out(&mut self, outputs: Result<Vec<Output>, Panicked>) -> bool {
        let suspects = match outputs {
            Ok(outputs) => self.perform(outputs),
            Err(Panicked) => {
                error!(document = %self.document, "the core panicked; the document is loaded anew");
                Some(Vec::new())
            }
        };
        if let Some(suspects) = suspects
            && !self.reload(suspects).await
        {
            return false;
        }
        self.compact_if_due();
        true
    }

    /// Carries the outputs out, in order. Returns what to take out of the store if the document must be loaded anew.
    fn perform(&mut self, outputs: Vec<Output>) -> Option<Vec<ChangeHash>> {
        let mut reload = None;
        for output in outputs {
            match output {
                Output::Store { batch, changes } => self.store(batch, changes),
                Output::Send { link, data } => {
                    let message = Message::Sync(DocumentData {
                        sender: self.relay.clone(),
                        target: self.relay.clone(),
                        document: self.document,
                        data,
                    });
                    self.send(link, message);
                }
                Output::Durable { link, heads } => {
                    if let Some(link) = self.links.values().find(|known| known.id == Some(link)) {
                        link.attachment.outbox.durable(self.document, heads);
                    }
                }
                Output::Refused { link, hashes, reason } => {
                    let message = Message::Refused(Refused { document: self.document, hashes, reason });
                    self.send(link, message);
                }
                Output::Applied { changes } => debug!(document = %self.document, changes, "applied {changes} changes"),
                Output::Broken { link, reason } => {
                    debug!(document = %self.document, %reason, "a link was given up: {reason}");
                    if let Some(socket) = self.socket(link) {
                        self.close(socket, CloseReason::Broken);
                    }
                }
                Output::Reload { suspects } => reload = Some(suspects),
            }
        }
        reload
    }

    fn socket(&self, link: LinkId) -> Option<SocketId> {
        self.links.iter().find(|(_, known)| known.id == Some(link)).map(|(socket, _)| *socket)
    }

    /// Ends a link whose socket is closed for `reason`.
    fn close(&mut self, socket: SocketId, reason: CloseReason) {
        if let Some(link) = self.links.remove(&socket) {
            link.attachment.outbox.close(reason);
        }
    }

    fn send(&mut self, link: LinkId, message: Message) {
        let Some((socket, found)) = self.links.iter_mut().find(|(_, known)| known.id == Some(link)) else { return };
        let socket = *socket;
        let gone = match found.attachment.outbox.push(self.document, self.sync.size(), message) {
            Pushed::Queued => return,
            Pushed::Overflowed => {
                found.id = None;
                false
            }
            Pushed::Gone => true,
        };
        if gone {
            self.links.remove(&socket);
        }
        // What this would bring out is for the link that is no longer there.
        if self.link_down(Some(link)).is_err() {
            error!(document = %self.document, "the core panicked on a link's end");
        }
    }

    fn pass_on(&mut self, from: SocketId, message: &Ephemeral) {
        self.links.retain(|socket, link| {
            if *socket == from {
                return true;
            }
            // One that passes the bound is lost with the queue; the link then begins anew as for a sync message.
            link.attachment.outbox.push(self.document, self.sync.size(), Message::Ephemeral(message.clone()))
                != Pushed::Gone
        });
    }

    fn store(&mut self, batch: BatchId, changes: Vec<StoredChange>) {
        let (store, document) = (Arc::clone(&self.store), self.document);
        let bytes = changes.iter().map(|change| change.bytes.len()).sum();
        self.storing = Some(Box::pin(async move { (batch, bytes, store.append(document, changes).await) }));
    }
}

/// The core panicked. What it said is not kept: Automerge may quote what people wrote.
struct Panicked;
