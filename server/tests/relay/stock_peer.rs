//! A peer as stock automerge-repo clients are: plain sync messages, no frames of ours, its capability in the URL.

use automerge::sync::{Message as SyncMessage, State, SyncDoc as _};
use automerge::{AutoCommit, ROOT, ReadDoc as _, transaction::Transactable as _};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::documents::Kind;
use shared::sync::message::{DocumentData, Join, MAX_FRAME_FROM_RELAY, Message, PeerMetadata, decode, encode};
use shared::sync::{DocumentId, PeerId};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::hall::{Hall, PATIENCE};

/// A stock client with one document.
pub(crate) struct StockPeer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    peer: PeerId,
    document: DocumentId,
    pub(crate) doc: AutoCommit,
    state: State,
    pub(crate) heard: Vec<Message>,
}

impl StockPeer {
    pub(crate) async fn join(url: &str, name: &str, document: &str) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        let peer = PeerId::new(name).unwrap();
        let document = document.parse().unwrap();
        let mut stock = Self { socket, peer, document, doc: AutoCommit::new(), state: State::new(), heard: Vec::new() };
        let versions = vec!["1".to_owned()];
        stock
            .send(&Message::Join(Join { sender: stock.peer.clone(), metadata: PeerMetadata::default(), versions }))
            .await;
        stock
    }

    pub(crate) async fn send(&mut self, message: &Message) {
        self.socket.send(Frame::Binary(encode(message).into())).await.unwrap();
    }

    pub(crate) async fn speak(&mut self, first: bool) {
        loop {
            let message = self.doc.sync().generate_sync_message(&mut self.state);
            let Some(message) = message else { return };
            let (sender, document, data) = (self.peer.clone(), self.document, message.encode().into());
            let data = DocumentData { sender: sender.clone(), target: sender, document, data };
            self.send(&if first { Message::Request(data) } else { Message::Sync(data) }).await;
            if first {
                return;
            }
        }
    }

    /// Says anything at all about its document.
    pub(crate) async fn say(&mut self, data: Vec<u8>) {
        let (sender, document) = (self.peer.clone(), self.document);
        let message =
            Message::Sync(DocumentData { sender: sender.clone(), target: sender, document, data: data.into() });
        // A relay that has had enough of it is seen when reading.
        let _ = self.socket.send(Frame::Binary(encode(&message).into())).await;
    }

    /// Asks for a document beside its own.
    pub(crate) async fn ask(&mut self, document: DocumentId, data: Vec<u8>) {
        let (sender, target) = (self.peer.clone(), self.peer.clone());
        self.send(&Message::Request(DocumentData { sender, target, document, data: data.into() })).await;
    }

    /// Reads until the relay ends the line.
    pub(crate) async fn until_ended(&mut self) {
        let reading = async { while let Some(Ok(_)) = self.socket.next().await {} };
        tokio::time::timeout(PATIENCE, reading).await.expect("the relay ends the line");
    }

    pub(crate) async fn until(&mut self, what: &str, condition: impl Fn(&Self) -> bool) {
        let waiting = async {
            while !condition(self) {
                self.hear().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("not within {PATIENCE:?}: {what}"));
    }

    /// Takes one frame and answers it.
    async fn hear(&mut self) {
        let frame = self.socket.next().await.expect("the line holds").expect("the line holds");
        let Frame::Binary(bytes) = frame else { return };
        match decode(&bytes, MAX_FRAME_FROM_RELAY).unwrap() {
            Message::Sync(data) => {
                let message = SyncMessage::decode(&data.data).unwrap();
                self.doc.sync().receive_sync_message(&mut self.state, message).unwrap();
                self.speak(false).await;
            }
            message => self.heard.push(message),
        }
    }

    /// Goes on answering while something else comes true: one message in a dozen or two must be asked for again, since
    /// the filter of so few changes takes a new one for one that it holds.
    pub(crate) async fn answer_while(&mut self, other: impl Future<Output = ()>) {
        let answering = async {
            loop {
                self.hear().await;
            }
        };
        tokio::select! {
            () = other => {}
            () = answering => {}
        }
    }

    fn people(&self) -> usize {
        let people = self.doc.get(ROOT, "people").unwrap();
        people.map_or(0, |(_, people)| self.doc.length(people))
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.doc.get(ROOT, key).unwrap().is_some()
    }
}

#[tokio::test]
async fn two_stock_peers_see_each_others_edits_and_ours() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (url, board) = (&workshop.answer.sync.participant, &workshop.answer.documents.board);
    let mut ann = StockPeer::join(url, "ann", board).await;
    let mut bo = StockPeer::join(url, "bo", board).await;
    for stock in [&mut ann, &mut bo] {
        stock.until("let in", |stock| matches!(stock.heard[..], [Message::Peer(_)])).await;
        stock.speak(true).await;
        stock.until("the board is there", |stock| stock.has("people")).await;
    }
    ann.doc.put(ROOT, "from-ann", true).unwrap();
    ann.speak(false).await;
    ann.answer_while(bo.until("Ann's edit is there", |bo| bo.has("from-ann"))).await;
    bo.doc.put(ROOT, "from-bo", true).unwrap();
    bo.speak(false).await;
    bo.answer_while(ann.until("Bo's edit is there", |ann| ann.has("from-bo"))).await;

    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| device.doc(Kind::Board).get(ROOT, "from-bo").unwrap().is_some()).await;
    device.add_person("Carla").await;
    device.settle().await;
    for stock in [&mut ann, &mut bo] {
        stock.until("our edit is there", |stock| stock.people() == 1).await;
        assert!(stock.heard[1..].is_empty(), "a stock peer gets no frames of ours: {:?}", stock.heard);
    }
}

#[tokio::test]
async fn a_projectors_url_cannot_write() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let board = &workshop.answer.documents.board;
    let mut projector = StockPeer::join(&workshop.answer.sync.projector, "wall", board).await;
    projector.until("let in", |stock| !stock.heard.is_empty()).await;
    projector.speak(true).await;
    projector.until("the board is there", |stock| stock.has("people")).await;
    projector.doc.put(ROOT, "from-the-wall", true).unwrap();
    projector.speak(false).await;
    // What a participant writes still reaches the projector, so its line is alive and was heard in order.
    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device.add_person("Carla").await;
    device.settle().await;
    let view = |device: &crate::device::Device| device.doc(Kind::Board).get(ROOT, "from-the-wall").unwrap().is_some();
    assert!(!view(&device));
}

#[tokio::test]
async fn s22_a_stock_peer_is_told_that_its_changes_were_not_taken() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let control = &workshop.answer.documents.control;
    let mut stock = StockPeer::join(&workshop.answer.sync.participant, "ann", control).await;
    stock.until("let in", |stock| !stock.heard.is_empty()).await;
    stock.speak(true).await;
    stock.until("control is there", |stock| stock.has("tools")).await;
    stock.doc.put(ROOT, "from-ann", true).unwrap();
    stock.speak(false).await;
    let is_told = |heard: &Message| matches!(heard, Message::Error(error) if error.message.contains("not-covered"));
    stock.until("it is told", |stock| stock.heard.iter().any(is_told)).await;
}
