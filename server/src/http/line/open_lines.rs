//! The lines over HTTP that are open, by their names.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

use crate::random;
use crate::socket::http::Reach;

/// Requests with frames that may be read for one line at a time.
const UPLOADS: usize = 2;

/// A line, as requests find it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) reach: Reach,
    pub(super) uploads: Arc<Semaphore>,
}

/// The lines that are open, at most so many.
#[derive(Debug)]
pub(crate) struct OpenLines {
    lines: Mutex<HashMap<String, Line>>,
    most: usize,
}

/// There are as many lines as there may be.
#[derive(Debug)]
pub(super) struct NoRoom;

/// A line's place, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    lines: Arc<OpenLines>,
    name: String,
}

impl OpenLines {
    /// Room for half of `sockets`: a line over HTTP costs whoever opens it no connection, so that strangers could take
    /// every place from those who have one.
    pub(crate) fn beside(sockets: usize) -> Arc<Self> {
        Arc::new(Self { lines: Mutex::default(), most: sockets.div_ceil(2) })
    }

    pub(super) fn add(self: &Arc<Self>, reach: Reach) -> Result<Place, NoRoom> {
        let mut lines = self.lock();
        if lines.len() >= self.most {
            return Err(NoRoom);
        }
        let name = random::hex::<16>();
        lines.insert(name.clone(), Line { reach, uploads: Arc::new(Semaphore::new(UPLOADS)) });
        Ok(Place { lines: Arc::clone(self), name })
    }

    pub(super) fn get(&self, name: &str) -> Option<Line> {
        self.lock().get(name).cloned()
    }

    /// Lets a line end once no request holds it any more.
    pub(super) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Line>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.lines.remove(&self.name);
    }
}
