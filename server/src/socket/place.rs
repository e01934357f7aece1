//! Where a socket is once it is let in: in a workshop, by its role; or among the open documents.

use std::collections::HashMap;
use std::sync::Arc;

use shared::access::{Role, Write};
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::document_sync::{Rights, Write as LinkWrite};
use tokio::sync::mpsc;

use crate::hub::document::Command as DocumentCommand;
use crate::hub::workshop::{Command, Seat};
use crate::hub::{Hub, SocketId};

/// Most open documents that one socket takes part in.
const MOST_OPEN: usize = 4_096;
/// Longest ephemeral message that is passed on in a workshop, in bytes: presence, not content. Each goes to everybody.
const EPHEMERAL_BYTES: usize = 2 << 10;
/// Longest one about an open document, where nobody knows what it is for.
const OPEN_EPHEMERAL_BYTES: usize = 64 << 10;

/// Where a socket is.
#[derive(Debug)]
pub(super) enum Place {
    /// In a workshop; with whether it takes part in control and board yet, which it does from its first message on.
    Workshop { seat: Seat, control: bool, board: bool },
    /// Among the open documents; those that it takes part in.
    Open { hub: Arc<Hub>, documents: HashMap<DocumentId, mpsc::Sender<DocumentCommand>> },
}

/// A document's task, as a socket finds it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) commands: mpsc::Sender<DocumentCommand>,
    /// What the socket may do there, if it takes part only from now on.
    pub(super) begins: Option<Rights>,
}

impl Place {
    pub(super) fn workshop(seat: Seat) -> Self {
        Self::Workshop { seat, control: false, board: false }
    }

    pub(super) fn open(hub: Arc<Hub>) -> Self {
        Self::Open { hub, documents: HashMap::new() }
    }

    /// The task of a document in which the socket takes part from now on; `None` if there is none for it.
    pub(super) fn attach(&mut self, document: DocumentId) -> Option<Found> {
        match self {
            Self::Workshop { seat, control, board } => {
                let (kind, commands) = in_seat(seat, document)?;
                let attached = if kind == Kind::Control { control } else { board };
                let begins = (!std::mem::replace(attached, true)).then(|| rights(seat.role, kind));
                Some(Found { commands, begins })
            }
            Self::Open { hub, documents } => {
                if let Some(commands) = documents.get(&document) {
                    return Some(Found { commands: commands.clone(), begins: None });
                }
                let commands = hub.open_document(document).filter(|_| documents.len() < MOST_OPEN)?;
                documents.insert(document, commands.clone());
                Some(Found { commands, begins: Some(Rights::ALL) })
            }
        }
    }

    /// The task of a document in which the socket takes part.
    pub(super) fn find(&self, document: DocumentId) -> Option<mpsc::Sender<DocumentCommand>> {
        match self {
            Self::Workshop { seat, .. } => in_seat(seat, document).map(|(_, commands)| commands),
            Self::Open { documents, .. } => documents.get(&document).cloned(),
        }
    }

    /// Whether an ephemeral message of so many bytes is passed on from here (S9).
    pub(super) fn passes_on(&self, bytes: usize) -> bool {
        match self {
            Self::Workshop { seat, .. } => seat.role != Role::Projector && bytes <= EPHEMERAL_BYTES,
            Self::Open { .. } => bytes <= OPEN_EPHEMERAL_BYTES,
        }
    }

    /// Hands a checkpoint to the workshop.
    pub(super) async fn checkpoint(&self, socket: SocketId, bytes: Vec<u8>) {
        if let Self::Workshop { seat, .. } = self {
            let _ = seat.commands.send(Command::Checkpoint { socket, bytes }).await;
        }
    }

    /// Takes the socket out of everything it took part in.
    pub(super) async fn leave(self, socket: SocketId) {
        match self {
            Self::Workshop { seat: Seat { commands, control, board, .. }, control: in_control, board: on_board } => {
                for (document, _) in
                    [(&control, in_control), (&board, on_board)].into_iter().filter(|(_, is_in)| *is_in)
                {
                    let _ = document.send(DocumentCommand::Detach { socket }).await;
                }
                // The documents can end only when nobody holds them.
                drop((control, board));
                let _ = commands.send(Command::Leave { socket }).await;
            }
            Self::Open { documents, .. } => {
                for commands in documents.into_values() {
                    let _ = commands.send(DocumentCommand::Detach { socket }).await;
                }
            }
        }
    }
}

fn in_seat(seat: &Seat, document: DocumentId) -> Option<(Kind, mpsc::Sender<DocumentCommand>)> {
    if document == seat.documents.control {
        Some((Kind::Control, seat.control.clone()))
    } else {
        (document == seat.documents.board).then(|| (Kind::Board, seat.board.clone()))
    }
}

fn rights(role: Role, kind: Kind) -> Rights {
    let write = match role.rights(kind) {
        Write::All => LinkWrite::All,
        Write::Covered => LinkWrite::Covered,
        Write::None => LinkWrite::None,
    };
    Rights { read: true, write }
}
