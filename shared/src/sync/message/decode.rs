//! From a frame's bytes to a [`Message`].

use automerge::ChangeHash;

use super::document_names::DocumentNames;
use super::metadata::{Announcement, Claim, Features, PeerMetadata};
use super::reason::{CloseReason, RefusedReason};
use super::value::Value;
use super::{
    Checkpoint, DocumentData, DocumentNotice, Durable, Ephemeral, ErrorNotice, Join, Leave, Message, PROTOCOL_VERSION,
    Peer, Refused,
};
use crate::sync::identity::{DocumentId, PeerId, SessionId};
use crate::sync::measure::ByteLen;

/// Why a frame could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Longer than its limit.
    #[error("a frame of {length}, at most {limit}")]
    TooLong {
        /// Length of the frame.
        length: ByteLen,
        /// The limit.
        limit: ByteLen,
    },
    /// Not one CBOR item.
    #[error("not CBOR: {0}")]
    Malformed(String),
    /// A map, but a key that its type needs is missing or of another type.
    #[error("a `{kind}` frame without a usable `{key}`")]
    Missing {
        /// The frame's type.
        kind: String,
        /// The key.
        key: &'static str,
    },
}

impl FrameError {
    pub(super) fn malformed(why: &str) -> Self {
        Self::Malformed(why.to_owned())
    }
}

/// Decodes one websocket frame into a message (S1, S2).
///
/// `bytes` is a whole binary frame, at most `limit` long. Unknown keys are skipped, CBOR `undefined` counts as absent,
/// and whole floats count as integers: stock peers send all three. A type that is not known is [`Message::Unknown`].
///
/// # Errors
/// [`FrameError::TooLong`] past the limit; [`FrameError::Malformed`] if the bytes are not one CBOR item;
/// [`FrameError::Missing`] if the map lacks what its type needs.
///
/// Source: automerge-repo websocket protocol, version 1.
pub fn decode(bytes: &[u8], limit: ByteLen) -> Result<Message, FrameError> {
    decode_with(&mut DocumentNames::default(), bytes, limit)
}

/// As [`decode`], with the texts of documents that the line spoke of before.
///
/// # Errors
/// As [`decode`].
pub fn decode_with(names: &mut DocumentNames, bytes: &[u8], limit: ByteLen) -> Result<Message, FrameError> {
    if bytes.len() > limit.0 {
        return Err(FrameError::TooLong { length: ByteLen(bytes.len()), limit });
    }
    let map = Value::read(bytes)?;
    let missing_type = FrameError::Missing { kind: String::new(), key: "type" };
    let kind = map.get("type").and_then(Value::text).ok_or(missing_type)?;
    let mut frame = Frame { kind, map: &map, names };
    Ok(match kind {
        "join" => Message::Join(frame.join()?),
        "peer" => Message::Peer(frame.peer()?),
        "sync" => Message::Sync(frame.document_data()?),
        "request" => Message::Request(frame.document_data()?),
        "s" => Message::Sync(frame.compact()?),
        "doc-unavailable" => Message::DocUnavailable(frame.document_notice()?),
        "ephemeral" => Message::Ephemeral(frame.ephemeral()?),
        "leave" => Message::Leave(Leave { sender: frame.peer_id("senderId")? }),
        "error" => Message::Error(ErrorNotice { message: frame.text("message").unwrap_or_default().to_owned() }),
        "dialogtavle-heartbeat" => Message::Heartbeat,
        "dialogtavle-durable" => {
            Message::Durable(Durable { document: frame.document()?, heads: frame.hashes("heads")? })
        }
        "dialogtavle-refused" => Message::Refused(Refused {
            document: frame.document()?,
            hashes: frame.hashes("hashes")?,
            reason: RefusedReason::from_code(frame.text("reason")?),
        }),
        "dialogtavle-checkpoint" => Message::Checkpoint(Checkpoint {
            workshop: frame.array("workshop")?,
            bytes: frame.bytes("checkpoint")?.to_vec(),
        }),
        "dialogtavle-closed" => Message::Closed(CloseReason::from_code(frame.text("reason")?)),
        unknown => Message::Unknown(unknown.chars().take(64).collect()),
    })
}

/// A map together with its type, for what is missing to be named.
struct Frame<'a> {
    kind: &'a str,
    map: &'a Value<'a>,
    names: &'a mut DocumentNames,
}

impl<'a> Frame<'a> {
    fn missing(&self, key: &'static str) -> FrameError {
        FrameError::Missing { kind: self.kind.to_owned(), key }
    }

    fn text(&self, key: &'static str) -> Result<&'a str, FrameError> {
        self.map.get(key).and_then(Value::text).ok_or_else(|| self.missing(key))
    }

    fn bytes(&self, key: &'static str) -> Result<&'a [u8], FrameError> {
        self.map.get(key).and_then(Value::bytes).ok_or_else(|| self.missing(key))
    }

    fn array<const N: usize>(&self, key: &'static str) -> Result<[u8; N], FrameError> {
        self.bytes(key)?.try_into().map_err(|_| self.missing(key))
    }

    fn peer_id(&self, key: &'static str) -> Result<PeerId, FrameError> {
        self.text(key)?.parse().map_err(|_| self.missing(key))
    }

    fn document(&mut self) -> Result<DocumentId, FrameError> {
        let text = self.text("documentId")?;
        self.names.id(text).map_err(|_| self.missing("documentId"))
    }

    fn hashes(&self, key: &'static str) -> Result<Vec<ChangeHash>, FrameError> {
        let list = self.map.get(key).and_then(Value::list).ok_or_else(|| self.missing(key))?;
        list.iter()
            .map(|item| item.bytes().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok()).map(ChangeHash))
            .collect::<Option<_>>()
            .ok_or_else(|| self.missing(key))
    }

    fn join(&self) -> Result<Join, FrameError> {
        let versions = match self.map.get("supportedProtocolVersions").and_then(Value::list) {
            Some(list) => list.iter().filter_map(|version| version.text().map(str::to_owned)).collect(),
            // S2: the first stock clients sent none, and meant this one.
            None => vec![PROTOCOL_VERSION.to_owned()],
        };
        Ok(Join { sender: self.peer_id("senderId")?, metadata: self.metadata(), versions })
    }

    fn peer(&self) -> Result<Peer, FrameError> {
        let version = self.map.get("selectedProtocolVersion").and_then(Value::text).unwrap_or(PROTOCOL_VERSION);
        Ok(Peer {
            sender: self.peer_id("senderId")?,
            target: self.peer_id("targetId")?,
            metadata: self.metadata(),
            version: version.to_owned(),
        })
    }

    fn document_data(&mut self) -> Result<DocumentData, FrameError> {
        Ok(DocumentData {
            sender: self.peer_id("senderId")?,
            target: self.peer_id("targetId")?,
            document: self.document()?,
            data: self.bytes("data")?.into(),
        })
    }

    /// The connection writes who it is from and for, as for every message.
    fn compact(&self) -> Result<DocumentData, FrameError> {
        let nobody = PeerId::new("-").map_err(|_| self.missing("d"))?;
        Ok(DocumentData {
            sender: nobody.clone(),
            target: nobody,
            document: DocumentId::from_bytes(self.array("d")?),
            data: self.bytes("m")?.into(),
        })
    }

    fn document_notice(&mut self) -> Result<DocumentNotice, FrameError> {
        Ok(DocumentNotice {
            sender: self.peer_id("senderId")?,
            target: self.peer_id("targetId")?,
            document: self.document()?,
        })
    }

    fn ephemeral(&mut self) -> Result<Ephemeral, FrameError> {
        Ok(Ephemeral {
            sender: self.peer_id("senderId")?,
            target: self.peer_id("targetId")?,
            document: self.document()?,
            session: self.text("sessionId")?.parse::<SessionId>().map_err(|_| self.missing("sessionId"))?,
            count: self.map.get("count").and_then(Value::whole).ok_or_else(|| self.missing("count"))?,
            data: self.bytes("data")?.to_vec(),
        })
    }

    /// What a peer says about itself is never a reason to refuse the frame: what does not fit counts as not said.
    fn metadata(&self) -> PeerMetadata {
        let Some(map) = self.map.get("peerMetadata") else { return PeerMetadata::default() };
        PeerMetadata {
            storage_id: map.get("storageId").and_then(Value::text).map(str::to_owned),
            is_ephemeral: matches!(map.get("isEphemeral"), Some(Value::Bool(true))),
            announcement: map.get("dialogtavle").and_then(announcement),
        }
    }
}

fn announcement(map: &Value<'_>) -> Option<Announcement> {
    let words = map.get("features").and_then(Value::list).unwrap_or_default();
    Some(Announcement {
        version: map.get("v").and_then(Value::whole)?,
        features: Features::from_words(words.iter().filter_map(Value::text)),
        claim: claim(map),
        relay: map.get("relay").and_then(Value::text).map(|name| name.chars().take(80).collect()),
    })
}

fn claim(map: &Value<'_>) -> Option<Claim> {
    let array16 = |key| map.get(key).and_then(Value::bytes).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    Some(Claim {
        workshop: array16("workshop")?,
        role: map.get("role").and_then(Value::text)?.chars().take(32).collect(),
        secret: array16("secret")?,
        public_key: map.get("publicKey").and_then(Value::bytes).and_then(|bytes| bytes.try_into().ok()),
        session: array16("session").unwrap_or_default(),
        app: map.get("app").and_then(Value::text).unwrap_or_default().chars().take(80).collect(),
    })
}
