//! One workshop in use: who is let in, which checkpoint is the newest, and its two documents' tasks.

use std::collections::HashMap;
use std::sync::Arc;

use automerge::ChangeHash;
use shared::access::{Admission, Claim, DocumentIds, Role, SignedCheckpoint, WorkshopId};
use shared::documents::{Kind, board};
use shared::sync::PeerId;
use shared::sync::document_sync::StoredChange;
use shared::sync::message::{Checkpoint, CloseReason, Features, Message};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tracing::{debug, error, info, warn};

use super::document::{self, Command as DocumentCommand, Start};
use super::outbox::{Budget, Outbox};
use super::{Hub, SocketId};
use crate::store::{Kept, StoreError, WorkshopRecord};

/// Commands that wait for one workshop; whoever sends more waits for it.
pub(crate) const COMMANDS: usize = 64;

/// What a workshop is told.
#[derive(Debug)]
pub(crate) enum Command {
    /// A socket wants in.
    Enter { entry: Box<Entry>, reply: oneshot::Sender<Result<Seat, Refusal>> },
    /// A socket is gone.
    Leave { socket: SocketId },
    /// A checkpoint came in on a socket.
    Checkpoint { socket: SocketId, bytes: Vec<u8> },
    /// Whoever hosts the relay deletes the workshop.
    Delete { signed: Option<Box<SignedCheckpoint>>, reply: oneshot::Sender<Result<(), StoreError>> },
}

/// A socket that wants in.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) socket: SocketId,
    pub(crate) claim: Claim,
    pub(crate) peer: PeerId,
    /// Random bits of this start of the app; absent from stock peers.
    pub(crate) session: Option<[u8; 16]>,
    pub(crate) features: Features,
    pub(crate) outbox: Outbox,
}

/// A socket's place in a workshop.
#[derive(Debug)]
pub(crate) struct Seat {
    /// Derived from the workshop's id, which takes as long as all else that is done with a small message.
    pub(crate) documents: DocumentIds,
    pub(crate) role: Role,
    pub(crate) commands: mpsc::Sender<Command>,
    pub(crate) control: mpsc::Sender<DocumentCommand>,
    pub(crate) board: mpsc::Sender<DocumentCommand>,
}

/// Why a socket is not let in.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reason: CloseReason,
    /// The facilitator's signed deletion, for a device that was away: it keeps it and carries it on.
    pub(crate) tombstone: Option<Box<Message>>,
}

impl From<CloseReason> for Refusal {
    fn from(reason: CloseReason) -> Self {
        Self { reason, tombstone: None }
    }
}

/// The task of one workshop.
#[derive(Debug)]
pub(crate) struct Workshop {
    id: WorkshopId,
    hub: Arc<Hub>,
    record: Option<WorkshopRecord>,
    members: HashMap<PeerId, Entry>,
    control: Option<Running>,
    board: Option<Running>,
    /// What may wait on all its sockets.
    budget: Arc<Budget>,
    /// To be handed to seats; weak, so that the task ends when the hub and all seats let go of it.
    own: mpsc::WeakSender<Command>,
}

#[derive(Debug)]
struct Running {
    commands: mpsc::Sender<DocumentCommand>,
    task: JoinHandle<()>,
}

impl Workshop {
    pub(crate) fn new(id: WorkshopId, hub: Arc<Hub>, own: mpsc::WeakSender<Command>) -> Self {
        let budget = Budget::new(hub.common().limits.queued_bytes);
        Self { id, hub, record: None, members: HashMap::new(), control: None, board: None, budget, own }
    }

    pub(crate) async fn run(mut self, mut commands: mpsc::Receiver<Command>) {
        let mut readable = self.read_record().await;
        // The first command is on its way: a workshop is only started for one.
        let mut next = Some(commands.recv().await);
        loop {
            match next {
                Some(Some(command)) => {
                    if !readable {
                        readable = self.read_record().await;
                    }
                    self.command(command, readable).await;
                }
                // The relay ends.
                Some(None) => return self.stop_documents().await,
                None => {
                    self.stop_documents().await;
                    if self.hub.forget(self.id, &mut commands) {
                        break;
                    }
                }
            }
            next = if self.members.is_empty() {
                self.next_while_idle(&mut commands).await
            } else {
                Some(commands.recv().await)
            };
        }
        debug!(workshop = %self.id, "unloaded a workshop");
        // What slipped in between goes to the task that comes after this one.
        while let Some(command) = commands.recv().await {
            self.hub.tell(self.id, command).await;
        }
    }

    /// The next command; nothing once nobody has been here for long enough, or memory is short.
    async fn next_while_idle(&self, commands: &mut mpsc::Receiver<Command>) -> Option<Option<Command>> {
        tokio::select! {
            biased;
            command = commands.recv() => Some(command),
            () = tokio::time::sleep(self.rest()) => None,
            () = self.hub.common().memory_is_short() => None,
        }
    }

    /// How long to stay in memory without anybody here. What is not a workshop goes at once.
    fn rest(&self) -> std::time::Duration {
        match &self.record {
            Some(record) if !record.deleted => self.hub.common().limits.unload_after,
            _ => std::time::Duration::ZERO,
        }
    }

    async fn read_record(&mut self) -> bool {
        match self.hub.common().store.workshop(self.id).await {
            Ok(record) => {
                self.record = record;
                true
            }
            Err(error) => {
                error!(workshop = %self.id, %error, "a workshop could not be read: {error}");
                false
            }
        }
    }

    async fn command(&mut self, command: Command, readable: bool) {
        match command {
            Command::Enter { reply, .. } if !readable => {
                let _ = reply.send(Err(CloseReason::Other("store-failed".to_owned()).into()));
            }
            Command::Enter { entry, reply } => {
                let (socket, peer) = (entry.socket, entry.peer.clone());
                let seat = self.enter(*entry).await;
                if let Err(Ok(_)) = reply.send(seat) {
                    // The socket ended while it waited.
                    debug!(%socket, "a socket left before it was let in");
                    self.members.remove(&peer);
                }
            }
            Command::Leave { socket } => self.members.retain(|_, member| member.socket != socket),
            Command::Checkpoint { socket, bytes } => self.checkpoint(socket, &bytes).await,
            Command::Delete { signed, reply } => {
                let _ = reply.send(self.delete(signed.map(|signed| *signed)).await);
            }
        }
    }

    async fn enter(&mut self, entry: Entry) -> Result<Seat, Refusal> {
        let known = self.record.as_ref().map(|record| record.admission);
        // A wrong secret and an unknown workshop take this same way and get this same answer.
        let Some(identity) = entry.claim.prove(known.as_ref()) else {
            return Err(CloseReason::UnknownLink.into());
        };
        match &self.record {
            Some(record) if record.deleted => {
                // One that whoever hosts the relay deleted without the secret keeps an older checkpoint.
                let signed = record.checkpoint.as_ref().filter(|signed| signed.checkpoint.deleted);
                let tombstone = signed.filter(|_| entry.features.has(Features::CHECKPOINT)).map(message).map(Box::new);
                return Err(Refusal { reason: CloseReason::Deleted, tombstone });
            }
            Some(_) => {}
            None => self.add(WorkshopRecord::new(Admission::first(identity))).await?,
        }
        self.make_room(&entry)?;

        let (role, peer) = (entry.claim.capability.role, entry.peer.clone());
        if let Some(signed) = self.record.as_ref().and_then(|record| record.checkpoint.as_ref()) {
            carry(&entry, signed);
        }
        debug!(workshop = %self.id, socket = %entry.socket, role = role.name(), "a peer joined");
        self.members.insert(peer, entry);
        let commands = self.own.upgrade().ok_or(CloseReason::ShuttingDown)?;
        Ok(Seat {
            documents: self.id.documents(),
            role,
            commands,
            control: self.document(Kind::Control),
            board: self.document(Kind::Board),
        })
    }

    /// Takes up a workshop that this relay never met, or lost.
    async fn add(&mut self, record: WorkshopRecord) -> Result<(), CloseReason> {
        let common = self.hub.common();
        if !common.admits_unknown {
            return Err(CloseReason::CreateRefused);
        }
        let failed = |error: StoreError| {
            warn!(workshop = %self.id, %error, "a workshop could not be stored: {error}");
            CloseReason::Other("store-failed".to_owned())
        };
        if common.store.count().await.map_err(failed)? >= common.limits.workshops {
            return Err(CloseReason::CreateRefused);
        }
        common.store.add_workshop(record.clone(), Vec::new()).await.map_err(failed)?;
        info!(workshop = %self.id, "took up a workshop that was not known here");
        self.record = Some(record);
        Ok(())
    }

    /// S4: a peer id belongs to the session that holds it; and a workshop has so many sockets.
    fn make_room(&mut self, entry: &Entry) -> Result<(), CloseReason> {
        self.members.retain(|_, member| !member.outbox.is_gone());
        if let Some(before) = self.members.get(&entry.peer) {
            let same = before.claim.capability == entry.claim.capability && before.session == entry.session;
            if !same {
                return Err(CloseReason::PeerIdTaken);
            }
            before.outbox.close(CloseReason::Replaced);
            self.members.remove(&entry.peer);
        }
        if self.members.len() >= self.hub.common().limits.sockets_per_workshop {
            return Err(CloseReason::TooMany);
        }
        Ok(())
    }

    fn document(&mut self, kind: Kind) -> mpsc::Sender<DocumentCommand> {
        let heads = match (kind, self.record.as_ref().and_then(|record| record.checkpoint.as_ref())) {
            (Kind::Control, Some(signed)) => heads(signed),
            _ => Vec::new(),
        };
        let slot = if kind == Kind::Control { &mut self.control } else { &mut self.board };
        if let Some(running) = slot
            && !running.commands.is_closed()
        {
            return running.commands.clone();
        }
        let common = self.hub.common();
        let (commands, task) = document::start(Start {
            document: self.id.document(kind),
            stored_as: self.id.document(kind),
            store: Arc::clone(&common.store),
            covered: heads,
            relay: common.relay.clone(),
            budget: Arc::clone(&self.budget),
            memory: common.memory,
            metrics: Arc::clone(&common.metrics),
            genesis: (kind == Kind::Board).then(board_genesis),
        });
        *slot = Some(Running { commands: commands.clone(), task: common.tasks.spawn(task) });
        commands
    }

    async fn stop_documents(&mut self) {
        for running in [self.control.take(), self.board.take()].into_iter().flatten() {
            drop(running.commands);
            if running.task.await.is_err() {
                error!(workshop = %self.id, "a document's task panicked");
            }
        }
    }

    async fn checkpoint(&mut self, socket: SocketId, bytes: &[u8]) {
        let Some(record) = &self.record else { return };
        if record.checkpoint.as_ref().is_some_and(|known| known.bytes == bytes) {
            return;
        }
        let signed = match SignedCheckpoint::decode(bytes) {
            Ok(signed) if signed.checkpoint.workshop() == self.id => signed,
            _ => {
                if let Some(member) = self.members.values().find(|member| member.socket == socket) {
                    member.outbox.close(CloseReason::Malformed);
                }
                return;
            }
        };
        match self.hub.common().store.keep_checkpoint(signed.clone()).await {
            Ok(Kept::Older) => self.cover(&signed).await,
            Ok(Kept::Newer) => {
                debug!(workshop = %self.id, number = signed.checkpoint.number, "a newer checkpoint");
                if let Some(record) = &mut self.record {
                    record.admission = signed.checkpoint.admission();
                    record.checkpoint = Some(signed.clone());
                }
                self.revoke();
                self.cover(&signed).await;
                for member in self.members.values().filter(|member| member.socket != socket) {
                    carry(member, &signed);
                }
            }
            Ok(Kept::Deleted) => {
                info!(workshop = %self.id, "a facilitator deleted the workshop");
                self.close_deleted(Some(&signed));
            }
            // Whoever brought it brings it again when it joins the next time.
            Err(error) => warn!(workshop = %self.id, %error, "a checkpoint could not be stored: {error}"),
        }
    }

    /// Lets control take what the checkpoint covers. An older one was signed too.
    async fn cover(&mut self, signed: &SignedCheckpoint) {
        let command = DocumentCommand::Cover { heads: heads(signed) };
        // A document that cannot be read reads the checkpoint with the rest when it is next loaded.
        let _ = self.document(Kind::Control).send(command).await;
    }

    /// Ends the lines of links that the present epoch no longer admits.
    fn revoke(&mut self) {
        let Some(record) = &self.record else { return };
        let admission = record.admission;
        self.members.retain(|_, member| {
            let holds = member.claim.prove(Some(&admission)).is_some();
            if !holds {
                member.outbox.close(CloseReason::Revoked);
            }
            holds
        });
    }

    async fn delete(&mut self, signed: Option<SignedCheckpoint>) -> Result<(), StoreError> {
        let store = Arc::clone(&self.hub.common().store);
        match &signed {
            Some(signed) => drop(store.keep_checkpoint(signed.clone()).await?),
            None => store.delete_workshop(self.id).await?,
        }
        info!(workshop = %self.id, "deleted a workshop");
        self.close_deleted(signed.as_ref());
        Ok(())
    }

    fn close_deleted(&mut self, signed: Option<&SignedCheckpoint>) {
        if let Some(record) = &mut self.record {
            record.deleted = true;
            record.checkpoint = signed.cloned();
        }
        for (_, member) in self.members.drain() {
            if let Some(signed) = signed {
                carry(&member, signed);
            }
            member.outbox.close(CloseReason::Deleted);
        }
        self.hub.common().deleted.notify_one();
    }
}

fn heads(signed: &SignedCheckpoint) -> Vec<ChangeHash> {
    signed.checkpoint.heads.iter().map(|hash| ChangeHash(*hash)).collect()
}

/// The change that every board begins with; the same bytes everywhere.
fn board_genesis() -> StoredChange {
    let changes = board::genesis().get_changes(&[]);
    let first = changes.into_iter().next().expect("a genesis is one change");
    StoredChange { hash: first.hash(), bytes: first.raw_bytes().to_vec() }
}

fn carry(member: &Entry, signed: &SignedCheckpoint) {
    if member.features.has(Features::CHECKPOINT) {
        member.outbox.checkpoint(message(signed));
    }
}

fn message(signed: &SignedCheckpoint) -> Message {
    Message::Checkpoint(Checkpoint { workshop: signed.checkpoint.workshop().0, bytes: signed.bytes.clone() })
}
