//! Checking what somebody who dials claims to be.

use super::{Capability, Commitment, Epoch, FacilitatorSecret, Identity, PublicKey, Role};

/// What a dialling peer brings: its capability, and the workshop's public key if it holds control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The capability it presents.
    pub capability: Capability,
    /// The workshop's public key, which lets a relay that never met the workshop check the claim.
    pub public_key: Option<PublicKey>,
}

/// What a relay knows of a workshop's present access, out of control's genesis and the newest checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// The workshop's identity.
    pub identity: Identity,
    /// The present epoch.
    pub epoch: Epoch,
    /// The present epoch's commitment.
    pub commitment: Commitment,
}

impl Admission {
    /// The access of a workshop in its first epoch.
    #[must_use]
    pub fn first(identity: Identity) -> Self {
        Self { identity, epoch: Epoch::default(), commitment: identity.first_commitment }
    }
}

impl Claim {
    /// Checks the claim against what is `known` of the workshop, or from nothing.
    ///
    /// Returns the workshop's identity if the claim holds. A facilitator's proves itself in every epoch; a weaker one
    /// must lead to the present commitment, or, where nothing is known, to the one that the workshop's id is made of.
    /// A wrong secret and an unknown workshop are the same `None`: a stranger learns nothing from it.
    #[must_use]
    pub fn prove(&self, known: Option<&Admission>) -> Option<Identity> {
        let Capability { workshop, role, secret } = self.capability;
        if role == Role::Facilitator {
            let identity = FacilitatorSecret::from_capability(&self.capability)?.identity();
            return (identity.workshop_id() == workshop).then_some(identity);
        }
        match known {
            Some(admission) => {
                // Both sides are hashes of the secret, so the time of the comparison tells nothing of it.
                let leads_there = secret.commitment(role, admission.epoch) == admission.commitment;
                (leads_there && admission.identity.workshop_id() == workshop).then_some(admission.identity)
            }
            None => {
                let first_commitment = secret.commitment(role, Epoch::default());
                let identity = Identity { public_key: self.public_key?, first_commitment };
                (identity.workshop_id() == workshop).then_some(identity)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Secret;
    use super::*;

    fn facilitator() -> FacilitatorSecret {
        FacilitatorSecret::from_random([9; 16])
    }

    #[test]
    fn each_role_proves_itself_to_a_relay_that_knows_the_workshop() {
        let admission = Admission::first(facilitator().identity());
        for role in Role::ALL {
            let claim = Claim { capability: facilitator().capability(role), public_key: None };
            assert_eq!(claim.prove(Some(&admission)), Some(admission.identity), "{role:?}");
        }
    }

    #[test]
    fn a_weaker_secret_does_not_prove_a_stronger_role() {
        let admission = Admission::first(facilitator().identity());
        for (held, claimed) in [
            (Role::Projector, Role::Participant),
            (Role::Participant, Role::Site),
            (Role::Participant, Role::Facilitator),
            (Role::Site, Role::Facilitator),
        ] {
            let mut capability = facilitator().capability(held);
            capability.role = claimed;
            let claim = Claim { capability, public_key: Some(admission.identity.public_key) };
            assert_eq!(claim.prove(Some(&admission)), None, "{held:?} as {claimed:?}");
            assert_eq!(claim.prove(None), None, "{held:?} as {claimed:?} at a relay that knows nothing");
        }
    }

    #[test]
    fn an_unknown_workshop_and_a_wrong_secret_are_answered_alike() {
        let mut capability = facilitator().capability(Role::Participant);
        assert_eq!(Claim { capability, public_key: None }.prove(None), None);
        capability.secret = Secret::from_bytes([1; 16]);
        let admission = Admission::first(facilitator().identity());
        assert_eq!(Claim { capability, public_key: None }.prove(Some(&admission)), None);
    }

    #[test]
    fn another_workshops_public_key_does_not_help() {
        let other = FacilitatorSecret::from_random([1; 16]);
        let claim = Claim {
            capability: facilitator().capability(Role::Participant),
            public_key: Some(other.identity().public_key),
        };
        assert_eq!(claim.prove(None), None);
    }
}
