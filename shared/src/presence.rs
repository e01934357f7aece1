//! Presence: who is here and where they are, passed on and never stored.
//!
//! A signal travels as the data of an ephemeral message on the board's document: one CBOR array, of the signal's number
//! and its fields. Nothing in it is trusted beyond what it shows: any participant can send any signal.

use minicbor::{Decode, Encode};

use crate::access::{Capability, Role, Secret};

/// Longest signal that is read, in bytes.
pub const MAX_SIGNAL: usize = 1_024;
/// How often a device says that it is here, in milliseconds.
pub const EVERY_MS: u64 = 15_000;
/// How long after its last signal a device counts as here, in milliseconds.
pub const GONE_AFTER_MS: u64 = 40_000;

/// Something that matters only now.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Signal {
    /// A device is here.
    #[n(0)]
    Here {
        /// The person it writes for, in text form; none before they have joined, and for a projector.
        #[n(0)]
        person: Option<String>,
        /// What it is.
        #[n(1)]
        role: Role,
        /// The question it shows, as `tool/field`; none for a facilitator's overview and a projector.
        #[n(2)]
        at: Option<String>,
    },
    /// A device goes.
    #[n(1)]
    Gone,
    /// A facilitator shows the way in on the projector, or takes it away.
    #[n(2)]
    Invitation {
        /// The participant's secret in text form while it is shown.
        #[n(0)]
        participant: Option<String>,
    },
}

impl Signal {
    /// The invitation into the workshop of `capability`, which must be at least a participant's.
    #[must_use]
    pub fn invite(capability: &Capability) -> Option<Self> {
        let participant = capability.weaken(Role::Participant)?;
        let secret = bs58::encode(participant.secret.to_bytes()).into_string();
        Some(Self::Invitation { participant: Some(secret) })
    }

    /// The participant's capability in an invitation, if it really leads to the projector's own.
    ///
    /// A forged invitation could otherwise put any code on the wall.
    #[must_use]
    pub fn invited(&self, projector: &Capability) -> Option<Capability> {
        let Self::Invitation { participant: Some(secret) } = self else { return None };
        if secret.len() > 40 {
            return None;
        }
        let bytes = bs58::decode(secret).into_vec().ok()?;
        let secret = Secret::from_bytes(bytes.try_into().ok()?);
        let participant = Capability { workshop: projector.workshop, role: Role::Participant, secret };
        (participant.weaken(projector.role).as_ref() == Some(projector)).then_some(participant)
    }

    /// The bytes that an ephemeral message carries.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory does not fail")
    }

    /// Reads a signal; `None` for anything else that stock peers may send each other.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > MAX_SIGNAL {
            return None;
        }
        minicbor::decode(bytes).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::FacilitatorSecret;

    #[test]
    fn a_signal_reads_back() {
        for signal in [
            Signal::Here { person: Some("abc".into()), role: Role::Participant, at: None },
            Signal::Gone,
            Signal::Invitation { participant: None },
        ] {
            assert_eq!(Signal::from_bytes(&signal.to_bytes()), Some(signal));
        }
        // A map, a kind of signal that is not known, and nothing.
        for strange in [&b"\xa1\x61a\x01"[..], b"\x82\x18\x63\x80", b""] {
            assert_eq!(Signal::from_bytes(strange), None);
        }
        // A field that a later version added.
        assert_eq!(Signal::from_bytes(b"\x82\x01\x81\x05"), Some(Signal::Gone));
    }

    #[test]
    fn a_projector_shows_only_the_way_into_its_own_workshop() {
        let here = FacilitatorSecret::from_random([1; 16]);
        let elsewhere = FacilitatorSecret::from_random([2; 16]);
        let projector = here.capability(Role::Projector);
        let invitation = Signal::invite(&here.capability(Role::Facilitator)).unwrap();
        assert_eq!(invitation.invited(&projector), Some(here.capability(Role::Participant)));
        let forged = Signal::invite(&elsewhere.capability(Role::Facilitator)).unwrap();
        assert_eq!(forged.invited(&projector), None);
        assert_eq!(Signal::invite(&projector), None);
    }
}
