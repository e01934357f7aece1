//! One stock peer: joins, asks for the board, acknowledges every message, and perhaps writes.
//!
//! A writer is a whole Automerge document. A reader only follows heads, and sends the relay the same messages: a stock
//! peer's acknowledgement says its heads and the heads that both sides share.

use std::time::Instant;

use anyhow::{Result, bail};
use automerge::sync::{self, ChunkList, Have, MessageFlags, MessageVersion, SyncDoc as _};
use automerge::{Automerge, ChangeHash};
use shared::sync::message::{DocumentData, Join, MAX_FRAME_FROM_RELAY, Message, PeerMetadata, decode, encode};
use shared::sync::{DocumentId, PeerId};

use super::{Client, Door};
use crate::document::Mark;
use crate::line::Line;

/// What a peer keeps of the board.
#[derive(Debug)]
enum Copy {
    Whole(Box<Automerge>, Box<sync::State>),
    Heads { theirs: Vec<ChangeHash>, said: Vec<ChangeHash> },
}

/// One stock peer.
#[derive(Debug)]
pub(crate) struct Peer {
    line: Line,
    id: PeerId,
    server: PeerId,
    document: DocumentId,
    copy: Copy,
}

impl Client for Peer {
    type Doc = Automerge;

    async fn join(door: &Door, number: usize, doc: Option<Automerge>) -> Result<Self> {
        let mut line = Line::dial(&door.url).await?;
        let copy = match doc {
            Some(doc) => Copy::Whole(Box::new(doc), Box::default()),
            None => Copy::Heads { theirs: Vec::new(), said: Vec::new() },
        };
        let (id, server) = introduce(&mut line, number).await?;
        let mut peer = Self { line, id, server, document: door.document, copy };
        peer.speak(true);
        Ok(peer)
    }

    async fn hear(&mut self) -> Result<()> {
        let frame = self.line.frame().await?;
        let Message::Sync(data) = decode(&frame, MAX_FRAME_FROM_RELAY)? else { return Ok(()) };
        let message = sync::Message::decode(&data.data)?;
        let now = Instant::now();
        for chunk in message.changes.iter() {
            for mark in marks(chunk) {
                self.line.arrived(mark, now);
            }
        }
        match &mut self.copy {
            Copy::Whole(doc, state) => doc.receive_sync_message(state, message)?,
            Copy::Heads { theirs, .. } => *theirs = message.heads,
        }
        self.speak(false);
        Ok(())
    }

    fn edit(&mut self, change: impl FnOnce(&mut Automerge) -> Mark) -> Result<Mark> {
        let Copy::Whole(doc, _) = &mut self.copy else { bail!("a reader does not write") };
        let mark = change(doc);
        self.speak(false);
        Ok(mark)
    }

    fn doc(&self) -> Option<&Automerge> {
        if let Copy::Whole(doc, _) = &self.copy { Some(doc) } else { None }
    }

    fn has_document(&self) -> bool {
        match &self.copy {
            Copy::Whole(doc, _) => !doc.is_empty(),
            Copy::Heads { theirs, .. } => !theirs.is_empty(),
        }
    }

    fn is_received(&self) -> bool {
        match &self.copy {
            Copy::Whole(doc, state) => state.their_heads.as_ref() == Some(&doc.get_heads()),
            Copy::Heads { .. } => true,
        }
    }

    fn line(&self) -> &Line {
        &self.line
    }

    fn into_line(self) -> Line {
        self.line
    }
}

impl Peer {
    /// Says what a stock peer says next, if it says anything.
    fn speak(&mut self, first: bool) {
        let message = match &mut self.copy {
            Copy::Whole(doc, state) => doc.generate_sync_message(state),
            Copy::Heads { theirs, said } if first || theirs != said => {
                said.clone_from(theirs);
                Some(acknowledgement(theirs.clone()))
            }
            Copy::Heads { .. } => None,
        };
        let Some(message) = message else { return };
        let (sender, target, document) = (self.id.clone(), self.server.clone(), self.document);
        let data = DocumentData { sender, target, document, data: message.encode().into() };
        // A stock peer requests only what it has nothing of.
        let requests = first && !self.has_document();
        self.line.send(encode(&if requests { Message::Request(data) } else { Message::Sync(data) }));
    }
}

/// Joins as a stock peer; gives its name and the server's.
pub(crate) async fn introduce(line: &mut Line, number: usize) -> Result<(PeerId, PeerId)> {
    let id = PeerId::new(&format!("peer-{number:04}"))?;
    let (metadata, versions) = (PeerMetadata::default(), vec!["1".to_owned()]);
    line.send(encode(&Message::Join(Join { sender: id.clone(), metadata, versions })));
    loop {
        if let Message::Peer(peer) = decode(&line.frame().await?, MAX_FRAME_FROM_RELAY)? {
            return Ok((id, peer.sender));
        }
    }
}

/// What a stock peer says that has everything up to `heads`.
pub(super) fn acknowledgement(heads: Vec<ChangeHash>) -> sync::Message {
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
