//! The frames of a line over HTTP: requests hand them in here, and wait here for others.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use shared::sync::http_line::{Accepted, Batch};
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::Event;
use crate::hub::outbox::Weight;

/// Frames that wait to go down, above which no request that brings others is taken.
const TOO_MANY: usize = 2_048;
/// How long the last answer may take, once the line is closed here.
const FAREWELL: Duration = Duration::from_secs(1);

/// A request that brings something.
#[derive(Debug)]
pub(crate) enum Up {
    /// Frames; `taken` is told once they are in order.
    Batch { batch: Batch, taken: oneshot::Sender<()> },
    /// A body longer than is read at all.
    TooLong,
    /// A body that is no batch.
    Malformed,
}

/// A request that waits for frames.
#[derive(Debug)]
pub(crate) struct Down {
    /// The last batch that the other end has.
    pub(crate) taken: u64,
    /// Where the body of the answer goes.
    pub(crate) answer: oneshot::Sender<Vec<u8>>,
}

/// How long things may take on such a line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// A request that waits is answered after this.
    pub(crate) poll: Duration,
    /// The line is dead after this time without one.
    pub(crate) unheard: Duration,
}

/// The line, as requests reach it. When all are dropped, the line ends.
#[derive(Debug, Clone)]
pub(crate) struct Reach {
    pub(crate) ups: mpsc::Sender<Up>,
    pub(crate) downs: mpsc::Sender<Down>,
}

/// Somebody who waits for frames.
#[derive(Debug)]
struct Waiter {
    answer: oneshot::Sender<Vec<u8>>,
    until: Instant,
}

/// A line over HTTP with the frames that wait for it.
#[derive(Debug)]
pub(crate) struct HttpPump {
    ups: mpsc::Receiver<Up>,
    downs: mpsc::Receiver<Down>,
    times: Times,
    accepted: Accepted,
    /// Of the frames that wait.
    queued: Vec<Arc<Weight>>,
    /// Of those that are on their way down.
    writing: Vec<Arc<Weight>>,
    /// What came up, and is not handled yet.
    incoming: VecDeque<Vec<u8>>,
    waiter: Option<Waiter>,
    /// When the line is dead, if nobody waits by then.
    dead_at: Instant,
    /// Set once the line is closed: nothing that comes in counts any more.
    leave_by: Option<Instant>,
}

impl HttpPump {
    /// A line that has just opened, and how requests reach it.
    pub(crate) fn open(times: Times) -> (Self, Reach) {
        // One request of a kind is handled while the next one waits.
        let ((up, ups), (down, downs)) = (mpsc::channel(1), mpsc::channel(1));
        let pump = Self {
            ups,
            downs,
            times,
            accepted: Accepted::default(),
            queued: Vec::new(),
            writing: Vec::new(),
            incoming: VecDeque::new(),
            waiter: None,
            dead_at: Instant::now() + times.unheard,
            leave_by: None,
        };
        (pump, Reach { ups: up, downs: down })
    }

    pub(super) fn send(&mut self, frame: Vec<u8>, weight: Option<Arc<Weight>>) {
        if self.leave_by.is_none() {
            self.accepted.send(frame);
            self.queued.extend(weight);
        }
    }

    pub(super) fn close(&mut self) {
        self.incoming.clear();
        self.leave_by.get_or_insert_with(|| Instant::now() + FAREWELL);
    }

    pub(super) fn has_room(&self) -> bool {
        self.accepted.has_room()
    }

    pub(super) fn leave_by(&self) -> Option<Instant> {
        self.leave_by
    }

    pub(super) async fn next(&mut self, may_read: bool) -> Event {
        if may_read && let Some(frame) = self.incoming.pop_front() {
            return Event::Frame(frame.into());
        }
        if self.answer() {
            return Event::Wrote;
        }
        let has_read = self.incoming.is_empty() && self.accepted.waiting() < TOO_MANY;
        let listens = self.leave_by.is_some() || (may_read && has_read);
        let due = self.waiter.as_ref().map_or(self.dead_at, |waiter| waiter.until);
        tokio::select! {
            down = self.downs.recv() => self.asked(down),
            up = self.ups.recv(), if listens => self.took(up),
            () = given_up(&mut self.waiter) => {
                self.released();
                Event::Wrote
            }
            () = tokio::time::sleep_until(due) => self.due(),
        }
    }

    /// Hands what waits to whoever waits for it; whether both were there.
    fn answer(&mut self) -> bool {
        let Some(waiter) = self.waiter.take_if(|waiter| !waiter.answer.is_closed()) else { return false };
        let waited = self.accepted.waiting();
        let Some(body) = self.accepted.answer().map(<[u8]>::to_vec) else {
            self.waiter = Some(waiter);
            return false;
        };
        if self.accepted.waiting() < waited {
            self.writing = std::mem::take(&mut self.queued);
        }
        // Whether it arrives is said by the next request; until then it is kept.
        let _ = waiter.answer.send(body);
        self.released();
        true
    }

    fn released(&mut self) {
        self.waiter = None;
        self.dead_at = Instant::now() + self.times.unheard;
    }

    fn asked(&mut self, down: Option<Down>) -> Event {
        let Some(Down { taken, answer }) = down else { return Event::Ended };
        match self.accepted.acknowledge(taken) {
            Ok(true) => self.writing.clear(),
            Ok(false) => {}
            Err(_) => return Event::Malformed,
        }
        if self.leave_by.is_some() && self.accepted.is_drained() {
            return Event::Ended;
        }
        let waiter = Waiter { answer, until: Instant::now() + self.times.poll };
        if let Some(before) = self.waiter.replace(waiter) {
            // A request that came twice: the one that is still read asks again.
            let _ = before.answer.send(self.accepted.nothing());
        }
        Event::Pong
    }

    fn took(&mut self, up: Option<Up>) -> Event {
        match up {
            None => Event::Ended,
            Some(Up::Batch { taken, .. }) if self.leave_by.is_some() => {
                let _ = taken.send(());
                Event::Wrote
            }
            Some(_) if self.leave_by.is_some() => Event::Wrote,
            Some(Up::TooLong) => Event::TooLong,
            Some(Up::Malformed) => Event::Malformed,
            Some(Up::Batch { batch, taken }) => match self.accepted.take(batch) {
                Ok(frames) => {
                    self.incoming = frames.into();
                    let _ = taken.send(());
                    Event::Wrote
                }
                Err(_) => Event::Malformed,
            },
        }
    }

    /// Whoever waits has waited long enough, or nobody has waited for too long.
    fn due(&mut self) -> Event {
        // One that came while this line's task was busy waits already.
        if self.waiter.is_none()
            && let Ok(down) = self.downs.try_recv()
        {
            return self.asked(Some(down));
        }
        let Some(waiter) = self.waiter.take() else { return Event::Ended };
        let _ = waiter.answer.send(self.accepted.nothing());
        self.released();
        Event::Wrote
    }
}

/// Waits until whoever waits is gone.
async fn given_up(waiter: &mut Option<Waiter>) {
    match waiter {
        Some(waiter) => waiter.answer.closed().await,
        None => std::future::pending().await,
    }
}
