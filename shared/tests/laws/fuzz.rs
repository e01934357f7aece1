//! Decoders of bytes from outside, on the corpus of `shared/fuzz` and on seeded mutations of it.
//!
//! A sample that once made one panic belongs into the corpus. `DIALOGTAVLE_MUTATIONS` sets how many there are of each
//! sample; `DIALOGTAVLE_WRITE_CORPUS` writes the samples below anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use automerge::ActorId;
use automerge::transaction::CommitOptions;
use shared::access::{FacilitatorSecret, Role, SignedCheckpoint, link};
use shared::sync::document_sync::{Input, LinkOptions, Output, Rights};
use shared::sync::message::{DocumentData, Durable, Ephemeral, Message, encode};
use shared::sync::{DocumentId, DocumentSync, LinkId, Millis, PeerId, SessionId};

use crate::fuzz_targets::TARGETS;
use crate::simulation::{Random, any_edit, genesis};

/// Mutations of each sample.
const MUTATIONS: u64 = 150;

fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target)
}

fn samples(target: &str) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = std::fs::read_dir(corpus(target)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Spoils a sample in one to four places.
fn mutated(samples: &[Vec<u8>], sample: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    for _ in 0..1 + random.below(4) {
        let at = random.below(bytes.len() as u64 + 1) as usize;
        let end = (at + random.below(16) as usize).min(bytes.len());
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.insert(at, random.below(256) as u8),
            3 => {
                let slice = bytes[at..end].to_vec();
                bytes.splice(at..at, slice);
            }
            4 => {
                let other = &samples[random.below(samples.len() as u64) as usize];
                let from = random.below(other.len() as u64 + 1) as usize;
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            // Lengths and counts like to be one of these.
            5 if at < bytes.len() => bytes[at] = [0, 1, 0x7f, 0x80, 0xff, 0x9f, 0xbf][random.below(7) as usize],
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
    }
    bytes
}

#[test]
fn no_decoder_panics() {
    if std::env::var_os("DIALOGTAVLE_WRITE_CORPUS").is_some() {
        write_corpus();
    }
    let mutations = std::env::var("DIALOGTAVLE_MUTATIONS").map_or(MUTATIONS, |number| number.parse().unwrap());
    for (name, target) in TARGETS {
        let samples = samples(name);
        assert!(!samples.is_empty(), "{name} has no corpus");
        for (place, sample) in samples.iter().enumerate() {
            for seed in 0..=mutations {
                let mut random = Random::new(seed << 16 | place as u64);
                let bytes = if seed == 0 { sample.clone() } else { mutated(&samples, sample, &mut random) };
                let outcome = catch_unwind(AssertUnwindSafe(|| target(&bytes)));
                let hex = || bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
                assert!(outcome.is_ok(), "{name}, sample {place}, mutation {seed}: {}", hex());
            }
        }
    }
}

/// Small samples of everything that a decoder may meet.
fn write_corpus() {
    let write = |target: &str, name: &str, bytes: &[u8]| {
        std::fs::create_dir_all(corpus(target)).unwrap();
        std::fs::write(corpus(target).join(name), bytes).unwrap();
    };
    let (to_relay, to_phone) = conversation();
    for (place, data) in to_relay.iter().enumerate() {
        write("sync_message", &format!("to-relay-{place}"), data);
    }
    for (place, data) in to_phone.iter().enumerate() {
        write("document_message", &format!("to-phone-{place}"), data);
        write("sync_message", &format!("to-phone-{place}"), data);
    }
    let mut sync = DocumentSync::load([genesis()]).sync;
    edit(&mut sync, 9, 12);
    write("chunk", "document", &sync.save());
    for (place, change) in sync.doc().get_changes(&[]).iter().take(4).enumerate() {
        write("chunk", &format!("change-{place}"), change.raw_bytes());
        write("change", &format!("change-{place}"), change.raw_bytes());
    }
    let secret = FacilitatorSecret::from_random([3; 16]);
    let heads = sync.heads().iter().map(|head| head.0).collect();
    write("checkpoint", "signed", &SignedCheckpoint::sign(secret, 7, false, heads).unwrap().bytes);
    write("words", "link", link::fragment(&secret.capability(Role::Participant)).as_bytes());
    write(
        "words",
        "pack",
        b"id = \"p\"\nversion = 1\n[title]\nda = \"a\"\nen = \"b\"\n[[tool]]\nid = \"A1\"\nkind = \"grid\"\n",
    );
    write("records", "map", &[0xa2, 0x00, 0x61, 0x61, 0x01, 0x82, 0x01, 0xf6]);
    write("records", "list", &[0x83, 0x01, 0x43, 1, 2, 3, 0x9f, 0x63, 0x64, 0x61, 0x67, 0xff]);
    let mut line = Vec::new();
    for (place, message) in messages(&to_relay, sync.heads()).iter().enumerate() {
        let frame = encode(message);
        line.push(u8::try_from(frame.len()).unwrap_or(u8::MAX));
        line.extend(&frame);
        write("frame", &format!("{place}"), &frame);
    }
    write("frames", "line", &line);
}

fn messages(data: &[Vec<u8>], heads: Vec<automerge::ChangeHash>) -> Vec<Message> {
    let (peer, document) = (PeerId::new("phone").unwrap(), DocumentId::from_bytes([1; 16]));
    let (sender, target) = (peer.clone(), peer.clone());
    let data = |place: usize| DocumentData {
        sender: peer.clone(),
        target: peer.clone(),
        document,
        data: data[place].as_slice().into(),
    };
    let session = SessionId::new("session").unwrap();
    vec![
        Message::Sync(data(0)),
        Message::Request(data(0)),
        Message::Durable(Durable { document, heads }),
        Message::Ephemeral(Ephemeral { sender, target, document, session, count: 3, data: vec![1, 2, 3] }),
        Message::Heartbeat,
    ]
}

fn edit(sync: &mut DocumentSync, actor: u8, times: u64) -> Vec<Output> {
    let ((), outputs) = sync.edit(Millis(0), |doc| {
        doc.set_actor(ActorId::from([actor; 16]));
        for seed in 0..times {
            let mut tx = doc.transaction();
            any_edit(&mut tx, &mut Random::new(seed));
            tx.commit_with(CommitOptions::default().with_time(0));
        }
    });
    outputs
}

/// What a phone and a relay say to each other when both have something new.
fn conversation() -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let (now, link) = (Millis(0), LinkId(1));
    let mut sides = [DocumentSync::load([genesis()]).sync, DocumentSync::load([genesis()]).sync];
    let mut said = [Vec::new(), Vec::new()];
    let options = LinkOptions { compact: true, ..LinkOptions::accepted(true) };
    let relay_up = Input::LinkUp { link, rights: Rights::ALL, options };
    let phone_up = Input::LinkUp { link, rights: Rights::ALL, options: LinkOptions::dialled() };
    let mut open: Vec<(usize, Output)> = edit(&mut sides[0], 1, 3).into_iter().map(|output| (0, output)).collect();
    open.extend(edit(&mut sides[1], 2, 3).into_iter().map(|output| (1, output)));
    open.extend(sides[1].handle(now, relay_up).into_iter().map(|output| (1, output)));
    open.extend(sides[0].handle(now, phone_up).into_iter().map(|output| (0, output)));
    while !open.is_empty() {
        let (side, output) = open.remove(0);
        let (to, outputs) = match output {
            Output::Store { batch, .. } => (side, sides[side].handle(now, Input::Stored { batch })),
            Output::Send { data, .. } => {
                said[side].push(data.to_vec());
                (1 - side, sides[1 - side].handle(now, Input::Received { link, data: &data }))
            }
            _ => continue,
        };
        open.extend(outputs.into_iter().map(|output| (to, output)));
    }
    let [to_relay, to_phone] = said;
    (to_relay, to_phone)
}
