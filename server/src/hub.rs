//! Where sockets meet: workshops that are in use, each a task, and their documents, each a task of its own.
//!
//! [`workshop`] decides who is let in and keeps checkpoints; [`document`] runs the sync core; [`open`] holds documents that are no workshop's; [`outbox`] is what waits
//! on one socket, [`share`] what one socket may ask for. Nothing here knows websockets.

pub(crate) mod document;
mod open;
pub(crate) mod outbox;
pub(crate) mod share;
pub(crate) mod workshop;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::access::{SignedCheckpoint, WorkshopId};
use shared::sync::message::CloseReason;
use shared::sync::{DocumentId, PeerId};
use tokio::sync::{Notify, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;

use crate::memory::{Memory, Pressure};
use crate::metrics::Metrics;
use crate::settings::Limits;
use crate::store::{Store, StoreError};
use document::Command as DocumentCommand;
use open::OpenDocuments;
use workshop::{Command, Entry, Refusal, Seat, Workshop};

/// How long a socket waits for a workshop that neither lets it in nor turns it away.
const ENTERING: Duration = Duration::from_secs(10);

/// One socket, for as long as the process lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SocketId(u64);

impl fmt::Display for SocketId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What every workshop shares.
#[derive(Debug)]
pub(crate) struct Common {
    pub(crate) store: Arc<dyn Store>,
    /// Our peer id, new with every start.
    pub(crate) relay: PeerId,
    /// What the store goes by, to peers that keep their sync state for it.
    pub(crate) storage_id: Option<String>,
    pub(crate) limits: Limits,
    /// Whether somebody who proves a workshop that is unknown here may bring it.
    pub(crate) admits_unknown: bool,
    /// Workshops and documents.
    pub(crate) tasks: TaskTracker,
    /// Sockets; they end before the workshops do.
    pub(crate) socket_tasks: TaskTracker,
    /// Whether anyone may read and write any document that is no workshop's.
    pub(crate) has_open_documents: bool,
    /// How near the ceiling for memory is.
    pub(crate) pressure: watch::Receiver<Pressure>,
    pub(crate) memory: Option<Memory>,
    pub(crate) metrics: Arc<Metrics>,
    /// Rings when a workshop was deleted, for whoever keeps its links.
    pub(crate) deleted: Notify,
}

impl Common {
    /// How near it is at this moment. Who loads something more asks this: between two looks thousands of documents could
    /// be asked for.
    pub(crate) fn pressure(&self) -> Pressure {
        self.memory.map_or(*self.pressure.borrow(), Memory::pressure)
    }

    /// Waits until memory is short.
    pub(crate) async fn memory_is_short(&self) {
        let mut pressure = self.pressure.clone();
        if pressure.wait_for(|pressure| *pressure > Pressure::None).await.is_err() {
            // Nobody looks, since there is no ceiling.
            std::future::pending().await
        }
    }
}

/// The workshops that are in use.
#[derive(Debug)]
pub(crate) struct Hub {
    common: Arc<Common>,
    workshops: Mutex<HashMap<WorkshopId, mpsc::Sender<Command>>>,
    open: Option<Arc<OpenDocuments>>,
    next_socket: AtomicU64,
}

impl Hub {
    pub(crate) fn new(common: Common) -> Arc<Self> {
        let open = common.has_open_documents.then(|| Arc::new(OpenDocuments::new(&common)));
        Arc::new(Self { common: Arc::new(common), workshops: Mutex::default(), open, next_socket: AtomicU64::new(1) })
    }

    pub(crate) fn common(&self) -> &Arc<Common> {
        &self.common
    }

    /// A number for a socket that has just opened.
    pub(crate) fn next_socket(&self) -> SocketId {
        SocketId(self.next_socket.fetch_add(1, Ordering::Relaxed))
    }

    /// Lets a socket into a workshop, if its claim holds.
    pub(crate) async fn enter(self: &Arc<Self>, entry: Entry) -> Result<Seat, Refusal> {
        let workshop = entry.claim.capability.workshop;
        if !self.has_memory_for(workshop) {
            return Err(CloseReason::TooMany.into());
        }
        let (reply, answer) = oneshot::channel();
        let entering = async {
            self.tell(workshop, Command::Enter { entry: Box::new(entry), reply }).await;
            // A workshop's task that ends without an answer panicked, which is logged where it happened.
            answer.await.unwrap_or_else(|_| Err(CloseReason::Other("failed".to_owned()).into()))
        };
        tokio::time::timeout(ENTERING, entering).await.unwrap_or_else(|_| {
            warn!(%workshop, "a workshop did not answer somebody who wanted in");
            Err(CloseReason::JoinTimedOut.into())
        })
    }

    /// What is loaded already may be joined until the ceiling is reached.
    fn has_memory_for(&self, workshop: WorkshopId) -> bool {
        match self.common.pressure() {
            Pressure::None => true,
            Pressure::Near => self.lock().contains_key(&workshop),
            Pressure::Full => false,
        }
    }

    /// Whether a socket without a capability is let in, to open documents.
    pub(crate) fn has_open_documents(&self) -> bool {
        self.open.is_some()
    }

    /// The task of an open document; `None` if there are none here, or too many.
    pub(crate) fn open_document(&self, document: DocumentId) -> Option<mpsc::Sender<DocumentCommand>> {
        self.open.as_ref()?.open(&self.common, document)
    }

    /// Ends open documents that nobody uses, until `shutdown`.
    pub(crate) async fn tend(&self, shutdown: CancellationToken) {
        if let Some(open) = &self.open {
            Arc::clone(open).tend(self.common.pressure.clone(), shutdown).await;
        }
    }

    /// Deletes a workshop: its sockets are told, its documents erased, a tombstone kept. With a facilitator's signature
    /// the deletion also reaches devices and other relays.
    pub(crate) async fn delete(
        self: &Arc<Self>,
        workshop: WorkshopId,
        signed: Option<SignedCheckpoint>,
    ) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.tell(workshop, Command::Delete { signed: signed.map(Box::new), reply }).await;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }

    /// Lets the workshops end; their tasks are waited for by the tracker.
    pub(crate) fn end(&self) {
        self.lock().clear();
        if let Some(open) = &self.open {
            open.end();
        }
    }

    async fn tell(self: &Arc<Self>, id: WorkshopId, mut command: Command) {
        // A workshop that ends at this very moment hands the command back, and a new task takes it.
        while let Err(mpsc::error::SendError(back)) = self.workshop(id).send(command).await {
            command = back;
        }
    }

    fn workshop(self: &Arc<Self>, id: WorkshopId) -> mpsc::Sender<Command> {
        let mut workshops = self.lock();
        if let Some(running) = workshops.get(&id)
            && !running.is_closed()
        {
            return running.clone();
        }
        let (sender, commands) = mpsc::channel(workshop::COMMANDS);
        self.common.tasks.spawn(Workshop::new(id, Arc::clone(self), sender.downgrade()).run(commands));
        workshops.insert(id, sender.clone());
        sender
    }

    /// Forgets a workshop that nobody uses, unless a command has come in meanwhile. No command is taken after that, but
    /// one may be there already.
    fn forget(&self, id: WorkshopId, commands: &mut mpsc::Receiver<Command>) -> bool {
        let mut workshops = self.lock();
        if !commands.is_empty() {
            return false;
        }
        commands.close();
        workshops.remove(&id);
        true
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<WorkshopId, mpsc::Sender<Command>>> {
        self.workshops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
