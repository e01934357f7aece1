//! Documents that anyone may read and write who knows their id (`--open-documents`): a plain automerge-repo sync server.
//!
//! They are kept apart from those of workshops: no id leads from here to a board.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::sync::DocumentId;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::Common;
use super::document::{self, Command, Start};
use super::outbox::Budget;
use crate::memory::Pressure;

/// Most documents in memory.
const MOST: usize = 10_000;
/// How often it is looked for those that nobody uses.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// The documents that are in use, or were lately.
#[derive(Debug)]
pub(crate) struct OpenDocuments {
    running: Mutex<HashMap<DocumentId, Running>>,
    budget: Arc<Budget>,
    unload_after: Duration,
}

#[derive(Debug)]
struct Running {
    /// `None` once it was told to end; whoever comes then waits for that.
    commands: Option<mpsc::Sender<Command>>,
    task: JoinHandle<()>,
    idle_since: Option<Instant>,
}

impl OpenDocuments {
    pub(crate) fn new(common: &Common) -> Self {
        let budget = Budget::new(common.limits.queued_bytes);
        Self { running: Mutex::default(), budget, unload_after: common.limits.unload_after }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DocumentId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The task of a document, started if it does not run; `None` when there are as many as may be.
    pub(crate) fn open(&self, common: &Common, document: DocumentId) -> Option<mpsc::Sender<Command>> {
        let mut running = self.lock();
        if let Some(found) = running.get_mut(&document)
            && let Some(commands) = found.commands.as_ref().filter(|commands| !commands.is_closed())
        {
            found.idle_since = None;
            return Some(commands.clone());
        }
        if common.pressure() > Pressure::None {
            return None;
        }
        if running.len() >= MOST {
            sweep(&mut running, Duration::ZERO);
            if running.len() >= MOST {
                return None;
            }
        }
        // A document has one writer at a time.
        let before = running.remove(&document).map(|ending| ending.task);
        let (commands, task) = document::start(Start {
            document,
            stored_as: stored_as(document),
            store: Arc::clone(&common.store),
            covered: Vec::new(),
            relay: common.relay.clone(),
            budget: Arc::clone(&self.budget),
            memory: common.memory,
            metrics: Arc::clone(&common.metrics),
            genesis: None,
        });
        let task = common.tasks.spawn(async move {
            if let Some(before) = before {
                let _ = before.await;
            }
            task.await;
        });
        running.insert(document, Running { commands: Some(commands.clone()), task, idle_since: None });
        Some(commands)
    }

    /// Ends documents that nobody has used for a while, or uses while memory is short, until the relay ends.
    pub(crate) async fn tend(self: Arc<Self>, pressure: watch::Receiver<Pressure>, shutdown: CancellationToken) {
        let mut every = tokio::time::interval(SWEEP_EVERY);
        loop {
            tokio::select! {
                () = shutdown.cancelled() => return,
                _ = every.tick() => {
                    let is_short = *pressure.borrow() > Pressure::None;
                    sweep(&mut self.lock(), if is_short { Duration::ZERO } else { self.unload_after });
                }
            }
        }
    }

    /// Lets all of them end.
    pub(crate) fn end(&self) {
        self.lock().clear();
    }
}

fn sweep(running: &mut HashMap<DocumentId, Running>, unload_after: Duration) {
    let now = Instant::now();
    running.retain(|_, document| {
        let is_used = document.commands.as_ref().is_some_and(|commands| commands.strong_count() > 1);
        if is_used {
            document.idle_since = None;
        } else if now.duration_since(*document.idle_since.get_or_insert(now)) >= unload_after {
            document.commands = None;
        }
        document.commands.is_some() || !document.task.is_finished()
    });
}

/// Where an open document is stored: under no id that a workshop's document has.
fn stored_as(document: DocumentId) -> DocumentId {
    let hash = blake3::derive_key("dialogtavle 2026 open document", document.as_bytes());
    DocumentId::from_bytes(std::array::from_fn(|at| hash[at]))
}
