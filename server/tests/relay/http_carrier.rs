//! The asking end of a line over HTTP: what a browser does with `fetch`, each request on a connection of its own.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use shared::sync::http_line::{Answer, Dialled, LINE_HEADER, Output, Request};
use tokio::sync::mpsc;

use crate::device::Heard;
use crate::hall::request;

/// What became of a request: its status and its body.
type Answered = (Request, Option<(u16, Vec<u8>)>);

pub(crate) struct HttpCarrier {
    relay: SocketAddr,
    dialled: Dialled,
    answers: mpsc::UnboundedReceiver<Answered>,
    /// Kept here too, so that there is always one who could answer.
    answered: mpsc::UnboundedSender<Answered>,
    heard: VecDeque<Heard>,
    is_open: bool,
}

impl HttpCarrier {
    pub(crate) async fn open(relay: SocketAddr) -> Self {
        let (dialled, first) = Dialled::open();
        let (answered, answers) = mpsc::unbounded_channel();
        let mut carrier = Self { relay, dialled, answers, answered, heard: VecDeque::new(), is_open: false };
        carrier.carry_out(vec![first]);
        while !carrier.is_open && carrier.heard.is_empty() {
            carrier.step().await;
        }
        carrier
    }

    pub(crate) fn send(&mut self, frame: Vec<u8>) {
        let outputs = self.dialled.send(frame);
        self.carry_out(outputs);
    }

    pub(crate) async fn next(&mut self) -> Heard {
        loop {
            match self.heard.pop_front() {
                Some(heard) => return heard,
                None => self.step().await,
            }
        }
    }

    async fn step(&mut self) {
        let (request, answer) = self.answers.recv().await.unwrap();
        let answer = answer.as_ref().map_or(Answer::Lost, |(status, body)| Answer::new(*status, body));
        let outputs = self.dialled.answered(request, answer);
        self.carry_out(outputs);
    }

    fn carry_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Opened => self.is_open = true,
                Output::Frame(frame) => self.heard.push_back(Heard::Frame(frame)),
                Output::Closed => self.heard.push_back(Heard::Closed),
                Output::Ask { request, body, after } => self.ask(request, body, after.0),
            }
        }
    }

    fn ask(&self, asked: Request, body: Vec<u8>, after: u64) {
        let (relay, answered) = (self.relay, self.answered.clone());
        let line = self.dialled.line().unwrap_or_default().to_owned();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(after)).await;
            let headers = [(LINE_HEADER, line.as_str())];
            // Without a body nobody waits for one; whoever asked may be gone by then.
            let answer = tokio::select! {
                answer = request(relay, "POST", asked.path(), &headers, &body) => answer.ok(),
                () = answered.closed() => return,
            };
            let _ = answered.send((asked, answer.map(|answer| (answer.status, answer.bytes))));
        });
    }
}
