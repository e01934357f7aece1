//! Every decoder of `shared` that meets bytes from outside. None may panic, whatever the bytes are.

use automerge::sync::{ChunkList, Message as SyncMessage, MessageVersion};
use shared::access::{SignedCheckpoint, link};
use shared::content::{Pack, Tool};
use shared::presence::Signal;
use shared::sync::document_sync::{Input, LinkOptions, Output, Rights};
use shared::sync::message::{DocumentNames, MAX_FRAME, decode, decode_with, encode};
use shared::sync::{DocumentSync, LinkId, Millis, chunk_guard};

/// A decoder, by the name of its corpus.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const TARGETS: [Target; 9] = [
    ("frame", frame),
    ("frames", frames),
    ("sync_message", sync_message),
    ("document_message", document_message),
    ("change", change),
    ("chunk", chunk),
    ("checkpoint", checkpoint),
    ("words", words),
    ("records", records),
];

/// One websocket frame; what is read is written and read back the same.
pub(crate) fn frame(bytes: &[u8]) {
    if let Ok(message) = decode(bytes, MAX_FRAME) {
        let again = decode(&encode(&message), MAX_FRAME).expect("what was written is read back");
        assert_eq!(format!("{message:?}"), format!("{again:?}"));
    }
}

/// Frames of one line, each with its length before it: later ones may lean on what earlier ones named.
pub(crate) fn frames(bytes: &[u8]) {
    let mut names = DocumentNames::default();
    let mut rest = bytes;
    while let [length, tail @ ..] = rest {
        let (one, tail) = tail.split_at(usize::from(*length).min(tail.len()));
        let _ = decode_with(&mut names, one, MAX_FRAME);
        rest = tail;
    }
}

/// What a peer sends to a relay: a sync message, or a compact one.
pub(crate) fn sync_message(bytes: &[u8]) {
    receive(bytes, Rights::ALL, LinkOptions { compact: true, ..LinkOptions::accepted(true) });
    receive(bytes, Rights::CARRY, LinkOptions::accepted(true));
}

/// What a relay sends to whoever dialled it, whole documents among it.
pub(crate) fn document_message(bytes: &[u8]) {
    receive(bytes, Rights::ALL, LinkOptions::dialled());
}

/// One change, taken for sound by its frame: a sync message is made around it.
pub(crate) fn change(bytes: &[u8]) {
    let changes = ChunkList::from(vec![bytes.to_vec()]);
    let (heads, need, have, flags) = (Vec::new(), Vec::new(), Vec::new(), None);
    let message = SyncMessage { heads, need, have, changes, flags, version: MessageVersion::V1 };
    sync_message(&message.encode());
}

fn receive(bytes: &[u8], rights: Rights, options: LinkOptions) {
    let (now, link) = (Millis(0), LinkId(1));
    let mut sync = DocumentSync::new();
    let mut outputs = sync.handle(now, Input::LinkUp { link, rights, options });
    outputs.extend(sync.handle(now, Input::Received { link, data: bytes }));
    while let Some(output) = outputs.pop() {
        if let Output::Store { batch, .. } = output {
            outputs.extend(sync.handle(now, Input::Stored { batch }));
        }
    }
    sync.handle(Millis::from_secs(60), Input::Tick);
    assert_eq!(sync.heads(), sync.durable_heads(), "S14");
}

/// What a store or a file holds.
pub(crate) fn chunk(bytes: &[u8]) {
    if let Ok(chunks) = chunk_guard::split(bytes) {
        chunks.iter().for_each(|chunk| drop(chunk.check()));
    }
    let loaded = DocumentSync::load([bytes]);
    let again = DocumentSync::load([loaded.sync.save()]);
    assert_eq!(again.sync.heads(), loaded.sync.heads(), "S24");
}

/// A facilitator's checkpoint.
pub(crate) fn checkpoint(bytes: &[u8]) {
    if let Ok(signed) = SignedCheckpoint::decode(bytes) {
        assert_eq!(signed.bytes, bytes);
    }
}

/// Links and packs, which are text.
pub(crate) fn words(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(capability) = link::parse(&text) {
        assert_eq!(link::parse(&link::fragment(&capability)), Ok(capability));
    }
    let _ = Pack::parse(&[("pack.toml".to_owned(), text)]);
}

/// What lies in control, and what is passed on and never stored.
pub(crate) fn records(bytes: &[u8]) {
    let _ = Tool::from_bytes(bytes);
    let _ = Signal::from_bytes(bytes);
}
