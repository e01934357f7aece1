//! How much of a document's task one socket may take.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use shared::sync::Millis;
use tokio::sync::Notify;

/// Processor time that one socket may use in its documents, in microseconds for each millisecond that passes.
const MICROS_PER_MILLI: i64 = 250;
/// How much at once after a quiet time, in microseconds: a device that comes back with weeks of work is not held up.
const BURST_MICROS: i64 = 2_000_000;
/// Bytes of a socket's messages that wait for a document; beyond, nothing more is read from the socket.
const WAITING_BYTES: usize = 64 << 10;
/// What takes longer than this is not done on the threads that serve sockets.
const LONG: Duration = Duration::from_millis(2);

/// What a socket has asked of its documents, kept by both: the documents count, and the socket reads no more while it
/// has asked for too much. A peer that is not read from fills its own line and nothing else.
#[derive(Debug)]
pub(crate) struct Share {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug)]
struct State {
    waiting: usize,
    micros_left: i64,
    at: Millis,
    last_was_long: bool,
}

/// Whether a socket may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It may.
    Now,
    /// Once something of its was done; [`Share::changed`] tells.
    Later,
    /// Not before this time.
    At(Millis),
}

impl Share {
    pub(crate) fn new(now: Millis) -> Self {
        let state = State { waiting: 0, micros_left: BURST_MICROS, at: now, last_was_long: false };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a message that goes to a document.
    pub(crate) fn asked(&self, bytes: usize) {
        self.lock().waiting += bytes;
    }

    /// Counts what a message took.
    pub(crate) fn done(&self, now: Millis, bytes: usize, took: Duration) {
        let mut state = self.lock();
        state.pass(now);
        let before = state.waiting;
        state.waiting = before.saturating_sub(bytes);
        state.micros_left -= i64::try_from(took.as_micros()).unwrap_or(i64::MAX);
        state.last_was_long = took > LONG;
        let has_room_again = before >= WAITING_BYTES && state.waiting < WAITING_BYTES;
        drop(state);
        if has_room_again {
            self.changed.notify_one();
        }
    }

    /// Whether the socket's last message took long; so may the next.
    pub(crate) fn last_was_long(&self) -> bool {
        self.lock().last_was_long
    }

    /// Whether the socket may be read.
    pub(crate) fn turn(&self, now: Millis) -> Turn {
        let mut state = self.lock();
        state.pass(now);
        if state.waiting >= WAITING_BYTES {
            Turn::Later
        } else if state.micros_left > 0 {
            Turn::Now
        } else {
            // The line would be taken for dead if it were not read for long, so a debt is forgiven after a while.
            let owed = u64::try_from(-state.micros_left / MICROS_PER_MILLI + 1).unwrap_or(0);
            Turn::At(now + Millis(owed))
        }
    }

    /// Waits until there may be room again.
    pub(crate) async fn changed(&self) {
        self.changed.notified().await;
    }
}

impl State {
    fn pass(&mut self, now: Millis) {
        let back = i64::try_from(now.since(self.at).0).unwrap_or(i64::MAX).saturating_mul(MICROS_PER_MILLI);
        self.micros_left = self.micros_left.saturating_add(back).clamp(-BURST_MICROS / 4, BURST_MICROS);
        self.at = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_that_uses_more_than_its_share_is_read_later() {
        let share = Share::new(Millis(0));
        share.done(Millis(0), 0, Duration::from_millis(1_900));
        assert_eq!(share.turn(Millis(0)), Turn::Now);
        share.done(Millis(0), 0, Duration::from_millis(200));
        assert_eq!(share.turn(Millis(0)), Turn::At(Millis(401)));
        assert_eq!(share.turn(Millis(401)), Turn::Now);
        share.done(Millis(401), 0, Duration::from_secs(60));
        // At most so long that the line is not taken for dead.
        assert_eq!(share.turn(Millis(402)), Turn::At(Millis(402 + 2_001)));
    }

    #[test]
    fn a_socket_is_not_read_while_much_of_it_waits() {
        let share = Share::new(Millis(0));
        share.asked(WAITING_BYTES);
        assert_eq!(share.turn(Millis(0)), Turn::Later);
        share.done(Millis(0), WAITING_BYTES, Duration::ZERO);
        assert_eq!(share.turn(Millis(0)), Turn::Now);
    }
}
