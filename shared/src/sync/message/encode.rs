//! From a [`Message`] to a frame's bytes: definite lengths, plain byte strings, as stock decoders read them.

use std::convert::Infallible;

use automerge::ChangeHash;
use minicbor::Encoder;
use minicbor::encode::Error;

use super::document_names::DocumentNames;
use super::metadata::{Announcement, PeerMetadata};
use super::{DocumentData, DocumentNotice, Ephemeral, Join, Message, Peer};

type Written = Result<(), Error<Infallible>>;

/// Encodes `message` as one binary websocket frame (S1).
#[must_use]
pub fn encode(message: &Message) -> Vec<u8> {
    encode_with(&mut DocumentNames::default(), message)
}

/// A sync message without the words that the line itself says (S30): 29 bytes around the data.
pub(crate) fn encode_compact(data: &DocumentData) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::with_capacity(32 + data.data.len()));
    write_compact(&mut encoder, data).expect("writing CBOR to memory cannot fail");
    encoder.into_writer()
}

fn write_compact(e: &mut Encoder<Vec<u8>>, data: &DocumentData) -> Written {
    e.map(3)?.str("type")?.str("s")?.str("d")?.bytes(data.document.as_bytes())?.str("m")?.bytes(&data.data)?.ok()
}

/// As [`encode`], with the texts of documents that the line spoke of before.
#[must_use]
pub fn encode_with(names: &mut DocumentNames, message: &Message) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::with_capacity(64 + payload_len(message)));
    write(&mut encoder, names, message).expect("writing CBOR to memory cannot fail");
    encoder.into_writer()
}

fn payload_len(message: &Message) -> usize {
    match message {
        Message::Sync(data) | Message::Request(data) => data.data.len() + 128,
        Message::Ephemeral(ephemeral) => ephemeral.data.len() + 128,
        Message::Checkpoint(checkpoint) => checkpoint.bytes.len() + 64,
        Message::Durable(durable) => durable.heads.len() * 34 + 64,
        Message::Refused(refused) => refused.hashes.len() * 34 + 64,
        _ => 256,
    }
}

fn write(e: &mut Encoder<Vec<u8>>, names: &mut DocumentNames, message: &Message) -> Written {
    match message {
        Message::Join(join) => write_join(e, join),
        Message::Peer(peer) => write_peer(e, peer),
        Message::Sync(data) => write_document_data(e, names, "sync", data),
        Message::Request(data) => write_document_data(e, names, "request", data),
        Message::DocUnavailable(notice) => write_document_notice(e, names, notice),
        Message::Ephemeral(ephemeral) => write_ephemeral(e, names, ephemeral),
        Message::Leave(leave) => e.map(2)?.str("type")?.str("leave")?.str("senderId")?.str(leave.sender.as_str())?.ok(),
        Message::Error(error) => e.map(2)?.str("type")?.str("error")?.str("message")?.str(&error.message)?.ok(),
        Message::Heartbeat => e.map(1)?.str("type")?.str("dialogtavle-heartbeat")?.ok(),
        Message::Durable(durable) => {
            e.map(3)?.str("type")?.str("dialogtavle-durable")?;
            e.str("documentId")?.str(names.text(durable.document))?;
            write_hashes(e, "heads", &durable.heads)
        }
        Message::Refused(refused) => {
            e.map(4)?.str("type")?.str("dialogtavle-refused")?;
            e.str("documentId")?.str(names.text(refused.document))?;
            e.str("reason")?.str(refused.reason.code())?;
            write_hashes(e, "hashes", &refused.hashes)
        }
        Message::Checkpoint(checkpoint) => {
            e.map(3)?.str("type")?.str("dialogtavle-checkpoint")?;
            e.str("workshop")?.bytes(&checkpoint.workshop)?;
            e.str("checkpoint")?.bytes(&checkpoint.bytes)?.ok()
        }
        Message::Closed(reason) => {
            e.map(2)?.str("type")?.str("dialogtavle-closed")?.str("reason")?.str(reason.code())?.ok()
        }
        Message::Unknown(kind) => e.map(1)?.str("type")?.str(kind)?.ok(),
    }
}

fn write_join(e: &mut Encoder<Vec<u8>>, join: &Join) -> Written {
    e.map(4)?.str("type")?.str("join")?;
    e.str("senderId")?.str(join.sender.as_str())?;
    write_metadata(e, &join.metadata)?;
    e.str("supportedProtocolVersions")?.array(join.versions.len() as u64)?;
    for version in &join.versions {
        e.str(version)?;
    }
    Ok(())
}

fn write_peer(e: &mut Encoder<Vec<u8>>, peer: &Peer) -> Written {
    e.map(5)?.str("type")?.str("peer")?;
    e.str("senderId")?.str(peer.sender.as_str())?;
    e.str("targetId")?.str(peer.target.as_str())?;
    write_metadata(e, &peer.metadata)?;
    e.str("selectedProtocolVersion")?.str(&peer.version)?.ok()
}

fn write_document_data(
    e: &mut Encoder<Vec<u8>>,
    names: &mut DocumentNames,
    kind: &str,
    data: &DocumentData,
) -> Written {
    e.map(5)?.str("type")?.str(kind)?;
    e.str("senderId")?.str(data.sender.as_str())?;
    e.str("targetId")?.str(data.target.as_str())?;
    e.str("documentId")?.str(names.text(data.document))?;
    e.str("data")?.bytes(&data.data)?.ok()
}

fn write_document_notice(e: &mut Encoder<Vec<u8>>, names: &mut DocumentNames, notice: &DocumentNotice) -> Written {
    e.map(4)?.str("type")?.str("doc-unavailable")?;
    e.str("senderId")?.str(notice.sender.as_str())?;
    e.str("targetId")?.str(notice.target.as_str())?;
    e.str("documentId")?.str(names.text(notice.document))?.ok()
}

fn write_ephemeral(e: &mut Encoder<Vec<u8>>, names: &mut DocumentNames, ephemeral: &Ephemeral) -> Written {
    e.map(7)?.str("type")?.str("ephemeral")?;
    e.str("senderId")?.str(ephemeral.sender.as_str())?;
    e.str("targetId")?.str(ephemeral.target.as_str())?;
    e.str("documentId")?.str(names.text(ephemeral.document))?;
    e.str("sessionId")?.str(ephemeral.session.as_str())?;
    e.str("count")?.u64(ephemeral.count)?;
    e.str("data")?.bytes(&ephemeral.data)?.ok()
}

fn write_metadata(e: &mut Encoder<Vec<u8>>, metadata: &PeerMetadata) -> Written {
    let keys = 1 + u64::from(metadata.storage_id.is_some()) + u64::from(metadata.announcement.is_some());
    e.str("peerMetadata")?.map(keys)?;
    e.str("isEphemeral")?.bool(metadata.is_ephemeral)?;
    if let Some(storage_id) = &metadata.storage_id {
        e.str("storageId")?.str(storage_id)?;
    }
    match &metadata.announcement {
        Some(announcement) => write_announcement(e, announcement),
        None => Ok(()),
    }
}

fn write_announcement(e: &mut Encoder<Vec<u8>>, announcement: &Announcement) -> Written {
    let claim = announcement.claim.as_ref();
    let claim_keys = claim.map_or(0, |claim| 5 + u64::from(claim.public_key.is_some()));
    e.str("dialogtavle")?.map(2 + claim_keys + u64::from(announcement.relay.is_some()))?;
    e.str("v")?.u64(announcement.version)?;
    e.str("features")?.array(announcement.features.words().len() as u64)?;
    for word in announcement.features.words() {
        e.str(word)?;
    }
    if let Some(claim) = claim {
        e.str("workshop")?.bytes(&claim.workshop)?;
        e.str("role")?.str(&claim.role)?;
        e.str("secret")?.bytes(&claim.secret)?;
        if let Some(public_key) = &claim.public_key {
            e.str("publicKey")?.bytes(public_key)?;
        }
        e.str("session")?.bytes(&claim.session)?;
        e.str("app")?.str(&claim.app)?;
    }
    if let Some(relay) = &announcement.relay {
        e.str("relay")?.str(relay)?;
    }
    Ok(())
}

fn write_hashes(e: &mut Encoder<Vec<u8>>, key: &str, hashes: &[ChangeHash]) -> Written {
    e.str(key)?.array(hashes.len() as u64)?;
    for hash in hashes {
        e.bytes(&hash.0)?;
    }
    Ok(())
}
