//! A device that comes back with edits of its own and follows the rest by its heads: it tells the server what a stock peer
//! tells it, without merging anything, so that many of them fit on the load's core.

use anyhow::{Context as _, Result, ensure};
use automerge::sync::{self, ChunkList, Have, MessageFlags, MessageVersion};
use automerge::{Automerge, ChangeHash};
use shared::sync::chunk_guard;
use shared::sync::message::{DocumentData, MAX_FRAME_FROM_RELAY, Message, decode, encode};
use shared::sync::{DocumentId, PeerId};

use super::Door;
use super::stock::{acknowledgement, introduce};
use crate::line::Line;

/// Bytes of changes in one message; a frame has at most 1 MiB.
const PART_BYTES: usize = 256 << 10;

/// What a follower brings: encoded before the time is taken.
#[derive(Debug)]
pub(crate) struct Luggage {
    messages: Vec<Vec<u8>>,
    /// Its document's heads, with its own edits.
    heads: Vec<ChangeHash>,
}

impl Luggage {
    /// All that `doc` has beyond the heads that everybody has.
    pub(crate) fn of(doc: &Automerge, base: &[ChangeHash]) -> Self {
        let mut parts: Vec<Vec<Vec<u8>>> = vec![Vec::new()];
        let mut bytes = 0;
        for change in doc.get_changes(base) {
            let chunk = change.raw_bytes();
            if bytes + chunk.len() > PART_BYTES {
                parts.push(Vec::new());
                bytes = 0;
            }
            bytes += chunk.len();
            parts.last_mut().expect("there is always one").push(chunk.to_vec());
        }
        let heads = doc.get_heads();
        let last = parts.len() - 1;
        let messages = parts.into_iter().enumerate().map(|(number, part)| {
            let have = Have { last_sync: base.to_vec(), ..Have::default() };
            // Only the last says what its sender has, so that nothing is answered before all of it is there.
            let (heads, have) = if number == last { (heads.clone(), vec![have]) } else { (base.to_vec(), Vec::new()) };
            say(heads, have, ChunkList::from(part)).encode()
        });
        Self { messages: messages.collect(), heads: heads.clone() }
    }
}

/// A device that follows.
#[derive(Debug)]
pub(crate) struct Follower {
    line: Line,
    id: PeerId,
    server: PeerId,
    document: DocumentId,
    heads: Vec<ChangeHash>,
    /// Changes that came in.
    came: usize,
}

impl Follower {
    /// Dials, and sends what it brings.
    pub(crate) async fn join(door: &Door, number: usize, luggage: Luggage) -> Result<Self> {
        let mut line = Line::dial(&door.url).await?;
        let (id, server) = introduce(&mut line, number).await?;
        let follower = Self { line, id, server, document: door.document, heads: luggage.heads, came: 0 };
        luggage.messages.into_iter().for_each(|message| follower.send(message));
        Ok(follower)
    }

    /// Hears until the server has named these heads; fails unless so many changes came with them.
    pub(crate) async fn follow(&mut self, heads: &[ChangeHash], changes: usize) -> Result<()> {
        while self.heads != heads {
            self.hear().await?;
        }
        ensure!(self.came >= changes, "{} changes came, and the heads of {changes} others", self.came);
        Ok(())
    }

    async fn hear(&mut self) -> Result<()> {
        let frame = self.line.frame().await?;
        let Message::Sync(data) = decode(&frame, MAX_FRAME_FROM_RELAY)? else { return Ok(()) };
        let message = sync::Message::decode(&data.data)?;
        let before = self.came;
        for chunk in message.changes.iter() {
            self.came += chunk_guard::split(chunk).context("no chunks")?.len();
        }
        // What brings nothing only says what the server has, which is not yet here. A server that gave up what waited for us
        // begins anew, and is told how far we are.
        let begins_anew = message.flags.is_some_and(|flags| flags.contains(MessageFlags::SYNC_RESET));
        if self.came > before {
            self.heads = message.heads;
            self.heads.sort_unstable();
        }
        if self.came > before || begins_anew {
            self.send(acknowledgement(self.heads.clone()).encode());
        }
        Ok(())
    }

    fn send(&self, message: Vec<u8>) {
        let (sender, target, document) = (self.id.clone(), self.server.clone(), self.document);
        self.line.send(encode(&Message::Sync(DocumentData { sender, target, document, data: message.into() })));
    }
}

fn say(heads: Vec<ChangeHash>, have: Vec<Have>, changes: ChunkList) -> sync::Message {
    let mut flags = MessageFlags::new();
    flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
    sync::Message { heads, need: Vec::new(), have, changes, flags: Some(flags), version: MessageVersion::V1 }
}
