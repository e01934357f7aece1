//! Names of peers, documents, sessions, links and batches.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::base58::{decode_check, encode_check};

/// Longest peer id or session id that is accepted, in bytes.
pub const MAX_NAME: usize = 256;

/// The id that a peer gives itself when it joins; seen by everyone in ephemeral messages, so it proves nothing. Cheap to
/// clone: each message holds two.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PeerId(Arc<str>);

/// The session that a peer's ephemeral messages are counted in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(Arc<str>);

/// Why a peer id or session id was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It has no characters.
    #[error("an empty id")]
    Empty,
    /// It is longer than [`MAX_NAME`].
    #[error("an id of {0} bytes, at most {MAX_NAME} bytes")]
    TooLong(usize),
}

fn checked(text: &str) -> Result<Arc<str>, NameError> {
    match text.len() {
        0 => Err(NameError::Empty),
        length if length > MAX_NAME => Err(NameError::TooLong(length)),
        _ => Ok(text.into()),
    }
}

macro_rules! name {
    ($name:ident) => {
        impl $name {
            /// Takes `text` as an id.
            ///
            /// # Errors
            /// [`NameError`] when it is empty or longer than [`MAX_NAME`].
            pub fn new(text: &str) -> Result<Self, NameError> {
                checked(text).map(Self)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NameError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }
    };
}

name!(PeerId);
name!(SessionId);

/// The id of a document: 16 bytes, written as base58 with a checksum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId([u8; 16]);

/// Why a text is not a document id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentIdError {
    /// Not base58, or its checksum does not fit: most often a link that was cut off.
    #[error("document id `{0}` is not base58 with a checksum")]
    NotBase58Check(String),
    /// Well formed, but not of 16 bytes.
    #[error("document id of {0} bytes, not 16 bytes")]
    WrongLength(usize),
}

impl DocumentId {
    /// The document id made of `bytes`.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// The id as a stock peer's URL, `automerge:…`.
    #[must_use]
    pub fn to_url(&self) -> String {
        format!("automerge:{self}")
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode_check(&self.0))
    }
}

impl FromStr for DocumentId {
    type Err = DocumentIdError;

    /// Reads the text form; a leading `automerge:` is allowed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.strip_prefix("automerge:").unwrap_or(text);
        // No id is longer: base58 decoding is quadratic, so a long text is not even tried.
        let shown = || text.chars().take(MAX_NAME).collect::<String>();
        if text.len() > MAX_NAME {
            return Err(DocumentIdError::NotBase58Check(shown()));
        }
        let bytes = decode_check(text).ok_or_else(|| DocumentIdError::NotBase58Check(shown()))?;
        let bytes = <[u8; 16]>::try_from(bytes).map_err(|bytes| DocumentIdError::WrongLength(bytes.len()))?;
        Ok(Self(bytes))
    }
}

/// One link of a document, given by the shell; never reused within one document's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub u64);

/// One batch of changes on its way into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_id_survives_its_text() {
        let id = DocumentId::from_bytes([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_url().parse(), Ok(id));
    }

    #[test]
    fn a_cut_off_document_id_is_refused() {
        let mut text = DocumentId::from_bytes([7; 16]).to_string();
        text.pop();
        assert!(matches!(text.parse::<DocumentId>(), Err(DocumentIdError::NotBase58Check(_))));
        assert!(matches!("1".repeat(100_000).parse::<DocumentId>(), Err(DocumentIdError::NotBase58Check(_))));
    }

    #[test]
    fn names_have_a_length() {
        assert_eq!(PeerId::new(""), Err(NameError::Empty));
        assert_eq!(PeerId::new(&"x".repeat(257)), Err(NameError::TooLong(257)));
    }
}
