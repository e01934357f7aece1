//! One line between two peers: joining, heartbeat, limits, and who a message is from.
//!
//! The same value serves the relay ([`Connection::accept`]) and whoever dials it ([`Connection::dial`]). It owns no
//! socket and no clock: the shell hands it what came in and what time it is, and carries out what it returns, in
//! order. Documents are not known here; messages about them are delivered to the shell, which gives them to a
//! [`super::DocumentSync`].

mod attribution;
mod backoff;
mod ephemeral_filter;
mod input;
mod limits;
mod local;
mod rate;

pub use backoff::Backoff;
pub use input::{Input, Output};
pub use limits::Limits;
pub use local::Local;
pub use rate::RateLimit;

use std::collections::BTreeSet;

use super::identity::PeerId;
use super::measure::Millis;
use super::message::{
    CloseReason, DocumentNames, ErrorNotice, Features, FrameError, Join, Leave, Message, PROTOCOL_VERSION, Peer,
    RefusedReason, decode_with, encode_compact, encode_with,
};
use ephemeral_filter::EphemeralFilter;
use local::features_of;
use rate::Rate;

/// A join must be complete within this time of opening (S2).
pub const JOIN_TIME: Millis = Millis::from_secs(10);
/// A side that announced heartbeats sends one after this long without sending anything else (S7).
pub const HEARTBEAT_EVERY: Millis = Millis::from_secs(3);
/// A line between two sides with heartbeats is dead after this long without a word (S7).
pub const SILENCE: Millis = Millis::from_secs(9);
/// A stock peer is pinged this often (S8); a stock client reconnects after 5 s of its own.
pub const PING_EVERY: Millis = Millis::from_secs(5);
/// A stock peer's line is dead after this long without a word or a pong (S8).
pub const PING_SILENCE: Millis = Millis::from_secs(15);
/// How much of the silence must be listened to at its end: whoever was busy finds what came meanwhile unread (S7).
pub const LISTENING: Millis = Millis::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Accepting,
    Dialling,
}

/// Each phase holds what that phase has, and nothing else.
#[derive(Debug, Clone, PartialEq)]
enum Phase {
    /// Accepting: the first frame must be a join.
    AwaitingJoin,
    /// Accepting: the shell is deciding.
    AwaitingAdmission {
        join: Box<Join>,
    },
    /// Dialling: the join is out, or goes out when the socket opens.
    AwaitingPeer,
    Joined {
        remote: PeerId,
        features: Features,
    },
    Closed,
}

/// One line between two peers.
#[derive(Debug)]
pub struct Connection {
    side: Side,
    local: Local,
    limits: Limits,
    phase: Phase,
    opened_at: Millis,
    last_heard: Millis,
    /// Set once the line has been silent but for [`LISTENING`]: since when it is listened to.
    doubted_at: Option<Millis>,
    last_sent: Millis,
    messages: Rate,
    bytes: Rate,
    ephemeral: EphemeralFilter,
    /// Why changes were not taken, as far as a stock peer was told.
    told_refused: BTreeSet<RefusedReason>,
    names: DocumentNames,
}

impl Connection {
    /// A line that somebody dialled to us. The join must come within [`JOIN_TIME`] of `now`.
    #[must_use]
    pub fn accept(now: Millis, local: Local, limits: Limits) -> Self {
        Self::new(now, Side::Accepting, local, limits, Phase::AwaitingJoin)
    }

    /// A line that we dial. The join goes out on [`Input::Opened`].
    #[must_use]
    pub fn dial(now: Millis, local: Local, limits: Limits) -> Self {
        Self::new(now, Side::Dialling, local, limits, Phase::AwaitingPeer)
    }

    fn new(now: Millis, side: Side, local: Local, limits: Limits, phase: Phase) -> Self {
        Self {
            side,
            local,
            limits,
            phase,
            opened_at: now,
            last_heard: now,
            doubted_at: None,
            last_sent: now,
            messages: Rate::new(now, limits.messages),
            bytes: Rate::new(now, limits.bytes),
            ephemeral: EphemeralFilter::default(),
            told_refused: BTreeSet::new(),
            names: DocumentNames::default(),
        }
    }

    /// The other side, once both have joined.
    #[must_use]
    pub fn remote(&self) -> Option<&PeerId> {
        if let Phase::Joined { remote, .. } = &self.phase { Some(remote) } else { None }
    }

    /// Whether the other side announced `feature`; frames of our own go to no other.
    #[must_use]
    pub fn remote_has(&self, feature: &str) -> bool {
        matches!(&self.phase, Phase::Joined { features, .. } if features.has(feature))
    }

    /// Whether nothing more will come out of this value.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.phase == Phase::Closed
    }

    /// When [`Input::Tick`] is due; `None` when nothing is waited for.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Millis> {
        match &self.phase {
            Phase::AwaitingJoin | Phase::AwaitingAdmission { .. } | Phase::AwaitingPeer => {
                Some(self.opened_at + JOIN_TIME)
            }
            Phase::Joined { features, .. } => {
                let (every, silence) = self.rhythm(features)?;
                Some((self.last_sent + every).min(self.silent_at(silence)))
            }
            Phase::Closed => None,
        }
    }

    /// Takes one input and returns what the caller must do next, in order. Never panics on what a peer sent.
    pub fn handle(&mut self, now: Millis, input: Input<'_>) -> Vec<Output> {
        match (&self.phase, input) {
            (Phase::Closed, _) => Vec::new(),
            (_, Input::Closed) => self.end(CloseReason::Left),
            (Phase::AwaitingPeer, Input::Opened) => self.join(now),
            (_, Input::Opened) => Vec::new(),
            (_, Input::Pong) => {
                self.heard(now);
                Vec::new()
            }
            (_, Input::Tick) => self.tick(now),
            (_, Input::Received(bytes)) => self.receive(now, bytes),
        }
    }

    /// Lets the peer in whose join came as [`Output::Admit`].
    pub fn admit(&mut self, now: Millis) -> Vec<Output> {
        let Phase::AwaitingAdmission { join } = &self.phase else { return Vec::new() };
        let Join { sender: remote, metadata, .. } = Join::clone(join);
        let features = features_of(&metadata);
        self.phase = Phase::Joined { remote: remote.clone(), features };
        let peer = self.transmit(now, &self.peer_message(remote.clone()));
        vec![peer, Output::Joined { remote, metadata }]
    }

    /// Turns the peer away whose join came as [`Output::Admit`].
    pub fn refuse(&mut self, now: Millis, reason: CloseReason) -> Vec<Output> {
        self.close(now, reason)
    }

    /// Sends `message`, with the sender and target written as they must be (S3). Nothing before joining or after
    /// closing; nothing of our own to a peer that did not announce it; no empty sync message (S6).
    pub fn send(&mut self, now: Millis, message: Message) -> Vec<Output> {
        let Some(message) = self.worded(message) else { return Vec::new() };
        let Phase::Joined { remote, features } = &self.phase else { return Vec::new() };
        let compact = features.has(Features::COMPACT) && self.local.features().has(Features::COMPACT);
        match self.addressed(remote, features, message) {
            Some(Message::Sync(data)) if compact => {
                self.last_sent = now;
                vec![Output::Transmit(encode_compact(&data))]
            }
            Some(message) => vec![self.transmit(now, &message)],
            None => Vec::new(),
        }
    }

    /// Closes the line and tells the other side why.
    pub fn close(&mut self, now: Millis, reason: CloseReason) -> Vec<Output> {
        let features = match &self.phase {
            Phase::Closed => return Vec::new(),
            Phase::AwaitingAdmission { join } => features_of(&join.metadata),
            Phase::Joined { features, .. } => features.clone(),
            Phase::AwaitingJoin | Phase::AwaitingPeer => Features::none(),
        };
        let told = match self.side {
            Side::Dialling => Message::Leave(Leave { sender: self.local.peer.clone() }),
            Side::Accepting if features.has(Features::CLOSED) => Message::Closed(reason.clone()),
            Side::Accepting => Message::Error(ErrorNotice { message: reason.to_string() }),
        };
        let told = self.transmit(now, &told);
        let mut outputs = vec![told];
        outputs.extend(self.end(reason));
        outputs
    }

    fn end(&mut self, reason: CloseReason) -> Vec<Output> {
        self.phase = Phase::Closed;
        vec![Output::Close(reason)]
    }

    fn transmit(&mut self, now: Millis, message: &Message) -> Output {
        self.last_sent = now;
        Output::Transmit(encode_with(&mut self.names, message))
    }

    fn beats_with(&self, remote: &Features) -> bool {
        remote.has(Features::HEARTBEAT) && self.local.features().has(Features::HEARTBEAT)
    }

    /// How often something is sent, and after how long without a word the line is dead (S7, S8).
    fn rhythm(&self, remote: &Features) -> Option<(Millis, Millis)> {
        match (self.beats_with(remote), self.side) {
            (true, _) => Some((HEARTBEAT_EVERY, SILENCE)),
            (false, Side::Accepting) => Some((PING_EVERY, PING_SILENCE)),
            (false, Side::Dialling) => None,
        }
    }

    /// When the line begins to be doubted; then, when it is dead.
    fn silent_at(&self, silence: Millis) -> Millis {
        self.doubted_at.map_or(self.last_heard + (silence - LISTENING), |since| since + LISTENING)
    }

    fn join(&mut self, now: Millis) -> Vec<Output> {
        let join = Join {
            sender: self.local.peer.clone(),
            metadata: self.local.metadata.clone(),
            versions: vec![PROTOCOL_VERSION.to_owned()],
        };
        vec![self.transmit(now, &Message::Join(join))]
    }

    fn peer_message(&self, target: PeerId) -> Message {
        Message::Peer(Peer {
            sender: self.local.peer.clone(),
            target,
            metadata: self.local.metadata.clone(),
            version: PROTOCOL_VERSION.to_owned(),
        })
    }

    /// S2, S7, S8: what time alone brings about.
    fn tick(&mut self, now: Millis) -> Vec<Output> {
        match &self.phase {
            Phase::AwaitingJoin | Phase::AwaitingAdmission { .. } | Phase::AwaitingPeer => {
                if now.since(self.opened_at) < JOIN_TIME {
                    return Vec::new();
                }
                self.close(now, CloseReason::JoinTimedOut)
            }
            Phase::Joined { features, .. } => {
                let Some((every, silence)) = self.rhythm(features) else { return Vec::new() };
                let beats = self.beats_with(features);
                let is_silent = now >= self.silent_at(silence);
                if is_silent && self.doubted_at.is_some() {
                    return self.close(now, CloseReason::Silent);
                }
                self.doubted_at = self.doubted_at.or(is_silent.then_some(now));
                if now.since(self.last_sent) < every {
                    Vec::new()
                } else if beats {
                    vec![self.transmit(now, &Message::Heartbeat)]
                } else {
                    self.last_sent = now;
                    vec![Output::Ping]
                }
            }
            Phase::Closed => Vec::new(),
        }
    }

    fn heard(&mut self, now: Millis) {
        self.last_heard = now;
        self.doubted_at = None;
    }

    fn receive(&mut self, now: Millis, bytes: &[u8]) -> Vec<Output> {
        self.heard(now);
        // S11: the budget is taken before the bytes are looked at.
        if !self.messages.take(now, 1) || !self.bytes.take(now, bytes.len() as u64) {
            return self.close(now, CloseReason::Rate);
        }
        match decode_with(&mut self.names, bytes, self.limits.frame) {
            Ok(message) => self.route(now, message),
            Err(FrameError::TooLong { .. }) => self.close(now, CloseReason::FrameTooLong),
            Err(FrameError::Malformed(_) | FrameError::Missing { .. }) => self.close(now, CloseReason::Malformed),
        }
    }

    fn route(&mut self, now: Millis, message: Message) -> Vec<Output> {
        match (&self.phase, message) {
            (Phase::AwaitingJoin, Message::Join(join)) => self.consider(now, join),
            // S2: nobody is answered before they have joined.
            (Phase::AwaitingJoin | Phase::AwaitingAdmission { .. }, _) => self.close(now, CloseReason::NotJoined),
            (Phase::AwaitingPeer, Message::Peer(peer)) => self.joined(now, peer),
            (Phase::AwaitingPeer | Phase::Joined { .. }, Message::Closed(reason)) => self.end(reason),
            (Phase::AwaitingPeer, _) => Vec::new(),
            (Phase::Joined { .. }, Message::Leave(_)) => self.end(CloseReason::Left),
            (Phase::Joined { remote, .. }, Message::Join(join)) => {
                // A stock client repeats its join when it is not sure that it was heard.
                if join.sender != *remote {
                    return self.close(now, CloseReason::Malformed);
                }
                vec![self.transmit(now, &self.peer_message(join.sender))]
            }
            (Phase::Joined { .. }, Message::Heartbeat | Message::Peer(_) | Message::Unknown(_)) => Vec::new(),
            (Phase::Joined { remote, .. }, message) => {
                let remote = remote.clone();
                self.attributed(remote, message).map(Output::Deliver).into_iter().collect()
            }
            (Phase::Closed, _) => Vec::new(),
        }
    }

    fn consider(&mut self, now: Millis, join: Join) -> Vec<Output> {
        if !join.versions.iter().any(|version| version == PROTOCOL_VERSION) {
            return self.close(now, CloseReason::Version);
        }
        self.phase = Phase::AwaitingAdmission { join: Box::new(join.clone()) };
        vec![Output::Admit(join)]
    }

    fn joined(&mut self, now: Millis, peer: Peer) -> Vec<Output> {
        if peer.version != PROTOCOL_VERSION {
            return self.close(now, CloseReason::Version);
        }
        let features = features_of(&peer.metadata);
        self.phase = Phase::Joined { remote: peer.sender.clone(), features };
        vec![Output::Joined { remote: peer.sender, metadata: peer.metadata }]
    }
}
