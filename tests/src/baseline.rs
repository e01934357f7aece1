//! What the relay is compared with: servers that keep nothing, check nothing, and let in anybody.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use automerge::sync::{self, SyncDoc as _};
use automerge::{ActorId, Automerge};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{Message as Frame, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use clap::ValueEnum;
use shared::sync::message::{DocumentData, Message, Peer, PeerMetadata, decode, encode};
use shared::sync::{DocumentId, MAX_FRAME, PeerId};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// The relay's own, so that the comparison is not one of buffers.
const READ_BUFFER_BYTES: usize = 8 << 10;

/// A server to compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Baseline {
    /// A websocket broadcast of the same bytes, in axum
    Broadcast,
    /// One Automerge document, with `generate_sync_message` for every peer
    Naive,
    /// A file over HTTP
    Download,
}

impl Baseline {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// Serves until it is killed; `file` is what there is to download.
pub(crate) async fn serve(baseline: Baseline, file: Option<PathBuf>) -> Result<()> {
    let hall = Arc::new(Mutex::new(Hall { doc: board(), members: Vec::new() }));
    let app = match baseline {
        Baseline::Broadcast => Router::new().route("/sync", get(broadcast)),
        Baseline::Naive => Router::new().route("/sync", get(naive)),
        Baseline::Download => {
            let bytes = Bytes::from(std::fs::read(file.context("no file to serve")?)?);
            Router::new().route("/saved", get(async move || bytes.clone()))
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    #[allow(clippy::print_stdout, reason = "whoever started it reads where it listens")]
    {
        println!("listening on http://{}", listener.local_addr()?);
    }
    // Without Nagle's algorithm, as on the relay.
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    Ok(axum::serve(listener, app.with_state(hall)).await?)
}

/// Something to join.
fn board() -> Automerge {
    let mut doc = Automerge::new().with_actor(ActorId::from([0_u8; 16]));
    doc.transact::<_, _, automerge::AutomergeError>(|tx| {
        automerge::transaction::Transactable::put(tx, automerge::ROOT, "title", "Load")
    })
    .expect("the document is writable");
    doc
}

#[derive(Debug)]
struct Hall {
    doc: Automerge,
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    peer: PeerId,
    document: Option<DocumentId>,
    state: sync::State,
    frames: UnboundedSender<Bytes>,
}

type Shared = Arc<Mutex<Hall>>;

async fn broadcast(State(hall): State<Shared>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    upgrade.read_buffer_size(READ_BUFFER_BYTES).on_upgrade(|socket| run(socket, hall, pass_on))
}

async fn naive(State(hall): State<Shared>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    upgrade.read_buffer_size(READ_BUFFER_BYTES).on_upgrade(|socket| run(socket, hall, sync_all))
}

async fn run(mut socket: WebSocket, hall: Shared, hear: fn(&mut Hall, usize, &Bytes)) {
    let (frames, mut waiting): (_, UnboundedReceiver<Bytes>) = unbounded_channel();
    let peer = PeerId::new("nobody").expect("it is short");
    let own = {
        let mut hall = hall.lock().await;
        hall.members.push(Member { peer, document: None, state: sync::State::new(), frames });
        hall.members.len() - 1
    };
    loop {
        tokio::select! {
            frame = socket.recv() => match frame {
                Some(Ok(Frame::Binary(bytes))) => hear(&mut *hall.lock().await, own, &bytes),
                Some(Ok(_)) => {}
                _ => return,
            },
            Some(bytes) = waiting.recv() => {
                if socket.send(Frame::Binary(bytes)).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// The same bytes to everybody else.
fn pass_on(hall: &mut Hall, from: usize, bytes: &Bytes) {
    for (index, member) in hall.members.iter().enumerate() {
        if index != from {
            let _ = member.frames.send(bytes.clone());
        }
    }
}

/// Stock sync with every peer, as it is written down in Automerge's own example.
fn sync_all(hall: &mut Hall, from: usize, bytes: &Bytes) {
    let Ok(message) = decode(bytes, MAX_FRAME) else { return };
    let relay = PeerId::new("naive").expect("it is short");
    match message {
        Message::Join(join) => {
            hall.members[from].peer = join.sender.clone();
            let (target, metadata) = (join.sender, PeerMetadata::default());
            let peer = Peer { sender: relay, target, metadata, version: "1".to_owned() };
            let _ = hall.members[from].frames.send(encode(&Message::Peer(peer)).into());
        }
        Message::Sync(data) | Message::Request(data) => {
            let before = hall.doc.get_heads();
            let Ok(message) = sync::Message::decode(&data.data) else { return };
            hall.members[from].document = Some(data.document);
            let _ = hall.doc.receive_sync_message(&mut hall.members[from].state, message);
            let is_news = hall.doc.get_heads() != before;
            for (index, member) in hall.members.iter_mut().enumerate() {
                let Some(document) = member.document.filter(|_| is_news || index == from) else { continue };
                while let Some(message) = hall.doc.generate_sync_message(&mut member.state) {
                    let (sender, target) = (relay.clone(), member.peer.clone());
                    let data = DocumentData { sender, target, document, data: message.encode().into() };
                    let _ = member.frames.send(encode(&Message::Sync(data)).into());
                }
            }
        }
        _ => {}
    }
}
