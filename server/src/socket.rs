//! One line: a task with one loop, which moves frames between what carries them (a websocket, or requests over HTTP), the
//! connection's rules in `shared`, and the workshop. It is the same task for both, under the same rules.
//!
//! Reading pauses while too much waits to be written, so that a peer that asks without listening fills its own line and
//! nothing here.

mod handover;
mod pace;
mod place;
mod pump;

use std::pin::pin;
use std::sync::Arc;

use shared::access::{self, Capability, Role, Secret, WorkshopId};
use shared::sync::connection::{Connection, Input, Limits, Local, Output};
use shared::sync::message::{Announcement, CloseReason, DocumentData, DocumentNotice, Features, Join, Message};
use shared::sync::{DocumentId, PeerId};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::debug;

use crate::clock::{self, Alarm};
use crate::hub::document::{Attachment, Command as DocumentCommand};
use crate::hub::outbox::{Next, Outbox, OutboxReader, Weight};
use crate::hub::share::{Share, Turn};
use crate::hub::workshop::{Entry, Refusal};
use crate::hub::{Hub, SocketId};
use handover::{Gone, Handover};
use pace::Pace;
use place::{Found, Place};
use pump::Event;
pub(crate) use pump::{Pump, http};

/// What a socket is started with.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) hub: Arc<Hub>,
    /// The name that we go by.
    pub(crate) relay: String,
    /// The capability in the URL's query, for stock clients.
    pub(crate) capability: Option<Capability>,
    pub(crate) shutdown: CancellationToken,
    /// Given back when the socket ends.
    pub(crate) permit: OwnedSemaphorePermit,
}

/// Serves one line until it ends.
pub(crate) async fn serve(pump: impl Into<Pump>, opened: Opened) {
    let Opened { hub, relay, capability, shutdown, permit } = opened;
    let (outbox, waiting) = Outbox::new(hub.common().limits.queued_messages);
    let mut local = Local::relay(hub.common().relay.clone(), &relay);
    local.metadata.storage_id.clone_from(&hub.common().storage_id);
    let pump = pump.into();
    let _open = hub.common().metrics.line(pump.way());
    let task = Socket {
        id: hub.next_socket(),
        connection: Connection::accept(clock::now(), local, Limits::ACCEPTING),
        pump,
        outbox,
        waiting,
        capability,
        hub,
        place: None,
        ephemeral: Pace::new(clock::now()),
        share: Arc::new(Share::new(clock::now())),
        handover: Handover::default(),
        weight: None,
    };
    task.run(shutdown).await;
    drop(permit);
}

#[derive(Debug)]
struct Socket {
    id: SocketId,
    hub: Arc<Hub>,
    connection: Connection,
    pump: Pump,
    outbox: Outbox,
    waiting: OutboxReader,
    capability: Option<Capability>,
    /// Where it is, once it is let in.
    place: Option<Place>,
    ephemeral: Pace,
    share: Arc<Share>,
    /// What documents have not taken yet.
    handover: Handover<DocumentCommand>,
    /// Of what is handed to the line just now.
    weight: Option<Arc<Weight>>,
}

impl Socket {
    async fn run(mut self, shutdown: CancellationToken) {
        let mut told = false;
        let mut alarm = pin!(Alarm::default());
        let mut cancelled = pin!(shutdown.cancelled());
        loop {
            self.fill().await;
            let turn = if self.handover.is_done() { self.share.turn(clock::now()) } else { Turn::Later };
            self.excuse(turn);
            let read_at = if let Turn::At(at) = turn { Some(at) } else { None };
            let deadline = self.connection.next_deadline().into_iter().chain(read_at).min().map(clock::instant);
            alarm.as_mut().set(self.pump.leave_by().or(deadline));
            let outputs = tokio::select! {
                () = &mut cancelled, if !told => {
                    told = true;
                    self.connection.close(clock::now(), CloseReason::ShuttingDown)
                }
                () = self.waiting.changed() => Vec::new(),
                () = self.share.changed(), if turn == Turn::Later => Vec::new(),
                taken = self.handover.next(), if !self.handover.is_done() => self.handed(taken),
                () = alarm.as_mut() => match self.pump.leave_by() {
                    Some(leave_by) if leave_by <= Instant::now() => break,
                    _ => {
                        self.excuse(turn);
                        self.connection.handle(clock::now(), Input::Tick)
                    }
                },
                event = self.pump.next(turn == Turn::Now) => match event {
                    Event::Frame(bytes) => {
                        self.hub.common().metrics.bytes_in.inc_by(bytes.len() as u64);
                        self.connection.handle(clock::now(), Input::Received(&bytes))
                    }
                    Event::Pong => self.connection.handle(clock::now(), Input::Pong),
                    Event::TooLong => self.connection.close(clock::now(), CloseReason::FrameTooLong),
                    Event::Malformed => self.connection.close(clock::now(), CloseReason::Malformed),
                    Event::Wrote => Vec::new(),
                    Event::Ended => break,
                },
            };
            self.carry_out(outputs).await;
        }
        drop(self.connection.handle(clock::now(), Input::Closed));
        self.leave().await;
    }

    /// Nothing can be heard on a line that is not read for now: it is not silent for that.
    fn excuse(&mut self, turn: Turn) {
        if turn != Turn::Now {
            drop(self.connection.handle(clock::now(), Input::Pong));
        }
    }

    /// Hands what waits in the outbox to the connection, as long as the line takes it; a closing also where it does not,
    /// or a peer that never reads could stay for ever.
    async fn fill(&mut self) {
        while (self.pump.has_room() || self.waiting.is_closing()) && !self.connection.is_closed() {
            let outputs = match self.waiting.next() {
                Next::Send(message, weight) => {
                    self.weight = weight;
                    self.connection.send(clock::now(), *message)
                }
                Next::Close(reason) => self.connection.close(clock::now(), reason),
                Next::BeginAnew(documents) => {
                    for document in documents {
                        if let Some(commands) = self.place.as_ref().and_then(|place| place.find(document)) {
                            // If it has ended, the next message about it finds that out.
                            let _ = self.handover.push(&commands, DocumentCommand::BeginAnew { socket: self.id });
                        }
                    }
                    Vec::new()
                }
                Next::Wait => return,
            };
            self.carry_out(outputs).await;
            self.weight = None;
        }
    }

    async fn carry_out(&mut self, outputs: Vec<Output>) {
        let mut outputs = std::collections::VecDeque::from(outputs);
        while let Some(output) = outputs.pop_front() {
            match output {
                Output::Transmit(bytes) => {
                    self.hub.common().metrics.bytes_out.inc_by(bytes.len() as u64);
                    self.pump.send(bytes, self.weight.take());
                }
                Output::Ping => self.pump.ping(),
                Output::Admit(join) => {
                    let admitted = self.admit(join).await;
                    let now = clock::now();
                    match admitted {
                        Ok(()) => outputs.extend(self.connection.admit(now)),
                        Err(Refusal { reason, tombstone }) => {
                            // S18: let in for as long as it takes to hear of the deletion.
                            if let Some(tombstone) = tombstone {
                                outputs.extend(self.connection.admit(now));
                                outputs.extend(self.connection.send(now, *tombstone));
                            }
                            outputs.extend(self.connection.refuse(now, reason));
                        }
                    }
                }
                Output::Joined { .. } => {}
                Output::Deliver(message) => outputs.extend(self.deliver(message).await),
                Output::Close(reason) => {
                    debug!(socket = %self.id, reason = reason.code(), "closing a line: {reason}");
                    self.hub.common().metrics.closed(&reason);
                    self.pump.close(&reason);
                    self.leave().await;
                }
            }
        }
    }

    async fn admit(&mut self, join: Join) -> Result<(), Refusal> {
        let announcement = join.metadata.announcement.unwrap_or_default();
        let (claim, session) = match claim_in(&announcement)? {
            Some((claim, session)) => (claim, Some(session)),
            // S4: a stock client has its capability in the URL alone; or none, where documents are open.
            None => match self.capability {
                Some(capability) => (access::Claim { capability, public_key: None }, None),
                None if self.hub.has_open_documents() => {
                    self.place = Some(Place::open(Arc::clone(&self.hub)));
                    return Ok(());
                }
                None => return Err(CloseReason::UnknownLink.into()),
            },
        };
        let entry = Entry {
            socket: self.id,
            claim,
            peer: join.sender,
            session,
            features: announcement.features,
            outbox: self.outbox.clone(),
        };
        self.place = Some(Place::workshop(self.hub.enter(entry).await?));
        Ok(())
    }

    async fn deliver(&mut self, message: Message) -> Vec<Output> {
        match message {
            Message::Sync(data) => self.sync(data, false),
            Message::Request(data) => self.sync(data, true),
            Message::Ephemeral(message) => {
                let passes_on = self.place.as_ref().is_some_and(|place| place.passes_on(message.data.len()));
                // S9: presence that is lost is told again; what comes too often is not worth a word.
                if !passes_on || !self.ephemeral.allows(clock::now()) {
                    return Vec::new();
                }
                let Some(commands) = self.attach(message.document) else { return Vec::new() };
                self.forward(&commands, DocumentCommand::Ephemeral { socket: self.id, message })
            }
            Message::Checkpoint(checkpoint) => {
                if let Some(place) = &self.place {
                    place.checkpoint(self.id, checkpoint.bytes).await;
                }
                Vec::new()
            }
            Message::DocUnavailable(_)
            | Message::Error(_)
            | Message::Durable(_)
            | Message::Refused(_)
            | Message::Join(_)
            | Message::Peer(_)
            | Message::Leave(_)
            | Message::Heartbeat
            | Message::Closed(_)
            | Message::Unknown(_) => Vec::new(),
        }
    }

    fn sync(&mut self, data: DocumentData, asks: bool) -> Vec<Output> {
        let Some(commands) = self.attach(data.document) else {
            return self.connection.send(clock::now(), unavailable(data.document, &data.sender));
        };
        if asks && matches!(self.place, Some(Place::Open { .. })) {
            let asked = DocumentCommand::Asked { socket: self.id, peer: data.sender };
            // If it has ended, the message that follows finds that out.
            let _ = self.handover.push(&commands, asked);
        }
        self.share.asked(data.data.len());
        self.forward(&commands, DocumentCommand::Received { socket: self.id, data: data.data })
    }

    fn forward(&mut self, to: &mpsc::Sender<DocumentCommand>, command: DocumentCommand) -> Vec<Output> {
        let taken = self.handover.push(to, command);
        self.handed(taken)
    }

    fn handed(&mut self, taken: Result<(), Gone>) -> Vec<Output> {
        match taken {
            Ok(()) => Vec::new(),
            // The document could not be read, which is logged there; the peer comes again.
            Err(Gone) => self.connection.close(clock::now(), CloseReason::Other("store-failed".to_owned())),
        }
    }

    /// The document's task, which knows this socket from the first message about the document on.
    fn attach(&mut self, document: DocumentId) -> Option<mpsc::Sender<DocumentCommand>> {
        let Found { commands, begins } = self.place.as_mut()?.attach(document)?;
        if let Some(rights) = begins {
            let attachment = Attachment {
                socket: self.id,
                rights,
                durable: self.connection.remote_has(Features::DURABLE),
                compact: self.connection.remote_has(Features::COMPACT),
                outbox: self.outbox.clone(),
                share: Arc::clone(&self.share),
            };
            // If it has ended, the message that follows finds that out.
            let _ = self.handover.push(&commands, DocumentCommand::Attach(attachment));
        }
        Some(commands)
    }

    async fn leave(&mut self) {
        // What was read from the line counts, and before it the documents know nothing of this one.
        while !self.handover.is_done() {
            let _ = self.handover.next().await;
        }
        if let Some(place) = self.place.take() {
            place.leave(self.id).await;
        }
    }
}

/// The claim that our own client puts into its join.
fn claim_in(announcement: &Announcement) -> Result<Option<(access::Claim, [u8; 16])>, CloseReason> {
    let Some(claim) = &announcement.claim else { return Ok(None) };
    let role = Role::ALL.into_iter().find(|role| role.name() == claim.role).ok_or(CloseReason::UnknownLink)?;
    let workshop = WorkshopId(claim.workshop);
    let capability = Capability { workshop, role, secret: Secret::from_bytes(claim.secret) };
    let public_key = claim.public_key.map(access::PublicKey);
    Ok(Some((access::Claim { capability, public_key }, claim.session)))
}

fn unavailable(document: DocumentId, peer: &PeerId) -> Message {
    Message::DocUnavailable(DocumentNotice { sender: peer.clone(), target: peer.clone(), document })
}
