//! Frames: what we write reads back, what stock peers write is understood, and nothing that comes in makes us panic.

use automerge::ChangeHash;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::sync::message::{
    Announcement, Checkpoint, Claim, CloseReason, DocumentData, DocumentNotice, Durable, Ephemeral, ErrorNotice,
    Features, FrameError, Join, Leave, MAX_FRAME, Peer, PeerMetadata, Refused, RefusedReason, decode, encode,
};
use shared::sync::{ByteLen, DocumentId, Message, PeerId, SessionId};

/// Hand-made in the ways that cbor-x has of writing them; a line is a piece of the frame, in hexadecimal.
fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/laws/frames/{name}.hex", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let digits: String = text
        .lines()
        .map(|line| line.split('#').next().unwrap())
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
        .collect();
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn read(name: &str) -> Message {
    decode(&fixture(name), MAX_FRAME).unwrap()
}

fn peer(name: &str) -> PeerId {
    PeerId::new(name).unwrap()
}

#[test]
fn s1_frames_recorded_from_a_stock_client_are_understood() {
    let Message::Join(join) = read("stock-2.5.6-join") else { panic!() };
    assert_eq!((join.sender, join.versions), (peer("stock"), vec!["1".to_owned()]));
    assert_eq!(join.metadata, PeerMetadata { is_ephemeral: true, ..PeerMetadata::default() });
    let Message::Sync(data) = read("stock-2.5.6-sync") else { panic!() };
    assert_eq!((data.sender, data.target, data.data.len()), (peer("stock"), peer("relay"), 47));
    assert_eq!(automerge::sync::Message::decode(&data.data).unwrap().heads.len(), 1);
    let Message::Request(data) = read("stock-2.5.6-request") else { panic!() };
    assert_eq!(data.document, DocumentId::from_bytes([1; 16]));
    let Message::Ephemeral(ephemeral) = read("stock-2.5.6-ephemeral") else { panic!() };
    assert_eq!((ephemeral.count, ephemeral.session.as_str()), (1, "fm1lcs68v3u"));
}

#[test]
fn s1_a_stock_join_with_undefined_and_unknown_keys_is_understood() {
    let Message::Join(join) = read("join") else { panic!() };
    assert_eq!(join.sender, peer("stock"));
    assert_eq!(join.versions, ["1"]);
    assert_eq!(join.metadata, PeerMetadata { is_ephemeral: true, ..PeerMetadata::default() });
}

#[test]
fn s2_a_join_without_versions_means_the_first() {
    let Message::Join(join) = read("join-without-versions") else { panic!() };
    assert_eq!(join.versions, ["1"]);
}

#[test]
fn s1_data_under_tag_64_is_bytes() {
    let Message::Sync(data) = read("sync-tag-64") else { panic!() };
    assert_eq!(data.document, DocumentId::from_bytes([1; 16]));
    assert_eq!(data.data[..], [0x42, 0, 0, 0, 0]);
}

#[test]
fn s1_a_count_may_be_a_float_and_lengths_indefinite() {
    let Message::Ephemeral(ephemeral) = read("ephemeral-float") else { panic!() };
    assert_eq!((ephemeral.count, ephemeral.session.as_str()), (3, "s1"));
    assert_eq!(ephemeral.data, [1, 2, 3, 4]);
}

#[test]
fn an_unknown_type_is_skipped_and_a_known_one_must_be_whole() {
    let unknown = decode(&encode(&Message::Unknown("remote-heads-changed".into())), MAX_FRAME);
    assert_eq!(unknown, Ok(Message::Unknown("remote-heads-changed".into())));
    let error = decode(&encode(&Message::Unknown("sync".into())), MAX_FRAME).unwrap_err();
    assert_eq!(error, FrameError::Missing { kind: "sync".into(), key: "senderId" });
    assert!(matches!(decode(&[], MAX_FRAME), Err(FrameError::Malformed(_))));
    assert!(matches!(
        decode(b"not cbor at all", MAX_FRAME),
        Err(FrameError::Malformed(_) | FrameError::Missing { .. })
    ));
    let long = vec![0; MAX_FRAME.0 + 1];
    assert_eq!(decode(&long, MAX_FRAME), Err(FrameError::TooLong { length: ByteLen(long.len()), limit: MAX_FRAME }));
}

#[test]
fn s1_deep_and_wide_frames_are_refused_before_they_cost() {
    assert!(matches!(decode(&vec![0x81; 100_000], MAX_FRAME), Err(FrameError::Malformed(_))));
    assert!(matches!(decode(&vec![0xc1; 100_000], MAX_FRAME), Err(FrameError::Malformed(_))));
    // An array that claims 2^64 - 1 items, and one of half a million.
    assert!(decode(&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255, 0], MAX_FRAME).is_err());
    let mut wide = vec![0x9a, 0, 8, 0, 0];
    wide.extend(vec![0; 1 << 19]);
    assert!(matches!(decode(&wide, MAX_FRAME), Err(FrameError::Malformed(_))));
}

#[test]
fn a_secret_is_not_shown_by_debug() {
    let claim = Claim { secret: [0xab; 16], session: [0xcd; 16], ..Claim::default() };
    let shown = format!("{claim:?}");
    assert!(!shown.contains("171") && !shown.contains("205"), "{shown}");
}

fn any_metadata() -> impl Strategy<Value = PeerMetadata> {
    let claim = (any::<[u8; 16]>(), "[a-z]{1,12}", any::<[u8; 16]>(), any::<Option<[u8; 32]>>(), any::<[u8; 16]>());
    let claim = claim.prop_map(|(workshop, role, secret, public_key, session)| Claim {
        workshop,
        role,
        secret,
        public_key,
        session,
        app: "build 7".into(),
    });
    let features = prop_oneof![Just(Features::all()), Just(Features::none())];
    let announcement = (features, proptest::option::of(claim), proptest::option::of("[a-zæøå ]{1,20}"))
        .prop_map(|(features, claim, relay)| Announcement { version: 1, features, claim, relay });
    (proptest::option::of("[a-z0-9]{1,20}"), any::<bool>(), proptest::option::of(announcement))
        .prop_map(|(storage_id, is_ephemeral, announcement)| PeerMetadata { storage_id, is_ephemeral, announcement })
}

fn any_message() -> impl Strategy<Value = Message> {
    let name = || "[a-zA-Z0-9-]{1,30}".prop_map(|name| PeerId::new(&name).unwrap());
    let document = || any::<[u8; 16]>().prop_map(DocumentId::from_bytes);
    let hashes = || vec(any::<[u8; 32]>().prop_map(ChangeHash), 0..5);
    let data = move || {
        (name(), name(), document(), vec(any::<u8>(), 0..400))
            .prop_map(|(sender, target, document, data)| DocumentData { sender, target, document, data: data.into() })
    };
    let reason =
        prop_oneof![Just(RefusedReason::Forked), "[a-z]{1,9}".prop_map(|code| RefusedReason::from_code(&code))];
    let closed = prop_oneof![Just(CloseReason::Rate), "[a-z]{1,9}".prop_map(|code| CloseReason::from_code(&code))];
    prop_oneof![
        (name(), any_metadata(), vec("[0-9]", 0..3)).prop_map(|(sender, metadata, versions)| Message::Join(Join {
            sender,
            metadata,
            versions
        })),
        (name(), name(), any_metadata()).prop_map(|(sender, target, metadata)| Message::Peer(Peer {
            sender,
            target,
            metadata,
            version: "1".into()
        })),
        data().prop_map(Message::Sync),
        data().prop_map(Message::Request),
        (name(), name(), document()).prop_map(|(sender, target, document)| Message::DocUnavailable(DocumentNotice {
            sender,
            target,
            document
        })),
        (data(), "[a-z0-9]{1,8}", any::<u64>()).prop_map(|(data, session, count)| {
            let DocumentData { sender, target, document, data } = data;
            Message::Ephemeral(Ephemeral {
                sender,
                target,
                document,
                session: SessionId::new(&session).unwrap(),
                count,
                data: data.to_vec(),
            })
        }),
        name().prop_map(|sender| Message::Leave(Leave { sender })),
        "\\PC{0,40}".prop_map(|message| Message::Error(ErrorNotice { message })),
        Just(Message::Heartbeat),
        (document(), hashes()).prop_map(|(document, heads)| Message::Durable(Durable { document, heads })),
        (document(), hashes(), reason).prop_map(|(document, hashes, reason)| Message::Refused(Refused {
            document,
            hashes,
            reason
        })),
        (any::<[u8; 16]>(), vec(any::<u8>(), 0..200))
            .prop_map(|(workshop, bytes)| Message::Checkpoint(Checkpoint { workshop, bytes })),
        closed.prop_map(Message::Closed),
    ]
}

#[test]
fn s5_what_does_not_fit_in_an_announcement_counts_as_not_said() {
    let said = Announcement {
        version: 1,
        features: Features::from_words(["durable", "compact"]),
        claim: Some(Claim {
            workshop: [3; 16],
            role: "site".to_owned(),
            secret: [5; 16],
            public_key: Some([7; 32]),
            session: [9; 16],
            app: "0123".to_owned(),
        }),
        relay: None,
    };
    let join = Message::Join(Join {
        sender: peer("a"),
        versions: vec!["1".to_owned()],
        metadata: PeerMetadata { announcement: Some(said.clone()), ..PeerMetadata::default() },
    });
    let frame = encode(&join);
    // The same frame with other bytes in one place.
    let heard = |from: &[u8], to: &[u8]| {
        let at = frame.windows(from.len()).position(|window| window == from).unwrap();
        let frame = [&frame[..at], to, &frame[at + from.len()..]].concat();
        let Ok(Message::Join(join)) = decode(&frame, MAX_FRAME) else { panic!() };
        join.metadata.announcement
    };
    assert_eq!(heard(b"durable", b"durable"), Some(said.clone()));
    assert_eq!(heard(b"\x61v\x01", b"\x61v\x61x"), None);
    let without = |claim| Some(Announcement { claim, ..said.clone() });
    assert_eq!(heard(&[&b"\x50"[..], &[5; 16]].concat(), b"\x45abcde"), without(None));
    assert_eq!(heard(b"dsite", b"\x07"), without(None));
    let claim = said.claim.clone().unwrap();
    assert_eq!(
        heard(&[&b"\x58\x20"[..], &[7; 32]].concat(), b"\x41\x07"),
        without(Some(Claim { public_key: None, ..claim }))
    );
    let durable = Features::from_words(["durable"]);
    assert_eq!(heard(b"compact", b"unknown"), Some(Announcement { features: durable, ..said.clone() }));
}

proptest! {
    #[test]
    fn s1_every_message_survives_its_frame(message in any_message()) {
        prop_assert_eq!(decode(&encode(&message), MAX_FRAME), Ok(message));
    }

    #[test]
    fn s1_no_bytes_make_the_decoder_panic(bytes in vec(any::<u8>(), 0..600)) {
        let _ = decode(&bytes, MAX_FRAME);
    }

    /// Close to real frames, where the interesting faults are.
    #[test]
    fn s1_no_damaged_frame_makes_the_decoder_panic(
        message in any_message(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = encode(&message);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = decode(&bytes, MAX_FRAME);
        let _ = decode(&bytes[..cut.index(bytes.len())], MAX_FRAME);
    }
}
