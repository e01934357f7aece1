//! The line to the relay: when to dial, and how it stands. Joining and heartbeat are the connection's own.

use std::rc::Rc;

use shared::access::{Capability, PublicKey};
use shared::sync::connection::{Backoff, Connection, Input, Limits, Local, Output};
use shared::sync::message::{Claim, CloseReason, Message};
use shared::sync::{Millis, PeerId};

use super::delivery::Line as LineState;

/// How long to wait before dialling again after the relay did not let us in: the reason rarely goes away by itself,
/// but a facilitator who brings the workshop to an empty relay does make it go away.
const AFTER_REFUSAL: Millis = Millis::from_secs(20);

/// Who we are on the line.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) capability: Capability,
    pub(super) public_key: Option<PublicKey>,
    pub(super) session: [u8; 16],
    pub(super) app: String,
}

impl Caller {
    fn local(&self, peer: PeerId) -> Local {
        let claim = Claim {
            workshop: self.capability.workshop.0,
            role: self.capability.role.name().to_owned(),
            secret: self.capability.secret.to_bytes(),
            public_key: self.public_key.map(|key| key.0),
            session: self.session,
            app: self.app.clone(),
        };
        Local::client(peer, claim)
    }
}

/// What happened to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineInput<'a> {
    /// The socket is open.
    Opened,
    /// A binary frame came in.
    Frame(&'a [u8]),
    /// The socket is gone, or never opened.
    Closed,
    /// Time passed.
    Tick,
    /// There is reason to believe that it may work now: the page is seen again, the network is back, somebody asked.
    TryNow,
}

/// What the line wants done, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LineOutput {
    /// Open a socket.
    Dial,
    /// Send a frame on it.
    Transmit(Vec<u8>),
    /// Close it; nothing that it still reports is wanted.
    HangUp,
    /// Both sides have joined.
    Joined,
    /// A message came in.
    Deliver(Box<Message>),
    /// The line is down.
    Down,
}

/// The line, now and next time.
#[derive(Debug)]
pub(super) struct Line {
    caller: Caller,
    peer: PeerId,
    connection: Option<Connection>,
    backoff: Backoff,
    next_try: Option<Millis>,
    state: LineState,
    relay: Option<Rc<str>>,
    /// A random number for each wait, from the seed on.
    spread: u64,
}

impl Line {
    /// A line that dials at `now`. `seed` is any evenly spread number.
    pub(super) fn new(now: Millis, caller: Caller, seed: u64) -> Self {
        let peer = peer_id(&caller.session);
        let state = LineState::Connecting;
        Self {
            caller,
            peer,
            connection: None,
            backoff: Backoff::default(),
            next_try: Some(now),
            state,
            relay: None,
            spread: seed,
        }
    }

    /// How it stands.
    pub(super) fn state(&self) -> LineState {
        self.state.clone()
    }

    /// The relay's name, once it has said it.
    pub(super) fn relay(&self) -> Option<Rc<str>> {
        self.relay.clone()
    }

    /// When the next try is due.
    pub(super) fn next_try(&self) -> Option<Millis> {
        self.next_try
    }

    /// Whether both sides have joined.
    pub(super) fn is_joined(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| connection.remote().is_some())
    }

    /// Our peer id.
    pub(super) fn peer(&self) -> &PeerId {
        &self.peer
    }

    /// When [`LineInput::Tick`] is due.
    pub(super) fn next_deadline(&self) -> Option<Millis> {
        let connection = self.connection.as_ref().and_then(Connection::next_deadline);
        [self.next_try, connection].into_iter().flatten().min()
    }

    /// Presents the workshop's public key from the next dialling on.
    pub(super) fn learn(&mut self, public_key: PublicKey) {
        self.caller.public_key = Some(public_key);
    }

    /// Takes one input and returns what must be done, in order.
    pub(super) fn handle(&mut self, now: Millis, input: LineInput<'_>) -> Vec<LineOutput> {
        match input {
            LineInput::Opened => self.pass(now, Input::Opened),
            LineInput::Frame(bytes) => self.pass(now, Input::Received(bytes)),
            LineInput::Closed => self.pass(now, Input::Closed),
            LineInput::Tick => {
                let outputs = self.pass(now, Input::Tick);
                if self.next_try.is_some_and(|due| due <= now) { self.dial(now, outputs) } else { outputs }
            }
            LineInput::TryNow if self.connection.is_none() && !matches!(self.state, LineState::Closed(_)) => {
                self.dial(now, Vec::new())
            }
            LineInput::TryNow => self.pass(now, Input::Tick),
        }
    }

    /// Sends a message, if both sides have joined.
    pub(super) fn send(&mut self, now: Millis, message: Message) -> Vec<LineOutput> {
        let outputs = self.connection.as_mut().map(|connection| connection.send(now, message)).unwrap_or_default();
        self.carry_out(now, outputs)
    }

    /// Gives this line up and tries another.
    pub(super) fn give_up(&mut self, now: Millis, reason: CloseReason) -> Vec<LineOutput> {
        let outputs = self.connection.as_mut().map(|connection| connection.close(now, reason)).unwrap_or_default();
        self.carry_out(now, outputs)
    }

    /// The workshop is closed for good: nothing is dialled any more.
    pub(super) fn close_for_good(&mut self, now: Millis, reason: &CloseReason) -> Vec<LineOutput> {
        let outputs = self.give_up(now, CloseReason::Done);
        self.next_try = None;
        self.state = LineState::Closed(reason.code().into());
        outputs
    }

    fn dial(&mut self, now: Millis, mut outputs: Vec<LineOutput>) -> Vec<LineOutput> {
        self.connection = Some(Connection::dial(now, self.caller.local(self.peer.clone()), Limits::DIALLING));
        self.next_try = None;
        self.state = LineState::Connecting;
        outputs.push(LineOutput::Dial);
        outputs
    }

    fn pass(&mut self, now: Millis, input: Input<'_>) -> Vec<LineOutput> {
        let outputs = self.connection.as_mut().map(|connection| connection.handle(now, input)).unwrap_or_default();
        self.carry_out(now, outputs)
    }

    fn carry_out(&mut self, now: Millis, outputs: Vec<Output>) -> Vec<LineOutput> {
        let mut wanted = Vec::new();
        for output in outputs {
            match output {
                Output::Transmit(frame) => wanted.push(LineOutput::Transmit(frame)),
                Output::Joined { metadata, .. } => {
                    let name = metadata.announcement.and_then(|announcement| announcement.relay);
                    self.relay = name.map(Into::into).or(self.relay.take());
                    self.backoff.joined();
                    self.state = LineState::Online;
                    wanted.push(LineOutput::Joined);
                }
                Output::Deliver(message) => wanted.push(LineOutput::Deliver(Box::new(message))),
                Output::Close(reason) => {
                    self.down(now, &reason);
                    wanted.extend([LineOutput::HangUp, LineOutput::Down]);
                }
                // A browser pings by itself, and nobody dials us.
                Output::Ping | Output::Admit(_) => {}
            }
        }
        wanted
    }

    fn down(&mut self, now: Millis, reason: &CloseReason) {
        self.connection = None;
        self.spread = self.spread.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = self.backoff.next_wait(self.spread >> 33);
        let (state, wait) = match reason {
            CloseReason::Deleted => (LineState::Closed(reason.code().into()), None),
            CloseReason::UnknownLink
            | CloseReason::Revoked
            | CloseReason::CreateRefused
            | CloseReason::TooMany
            | CloseReason::Version
            | CloseReason::FrameTooLong
            | CloseReason::Rate
            | CloseReason::Malformed => (LineState::Refused(reason.code().into()), Some(wait.max(AFTER_REFUSAL))),
            CloseReason::Silent => (LineState::Silent, Some(wait)),
            CloseReason::PeerIdTaken => {
                // Somebody took the name that we go by; it means nothing, so we take another.
                self.peer = peer_id(&self.spread.to_le_bytes());
                (LineState::Offline, Some(wait))
            }
            CloseReason::Replaced
            | CloseReason::ShuttingDown
            | CloseReason::NotJoined
            | CloseReason::JoinTimedOut
            | CloseReason::Left
            | CloseReason::Broken
            | CloseReason::Done
            | CloseReason::Other(_) => (LineState::Offline, Some(wait)),
        };
        self.state = state;
        self.next_try = wait.map(|wait| now + wait);
    }
}

fn peer_id(random: &[u8]) -> PeerId {
    let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    PeerId::new(&format!("app-{name}")).expect("the name is neither empty nor long")
}

#[cfg(test)]
mod tests {
    use shared::access::{FacilitatorSecret, Role};
    use shared::sync::message::Features;

    use super::*;

    fn line() -> Line {
        let capability = FacilitatorSecret::from_random([1; 16]).capability(Role::Participant);
        let caller = Caller { capability, public_key: None, session: [2; 16], app: "test".into() };
        Line::new(Millis(0), caller, 7)
    }

    fn relay(now: u64) -> Connection {
        Connection::accept(Millis(now), Local::relay(PeerId::new("relay").unwrap(), "Relæet"), Limits::ACCEPTING)
    }

    /// Carries frames between the two until nothing more is said, admitting whoever asks; gives what the line wants.
    fn meet(now: u64, line: &mut Line, relay: &mut Connection, mut frames: Vec<LineOutput>) -> Vec<LineOutput> {
        let (now, mut seen) = (Millis(now), Vec::new());
        while !frames.is_empty() {
            let output = frames.remove(0);
            let LineOutput::Transmit(frame) = output else {
                seen.push(output);
                continue;
            };
            let mut answers = relay.handle(now, Input::Received(&frame));
            while !answers.is_empty() {
                match answers.remove(0) {
                    Output::Transmit(frame) => frames.extend(line.handle(now, LineInput::Frame(&frame))),
                    Output::Admit(join) => {
                        let claim = join.metadata.announcement.unwrap().claim.unwrap();
                        assert_eq!(claim.role, "participant");
                        answers.extend(relay.admit(now));
                    }
                    _ => {}
                }
            }
        }
        seen
    }

    fn online(now: u64) -> (Line, Connection) {
        let (mut line, mut relay) = (line(), relay(now));
        assert_eq!(line.handle(Millis(now), LineInput::Tick), [LineOutput::Dial]);
        let join = line.handle(Millis(now), LineInput::Opened);
        assert_eq!(meet(now, &mut line, &mut relay, join), [LineOutput::Joined]);
        (line, relay)
    }

    #[test]
    fn a_line_joins_and_learns_the_relays_name() {
        let (line, _) = online(0);
        assert_eq!((line.state(), line.relay().as_deref()), (LineState::Online, Some("Relæet")));
        assert!(line.connection.unwrap().remote_has(Features::DURABLE));
    }

    #[test]
    fn a_silent_line_is_noticed_within_ten_seconds_and_dialled_again() {
        let (mut line, _) = online(0);
        let mut now = Millis(0);
        while line.state() == LineState::Online {
            now = line.next_deadline().unwrap();
            line.handle(now, LineInput::Tick);
        }
        assert!(now <= Millis::from_secs(10), "{now}");
        assert_eq!(line.state(), LineState::Silent);
        let due = line.next_try().unwrap();
        assert!(due > now && due <= now + Millis(500));
        assert_eq!(line.handle(due, LineInput::Tick), [LineOutput::Dial]);
    }

    #[test]
    fn a_relay_that_is_not_there_is_tried_ever_more_rarely_and_at_once_when_asked() {
        let mut line = line();
        let mut now = Millis(0);
        let mut waits = Vec::new();
        for _ in 0..10 {
            assert_eq!(line.handle(now, LineInput::Tick), [LineOutput::Dial]);
            line.handle(now, LineInput::Closed);
            let due = line.next_try().unwrap();
            waits.push(due.since(now).0);
            now = due;
        }
        assert!(waits[0] <= 500 && waits[9] >= 15_000 && waits[9] <= 30_000, "{waits:?}");
        line.handle(now, LineInput::Tick);
        line.handle(now, LineInput::Closed);
        assert_eq!(line.handle(now, LineInput::TryNow), [LineOutput::Dial]);
        assert_eq!(line.handle(now, LineInput::TryNow), [], "it is being dialled already");
    }

    #[test]
    fn a_deleted_workshop_is_not_dialled_again() {
        let (mut line, mut relay) = online(0);
        let closed = relay.close(Millis(1), CloseReason::Deleted);
        let Output::Transmit(frame) = &closed[0] else { panic!("{closed:?}") };
        assert_eq!(line.handle(Millis(1), LineInput::Frame(frame)), [LineOutput::HangUp, LineOutput::Down]);
        assert_eq!((line.state(), line.next_try()), (LineState::Closed("deleted".into()), None));
        assert_eq!(line.handle(Millis(2), LineInput::TryNow), []);
    }

    #[test]
    fn a_link_that_is_not_let_in_says_why_and_tries_again_rarely() {
        let (mut line, mut relay) = (line(), relay(0));
        line.handle(Millis(0), LineInput::Tick);
        let join = line.handle(Millis(0), LineInput::Opened);
        let LineOutput::Transmit(frame) = &join[0] else { panic!("{join:?}") };
        relay.handle(Millis(0), Input::Received(frame));
        let refused = relay.refuse(Millis(0), CloseReason::UnknownLink);
        let Output::Transmit(frame) = &refused[0] else { panic!("{refused:?}") };
        line.handle(Millis(0), LineInput::Frame(frame));
        assert_eq!(line.state(), LineState::Refused("unknown-link".into()));
        assert!(line.next_try().unwrap() >= AFTER_REFUSAL);
    }
}
