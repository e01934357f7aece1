//! Who else is here now, out of the signals that devices send each other.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::access::Role;
use shared::documents::EntryId;
use shared::presence::{GONE_AFTER_MS, Signal};
use shared::sync::{Millis, PeerId};

/// Most devices that are remembered; a peer that makes up names must not fill the memory.
const MOST: usize = 500;

/// Another device that is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presence {
    /// The person it writes for.
    pub person: Option<EntryId>,
    /// What it says that it is; not proven.
    pub role: Role,
    /// The question it shows, as `tool/field`.
    pub at: Option<String>,
}

/// The devices that are here, by the peer id that their signals came under.
#[derive(Debug, Default)]
pub(super) struct Roster {
    here: BTreeMap<PeerId, (Presence, Millis)>,
    shown: Rc<Vec<Presence>>,
}

impl Roster {
    /// Takes a signal of a peer, and says whether anything changed.
    pub(super) fn hear(&mut self, now: Millis, peer: PeerId, signal: &Signal) -> bool {
        match signal {
            Signal::Here { person, role, at } => {
                if self.here.len() >= MOST && !self.here.contains_key(&peer) {
                    return false;
                }
                let person = person.as_deref().and_then(|id| id.parse().ok());
                let at = at.as_ref().map(|at| at.chars().take(200).collect());
                self.here.insert(peer, (Presence { person, role: *role, at }, now));
            }
            Signal::Gone => {
                self.here.remove(&peer);
            }
            Signal::Invitation { .. } => return false,
        }
        self.show()
    }

    /// Whether a peer is among those who are here.
    pub(super) fn knows(&self, peer: &PeerId) -> bool {
        self.here.contains_key(peer)
    }

    /// Forgets devices that have been quiet for too long, and says whether any were.
    pub(super) fn tick(&mut self, now: Millis) -> bool {
        self.here.retain(|_, (_, heard)| now.since(*heard).0 < GONE_AFTER_MS);
        self.show()
    }

    /// Forgets everyone: the line is down, so nobody is known to be here.
    pub(super) fn clear(&mut self) -> bool {
        self.here.clear();
        self.show()
    }

    /// When [`Roster::tick`] is due.
    pub(super) fn next_deadline(&self) -> Option<Millis> {
        self.here.values().map(|(_, heard)| *heard + Millis(GONE_AFTER_MS)).min()
    }

    /// Everyone who is here, in a steady order.
    pub(super) fn shown(&self) -> Rc<Vec<Presence>> {
        Rc::clone(&self.shown)
    }

    fn show(&mut self) -> bool {
        let shown: Vec<Presence> = self.here.values().map(|(presence, _)| presence.clone()).collect();
        let is_new = shown != *self.shown;
        if is_new {
            self.shown = Rc::new(shown);
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(at: &str) -> Signal {
        Signal::Here { person: None, role: Role::Participant, at: Some(at.to_owned()) }
    }

    fn peer(name: &str) -> PeerId {
        PeerId::new(name).unwrap()
    }

    #[test]
    fn a_device_is_here_until_it_goes_or_falls_quiet() {
        let mut roster = Roster::default();
        assert!(roster.hear(Millis(0), peer("a"), &here("x")));
        assert!(!roster.hear(Millis(1_000), peer("a"), &here("x")), "nothing new was said");
        assert!(roster.hear(Millis(1_000), peer("b"), &here("y")));
        assert_eq!(roster.shown().len(), 2);
        assert!(roster.hear(Millis(2_000), peer("b"), &Signal::Gone));
        assert!(!roster.tick(Millis(1_000 + GONE_AFTER_MS - 1)));
        assert!(roster.tick(Millis(1_000 + GONE_AFTER_MS)));
        assert!(roster.shown().is_empty());
        assert_eq!(roster.next_deadline(), None);
    }

    #[test]
    fn made_up_names_do_not_fill_the_memory() {
        let mut roster = Roster::default();
        for number in 0..2 * MOST {
            roster.hear(Millis(0), peer(&number.to_string()), &here("x"));
        }
        assert_eq!(roster.shown().len(), MOST);
    }
}
