//! A thread that owns one connection, and group commit: the requests that wait are one transaction, but of large ones no
//! more than a few milliseconds of work. So a letter waits for one such transaction, however much others bring.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::oneshot;
use tracing::warn;

use crate::store::{Answer, StoreError};

/// Most requests in one transaction, so that none waits for an endless queue.
const GROUP: usize = 256;
/// A request that writes more bytes than this is a large one.
const LARGE: usize = 16 << 10;
/// Most bytes of large requests in one transaction; a larger one goes alone.
const LARGE_BYTES: usize = 256 << 10;

/// A thread with a connection. Small requests are answered in the order they came, and large ones are: a small one may go
/// before a large one that came first.
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
    /// About how many bytes it writes.
    fn bytes(&self) -> usize;
    fn answer(self: Box<Self>, outcome: Result<(), StoreError>);
}

struct Work<T, F> {
    work: F,
    wipes: bool,
    bytes: usize,
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

    fn bytes(&self) -> usize {
        self.bytes
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
        Some(ErrorCode::DatabaseCorrupt) => {
            StoreError::Failed(format!("{error}; `dialogtavle check` says what is damaged"))
        }
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
        self.ask(work, false, 0)
    }

    /// As [`Worker::run`], for work that writes about so many bytes.
    pub(super) fn write<T, F>(&self, bytes: usize, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        self.ask(work, false, bytes)
    }

    /// As [`Worker::run`]; afterwards also the write-ahead log holds nothing of what was deleted.
    pub(super) fn run_and_wipe<T, F>(&self, work: F) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        self.ask(work, true, 0)
    }

    fn ask<T, F>(&self, work: F, wipes: bool, bytes: usize) -> Answer<'_, T>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(Request::Work(Box::new(Work { work, wipes, bytes, result: None, reply })));
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

/// What waits, in the order it came.
#[derive(Default)]
struct Queue {
    small: VecDeque<Box<dyn Job>>,
    large: VecDeque<Box<dyn Job>>,
    closing: Option<oneshot::Sender<()>>,
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.small.is_empty() && self.large.is_empty()
    }

    fn push(&mut self, request: Request) {
        match request {
            Request::Work(job) if job.bytes() > LARGE => self.large.push_back(job),
            Request::Work(job) => self.small.push_back(job),
            Request::Close(reply) => self.closing = Some(reply),
        }
    }

    /// Takes in all that has come; waits if there is nothing to do. False once nothing can come any more.
    fn fill(&mut self, waiting: &Receiver<Request>) -> bool {
        if self.is_empty() && self.closing.is_none() {
            match waiting.recv() {
                Ok(request) => self.push(request),
                Err(_) => return false,
            }
        }
        while self.closing.is_none()
            && let Ok(request) = waiting.try_recv()
        {
            self.push(request);
        }
        true
    }

    /// What is stored next: small requests, and then large ones, of which there is always room for one.
    fn next_group(&mut self) -> Vec<Box<dyn Job>> {
        let mut group: Vec<_> = self.small.drain(..self.small.len().min(GROUP)).collect();
        let mut bytes = 0;
        while let Some(job) = self.large.front()
            && (bytes == 0 || bytes + job.bytes() <= LARGE_BYTES)
        {
            bytes += job.bytes();
            group.extend(self.large.pop_front());
        }
        group
    }
}

fn serve(connection: Connection, waiting: &Receiver<Request>) {
    let mut queue = Queue::default();
    while queue.fill(waiting) {
        while !queue.is_empty() {
            commit(&connection, queue.next_group());
            if queue.closing.is_none() && !queue.is_empty() {
                queue.fill(waiting);
            }
        }
        if let Some(reply) = queue.closing.take() {
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test]
    async fn a_letter_goes_before_the_rest_of_what_others_bring() {
        let worker = Worker::start("store-test", Connection::open_in_memory().unwrap()).unwrap();
        let done = Arc::new(Mutex::new(Vec::new()));
        let write = |name: &'static str, bytes: usize| {
            let done = Arc::clone(&done);
            worker.write(bytes, move |_| {
                done.lock().unwrap().push(name);
                Ok(())
            })
        };
        // Whatever comes while this runs waits.
        let (go, gone) = channel();
        let first = worker.run(move |_| {
            gone.recv().unwrap();
            Ok(())
        });
        let uploads = ["one", "two", "three"].map(|upload| write(upload, LARGE_BYTES));
        let (letter, other) = (write("letter", 100), write("other letter", 100));
        go.send(()).unwrap();
        first.await.unwrap();
        for answer in join_all(uploads.into_iter().chain([letter, other])).await {
            answer.unwrap();
        }
        assert_eq!(*done.lock().unwrap(), ["letter", "other letter", "one", "two", "three"]);
    }

    #[test]
    fn a_transaction_takes_little_of_what_is_large_and_always_some() {
        let mut queue = Queue::default();
        let mut push = |bytes: usize| {
            let (reply, _) = oneshot::channel();
            let work = |_: &Connection| Ok(());
            queue.push(Request::Work(Box::new(Work { work, wipes: false, bytes, result: None, reply })));
        };
        let half = LARGE_BYTES / 2;
        [half, 10 * LARGE_BYTES, LARGE, half, half, half].into_iter().for_each(&mut push);
        let mut groups = Vec::new();
        while !queue.is_empty() {
            groups.push(queue.next_group().iter().map(|job| job.bytes()).collect::<Vec<_>>());
        }
        assert_eq!(groups, [vec![LARGE, half], vec![10 * LARGE_BYTES], vec![half, half], vec![half]]);
    }
}
