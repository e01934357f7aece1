//! A device of ours: the sync core of `shared` over a real websocket, with a store that answers at once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ROOT, ScalarValue};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::access::{Capability, FacilitatorSecret, SignedCheckpoint};
use shared::documents::{EntryId, Kind, board, control};
use shared::sync::connection::{Connection, Input, Limits, Local, Output};
use shared::sync::document_sync::{self, LinkOptions, Rights};
use shared::sync::message::{Checkpoint, Claim, CloseReason, DocumentData, Ephemeral, Message, Refused, RefusedReason};
use shared::sync::{DocumentId, DocumentSync, LinkId, Millis, PeerId, SessionId};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::hall::PATIENCE;
use crate::http_carrier::HttpCarrier;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A number that no other device of this process has.
fn unique() -> u64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What carries the frames.
enum Carrier {
    Websocket(Box<WebSocketStream<MaybeTlsStream<TcpStream>>>),
    Http(Box<HttpCarrier>),
}

impl Carrier {
    /// The next thing that is heard; safe to drop and call again.
    async fn next(&mut self) -> Heard {
        match self {
            Self::Websocket(socket) => match socket.next().await {
                Some(Ok(Frame::Binary(bytes))) => Heard::Frame(bytes.to_vec()),
                Some(Ok(Frame::Close(_)) | Err(_)) | None => Heard::Closed,
                Some(Ok(_)) => Heard::Pong,
            },
            Self::Http(carrier) => carrier.next().await,
        }
    }

    async fn send(&mut self, frame: Frame) {
        match self {
            // A relay that has closed the line meanwhile is seen when reading.
            Self::Websocket(socket) => drop(socket.send(frame).await),
            Self::Http(carrier) => match frame {
                Frame::Binary(bytes) => carrier.send(bytes.to_vec()),
                other => panic!("HTTP carries no {other:?}"),
            },
        }
    }
}

/// What a carrier heard.
pub(crate) enum Heard {
    Frame(Vec<u8>),
    Pong,
    Closed,
}

/// The line of a device that is joined.
struct Line {
    carrier: Carrier,
    connection: Connection,
    link: LinkId,
}

/// A phone, a laptop or a projector.
pub(crate) struct Device {
    pub(crate) capability: Capability,
    pub(crate) peer: PeerId,
    session: [u8; 16],
    line: Option<Line>,
    /// How much the system takes in for it unread, in bytes; its own choice where nothing is said.
    holds: Option<u32>,
    /// Whether its network lets no websocket through.
    over_http: bool,
    start: Instant,
    control: DocumentSync,
    board: DocumentSync,
    /// What the relay named as durable.
    durable: BTreeMap<DocumentId, Vec<ChangeHash>>,
    pub(crate) refused: Vec<Refused>,
    pub(crate) checkpoint: Option<SignedCheckpoint>,
    pub(crate) ephemeral: Vec<Ephemeral>,
    pub(crate) unavailable: Vec<DocumentId>,
    pub(crate) closed: Option<CloseReason>,
}

impl Device {
    /// A device that is not joined.
    pub(crate) fn new(capability: Capability) -> Self {
        let number = unique();
        Self {
            capability,
            peer: PeerId::new(&format!("device-{number}")).unwrap(),
            session: [u8::try_from(number % 251).unwrap(); 16],
            line: None,
            holds: None,
            over_http: false,
            start: Instant::now(),
            control: document(),
            board: document(),
            durable: BTreeMap::new(),
            refused: Vec::new(),
            checkpoint: None,
            ephemeral: Vec::new(),
            unavailable: Vec::new(),
            closed: None,
        }
    }

    /// A device that dials and is let in, or not; which, is seen by [`Device::closed`].
    pub(crate) async fn join(relay: SocketAddr, capability: Capability) -> Self {
        let mut device = Self::new(capability);
        device.dial(relay).await;
        device
    }

    /// A device whose line holds little of what it does not read.
    pub(crate) async fn join_on_a_short_line(relay: SocketAddr, capability: Capability) -> Self {
        let mut device = Self::new(capability);
        device.holds = Some(32 << 10);
        device.dial(relay).await;
        device
    }

    /// Gives the device another board than its own.
    pub(crate) fn replace_board(&mut self, board: Automerge) {
        self.board = DocumentSync::from_stored(board);
    }

    /// A device whose network lets no websocket through.
    pub(crate) async fn join_over_http(relay: SocketAddr, capability: Capability) -> Self {
        let mut device = Self::new(capability);
        device.over_http = true;
        device.dial(relay).await;
        device
    }

    /// Another line of the same start of the app, under the same peer id.
    pub(crate) async fn second_line(&self, relay: SocketAddr, same_session: bool) -> Self {
        let mut other = Self::new(self.capability);
        other.peer = self.peer.clone();
        if same_session {
            other.session = self.session;
        }
        other.dial(relay).await;
        other
    }

    /// The same device, in a network that lets websockets through or not.
    pub(crate) async fn moved(mut self, over_http: bool, relay: SocketAddr) -> Self {
        self.over_http = over_http;
        self.dial(relay).await;
        self
    }

    async fn carrier(&self, relay: SocketAddr) -> Carrier {
        if self.over_http {
            return Carrier::Http(Box::new(HttpCarrier::open(relay).await));
        }
        let dialling = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = self.holds {
            dialling.set_recv_buffer_size(bytes).unwrap();
        }
        let stream = MaybeTlsStream::Plain(dialling.connect(relay).await.unwrap());
        let (socket, _) = tokio_tungstenite::client_async(format!("ws://{relay}/sync"), stream).await.unwrap();
        Carrier::Websocket(Box::new(socket))
    }

    /// Dials, and waits until it is let in or turned away.
    pub(crate) async fn dial(&mut self, relay: SocketAddr) {
        let carrier = self.carrier(relay).await;
        let claim = Claim {
            workshop: self.capability.workshop.0,
            role: self.capability.role.name().to_owned(),
            secret: self.capability.secret.to_bytes(),
            // What a device knows once it has control.
            public_key: control::identity(self.control.doc()).map(|identity| identity.public_key.0),
            session: self.session,
            app: "test".to_owned(),
        };
        let local = Local::client(self.peer.clone(), claim);
        let mut connection = Connection::dial(self.now(), local, Limits::DIALLING);
        let outputs = connection.handle(self.now(), Input::Opened);
        self.closed = None;
        // What the relay named before may be lost with the relay.
        self.durable.clear();
        self.line = Some(Line { carrier, connection, link: LinkId(unique()) });
        self.carry_out(outputs).await;
        self.until("let in or turned away", |device| {
            device.closed.is_some() || device.line.as_ref().is_some_and(|line| line.connection.remote().is_some())
        })
        .await;
        if self.closed.is_some() {
            return;
        }
        if let Some(signed) = self.checkpoint.clone() {
            self.send_checkpoint(&signed).await;
        }
        for kind in [Kind::Control, Kind::Board] {
            let link = self.line.as_ref().unwrap().link;
            let input = document_sync::Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() };
            let now = self.now();
            let outputs = self.sync_mut(kind).handle(now, input);
            self.perform(kind, outputs).await;
        }
    }

    /// Cuts the line without a word.
    pub(crate) fn hang_up(&mut self) {
        let line = self.line.take().unwrap();
        for kind in [Kind::Control, Kind::Board] {
            let now = self.now();
            self.sync_mut(kind).handle(now, document_sync::Input::LinkDown { link: line.link });
        }
    }

    fn now(&self) -> Millis {
        Millis(u64::try_from(self.start.elapsed().as_millis()).unwrap())
    }

    pub(crate) fn id(&self, kind: Kind) -> DocumentId {
        self.capability.workshop.document(kind)
    }

    pub(crate) fn sync(&self, kind: Kind) -> &DocumentSync {
        if kind == Kind::Control { &self.control } else { &self.board }
    }

    fn sync_mut(&mut self, kind: Kind) -> &mut DocumentSync {
        if kind == Kind::Control { &mut self.control } else { &mut self.board }
    }

    pub(crate) fn doc(&self, kind: Kind) -> &Automerge {
        self.sync(kind).doc()
    }

    /// Whether everything that this device has is durable at the relay.
    pub(crate) fn is_received(&self, kind: Kind) -> bool {
        let all = self.doc(kind).get_changes_meta(&[]).len();
        self.received(kind).len() == all && all > 0
    }

    /// What of a document the relay named as durable, also before the line was lost.
    pub(crate) fn received(&self, kind: Kind) -> Vec<ChangeHash> {
        let all: Vec<_> = self.doc(kind).get_changes(&[]).iter().map(automerge::Change::hash).collect();
        let heads = self.durable.get(&self.id(kind)).cloned().unwrap_or_default();
        self.sync(kind).received(&heads, &all)
    }

    pub(crate) fn is_on_a_line(&self) -> bool {
        self.line.is_some()
    }

    /// Edits a document, and sends it if there is a line.
    pub(crate) async fn edit<T>(&mut self, kind: Kind, change: impl FnOnce(&mut Automerge) -> T) -> T {
        let now = self.now();
        let (result, outputs) = self.sync_mut(kind).edit(now, change);
        self.perform(kind, outputs).await;
        result
    }

    /// Puts a person on the board.
    pub(crate) async fn add_person(&mut self, name: &str) {
        let id = EntryId::from_random(unique_bytes());
        self.edit(Kind::Board, |doc| board::add_person(doc, id, Some(name), board::Mark::new(0)).unwrap()).await;
    }

    /// The names of the people on this device's board.
    pub(crate) fn names(&self) -> Vec<String> {
        let view = board::BoardView::read(self.doc(Kind::Board));
        let mut names: Vec<_> = view.people.values().filter_map(|person| person.name.clone()).collect();
        names.sort();
        names
    }

    pub(crate) fn title(&self) -> String {
        control::ControlView::read(self.doc(Kind::Control)).title_text()
    }

    /// Signs a checkpoint over what this facilitator's device has of control.
    pub(crate) fn sign(&self, number: u64, deleted: bool) -> SignedCheckpoint {
        let secret = FacilitatorSecret::from_capability(&self.capability).unwrap();
        let heads = self.sync(Kind::Control).heads().iter().map(|hash| hash.0).collect();
        SignedCheckpoint::sign(secret, number, deleted, heads).unwrap()
    }

    pub(crate) async fn send_checkpoint(&mut self, signed: &SignedCheckpoint) {
        let workshop = self.capability.workshop.0;
        self.send(Message::Checkpoint(Checkpoint { workshop, bytes: signed.bytes.clone() })).await;
    }

    /// Sends presence about the board.
    pub(crate) async fn send_ephemeral(&mut self, count: u64, data: &[u8]) {
        let (peer, document) = (self.peer.clone(), self.id(Kind::Board));
        let session = SessionId::new("session").unwrap();
        let data = data.to_vec();
        let message = Ephemeral { sender: peer.clone(), target: peer, document, session, count, data };
        self.send(Message::Ephemeral(message)).await;
    }

    /// Sends a message over the connection, as it stands.
    pub(crate) async fn send(&mut self, message: Message) {
        let now = self.now();
        let outputs = self.line.as_mut().unwrap().connection.send(now, message);
        self.carry_out(outputs).await;
    }

    /// Sends bytes past all rules.
    pub(crate) async fn send_raw(&mut self, frame: Frame) {
        self.line.as_mut().unwrap().carrier.send(frame).await;
    }

    /// Takes part until `condition` holds.
    pub(crate) async fn until(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !condition(self) {
                self.step(what).await;
            }
        };
        if tokio::time::timeout(PATIENCE, waiting).await.is_err() {
            panic!("not within {PATIENCE:?}: {what}; closed: {:?}, names: {:?}", self.closed, self.names());
        }
    }

    /// Takes part until everything on the board is durable at the relay, or the line is over: then false.
    pub(crate) async fn received_or_over(&mut self) -> bool {
        let is_over = |device: &Self| device.line.as_ref().is_none_or(|line| line.connection.is_closed());
        self.until("received, or over", |device| is_over(device) || device.is_received(Kind::Board)).await;
        !is_over(self)
    }

    /// Takes part until everything on the board is durable at the relay.
    pub(crate) async fn settle(&mut self) {
        self.until("received", |device| device.is_received(Kind::Board)).await;
    }

    /// Both take part until `condition` holds of them.
    pub(crate) async fn until_both(
        one: &mut Self,
        other: &mut Self,
        what: &str,
        condition: impl Fn(&Self, &Self) -> bool,
    ) {
        let waiting = async {
            while !condition(one, other) {
                tokio::select! {
                    heard = one.listen(what) => one.take(heard).await,
                    heard = other.listen(what) => other.take(heard).await,
                }
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("not within {PATIENCE:?}: {what}"));
    }

    /// Handles one frame; with a line that ended, notes that.
    async fn step(&mut self, what: &str) {
        let heard = self.listen(what).await;
        self.take(heard).await;
    }

    /// Waits for what is heard next; `None` when the connection wants to be told the time. Safe to drop and call again.
    async fn listen(&mut self, what: &str) -> Option<Heard> {
        let now = self.now();
        // What is waited for does not come by itself.
        let Some(line) = self.line.as_mut().filter(|line| !line.connection.is_closed()) else {
            panic!(
                "the line has ended before this: {what}; {:?}, control {:?}, board {:?}, closed: {:?}, refused: {:?}",
                self.capability.role,
                self.control.heads(),
                self.board.heads(),
                self.closed,
                self.refused
            );
        };
        let due = line.connection.next_deadline().unwrap_or(Millis(u64::MAX)).since(now);
        tokio::time::timeout(Duration::from_millis(due.0), line.carrier.next()).await.ok()
    }

    async fn take(&mut self, heard: Option<Heard>) {
        let now = self.now();
        let connection = &mut self.line.as_mut().expect("it was listened to").connection;
        let outputs = match heard {
            Some(Heard::Frame(bytes)) => connection.handle(now, Input::Received(&bytes)),
            Some(Heard::Closed) => connection.handle(now, Input::Closed),
            Some(Heard::Pong) => connection.handle(now, Input::Pong),
            None => {
                // The clock counts whole milliseconds, and may not have come to the one that was waited for.
                let due = connection.next_deadline().unwrap_or(now);
                connection.handle(now.max(due), Input::Tick)
            }
        };
        self.carry_out(outputs).await;
    }

    async fn carry_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Transmit(bytes) => self.send_raw(Frame::Binary(bytes.into())).await,
                Output::Deliver(message) => self.deliver(message).await,
                Output::Close(reason) => self.closed = Some(reason),
                Output::Admit(_) | Output::Joined { .. } | Output::Ping => {}
            }
        }
    }

    async fn deliver(&mut self, message: Message) {
        match message {
            // A stock server asks for what it does not have itself.
            Message::Sync(data) | Message::Request(data) => {
                let kind = [Kind::Control, Kind::Board].into_iter().find(|kind| self.id(*kind) == data.document);
                let (kind, now, link) = (kind.unwrap(), self.now(), self.line.as_ref().unwrap().link);
                let input = document_sync::Input::Received { link, data: &data.data };
                let outputs = self.sync_mut(kind).handle(now, input);
                Box::pin(self.perform(kind, outputs)).await;
            }
            Message::Durable(durable) => drop(self.durable.insert(durable.document, durable.heads)),
            Message::Refused(refused) => self.refused.push(refused),
            Message::Ephemeral(ephemeral) => self.ephemeral.push(ephemeral),
            Message::DocUnavailable(notice) => self.unavailable.push(notice.document),
            Message::Checkpoint(checkpoint) => {
                self.checkpoint = Some(SignedCheckpoint::decode(&checkpoint.bytes).unwrap());
            }
            other => panic!("the relay sent {other:?}"),
        }
    }

    async fn perform(&mut self, kind: Kind, outputs: Vec<document_sync::Output>) {
        let mut outputs = std::collections::VecDeque::from(outputs);
        while let Some(output) = outputs.pop_front() {
            match output {
                document_sync::Output::Store { batch, .. } => {
                    let now = self.now();
                    outputs.extend(self.sync_mut(kind).handle(now, document_sync::Input::Stored { batch }));
                }
                document_sync::Output::Send { data, .. } if self.line.is_some() => {
                    let (peer, document) = (self.peer.clone(), self.id(kind));
                    let data = DocumentData { sender: peer.clone(), target: peer, document, data };
                    Box::pin(self.send(Message::Sync(data))).await;
                }
                document_sync::Output::Broken { reason, .. } => panic!("the relay sent what is broken: {reason}"),
                _ => {}
            }
        }
    }

    pub(crate) fn was_refused(&self, reason: &RefusedReason) -> bool {
        self.refused.iter().any(|refused| refused.reason == *reason)
    }
}

/// An empty document with an actor of its own.
fn document() -> DocumentSync {
    DocumentSync::from_stored(Automerge::new().with_actor(ActorId::from(unique_bytes())))
}

/// Bytes that no other call gives; they compress well.
pub(crate) fn unique_bytes() -> [u8; 16] {
    let mut bytes = [7; 16];
    bytes[..8].copy_from_slice(&unique().to_le_bytes());
    bytes
}

/// Puts bytes that do not compress into a document.
pub(crate) fn put_noise(doc: &mut Automerge, number: usize, length: usize) {
    let noise = std::iter::repeat_with(ActorId::random).flat_map(|actor| actor.to_bytes().to_vec()).take(length);
    let noise = ScalarValue::Bytes(noise.collect());
    doc.transact::<_, _, AutomergeError>(|transaction| transaction.put(ROOT, format!("noise-{number}"), noise))
        .unwrap();
}
