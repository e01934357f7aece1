//! Secrets, and the one-way chain from the facilitator's to the public commitment.

use ed25519_dalek::{Signer, SigningKey};

use super::{Capability, Identity, Role};

/// Contexts of the keyed hashes, one each: BLAKE3's `derive_key` wants them fixed, unique and in the program.
const SITE: &str = "dialogtavle 2026-11 capability: facilitator to site";
const PARTICIPANT: &str = "dialogtavle 2026-11 capability: site to participant";
const PROJECTOR: &str = "dialogtavle 2026-11 capability: participant to projector";
const COMMITMENT: &str = "dialogtavle 2026-11 capability: projector to commitment";
const SIGNING: &str = "dialogtavle 2026-11 capability: facilitator to signing key";

/// The generation of a workshop's weaker secrets; revoking links is a new epoch. The first is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Epoch(pub u32);

/// The public end of the chain of secrets of one epoch. Knowing it grants nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commitment(pub [u8; 32]);

/// The Ed25519 public key of a workshop's facilitator secret, not yet checked to be a point of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(pub [u8; 32]);

/// 128 bits that grant one role in one workshop. `Debug` does not show them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 16]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// Takes a secret as it was carried in a link or a frame.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes, to be carried or kept; never to be logged.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    fn derive(self, context: &str) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&blake3::derive_key(context, &self.0)[..16]);
        Self(short)
    }

    /// Walks from the secret of `from` down to the secret of the weaker role `to`; `None` where that leads upwards.
    ///
    /// The facilitator's step depends on the epoch, the others do not.
    pub(super) fn weaken(self, from: Role, to: Role, epoch: Epoch) -> Option<Self> {
        if from == to {
            return Some(self);
        }
        let next = match from {
            Role::Facilitator => {
                let mut input = self.0.to_vec();
                input.extend_from_slice(&epoch.0.to_le_bytes());
                let mut short = [0; 16];
                short.copy_from_slice(&blake3::derive_key(SITE, &input)[..16]);
                (Self(short), Role::Site)
            }
            Role::Site => (self.derive(PARTICIPANT), Role::Participant),
            Role::Participant => (self.derive(PROJECTOR), Role::Projector),
            Role::Projector => return None,
        };
        next.0.weaken(next.1, to, epoch)
    }

    /// The commitment that a secret of `role` leads to.
    pub(super) fn commitment(self, role: Role, epoch: Epoch) -> Commitment {
        let projector = self.weaken(role, Role::Projector, epoch).unwrap_or(self);
        Commitment(blake3::derive_key(COMMITMENT, &projector.0))
    }
}

/// The strongest secret of a workshop: leads it, signs for it, and every other secret comes from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FacilitatorSecret(Secret);

impl FacilitatorSecret {
    /// Makes a workshop's secret out of 16 random bytes; the caller answers for their randomness.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(Secret(bytes))
    }

    /// Takes the secret out of a capability, if that is a facilitator's.
    #[must_use]
    pub fn from_capability(capability: &Capability) -> Option<Self> {
        (capability.role == Role::Facilitator).then_some(Self(capability.secret))
    }

    fn signing_key(self) -> SigningKey {
        SigningKey::from_bytes(&blake3::derive_key(SIGNING, &self.0.0))
    }

    /// The public key that checkpoints of this workshop are checked with.
    #[must_use]
    pub fn public_key(self) -> PublicKey {
        PublicKey(self.signing_key().verifying_key().to_bytes())
    }

    /// The commitment of one epoch.
    #[must_use]
    pub fn commitment(self, epoch: Epoch) -> Commitment {
        self.0.commitment(Role::Facilitator, epoch)
    }

    /// What the workshop's id is made of.
    #[must_use]
    pub fn identity(self) -> Identity {
        Identity { public_key: self.public_key(), first_commitment: self.commitment(Epoch::default()) }
    }

    /// The capability of `role` in the first epoch.
    #[must_use]
    pub fn capability(self, role: Role) -> Capability {
        let secret = self.0.weaken(Role::Facilitator, role, Epoch::default()).unwrap_or(self.0);
        Capability { workshop: self.identity().workshop_id(), role, secret }
    }

    pub(super) fn sign(self, message: &[u8]) -> [u8; 64] {
        self.signing_key().sign(message).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_leads_to_the_same_commitment_and_none_leads_upwards() {
        let facilitator = FacilitatorSecret::from_random([3; 16]);
        let expected = facilitator.commitment(Epoch(0));
        let mut seen = Vec::new();
        for role in [Role::Facilitator, Role::Site, Role::Participant, Role::Projector] {
            let secret = facilitator.capability(role).secret;
            assert_eq!(secret.commitment(role, Epoch(0)), expected);
            assert!(!seen.contains(&secret.to_bytes()), "each role has a secret of its own");
            seen.push(secret.to_bytes());
        }
        let projector = facilitator.capability(Role::Projector).secret;
        assert_eq!(projector.weaken(Role::Projector, Role::Participant, Epoch(0)), None);
    }

    #[test]
    fn a_new_epoch_changes_every_weaker_secret() {
        let facilitator = FacilitatorSecret::from_random([3; 16]);
        assert_ne!(facilitator.commitment(Epoch(0)), facilitator.commitment(Epoch(1)));
    }

    #[test]
    fn debug_does_not_show_a_secret() {
        let shown = format!("{:?}", FacilitatorSecret::from_random([0xAB; 16]));
        assert!(!shown.contains("171") && !shown.to_lowercase().contains("ab,"), "{shown}");
    }
}
