//! One loaded document: a task that moves bytes between its links, its store and the sync core.

mod compaction;
mod loading;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use automerge::ChangeHash;
use futures_util::future::{BoxFuture, OptionFuture};
use shared::sync::document_sync::{Input, LinkOptions, Output, PaceCounts, Quarantine, Rights, StoredChange};
use shared::sync::message::{CloseReason, DocumentData, DocumentNotice, Ephemeral, Message, Refused};
use shared::sync::{BatchId, ByteLen, DocumentId, DocumentSync, LinkId, PeerId};
use tokio::sync::mpsc;
use tracing::{debug, error, warn};

use compaction::{Compacting, Log};

use super::SocketId;
use super::outbox::{Budget, Outbox, Pushed, Weight};
use super::share::Share;
use crate::clock::{self, Alarm};
use crate::memory::{Memory, Pressure};
use crate::metrics::Metrics;
use crate::store::{Position, Store, StoreError};
use crate::threads;

/// Commands that wait for one document; whoever sends more waits for it. A socket stops reading long before, by its
/// [`Share`].
const COMMANDS: usize = 1_024;
/// Bytes of changes that wait for the store; beyond, the document takes nothing in.
const QUEUED: ByteLen = ByteLen(8 << 20);
/// Commands that are taken before the store and the clock are looked at again.
const AT_ONCE: usize = 64;
/// After so long others on the same thread have their turn. Commands that wait already would else be taken without end.
const TURN: Duration = Duration::from_millis(1);
/// Messages and batches longer than this may take long, and are not looked into on the threads that serve sockets.
const LONG_BYTES: usize = 16 << 10;
/// A queue shorter than this is not given up to make room.
const SMALL_QUEUE: usize = 64 << 10;

/// What a document is told.
#[derive(Debug)]
pub(crate) enum Command {
    /// A socket takes part from here on.
    Attach(Attachment),
    /// A sync message came in on a socket.
    Received { socket: SocketId, data: Arc<[u8]> },
    /// A socket asks for a document that it does not have; its sync message follows.
    Asked { socket: SocketId, peer: PeerId },
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
    pub(crate) share: Arc<Share>,
}

/// What a document is started with.
#[derive(Debug)]
pub(crate) struct Start {
    pub(crate) document: DocumentId,
    /// What the store knows it by.
    pub(crate) stored_as: DocumentId,
    pub(crate) store: Arc<dyn Store>,
    /// Heads that checkpoints cover.
    pub(crate) covered: Vec<ChangeHash>,
    pub(crate) relay: PeerId,
    /// What may wait on all sockets of the workshop.
    pub(crate) budget: Arc<Budget>,
    /// The ceiling for memory, if there is one.
    pub(crate) memory: Option<Memory>,
    pub(crate) metrics: Arc<Metrics>,
    /// The first change, where everybody knows it: nobody can bring another in its place.
    pub(crate) genesis: Option<StoredChange>,
}

/// Starts the task of a document; it ends once every sender is dropped, with everything stored that was on its way.
pub(crate) fn start(start: Start) -> (mpsc::Sender<Command>, impl Future<Output = ()> + Send) {
    let (sender, commands) = mpsc::channel(COMMANDS);
    (sender, async move {
        let _loaded = start.metrics.document();
        let task = Task {
            start,
            sync: DocumentSync::new(),
            links: BTreeMap::new(),
            sockets: BTreeMap::new(),
            next_link: 0,
            storing: None,
            compacting: None,
            log: Log::default(),
            weighed: Vec::new(),
            paced: PaceCounts::default(),
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
    start: Start,
    sync: DocumentSync,
    links: BTreeMap<SocketId, Link>,
    /// The sockets of the links that there are.
    sockets: BTreeMap<LinkId, SocketId>,
    next_link: u64,
    storing: Option<Storing>,
    compacting: Option<Compacting>,
    log: Log,
    /// What was sent last, with its weight, since many sockets are sent the same bytes.
    weighed: Vec<(Weak<[u8]>, Weak<Weight>)>,
    /// How the fast way had fared when that was last counted.
    paced: PaceCounts,
}

impl Task {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        if !self.load(Quarantine::default()).await {
            return self.give_up(commands).await;
        }
        let mut alarm = pin!(Alarm::default());
        loop {
            alarm.as_mut().set(self.sync.next_deadline().map(clock::instant));
            let mut began = None;
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
                () = alarm.as_mut() => self.core(|sync| sync.handle(clock::now(), Input::Tick)),
                command = commands.recv(), if self.sync.queued() < QUEUED => match command {
                    Some(first) => {
                        let began = began.insert(Instant::now());
                        let mut outputs = self.command(first);
                        // What waits already, such as everybody's acknowledgements, costs no turn of the loop each.
                        for _ in 0..AT_ONCE {
                            if self.sync.queued() >= QUEUED || began.elapsed() > TURN {
                                break;
                            }
                            let Ok(command) = commands.try_recv() else { break };
                            if !self.carry_out(outputs).await {
                                return self.give_up(commands).await;
                            }
                            outputs = self.command(command);
                        }
                        outputs
                    }
                    None => break,
                },
            };
            if !self.carry_out(outputs).await {
                return self.give_up(commands).await;
            }
            if began.is_some_and(|began: Instant| began.elapsed() > TURN) {
                tokio::task::yield_now().await;
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

    /// As [`Self::core`], for work that may take long.
    fn core_aside(&mut self, work: impl FnOnce(&mut DocumentSync) -> Vec<Output>) -> Result<Vec<Output>, Panicked> {
        threads::aside(|| self.core(work))
    }

    fn command(&mut self, command: Command) -> Result<Vec<Output>, Panicked> {
        match command {
            Command::Attach(attachment) => {
                let socket = attachment.socket;
                self.links.insert(socket, Link { attachment, id: None });
                self.link_up(socket, false)
            }
            Command::Received { socket, data } => self.received(socket, &data),
            Command::Asked { socket, peer } => {
                // S6: nobody has brought it yet; whoever does brings it to this one, too.
                // What is on its way into the store comes by itself.
                let is_empty = self.sync.heads().is_empty() && self.storing.is_none();
                if is_empty && let Some(link) = self.links.get(&socket) {
                    let document = self.start.document;
                    let notice = DocumentNotice { sender: peer.clone(), target: peer, document };
                    link.attachment.outbox.push(document, self.sync.size(), Message::DocUnavailable(notice), None);
                }
                Ok(Vec::new())
            }
            Command::Ephemeral { socket, message } => {
                self.pass_on(socket, &message);
                Ok(Vec::new())
            }
            Command::BeginAnew { socket } => {
                debug!(document = %self.start.document, %socket, "a slow peer begins anew");

                self.link_up(socket, true)
            }
            Command::Detach { socket } => {
                let link = self.links.remove(&socket).and_then(|link| link.id);
                self.link_down(link)
            }
            Command::Cover { heads } => {
                self.start.covered.extend(heads.iter().copied());
                self.start.covered.sort_unstable();
                self.start.covered.dedup();
                self.core(|sync| sync.cover(&heads))
            }
        }
    }

    fn received(&mut self, socket: SocketId, data: &[u8]) -> Result<Vec<Output>, Panicked> {
        let Some(Link { attachment, id }) = self.links.get(&socket) else { return Ok(Vec::new()) };
        let (share, id) = (Arc::clone(&attachment.share), *id);
        if let Some(link) = id
            && self.sync.hear_again(link, data)
        {
            share.done(clock::now(), data.len(), Duration::ZERO);
            return Ok(Vec::new());
        }
        let began = clock::processor_time();
        let result = match id {
            None => Ok(Vec::new()),
            Some(link) => {
                let input = Input::Received { link, data };
                let work = |sync: &mut DocumentSync| sync.handle(clock::now(), input);
                let is_long = data.len() > LONG_BYTES || share.last_was_long();
                if is_long { self.core_aside(work) } else { self.core(work) }
            }
        };
        share.done(clock::now(), data.len(), clock::processor_time().saturating_sub(began));
        if result.is_err() {
            // Whoever sent what the core cannot bear does not come along into the next loading.
            self.close(socket, CloseReason::Broken);
        }
        result
    }

    fn link_up(&mut self, socket: SocketId, opens: bool) -> Result<Vec<Output>, Panicked> {
        let Some(link) = self.links.get_mut(&socket) else { return Ok(Vec::new()) };
        let before = link.id.take();
        self.next_link += 1;
        let id = LinkId(self.next_link);
        link.id = Some(id);
        self.sockets.insert(id, socket);
        let rights = link.attachment.rights;
        let options =
            LinkOptions { opens, compact: link.attachment.compact, ..LinkOptions::accepted(link.attachment.durable) };
        let mut outputs = self.link_down(before)?;
        outputs.extend(self.core(|sync| sync.handle(clock::now(), Input::LinkUp { link: id, rights, options }))?);
        Ok(outputs)
    }

    fn link_down(&mut self, link: Option<LinkId>) -> Result<Vec<Output>, Panicked> {
        let Some(link) = link else { return Ok(Vec::new()) };
        self.sockets.remove(&link);
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
                warn!(document = %self.start.document, %error, "changes could not be stored: {error}");
                Input::StoreFailed { batch }
            }
        };
        let work = |sync: &mut DocumentSync| sync.handle(clock::now(), input);
        if bytes > LONG_BYTES { self.core_aside(work) } else { self.core(work) }
    }

    /// Does what the core wants; false when the document can no longer be read.
    async fn carry_out(&mut self, outputs: Result<Vec<Output>, Panicked>) -> bool {
        let suspects = match outputs {
            Ok(outputs) => self.perform(outputs),
            Err(Panicked) => {
                error!(document = %self.start.document, "the core panicked; the document is loaded anew");
                Some(Vec::new())
            }
        };
        if let Some(suspects) = suspects
            && !self.reload(suspects).await
        {
            return false;
        }
        self.start.metrics.pace(&mut self.paced, self.sync.pace_counts());
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
                        sender: self.start.relay.clone(),
                        target: self.start.relay.clone(),
                        document: self.start.document,
                        data: Arc::clone(&data),
                    });
                    let weight = self.weigh(&data);
                    self.send(link, message, Some(weight));
                }
                Output::Durable { link, heads } => {
                    if let Some(link) = self.socket(link).and_then(|socket| self.links.get(&socket)) {
                        link.attachment.outbox.durable(self.start.document, heads);
                    }
                }
                Output::Refused { link, hashes, reason } => {
                    self.start.metrics.refused(&reason, hashes.len());
                    let message = Message::Refused(Refused { document: self.start.document, hashes, reason });
                    self.send(link, message, None);
                }
                Output::Applied { changes } => {
                    self.start.metrics.edits.inc_by(changes as u64);
                    debug!(document = %self.start.document, changes, "applied {changes} changes")
                }
                Output::Broken { link, reason } => {
                    debug!(document = %self.start.document, %reason, "a link was given up: {reason}");
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
        self.sockets.get(&link).copied()
    }

    /// Ends a link whose socket is closed for `reason`.
    fn close(&mut self, socket: SocketId, reason: CloseReason) {
        if let Some(link) = self.links.remove(&socket) {
            link.id.map(|id| self.sockets.remove(&id));
            link.attachment.outbox.close(reason);
        }
    }

    /// The weight of bytes that are sent: the same one for all sockets that are sent the same.
    fn weigh(&mut self, data: &Arc<[u8]>) -> Arc<Weight> {
        let this = Arc::downgrade(data);
        let known = self.weighed.iter().find(|(bytes, _)| bytes.ptr_eq(&this)).and_then(|(_, weight)| weight.upgrade());
        known.unwrap_or_else(|| {
            let weight = self.start.budget.weigh(data.len());
            self.weighed.retain(|(bytes, weight)| bytes.strong_count() > 0 && weight.strong_count() > 0);
            self.weighed.push((this, Arc::downgrade(&weight)));
            weight
        })
    }

    /// Gives up the longest queues while more waits in the workshop than may.
    fn make_room(&mut self) {
        while self.start.budget.is_exceeded() {
            let document = self.start.document;
            let waiting = |link: &Link| link.id.map(|id| (link.attachment.outbox.waiting_bytes(document), id));
            let longest = self.links.values().filter_map(waiting).max();
            let Some((_, link)) = longest.filter(|(bytes, _)| *bytes > SMALL_QUEUE) else { return };
            if let Some(found) = self.socket(link).and_then(|socket| self.links.get_mut(&socket)) {
                found.attachment.outbox.give_up(document);
                self.start.metrics.queue_drops.inc();
                found.id = None;
            }
            self.end(link);
        }
    }

    fn send(&mut self, link: LinkId, message: Message, weight: Option<Arc<Weight>>) {
        let Some(socket) = self.socket(link) else { return };
        let Some(found) = self.links.get_mut(&socket) else { return };
        if matches!(message, Message::Sync(_)) {
            self.start.metrics.fan_out.inc();
        }
        match found.attachment.outbox.push(self.start.document, self.sync.size(), message, weight) {
            Pushed::Queued => return self.make_room(),
            Pushed::Overflowed => {
                self.start.metrics.queue_drops.inc();
                found.id = None;
            }
            Pushed::Gone => {
                self.links.remove(&socket);
            }
        }
        self.end(link);
    }

    fn end(&mut self, link: LinkId) {
        // What this would bring out is for the link that is no longer there.
        if self.link_down(Some(link)).is_err() {
            error!(document = %self.start.document, "the core panicked on a link's end");
        }
    }

    fn pass_on(&mut self, from: SocketId, message: &Ephemeral) {
        self.links.retain(|socket, link| {
            if *socket == from {
                return true;
            }
            // One that passes the bound is lost with the queue; the link then begins anew as for a sync message.
            let message = Message::Ephemeral(message.clone());
            link.attachment.outbox.push(self.start.document, self.sync.size(), message, None) != Pushed::Gone
        });
    }

    fn store(&mut self, batch: BatchId, changes: Vec<StoredChange>) {
        let (store, document) = (Arc::clone(&self.start.store), self.start.stored_as);
        let bytes = changes.iter().map(|change| change.bytes.len()).sum();
        // Refused in the same way as by a full disk: everyone is told, nothing is lost, and it is tried again (S16).
        let is_full = self.start.memory.is_some_and(|memory| memory.pressure() == Pressure::Full);
        let metrics = Arc::clone(&self.start.metrics);
        self.storing = Some(Box::pin(async move {
            let began = Instant::now();
            let stored = if is_full { Err(StoreError::Memory) } else { store.append(document, changes).await };
            if stored.is_ok() {
                metrics.durable_after(began.elapsed());
            }
            (batch, bytes, stored)
        }));
    }
}

/// The core panicked. What it said is not kept: Automerge may quote what people wrote.
struct Panicked;
