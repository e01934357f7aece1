//! Which way to the relay: by websocket, or over HTTP where no websocket gets through.

use shared::sync::Millis;

/// Websockets in a row that end without the relay's word, before both sides have joined or soon after, until HTTP is tried.
const FAILURES: u32 = 2;
/// A websocket that held for so long works.
pub(super) const HELD: Millis = Millis::from_secs(60);
/// How long after joining over HTTP a websocket is tried again; doubled each time that it fails.
const FIRST_ATTEMPT: Millis = Millis::from_secs(5);
/// Longest wait between two tries.
const LONGEST: Millis = Millis::from_secs(300);

/// How frames travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Way {
    /// The fast way.
    Websocket,
    /// The slower one, in requests that each end.
    Http,
}

/// What is known of the ways. A websocket comes first, until HTTP was seen to work where it did not; and from then on
/// again as soon as one gets through and holds.
#[derive(Debug, Default)]
pub(super) struct Ways {
    /// Websockets in a row that failed.
    failures: u32,
    /// Whether a line was joined over HTTP since a websocket last got through.
    is_blocked: bool,
    /// Whether websockets get through here only to be broken soon after: each that is tried costs the line.
    is_broken: bool,
    /// Since when a websocket has been joined.
    since: Option<Millis>,
    /// Whether the way that came first has failed, and the other one is being tried.
    is_second: bool,
    /// When to try a websocket beside a line over HTTP.
    next_attempt: Option<Millis>,
    wait: Millis,
}

impl Ways {
    /// The way to dial first.
    pub(super) fn first(&self) -> Way {
        if self.is_blocked { Way::Http } else { Way::Websocket }
    }

    /// Notes that a way failed before both sides had joined. Gives the other one, if it is to be tried at once.
    pub(super) fn failed(&mut self, way: Way) -> Option<Way> {
        if way == Way::Websocket {
            self.failures = self.failures.saturating_add(1);
        }
        self.is_second = !self.is_second && (way == Way::Http || self.failures >= FAILURES);
        let other = if way == Way::Http { Way::Websocket } else { Way::Http };
        self.is_second.then_some(other)
    }

    /// Notes that a way ended without the relay's word after both sides had joined. Gives the other one, if it is to be
    /// dialled at once.
    pub(super) fn broke(&mut self, now: Millis, way: Way) -> Option<Way> {
        let has_held = self.since.is_some_and(|since| since + HELD <= now);
        if way == Way::Http || has_held {
            self.answered(way);
            return None;
        }
        self.since = None;
        self.failures = self.failures.saturating_add(1);
        if self.failures < FAILURES {
            return None;
        }
        if !self.is_broken {
            (self.is_broken, self.wait) = (true, FIRST_ATTEMPT);
        }
        self.is_second = true;
        Some(Way::Http)
    }

    /// Notes that the relay's word came through.
    pub(super) fn answered(&mut self, way: Way) {
        (self.is_second, self.since, self.next_attempt) = (false, None, None);
        if way == Way::Websocket {
            (self.failures, self.is_blocked, self.is_broken) = (0, false, false);
        }
    }

    /// Notes that both sides have joined.
    pub(super) fn joined(&mut self, now: Millis, way: Way) {
        (self.is_second, self.next_attempt) = (false, None);
        match way {
            // Whether it works is known once it has held.
            Way::Websocket => self.since = Some(now),
            Way::Http if self.is_broken => {
                self.is_blocked = true;
                self.attempt_failed(now);
            }
            Way::Http => {
                // A line that is dialled anew may stand in another network.
                let first = if self.is_blocked { Millis(0) } else { FIRST_ATTEMPT };
                (self.is_blocked, self.wait, self.next_attempt) = (true, FIRST_ATTEMPT, Some(now + first));
            }
        }
    }

    /// When a websocket is to be tried beside the line.
    pub(super) fn next_attempt(&self) -> Option<Millis> {
        self.next_attempt
    }

    /// Whether one is to be tried now; the next is not due before this one has failed.
    pub(super) fn takes_attempt(&mut self, now: Millis) -> bool {
        self.next_attempt.take_if(|due| *due <= now).is_some()
    }

    /// Notes that the websocket beside the line failed, or took its place and was broken soon after.
    pub(super) fn attempt_failed(&mut self, now: Millis) {
        self.next_attempt = Some(now + self.wait);
        self.wait = Millis(self.wait.0.saturating_mul(2)).min(LONGEST);
    }

    /// The network may be another one: a websocket that is waited for is tried now.
    pub(super) fn try_now(&mut self, now: Millis) {
        if self.next_attempt.is_some() {
            (self.next_attempt, self.wait) = (Some(now), FIRST_ATTEMPT);
        }
    }
}
