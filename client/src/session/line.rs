//! The line to the relay: when to dial and which way, and how it stands. Joining and heartbeat are the connection's own.

#[cfg(test)]
mod tests;
mod ways;

use std::rc::Rc;

use shared::access::{Capability, PublicKey};
use shared::sync::connection::{Backoff, Connection, Input, Limits, Local, Output};
use shared::sync::message::{Claim, CloseReason, Message};
use shared::sync::{Millis, PeerId};

use super::delivery::Line as LineState;
pub(super) use ways::Way;
use ways::Ways;

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
    /// What was dialled this way is open.
    Opened(Way),
    /// A binary frame came in.
    Frame(Way, &'a [u8]),
    /// It is gone, or never opened.
    Closed(Way),
    /// Time passed.
    Tick,
    /// There is reason to believe that it may work now: the page is seen again, the network is back, somebody asked.
    TryNow,
}

/// What the line wants done, in order.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LineOutput {
    /// Dial this way; the two ways may be open at the same time.
    Dial(Way),
    /// Send a frame there.
    Transmit(Way, Vec<u8>),
    /// Close it; nothing that it still reports is wanted.
    HangUp(Way),
    /// Both sides have joined.
    Joined,
    /// A message came in.
    Deliver(Box<Message>),
    /// The line is down.
    Down,
}

/// A connection on its way to the relay, or there.
#[derive(Debug)]
struct Call {
    way: Way,
    connection: Connection,
}

impl Call {
    fn is_joined(&self) -> bool {
        self.connection.remote().is_some()
    }
}

/// The line, now and next time.
#[derive(Debug)]
pub(super) struct Line {
    /// `None` where nothing may leave the device: without it there is nothing to dial with.
    caller: Option<Caller>,
    peer: PeerId,
    call: Option<Call>,
    /// A websocket that is tried beside a line over HTTP. The relay lets it take that line's place, since it is the same
    /// session's; until then the person loses nothing.
    attempt: Option<Connection>,
    ways: Ways,
    backoff: Backoff,
    next_try: Option<Millis>,
    state: LineState,
    relay: Option<Rc<str>>,
    /// A random number for each wait, from the seed on.
    spread: u64,
}

impl Line {
    /// A line that dials at `now`; one that never does without a caller. `seed` is any evenly spread number.
    pub(super) fn new(now: Millis, caller: Option<Caller>, seed: u64) -> Self {
        let (state, next_try) = match caller {
            Some(_) => (LineState::Connecting, Some(now)),
            None => (LineState::LocalOnly, None),
        };
        Self {
            peer: peer_id(&caller.as_ref().map_or([0; 16], |caller| caller.session)),
            caller,
            call: None,
            attempt: None,
            ways: Ways::default(),
            backoff: Backoff::default(),
            next_try,
            state,
            relay: None,
            spread: seed,
        }
    }

    /// How it stands.
    pub(super) fn state(&self) -> LineState {
        self.state.clone()
    }

    /// Whether there is none, and never will be.
    pub(super) fn is_local_only(&self) -> bool {
        self.caller.is_none()
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
        self.call.as_ref().is_some_and(Call::is_joined)
    }

    /// Whether both sides have joined without a websocket.
    pub(super) fn is_slow(&self) -> bool {
        self.call.as_ref().is_some_and(|call| call.way == Way::Http && call.is_joined())
    }

    /// Our peer id.
    pub(super) fn peer(&self) -> &PeerId {
        &self.peer
    }

    /// When [`LineInput::Tick`] is due.
    pub(super) fn next_deadline(&self) -> Option<Millis> {
        let call = self.call.as_ref().and_then(|call| call.connection.next_deadline());
        let attempt = self.attempt.as_ref().and_then(Connection::next_deadline);
        [self.next_try, call, attempt, self.ways.next_attempt()].into_iter().flatten().min()
    }

    /// Presents the workshop's public key from the next dialling on.
    pub(super) fn learn(&mut self, public_key: PublicKey) {
        if let Some(caller) = &mut self.caller {
            caller.public_key = Some(public_key);
        }
    }

    /// Takes one input and returns what must be done, in order.
    pub(super) fn handle(&mut self, now: Millis, input: LineInput<'_>) -> Vec<LineOutput> {
        match input {
            LineInput::Opened(way) => self.pass(now, way, Input::Opened),
            LineInput::Frame(way, bytes) => self.pass(now, way, Input::Received(bytes)),
            LineInput::Closed(way) => self.pass(now, way, Input::Closed),
            LineInput::Tick => self.tick(now),
            LineInput::TryNow if self.call.is_none() && !matches!(self.state, LineState::Closed(_)) => {
                self.dial(now, self.ways.first())
            }
            LineInput::TryNow => {
                self.ways.try_now(now);
                self.tick(now)
            }
        }
    }

    /// Sends a message, if both sides have joined.
    pub(super) fn send(&mut self, now: Millis, message: Message) -> Vec<LineOutput> {
        let Some(call) = &mut self.call else { return Vec::new() };
        let (way, was_joined) = (call.way, call.is_joined());
        let outputs = call.connection.send(now, message);
        self.carry_out(now, way, was_joined, outputs)
    }

    /// Whether the relay announced `feature`.
    pub(super) fn relay_has(&self, feature: &str) -> bool {
        self.call.as_ref().is_some_and(|call| call.connection.remote_has(feature))
    }

    /// Gives this line up and tries another.
    pub(super) fn give_up(&mut self, now: Millis, reason: CloseReason) -> Vec<LineOutput> {
        let mut wanted: Vec<_> = self.drop_attempt().into_iter().collect();
        if let Some(call) = &mut self.call {
            let (way, was_joined) = (call.way, call.is_joined());
            let outputs = call.connection.close(now, reason);
            wanted.extend(self.carry_out(now, way, was_joined, outputs));
        }
        wanted
    }

    /// The workshop is closed for good: nothing is dialled any more.
    pub(super) fn close_for_good(&mut self, now: Millis, reason: &CloseReason) -> Vec<LineOutput> {
        let outputs = self.give_up(now, CloseReason::Done);
        self.next_try = None;
        self.state = LineState::Closed(reason.code().into());
        outputs
    }

    fn dial(&mut self, now: Millis, way: Way) -> Vec<LineOutput> {
        let Some(connection) = self.connection(now) else { return Vec::new() };
        self.call = Some(Call { way, connection });
        self.next_try = None;
        self.state = LineState::Connecting;
        vec![LineOutput::Dial(way)]
    }

    fn connection(&self, now: Millis) -> Option<Connection> {
        let local = self.caller.as_ref()?.local(self.peer.clone());
        Some(Connection::dial(now, local, Limits::DIALLING))
    }

    fn tick(&mut self, now: Millis) -> Vec<LineOutput> {
        let mut outputs = self.pass(now, Way::Http, Input::Tick);
        outputs.extend(self.pass(now, Way::Websocket, Input::Tick));
        if self.next_try.is_some_and(|due| due <= now) {
            outputs.extend(self.dial(now, self.ways.first()));
        }
        if self.is_slow() && self.attempt.is_none() && self.ways.takes_attempt(now) {
            self.attempt = self.connection(now);
            outputs.push(LineOutput::Dial(Way::Websocket));
        }
        outputs
    }

    /// Hands an input to whoever speaks this way.
    fn pass(&mut self, now: Millis, way: Way, input: Input<'_>) -> Vec<LineOutput> {
        if let Some(call) = self.call.as_mut().filter(|call| call.way == way) {
            let was_joined = call.is_joined();
            let outputs = call.connection.handle(now, input);
            return self.carry_out(now, way, was_joined, outputs);
        }
        match &mut self.attempt {
            Some(attempt) if way == Way::Websocket => {
                let outputs = attempt.handle(now, input);
                self.carry_out_attempt(now, outputs)
            }
            _ => Vec::new(),
        }
    }

    fn carry_out(&mut self, now: Millis, way: Way, was_joined: bool, outputs: Vec<Output>) -> Vec<LineOutput> {
        let mut wanted = Vec::new();
        for output in outputs {
            match output {
                Output::Transmit(frame) => wanted.push(LineOutput::Transmit(way, frame)),
                Output::Joined { metadata, .. } => {
                    let name = metadata.announcement.and_then(|announcement| announcement.relay);
                    self.joined(now, way, name);
                    wanted.push(LineOutput::Joined);
                }
                Output::Deliver(message) => wanted.push(LineOutput::Deliver(Box::new(message))),
                Output::Close(reason) => {
                    wanted.push(LineOutput::HangUp(way));
                    wanted.extend(self.down(now, way, was_joined, &reason));
                }
                // A browser pings by itself, and nobody dials us.
                Output::Ping | Output::Admit(_) => {}
            }
        }
        wanted
    }

    /// As [`Line::carry_out`], for the websocket that is tried beside the line: nobody sees it unless it joins.
    fn carry_out_attempt(&mut self, now: Millis, outputs: Vec<Output>) -> Vec<LineOutput> {
        let mut wanted = Vec::new();
        for output in outputs {
            match output {
                Output::Transmit(frame) => wanted.push(LineOutput::Transmit(Way::Websocket, frame)),
                Output::Joined { metadata, .. } => {
                    let connection = self.attempt.take();
                    self.call = connection.map(|connection| Call { way: Way::Websocket, connection });
                    let name = metadata.announcement.and_then(|announcement| announcement.relay);
                    self.joined(now, Way::Websocket, name);
                    wanted.extend([LineOutput::HangUp(Way::Http), LineOutput::Down, LineOutput::Joined]);
                }
                Output::Close(_) => {
                    self.ways.attempt_failed(now);
                    wanted.extend(self.drop_attempt());
                }
                Output::Deliver(_) | Output::Ping | Output::Admit(_) => {}
            }
        }
        wanted
    }

    fn drop_attempt(&mut self) -> Option<LineOutput> {
        self.attempt.take().map(|_| LineOutput::HangUp(Way::Websocket))
    }

    fn joined(&mut self, now: Millis, way: Way, relay: Option<String>) {
        self.relay = relay.map(Into::into).or(self.relay.take());
        self.backoff.joined();
        self.ways.joined(now, way);
        self.state = LineState::Online;
    }

    fn down(&mut self, now: Millis, way: Way, was_joined: bool, reason: &CloseReason) -> Vec<LineOutput> {
        self.call = None;
        let other = match reason {
            CloseReason::Left | CloseReason::JoinTimedOut if !was_joined => self.ways.failed(way),
            CloseReason::Left | CloseReason::Silent => self.ways.broke(now, way),
            // The relay's own word came through: then the way works.
            _ => {
                self.ways.answered(way);
                None
            }
        };
        if let Some(other) = other {
            let down = was_joined.then_some(LineOutput::Down);
            return down.into_iter().chain(self.dial(now, other)).collect();
        }
        let (state, wait) = self.stands_after(reason);
        let mut outputs = vec![LineOutput::Down];
        match self.attempt.take() {
            // Perhaps it was this that took the line's place, and we only have not heard so yet.
            Some(connection) if matches!(state, LineState::Offline | LineState::Silent) => {
                self.call = Some(Call { way: Way::Websocket, connection });
                self.state = LineState::Connecting;
                return outputs;
            }
            Some(_) => outputs.push(LineOutput::HangUp(Way::Websocket)),
            None => {}
        }
        self.state = state;
        self.next_try = wait.map(|wait| now + wait);
        outputs
    }

    /// How the line stands after it was closed for `reason`, and how long to wait before the next try.
    fn stands_after(&mut self, reason: &CloseReason) -> (LineState, Option<Millis>) {
        self.spread = self.spread.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = self.backoff.next_wait(self.spread >> 33);
        match reason {
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
        }
    }
}

fn peer_id(random: &[u8]) -> PeerId {
    let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    PeerId::new(&format!("app-{name}")).expect("the name is neither empty nor long")
}
