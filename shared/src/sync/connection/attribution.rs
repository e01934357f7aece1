//! Who a message is from and for, on its way in and out (S3), and which messages a line carries at all.

use super::{Connection, ErrorNotice, Features, Message, Side};
use crate::sync::identity::PeerId;
use crate::sync::message::Refused;

impl Connection {
    /// S3: a message is from the peer at the other end, whatever it says. Only a relay passes on what others sent, so
    /// only the dialling side takes an ephemeral message of somebody else.
    pub(super) fn attributed(&mut self, remote: PeerId, message: Message) -> Option<Message> {
        let local = self.local.peer.clone();
        match message {
            Message::Sync(mut data) => {
                (data.sender, data.target) = (remote, local);
                (!data.data.is_empty()).then_some(Message::Sync(data))
            }
            Message::Request(mut data) => {
                (data.sender, data.target) = (remote, local);
                (!data.data.is_empty()).then_some(Message::Request(data))
            }
            Message::DocUnavailable(mut notice) => {
                (notice.sender, notice.target) = (remote, local);
                Some(Message::DocUnavailable(notice))
            }
            Message::Ephemeral(mut ephemeral) => {
                // S9: a stock peer passes on to its relay, too, what it has from there.
                let is_theirs = match self.side {
                    Side::Accepting => ephemeral.sender == remote,
                    Side::Dialling => ephemeral.sender != local,
                };
                if !is_theirs {
                    return None;
                }
                ephemeral.target = local;
                let new = self.ephemeral.is_new(&ephemeral.sender, &ephemeral.session, ephemeral.count);
                new.then_some(Message::Ephemeral(ephemeral))
            }
            Message::Durable(_) | Message::Refused(_) if self.side == Side::Accepting => None,
            Message::Durable(_) | Message::Refused(_) | Message::Checkpoint(_) | Message::Error(_) => Some(message),
            Message::Join(_)
            | Message::Peer(_)
            | Message::Leave(_)
            | Message::Heartbeat
            | Message::Closed(_)
            | Message::Unknown(_) => None,
        }
    }

    /// S22: `message` in words that the other side understands. A stock peer has only `error`, and is told once for each
    /// reason, not for each change.
    pub(super) fn worded(&mut self, message: Message) -> Option<Message> {
        match message {
            Message::Refused(Refused { reason, .. }) if !self.remote_has(Features::REFUSED) => {
                let message = format!("changes were not taken: {}", reason.code());
                self.told_refused.insert(reason).then_some(Message::Error(ErrorNotice { message }))
            }
            message => Some(message),
        }
    }

    /// `message` with its sender and target as they must be; `None` if it may not go to this peer (S5, S6).
    pub(super) fn addressed(&self, remote: &PeerId, features: &Features, message: Message) -> Option<Message> {
        let (local, remote) = (self.local.peer.clone(), remote.clone());
        match message {
            Message::Sync(mut data) => {
                (data.sender, data.target) = (local, remote);
                (!data.data.is_empty()).then_some(Message::Sync(data))
            }
            Message::Request(mut data) => {
                (data.sender, data.target) = (local, remote);
                (!data.data.is_empty()).then_some(Message::Request(data))
            }
            Message::DocUnavailable(mut notice) => {
                (notice.sender, notice.target) = (local, remote);
                Some(Message::DocUnavailable(notice))
            }
            Message::Ephemeral(mut ephemeral) => {
                // S9: passed on with its sender, session and count untouched.
                if self.side == Side::Dialling {
                    ephemeral.sender = local;
                }
                ephemeral.target = remote;
                Some(Message::Ephemeral(ephemeral))
            }
            Message::Heartbeat => features.has(Features::HEARTBEAT).then_some(message),
            Message::Durable(_) => features.has(Features::DURABLE).then_some(message),
            Message::Refused(_) => features.has(Features::REFUSED).then_some(message),
            Message::Checkpoint(_) => features.has(Features::CHECKPOINT).then_some(message),
            Message::Error(_) => Some(message),
            // Joining and closing are the connection's own.
            Message::Join(_) | Message::Peer(_) | Message::Leave(_) | Message::Closed(_) | Message::Unknown(_) => None,
        }
    }
}
