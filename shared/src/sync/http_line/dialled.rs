//! The asking end of a line over HTTP.

use std::collections::VecDeque;

use super::batch::Batch;
use crate::sync::measure::Millis;

/// Bytes that go up in one request; a longer frame goes alone.
const UP_BYTES: usize = 256 << 10;
/// Frames that go up in one request.
const UP_FRAMES: usize = 1_024;
/// Bytes that may wait to go up; a line that takes no more is given up, and what waited is said anew on the next one.
const MOST_WAITING: usize = 64 << 20;
/// How long to wait before asking again after the first request that was not answered; doubled with each.
const AGAIN_AFTER: Millis = Millis(250);
/// A line is given up when the same request was not answered so many times.
const TRIES: u32 = 5;
/// Answers that are waited for after frames were refused: the relay closes the line for a reason, and says it there.
const LAST_ANSWERS: u32 = 3;

/// What is asked, each at most once at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request {
    /// For a line.
    Open,
    /// To take frames.
    Up,
    /// For frames.
    Down,
}

impl Request {
    /// Its path; the method is POST, and all but [`Request::Open`] name the line in [`super::LINE_HEADER`].
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Open => "/sync/line",
            Self::Up => "/sync/line/up",
            Self::Down => "/sync/line/down",
        }
    }

    /// The path of the last request, which tells that the line is over and brings what [`Dialled::rest`] says.
    pub const END_PATH: &str = "/sync/line/end";

    /// How long to wait for its answer; after that it was not answered.
    #[must_use]
    pub fn patience(self) -> Millis {
        match self {
            Self::Open | Self::Up => Millis::from_secs(6),
            Self::Down => Millis::from_secs(35),
        }
    }
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer<'a> {
    /// It was answered with this body.
    Body(&'a [u8]),
    /// It was refused: there is no such line, or none to be had.
    Refused,
    /// It was not answered, or by somebody who could not reach the relay; it may have been taken all the same.
    Lost,
}

impl<'a> Answer<'a> {
    /// The answer with this status.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        match status {
            200 => Self::Body(body),
            408 | 429 | 500..=599 => Self::Lost,
            _ => Self::Refused,
        }
    }
}

/// What the shell must do, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Wait for `after`, send this, and hand the answer to [`Dialled::answered`].
    Ask {
        /// What is asked.
        request: Request,
        /// Its body.
        body: Vec<u8>,
        /// How long to wait before.
        after: Millis,
    },
    /// The line is open.
    Opened,
    /// A frame came in.
    Frame(Vec<u8>),
    /// The line is gone, or never opened. Nothing follows.
    Closed,
}

/// What a request was tried with, and how often.
#[derive(Debug, Default)]
struct Direction {
    body: Vec<u8>,
    lost: u32,
}

/// A line that is being opened or is open.
#[derive(Debug, Default)]
pub struct Dialled {
    line: Option<String>,
    is_closed: bool,
    up: Direction,
    /// The number of the batch that is on its way up, or was last.
    sent: u64,
    is_sending: bool,
    waiting: VecDeque<Vec<u8>>,
    waiting_bytes: usize,
    down: Direction,
    /// The number of the last batch that came down.
    taken: u64,
    /// Set once frames were refused.
    last_answers: Option<u32>,
}

impl Dialled {
    /// Begins a line.
    #[must_use]
    pub fn open() -> (Self, Output) {
        (Self::default(), Output::Ask { request: Request::Open, body: Vec::new(), after: Millis(0) })
    }

    /// What [`super::LINE_HEADER`] says, once the line is open.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.line.as_deref()
    }

    /// Queues a frame.
    pub fn send(&mut self, frame: Vec<u8>) -> Vec<Output> {
        if self.is_closed {
            return Vec::new();
        }
        self.waiting_bytes += frame.len();
        self.waiting.push_back(frame);
        if self.waiting_bytes > MOST_WAITING {
            return self.close();
        }
        self.send_up().into_iter().collect()
    }

    /// Takes what became of a request.
    pub fn answered(&mut self, request: Request, answer: Answer<'_>) -> Vec<Output> {
        match (request, answer) {
            _ if self.is_closed => Vec::new(),
            (Request::Open | Request::Down, Answer::Refused) | (Request::Open, Answer::Lost) => self.close(),
            // Nothing more goes up.
            (Request::Up, Answer::Refused) => {
                self.last_answers = Some(LAST_ANSWERS);
                Vec::new()
            }
            (Request::Open, Answer::Body(body)) => self.opened(body),
            (Request::Up | Request::Down, Answer::Lost) => self.again(request),
            (Request::Up, Answer::Body(_)) => {
                self.is_sending = false;
                self.up.lost = 0;
                self.send_up().into_iter().collect()
            }
            (Request::Down, Answer::Body(body)) => self.received(body),
        }
    }

    /// The body of the last request: what is not known to have arrived, as far as one request holds it.
    #[must_use]
    pub fn rest(&mut self) -> Vec<u8> {
        if !self.is_sending {
            self.next_batch();
        }
        std::mem::take(&mut self.up.body)
    }

    fn opened(&mut self, body: &[u8]) -> Vec<Output> {
        let line = std::str::from_utf8(body).ok().filter(|line| is_line(line));
        // A network that answers for the relay, such as one that first wants its terms accepted.
        let Some(line) = line else { return self.close() };
        self.line = Some(line.to_owned());
        self.down.body = Batch::default().encode();
        let mut outputs = vec![Output::Opened, self.ask(Request::Down, Millis(0))];
        outputs.extend(self.send_up());
        outputs
    }

    fn received(&mut self, body: &[u8]) -> Vec<Output> {
        self.down.lost = 0;
        match &mut self.last_answers {
            Some(0) => return self.close(),
            Some(left) => *left -= 1,
            None => {}
        }
        let Ok(batch) = Batch::decode(body) else { return self.close() };
        let frames = match batch.number {
            number if number <= self.taken || batch.frames.is_empty() => Vec::new(),
            number if number == self.taken + 1 => {
                self.taken = number;
                batch.frames
            }
            _ => return self.close(),
        };
        self.down.body = Batch { number: self.taken, frames: Vec::new() }.encode();
        let mut outputs = vec![self.ask(Request::Down, Millis(0))];
        outputs.extend(frames.into_iter().map(Output::Frame));
        outputs
    }

    fn send_up(&mut self) -> Option<Output> {
        if self.line.is_none() || self.is_sending || self.waiting.is_empty() {
            return None;
        }
        self.next_batch();
        Some(self.ask(Request::Up, Millis(0)))
    }

    fn next_batch(&mut self) {
        let (mut frames, mut bytes) = (Vec::new(), 0);
        while let Some(frame) = self.waiting.front()
            && frames.len() < UP_FRAMES
            && (frames.is_empty() || bytes + frame.len() <= UP_BYTES)
        {
            bytes += frame.len();
            frames.extend(self.waiting.pop_front());
        }
        self.waiting_bytes -= bytes;
        if !frames.is_empty() {
            self.sent += 1;
            self.is_sending = true;
        }
        self.up.body = Batch { number: self.sent, frames }.encode();
    }

    fn again(&mut self, request: Request) -> Vec<Output> {
        let direction = if request == Request::Up { &mut self.up } else { &mut self.down };
        direction.lost += 1;
        let lost = direction.lost;
        if lost == TRIES {
            return self.close();
        }
        vec![self.ask(request, Millis(AGAIN_AFTER.0 << (lost - 1)))]
    }

    fn ask(&self, request: Request, after: Millis) -> Output {
        let direction = if request == Request::Up { &self.up } else { &self.down };
        Output::Ask { request, body: direction.body.clone(), after }
    }

    fn close(&mut self) -> Vec<Output> {
        self.is_closed = true;
        self.waiting.clear();
        vec![Output::Closed]
    }
}

fn is_line(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
