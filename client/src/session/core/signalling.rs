//! Signals that are never stored: who is here, and the way in on the projector.

use shared::access::{Capability, Role};
use shared::presence::{EVERY_MS, GONE_AFTER_MS, Signal};
use shared::sync::message::{Ephemeral, Message};
use shared::sync::{Millis, PeerId, SessionId};

use super::{Core, Moment};

impl Core {
    pub(super) fn hear_signal(&mut self, now: Moment, ephemeral: Ephemeral) {
        if ephemeral.document != self.board.id {
            return;
        }
        let Some(signal) = Signal::from_bytes(&ephemeral.data) else { return };
        match &signal {
            Signal::Invitation { participant } => {
                self.hear_invitation(now, ephemeral.sender, participant.is_some(), signal.invited(&self.capability));
                return;
            }
            Signal::Gone if self.invites_us(&ephemeral.sender) => {
                self.invited = None;
                self.changed();
            }
            Signal::Gone | Signal::Here { .. } => {}
        }
        self.greet(now, &ephemeral.sender, &signal);
        if self.roster.hear(now.steady, ephemeral.sender, &signal) {
            self.changed();
        }
    }

    /// Notes the way in as somebody shows it, or takes it away again.
    fn hear_invitation(&mut self, now: Moment, sender: PeerId, is_shown: bool, invited: Option<Capability>) {
        // Only a projector can tell a real invitation from a forged one, and only it shows one.
        if self.capability.role != Role::Projector {
            return;
        }
        match invited {
            Some(invited) => self.invited = Some((invited, sender, now.steady)),
            None if !is_shown && self.invites_us(&sender) => self.invited = None,
            None => return,
        }
        self.changed();
    }

    /// Whether the way in that is shown came from `peer`: nobody else takes it away.
    fn invites_us(&self, peer: &PeerId) -> bool {
        self.invited.as_ref().is_some_and(|(_, sender, _)| sender == peer)
    }

    /// When the way in is no longer shown unless somebody says it again: a facilitator whose device is gone shows
    /// nothing.
    pub(super) fn invitation_ends(&self) -> Option<Millis> {
        self.invited.as_ref().map(|(_, _, heard)| *heard + Millis(GONE_AFTER_MS))
    }

    /// Answers who has just come: a projector by the way in, a facilitator by saying that we are here too.
    ///
    /// Others learn of us in a quarter of a minute at most. If all answered all, 200 phones that come at once would say
    /// it 40,000 times.
    fn greet(&mut self, now: Moment, peer: &PeerId, signal: &Signal) {
        let Signal::Here { role, .. } = signal else { return };
        if self.roster.knows(peer) {
            return;
        }
        match role {
            Role::Projector => self.say_invitation(now),
            Role::Facilitator => {
                let spread = Millis(u64::from((self.random)()[0]) * 4);
                let soon = now.steady + spread;
                self.presence_due = self.presence_due.map(|due| due.min(soon));
            }
            Role::Site | Role::Participant => {}
        }
    }

    /// Says that this device is here, and plans to say it again.
    pub(super) fn say_here(&mut self, now: Moment) {
        self.presence_due = Some(now.steady + Millis(EVERY_MS));
        let role = self.capability.role;
        let person = self.me.map(|me| me.to_string());
        let signal = Signal::Here { person, role, at: self.position.clone() };
        self.signal(now, &signal);
        if self.invites {
            self.say_invitation(now);
        }
    }

    /// Shows the projector the way in, or nothing if it is not shown.
    pub(super) fn say_invitation(&mut self, now: Moment) {
        if !self.invites {
            return;
        }
        if let Some(invitation) = Signal::invite(&self.capability) {
            self.signal(now, &invitation);
        }
    }

    pub(super) fn signal(&mut self, now: Moment, signal: &Signal) {
        if !self.line.is_joined() {
            return;
        }
        let Ok(session) = SessionId::new(&self.ephemeral_session) else { return };
        self.ephemeral_count += 1;
        let (sender, target) = (self.own_peer(), self.own_peer());
        let (document, count) = (self.board.id, self.ephemeral_count);
        let data = signal.to_bytes();
        self.send(now, Message::Ephemeral(Ephemeral { sender, target, document, session, count, data }));
    }
}
