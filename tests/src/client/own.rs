//! A phone without its screen: the connection and the sync core that the client runs, with a store that answers at once.

use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use automerge::{Automerge, ChangeHash};
use shared::sync::connection::{Connection, Input as LineInput, Limits, Local, Output as LineOutput};
use shared::sync::document_sync::{Input, LinkOptions, Output, Rights};
use shared::sync::message::{Announcement, DocumentData, Features, Message, PeerMetadata};
use shared::sync::{DocumentId, DocumentSync, LinkId, Millis, PeerId};
use tokio_tungstenite::tungstenite::Bytes;

use super::{Client, Door};
use crate::document::{Document, Mark};
use crate::line::Line;

/// Its one link.
const LINK: LinkId = LinkId(0);

/// A phone without its screen.
#[derive(Debug)]
pub(crate) struct Phone {
    line: Line,
    connection: Connection,
    sync: DocumentSync,
    id: PeerId,
    document: DocumentId,
    begun: Instant,
    durable: Vec<ChangeHash>,
}

impl Client for Phone {
    type Doc = Automerge;

    async fn join(door: &Door, number: usize, doc: Option<Automerge>) -> Result<Self> {
        let line = Line::dial(&door.url).await?;
        let id = PeerId::new(&format!("peer-{number:04}"))?;
        let announcement = Announcement { version: 1, features: Features::all(), claim: None, relay: None };
        let metadata = PeerMetadata { is_ephemeral: true, announcement: Some(announcement), ..PeerMetadata::default() };
        let local = Local { peer: id.clone(), metadata };
        let connection = Connection::dial(Millis(0), local, Limits::DIALLING);
        // A phone has no way of following without a copy.
        let doc = doc.unwrap_or_else(|| Document::new(number));
        let sync = DocumentSync::from_stored(doc);
        let (begun, durable) = (Instant::now(), Vec::new());
        let mut phone = Self { line, connection, sync, id, document: door.document, begun, durable };
        let opened = phone.connection.handle(Millis(0), LineInput::Opened);
        phone.carry_out_line(opened)?;
        while phone.connection.remote().is_none() {
            phone.hear().await?;
        }
        let compact = phone.connection.remote_has(Features::COMPACT);
        let options = LinkOptions { compact, ..LinkOptions::dialled() };
        let up = Input::LinkUp { link: LINK, rights: Rights::ALL, options };
        let outputs = phone.sync.handle(phone.now(), up);
        phone.carry_out(outputs)?;
        Ok(phone)
    }

    async fn hear(&mut self) -> Result<()> {
        let due = [self.connection.next_deadline(), self.sync.next_deadline()].into_iter().flatten().min();
        let due = due.map(|due| self.begun + std::time::Duration::from_millis(due.0));
        let due = due.unwrap_or_else(|| Instant::now() + std::time::Duration::from_secs(60));
        tokio::select! {
            frame = self.line.frame() => self.heard(&frame?),
            () = tokio::time::sleep_until(due.into()) => {
                let outputs = self.connection.handle(self.now(), LineInput::Tick);
                self.carry_out_line(outputs)?;
                let outputs = self.sync.handle(self.now(), Input::Tick);
                self.carry_out(outputs)
            }
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut Automerge) -> Mark) -> Result<Mark> {
        let (mark, outputs) = self.sync.edit(self.now(), change);
        self.carry_out(outputs)?;
        Ok(mark)
    }

    fn doc(&self) -> Option<&Automerge> {
        Some(self.sync.doc())
    }

    fn has_document(&self) -> bool {
        !self.sync.doc().is_empty()
    }

    fn is_received(&self) -> bool {
        let mut heads = self.sync.heads();
        heads.sort_unstable();
        self.durable == heads
    }

    fn line(&self) -> &Line {
        &self.line
    }

    fn into_line(self) -> Line {
        self.line
    }
}

impl Phone {
    fn now(&self) -> Millis {
        Millis(u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn heard(&mut self, frame: &Bytes) -> Result<()> {
        let outputs = self.connection.handle(self.now(), LineInput::Received(frame));
        self.carry_out_line(outputs)
    }

    fn carry_out_line(&mut self, outputs: Vec<LineOutput>) -> Result<()> {
        for output in outputs {
            match output {
                LineOutput::Transmit(bytes) => self.line.send(bytes),
                LineOutput::Deliver(Message::Sync(data)) => {
                    let received = Input::Received { link: LINK, data: &data.data };
                    let outputs = self.sync.handle(self.now(), received);
                    self.carry_out(outputs)?;
                }
                LineOutput::Deliver(Message::Durable(durable)) => {
                    self.durable = durable.heads;
                    self.durable.sort_unstable();
                }
                LineOutput::Close(reason) => bail!("the line was closed: {reason}"),
                LineOutput::Deliver(_) | LineOutput::Joined { .. } | LineOutput::Admit(_) | LineOutput::Ping => {}
            }
        }
        Ok(())
    }

    fn carry_out(&mut self, outputs: Vec<Output>) -> Result<()> {
        for output in outputs {
            match output {
                Output::Store { batch, changes } => {
                    let now = Instant::now();
                    for change in changes {
                        self.line.arrived(change.hash.0[..4].try_into().context("a hash is longer")?, now);
                    }
                    let outputs = self.sync.handle(self.now(), Input::Stored { batch });
                    self.carry_out(outputs)?;
                }
                Output::Send { data, .. } => {
                    let (sender, document) = (self.id.clone(), self.document);
                    let message =
                        Message::Sync(DocumentData { sender: sender.clone(), target: sender, document, data });
                    let outputs = self.connection.send(self.now(), message);
                    self.carry_out_line(outputs)?;
                }
                Output::Refused { reason, .. } => bail!("changes were refused: {reason:?}"),
                Output::Broken { reason, .. } => bail!("the link was given up: {reason}"),
                Output::Reload { .. } => bail!("the core panicked"),
                Output::Durable { .. } | Output::Applied { .. } => {}
            }
        }
        Ok(())
    }
}
