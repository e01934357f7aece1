//! A facilitator's signed word on control: how far it goes, which epoch it is, whether the workshop is deleted.
//!
//! Whoever carries control carries the newest checkpoint beside it, so that a relay takes control's changes from
//! anyone as far as the checkpoint covers them.

use ed25519_dalek::{Signature, VerifyingKey};

use super::{Admission, Commitment, Epoch, FacilitatorSecret, Identity, PublicKey, WorkshopId};

const MAGIC: &[u8; 4] = b"DTC1";
/// Control has few concurrent writers; more heads than this is not an honest checkpoint.
const MOST_HEADS: usize = 256;
const FIXED: usize = 4 + 32 + 32 + 8 + 4 + 32 + 1 + 2;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The workshop's identity; its hash is the workshop's id.
    pub identity: Identity,
    /// Rises with every checkpoint; the highest number wins.
    pub number: u64,
    /// The present epoch.
    pub epoch: Epoch,
    /// The present epoch's commitment.
    pub commitment: Commitment,
    /// Whether the workshop is deleted; a relay then keeps this checkpoint and nothing else.
    pub deleted: bool,
    /// Control's heads: it covers these changes and all their ancestors.
    pub heads: Vec<[u8; 32]>,
}

/// A checkpoint with the bytes that prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The checkpoint in its binary form, signature last: what is stored and carried.
    pub bytes: Vec<u8>,
}

/// Why bytes are no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The bytes do not have the form of a checkpoint.
    #[error("not a checkpoint")]
    Malformed,
    /// The signature does not fit the public key in it.
    #[error("checkpoint with a wrong signature")]
    WrongSignature,
}

impl Checkpoint {
    /// The workshop that it speaks of.
    #[must_use]
    pub fn workshop(&self) -> WorkshopId {
        self.identity.workshop_id()
    }

    /// What it says of access.
    #[must_use]
    pub fn admission(&self) -> Admission {
        Admission { identity: self.identity, epoch: self.epoch, commitment: self.commitment }
    }

    fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(FIXED + self.heads.len() * 32 + 64);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.identity.public_key.0);
        bytes.extend_from_slice(&self.identity.first_commitment.0);
        bytes.extend_from_slice(&self.number.to_le_bytes());
        bytes.extend_from_slice(&self.epoch.0.to_le_bytes());
        bytes.extend_from_slice(&self.commitment.0);
        bytes.push(u8::from(self.deleted));
        bytes.extend_from_slice(&u16::try_from(self.heads.len()).unwrap_or(u16::MAX).to_le_bytes());
        for head in &self.heads {
            bytes.extend_from_slice(head);
        }
        bytes
    }
}

impl SignedCheckpoint {
    /// Signs the state of control with its facilitator's secret, in the first epoch.
    ///
    /// `heads` beyond 256 are refused as [`CheckpointError::Malformed`]: nobody would take such a checkpoint.
    ///
    /// # Errors
    /// [`CheckpointError::Malformed`] for too many heads.
    pub fn sign(
        secret: FacilitatorSecret,
        number: u64,
        deleted: bool,
        heads: Vec<[u8; 32]>,
    ) -> Result<Self, CheckpointError> {
        if heads.len() > MOST_HEADS {
            return Err(CheckpointError::Malformed);
        }
        let identity = secret.identity();
        let Admission { epoch, commitment, .. } = Admission::first(identity);
        let checkpoint = Checkpoint { identity, number, epoch, commitment, deleted, heads };
        let mut bytes = checkpoint.encode();
        let signature = secret.sign(&bytes);
        bytes.extend_from_slice(&signature);
        Ok(Self { checkpoint, bytes })
    }

    /// Reads a checkpoint and checks its signature. Whether it is of the right workshop is [`Checkpoint::workshop`].
    ///
    /// # Errors
    /// [`CheckpointError`]; never panics on what a peer sent.
    pub fn decode(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let malformed = CheckpointError::Malformed;
        let body_length = bytes.len().checked_sub(64).ok_or(malformed)?;
        let (body, signature) = bytes.split_at(body_length);
        let mut rest = body;
        if take::<4>(&mut rest)? != *MAGIC {
            return Err(malformed);
        }
        let public_key = PublicKey(take(&mut rest)?);
        let first_commitment = Commitment(take(&mut rest)?);
        let number = u64::from_le_bytes(take(&mut rest)?);
        let epoch = Epoch(u32::from_le_bytes(take(&mut rest)?));
        let commitment = Commitment(take(&mut rest)?);
        let deleted = match take::<1>(&mut rest)? {
            [0] => false,
            [1] => true,
            _ => return Err(malformed),
        };
        let count = usize::from(u16::from_le_bytes(take(&mut rest)?));
        if count > MOST_HEADS || rest.len() != count * 32 {
            return Err(malformed);
        }
        let heads = (0..count).map(|_| take(&mut rest)).collect::<Result<Vec<_>, _>>()?;

        let key = VerifyingKey::from_bytes(&public_key.0).map_err(|_| CheckpointError::WrongSignature)?;
        let signature = Signature::from_slice(signature).map_err(|_| malformed)?;
        key.verify_strict(body, &signature).map_err(|_| CheckpointError::WrongSignature)?;
        let identity = Identity { public_key, first_commitment };
        let checkpoint = Checkpoint { identity, number, epoch, commitment, deleted, heads };
        Ok(Self { checkpoint, bytes: bytes.to_vec() })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], CheckpointError> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(CheckpointError::Malformed)?;
    *rest = tail;
    Ok(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed() -> SignedCheckpoint {
        SignedCheckpoint::sign(FacilitatorSecret::from_random([5; 16]), 7, false, vec![[1; 32], [2; 32]]).unwrap()
    }

    #[test]
    fn a_checkpoint_reads_back_as_it_was_signed() {
        let signed = signed();
        assert_eq!(SignedCheckpoint::decode(&signed.bytes), Ok(signed));
    }

    #[test]
    fn a_changed_byte_anywhere_is_refused() {
        let signed = signed();
        for at in 0..signed.bytes.len() {
            let mut bytes = signed.bytes.clone();
            bytes[at] ^= 1;
            assert!(SignedCheckpoint::decode(&bytes).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_cut_off_checkpoint_is_refused() {
        let signed = signed();
        for length in 0..signed.bytes.len() {
            assert!(SignedCheckpoint::decode(&signed.bytes[..length]).is_err(), "{length} bytes");
        }
    }
}
