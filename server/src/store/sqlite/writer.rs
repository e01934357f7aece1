//! A thread that owns one connection, and group commit: all requests that wait are one transaction.

use std::sync::mpsc::{Receiver, Sender, channel};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;
use tracing::warn;

use crate::store::{Answer, StoreError};

/// Most requests in one transaction, so that none waits for an endless queue.
const GROUP: usize = 256;

/// A thread with a connection; requests are answered in the order they came.
#[derive(Debug)]
pub(super) struct Worker {
    requests: Sender<Request>,
}

enum Request {
    Work(Box<dyn Job>),
    Close(oneshot::Sender<()>),
}

/// One request: run, perhaps again after a group was rolled back, and answered once the transaction is decided.
trait Job: Send {
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError>;
    fn wipes(&self) -> bool;
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

struct Work<T, F> {
    work: F,
    wipes: bool,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Job for Work<T, F>
where
    T: Send,
    F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send,
    Self: Send,
{
    fn run(&mut self, connection: &Connection) -> Result<(), StoreError> {
        self.result = Some(match (self.work)(connection) {
            // A deleted workshop is an answer; it was found before anything was written.
            Err(error) if is_deleted(&error) => Err(StoreError::Deleted),
            Err(error) => return Err(explain(&error)),
            Ok(value) => Ok(value),
        });
        Ok(())
    }

    fn wipes(&self) -> bool {
        self.wipes
    }

    fn answer(self: Box<Self>, outcome: Result<(), StoreError>) {
        let Self { result, reply, .. } = *self;
        // Whoever asked may have gone; what was written stays.
        let _ = reply.send(outcome.and_then(|()| result.unwrap_or(Err(StoreError::Closed))));
    }
}

/// How a query says that the document's workshop is deleted; SQLite itself never answers with it.
pub(super) fn deleted() -> rusqlite::Error {
    rusqlite::Error::InvalidQuery
}

fn is_deleted(error: &rusqlite::Error) -> bool {
    matches!(error, rusqlite::Error::InvalidQuery)
}

fn explain(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Failed(error.to_string()),
    }
}

impl Worker {
    pub(super) fn start(name: &str, connection: Connection) -> Result<Self, StoreError> {
        let (requests, waiting) = channel();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || serve(connection, &waiting))
            .map_err(|error| StoreError::Failed(format!("no thread for the store: {error}")))?;
        Ok(Self { requests })
    }

    /// Runs `work` in a transaction and answers once it is committed.
    pub(super) fn run<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        self.ask(work, false)
    }

    /// As [`Worker::run`]; afterwards also the write-ahead log holds nothing of what was deleted.
    pub(super) fn run_and_wipe<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        self.ask(work, true)
    }

    fn ask<T, F>(&self, work: F, wipes: bool) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request::Work(Box::new(Work { work, wipes, result: None, reply })));
        Box::pin(async move {
            sent.map_err(|_| StoreError::Closed)?;
            answer.await.map_err(|_| StoreError::Closed)?
        })
    }

    pub(super) fn close(&self) -> Answer<'_, ()> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request::Close(reply));
        Box::pin(async move {
            sent.map_err(|_| StoreError::Closed)?;
            answer.await.map_err(|_| StoreError::Closed)
        })
    }
}

fn serve(connection: Connection, waiting: &Receiver<Request>) {
    while let Ok(first) = waiting.recv() {
        let mut group = Vec::new();
        let mut closing = None;
        let mut next = Some(first);
        while let Some(request) = next.take() {
            match request {
                Request::Work(job) => group.push(job),
                Request::Close(reply) => closing = Some(reply),
            }
            if closing.is_none() && group.len() < GROUP {
                next = waiting.try_recv().ok();
            }
        }
        commit(&connection, group);
        if let Some(reply) = closing {
            if let Err((_, error)) = connection.close() {
                warn!(%error, "the store did not close cleanly: {error}");
            }
            let _ = reply.send(());
            return;
        }
    }
}

/// One transaction for all; if that fails, one for each, so that a request that cannot be kept takes no other with it.
fn commit(connection: &Connection, mut group: Vec<Box<dyn Job>>) {
    match transact(connection, &mut group) {
        Ok(()) => group.into_iter().for_each(|job| job.answer(Ok(()))),
        Err(error) if group.len() == 1 => group.into_iter().for_each(|job| job.answer(Err(error.clone()))),
        Err(_) => {
            for job in group {
                let mut alone = vec![job];
                let outcome = transact(connection, &mut alone);
                alone.into_iter().for_each(|job| job.answer(outcome.clone()));
            }
        }
    }
}

fn transact(connection: &Connection, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
    if group.is_empty() {
        return Ok(());
    }
    let wipes = group.iter().any(|job| job.wipes());
    // DEFERRED: a thread that only reads takes no lock for writing.
    execute(connection, "BEGIN")?;
    let outcome = group.iter_mut().try_for_each(|job| job.run(connection)).and_then(|()| execute(connection, "COMMIT"));
    // A full disk makes SQLite roll back by itself.
    if outcome.is_err()
        && !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        warn!(%error, "a transaction could not be rolled back: {error}");
    }
    if wipes && outcome.is_ok() {
        fold(connection);
    }
    outcome
}

/// Runs a statement that is run for every group, and so not read anew each time.
fn execute(connection: &Connection, statement: &str) -> Result<(), StoreError> {
    let done = connection.prepare_cached(statement).and_then(|mut prepared| prepared.execute([]));
    done.map(drop).map_err(|error| explain(&error))
}

fn fold(connection: &Connection) {
    let folded = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    if !matches!(folded, Ok(0)) {
        warn!("what was deleted is still in the write-ahead log until the store is next at rest");
    }
}
