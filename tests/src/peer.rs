//! One stock peer: joins, asks for the board, acknowledges every message, and perhaps writes.
//!
//! A writer is a whole Automerge document. A reader only follows heads, which costs the load's core far less and sends
//! the relay the same messages: a stock peer's acknowledgement says its heads and the heads that both sides share.

use std::collections::HashMap;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use automerge::sync::{self, ChunkList, Have, MessageFlags, MessageVersion, SyncDoc as _};
use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, Automerge, ChangeHash, ObjType, ROOT, ReadDoc as _};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::sync::message::{DocumentData, Join, MAX_FRAME_FROM_RELAY, Message, PeerMetadata, decode, encode};
use shared::sync::{DocumentId, PeerId};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// The first four bytes of a change's hash, which its chunk begins with.
pub(crate) type Mark = [u8; 4];

/// What a peer keeps of the board.
#[derive(Debug)]
enum Copy {
    Whole(Box<Automerge>, Box<sync::State>),
    Heads { theirs: Vec<ChangeHash>, said: Vec<ChangeHash> },
}

/// When each change came.
pub(crate) type Arrivals = HashMap<Mark, Instant>;

/// One stock peer.
#[derive(Debug)]
pub(crate) struct Peer {
    read: SplitStream<Socket>,
    write: SplitSink<Socket, Frame>,
    id: PeerId,
    document: DocumentId,
    copy: Copy,
    pub(crate) arrived: Arrivals,
    pub(crate) bytes_down: usize,
    pub(crate) frames_down: usize,
}

impl Peer {
    /// Dials and asks for the board; `writes` for a peer that will write.
    pub(crate) async fn join(url: &str, document: DocumentId, number: usize, writes: bool) -> Result<Self> {
        let (socket, _) = tokio_tungstenite::connect_async(url).await?;
        let (write, read) = socket.split();
        let copy = if writes {
            let actor = ActorId::from(u128::try_from(number + 1)?.to_be_bytes());
            Copy::Whole(Box::new(Automerge::new().with_actor(actor)), Box::default())
        } else {
            Copy::Heads { theirs: Vec::new(), said: Vec::new() }
        };
        let id = PeerId::new(&format!("peer-{number:04}"))?;
        let (arrived, bytes_down, frames_down) = (Arrivals::new(), 0, 0);
        let mut peer = Self { read, write, id, document, copy, arrived, bytes_down, frames_down };
        let versions = vec!["1".to_owned()];
        peer.send(&Message::Join(Join { sender: peer.id.clone(), metadata: PeerMetadata::default(), versions }))
            .await?;
        while !matches!(peer.receive().await?, Message::Peer(_)) {}
        peer.speak(true).await?;
        Ok(peer)
    }

    /// Handles one frame.
    pub(crate) async fn hear(&mut self) -> Result<()> {
        if let Message::Sync(data) = self.receive().await? {
            let message = sync::Message::decode(&data.data)?;
            let now = Instant::now();
            for chunk in message.changes.iter() {
                for mark in marks(chunk) {
                    self.arrived.entry(mark).or_insert(now);
                }
            }
            match &mut self.copy {
                Copy::Whole(doc, state) => doc.receive_sync_message(state, message)?,
                Copy::Heads { theirs, .. } => *theirs = message.heads,
            }
            self.speak(false).await?;
        }
        Ok(())
    }

    /// Changes this peer's copy, and says so. Returns the change's mark.
    pub(crate) async fn edit(&mut self, change: impl FnOnce(&mut Automerge)) -> Result<Mark> {
        let Copy::Whole(doc, _) = &mut self.copy else { bail!("a reader does not write") };
        change(doc);
        let change = doc.get_last_local_change().context("the edit changed nothing")?;
        let mark = change.hash().0[..4].try_into()?;
        self.speak(false).await?;
        Ok(mark)
    }

    /// The copy of a writer.
    pub(crate) fn doc(&self) -> Option<&Automerge> {
        if let Copy::Whole(doc, _) = &self.copy { Some(doc) } else { None }
    }

    /// Whether the relay has everything that this writer has.
    pub(crate) fn is_received(&self) -> bool {
        match &self.copy {
            Copy::Whole(doc, state) => state.their_heads.as_ref() == Some(&doc.get_heads()),
            Copy::Heads { .. } => true,
        }
    }

    /// Whether the board is here.
    pub(crate) fn has_board(&self) -> bool {
        match &self.copy {
            Copy::Whole(doc, _) => !doc.is_empty(),
            Copy::Heads { theirs, .. } => !theirs.is_empty(),
        }
    }

    /// Says what a stock peer says next, if it says anything.
    async fn speak(&mut self, first: bool) -> Result<()> {
        let message = match &mut self.copy {
            Copy::Whole(doc, state) => doc.generate_sync_message(state),
            Copy::Heads { theirs, said } if first || theirs != said => {
                said.clone_from(theirs);
                Some(acknowledgement(theirs.clone()))
            }
            Copy::Heads { .. } => None,
        };
        let Some(message) = message else { return Ok(()) };
        let (sender, document, data) = (self.id.clone(), self.document, message.encode().into());
        let data = DocumentData { sender: sender.clone(), target: sender, document, data };
        self.send(&if first { Message::Request(data) } else { Message::Sync(data) }).await
    }

    async fn send(&mut self, message: &Message) -> Result<()> {
        Ok(self.write.send(Frame::Binary(encode(message).into())).await?)
    }

    async fn receive(&mut self) -> Result<Message> {
        loop {
            match self.read.next().await.context("the line ended")?? {
                Frame::Binary(bytes) => {
                    self.bytes_down += bytes.len();
                    self.frames_down += 1;
                    return Ok(decode(&bytes, MAX_FRAME_FROM_RELAY)?);
                }
                // The stack answers pings once something is written or flushed.
                Frame::Ping(_) => self.write.flush().await?,
                Frame::Close(reason) => bail!("the line was closed: {reason:?}"),
                _ => {}
            }
        }
    }
}

/// What a stock peer says that has everything up to `heads`.
fn acknowledgement(heads: Vec<ChangeHash>) -> sync::Message {
    let have = vec![Have { last_sync: heads.clone(), ..Have::default() }];
    let mut flags = MessageFlags::new();
    flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
    let version = MessageVersion::V1;
    sync::Message { heads, need: Vec::new(), have, changes: ChunkList::empty(), flags: Some(flags), version }
}

/// The marks of the chunks in `bytes`.
fn marks(bytes: &[u8]) -> Vec<Mark> {
    let chunks = shared::sync::chunk_guard::split(bytes).unwrap_or_default();
    chunks.iter().filter_map(|chunk| chunk.checksum().try_into().ok()).collect()
}

/// The key of a writer's text.
fn key(writer: usize) -> String {
    format!("load-{writer}")
}

/// Makes the writers' texts.
pub(crate) fn begin(doc: &mut Automerge, writers: usize) {
    let mut tx = doc.transaction();
    for writer in 0..writers {
        tx.put_object(ROOT, key(writer), ObjType::Text).expect("the document is writable");
    }
    tx.commit_with(CommitOptions::default().with_time(0));
}

/// Many changes; each writer's text begins anew now and then, since texts in the app are short.
pub(crate) fn fill(doc: &mut Automerge, writers: usize, changes: usize) {
    for number in 0..changes {
        if number % 500 < writers {
            let mut tx = doc.transaction();
            tx.put_object(ROOT, key(number % writers), ObjType::Text).expect("the document is writable");
            tx.commit_with(CommitOptions::default().with_time(0));
        } else {
            write(doc, number % writers);
        }
    }
}

/// One character at the end of a writer's text.
pub(crate) fn write(doc: &mut Automerge, writer: usize) {
    let (_, text) = doc.get(ROOT, key(writer)).expect("it can be read").expect("the texts were made");
    let length = doc.length(&text);
    let mut tx = doc.transaction();
    tx.splice_text(&text, length, 0, "e").expect("the document is writable");
    tx.commit_with(CommitOptions::default().with_time(0));
}

/// Whether the writers' texts are there.
pub(crate) fn has_begun(doc: &Automerge, writers: usize) -> bool {
    (0..writers).all(|writer| doc.get(ROOT, key(writer)).is_ok_and(|found| found.is_some()))
}
