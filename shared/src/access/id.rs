//! The workshop's id and its documents' ids: hashes, so that a secret proves which workshop it belongs to.

use std::fmt;
use std::str::FromStr;

use crate::base58::{decode_check, encode_check};
use crate::documents::Kind;
use crate::sync::DocumentId;

use super::{Commitment, PublicKey};

const WORKSHOP: &str = "dialogtavle 2026-11 workshop id";
const DOCUMENT: &str = "dialogtavle 2026-11 document id";

/// What a workshop's id is the hash of; stands in control's genesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identity {
    /// Checks the facilitator's signatures.
    pub public_key: PublicKey,
    /// The commitment of the first epoch.
    pub first_commitment: Commitment,
}

impl Identity {
    /// The id that this identity has.
    #[must_use]
    pub fn workshop_id(&self) -> WorkshopId {
        let mut input = self.public_key.0.to_vec();
        input.extend_from_slice(&self.first_commitment.0);
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::derive_key(WORKSHOP, &input)[..16]);
        WorkshopId(id)
    }
}

/// Names one workshop. Text form: base58 with a checksum, about 26 characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkshopId(pub [u8; 16]);

/// The ids of a workshop's two shared documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentIds {
    /// Written by facilitators.
    pub control: DocumentId,
    /// Written by everyone but projectors.
    pub board: DocumentId,
}

impl WorkshopId {
    /// The ids of its documents, derived from its own.
    #[must_use]
    pub fn documents(self) -> DocumentIds {
        DocumentIds { control: self.document(Kind::Control), board: self.document(Kind::Board) }
    }

    /// The id of its document of `kind`.
    #[must_use]
    pub fn document(self, kind: Kind) -> DocumentId {
        let mut input = self.0.to_vec();
        input.extend_from_slice(kind.name().as_bytes());
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::derive_key(DOCUMENT, &input)[..16]);
        DocumentId::from_bytes(id)
    }
}

impl fmt::Display for WorkshopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_check(&self.0))
    }
}

impl fmt::Debug for WorkshopId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WorkshopId({self})")
    }
}

/// Why a text is no workshop id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a workshop id; it is 26 letters and digits, take the whole of it")]
pub struct WorkshopIdError;

impl FromStr for WorkshopId {
    type Err = WorkshopIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Base58 decoding is quadratic, so what cannot be an id is not decoded at all.
        if text.len() > 40 {
            return Err(WorkshopIdError);
        }
        let bytes = decode_check(text).ok_or(WorkshopIdError)?;
        Ok(Self(bytes.try_into().map_err(|_| WorkshopIdError)?))
    }
}
