//! One line: joining, who a message is from, heartbeat, limits.

use shared::sync::connection::{
    Connection, HEARTBEAT_EVERY, Input, JOIN_TIME, LISTENING, Limits, Local, Output, PING_EVERY, PING_SILENCE,
    RateLimit, SILENCE,
};
use shared::sync::message::{
    Claim, CloseReason, DocumentData, Durable, Ephemeral, Features, Join, Leave, MAX_FRAME, Message, Peer,
    PeerMetadata, Refused, RefusedReason, decode, encode,
};
use shared::sync::{DocumentId, Millis, PeerId, SessionId};

const START: Millis = Millis(1_000);
const DOCUMENT: DocumentId = DocumentId::from_bytes([1; 16]);

fn peer(name: &str) -> PeerId {
    PeerId::new(name).unwrap()
}

fn accepting() -> Connection {
    Connection::accept(START, Local::relay(peer("relay"), "Relay"), Limits::ACCEPTING)
}

fn claim() -> Claim {
    Claim { role: "participant".into(), secret: [7; 16], ..Claim::default() }
}

fn stock_join(name: &str) -> Vec<u8> {
    encode(&Message::Join(Join { sender: peer(name), metadata: PeerMetadata::default(), versions: vec!["1".into()] }))
}

/// A relay's end that let a stock peer in.
fn with_stock() -> Connection {
    let mut relay = accepting();
    let outputs = relay.handle(START, Input::Received(&stock_join("stock")));
    assert!(matches!(&outputs[..], [Output::Admit(join)] if join.sender == peer("stock")));
    relay.admit(START);
    relay
}

/// Both ends of a line between our own peers.
fn joined() -> (Connection, Connection) {
    let mut relay = accepting();
    let mut phone = Connection::dial(START, Local::client(peer("phone"), claim()), Limits::DIALLING);
    let join = frame(&phone.handle(START, Input::Opened));
    let [Output::Admit(join)] = &relay.handle(START, Input::Received(&join))[..] else { panic!() };
    assert_eq!(join.metadata.announcement.as_ref().unwrap().claim, Some(claim()));
    let outputs = relay.admit(START);
    let [Output::Transmit(answer), Output::Joined { remote, .. }] = &outputs[..] else { panic!() };
    assert_eq!(*remote, peer("phone"));
    let [Output::Joined { remote, metadata }] = &phone.handle(START, Input::Received(answer))[..] else { panic!() };
    assert_eq!(*remote, peer("relay"));
    assert_eq!(metadata.announcement.as_ref().unwrap().relay.as_deref(), Some("Relay"));
    (relay, phone)
}

fn frame(outputs: &[Output]) -> Vec<u8> {
    outputs
        .iter()
        .find_map(|output| if let Output::Transmit(frame) = output { Some(frame.clone()) } else { None })
        .unwrap()
}

fn message(outputs: &[Output]) -> Message {
    decode(&frame(outputs), MAX_FRAME).unwrap()
}

fn closed(outputs: &[Output]) -> Option<&CloseReason> {
    outputs.iter().find_map(|output| if let Output::Close(reason) = output { Some(reason) } else { None })
}

fn sync(sender: &str, data: &[u8]) -> Message {
    let data = DocumentData { sender: peer(sender), target: peer("x"), document: DOCUMENT, data: data.into() };
    Message::Sync(data)
}

fn ephemeral(sender: &str, count: u64) -> Message {
    Message::Ephemeral(Ephemeral {
        sender: peer(sender),
        target: peer("x"),
        document: DOCUMENT,
        session: SessionId::new("s").unwrap(),
        count,
        data: vec![1],
    })
}

#[test]
fn s2_two_of_ours_join_and_know_each_other() {
    let (relay, phone) = joined();
    assert_eq!((relay.remote(), phone.remote()), (Some(&peer("phone")), Some(&peer("relay"))));
    assert!(relay.remote_has(Features::DURABLE) && phone.remote_has(Features::HEARTBEAT));
}

#[test]
fn s2_a_stock_peer_joins_and_gets_no_frames_of_ours() {
    let mut relay = with_stock();
    assert!(!relay.remote_has(Features::DURABLE));
    let durable = Message::Durable(Durable { document: DOCUMENT, heads: Vec::new() });
    assert_eq!(relay.send(START, durable), []);
    assert_eq!(relay.send(START, Message::Heartbeat), []);
    // It is told in its own words why it is closed.
    assert!(matches!(message(&relay.close(START, CloseReason::Deleted)), Message::Error(_)));
}

#[test]
fn s2_nobody_is_answered_before_they_have_joined() {
    let mut relay = accepting();
    let outputs = relay.handle(START, Input::Received(&encode(&sync("a", &[1]))));
    assert_eq!(closed(&outputs), Some(&CloseReason::NotJoined));
    assert_eq!(relay.handle(START, Input::Received(&stock_join("a"))), []);
    assert!(relay.is_closed());
    // Nor while the shell is still deciding.
    let mut relay = accepting();
    relay.handle(START, Input::Received(&stock_join("a")));
    let outputs = relay.handle(START, Input::Received(&encode(&sync("a", &[1]))));
    assert_eq!(closed(&outputs), Some(&CloseReason::NotJoined));
}

#[test]
fn s2_a_join_must_come_in_time() {
    let mut relay = accepting();
    assert_eq!(relay.next_deadline(), Some(START + JOIN_TIME));
    assert_eq!(relay.handle(START + JOIN_TIME - Millis(1), Input::Tick), []);
    let outputs = relay.handle(START + JOIN_TIME, Input::Tick);
    assert_eq!(closed(&outputs), Some(&CloseReason::JoinTimedOut));
    assert_eq!(relay.next_deadline(), None);
}

#[test]
fn s2_sides_without_a_version_in_common_part() {
    let mut relay = accepting();
    let join = Join { sender: peer("a"), metadata: PeerMetadata::default(), versions: vec!["2".into()] };
    let outputs = relay.handle(START, Input::Received(&encode(&Message::Join(join))));
    assert_eq!(closed(&outputs), Some(&CloseReason::Version));
    let mut phone = Connection::dial(START, Local::client(peer("phone"), claim()), Limits::DIALLING);
    let metadata = PeerMetadata::default();
    let answer = Peer { sender: peer("relay"), target: peer("phone"), metadata, version: "2".into() };
    let outputs = phone.handle(START, Input::Received(&encode(&Message::Peer(answer))));
    assert_eq!(closed(&outputs), Some(&CloseReason::Version));
}

#[test]
fn s4_who_is_refused_learns_the_reason_and_nothing_else() {
    let mut relay = accepting();
    let mut phone = Connection::dial(START, Local::client(peer("phone"), claim()), Limits::DIALLING);
    let join = frame(&phone.handle(START, Input::Opened));
    relay.handle(START, Input::Received(&join));
    let outputs = relay.refuse(START, CloseReason::UnknownLink);
    assert_eq!(message(&outputs), Message::Closed(CloseReason::UnknownLink));
    let outputs = phone.handle(START, Input::Received(&frame(&outputs)));
    assert_eq!(outputs, [Output::Close(CloseReason::UnknownLink)]);
}

#[test]
fn a_repeated_join_is_answered_and_another_peers_is_not() {
    let mut relay = with_stock();
    assert!(matches!(message(&relay.handle(START, Input::Received(&stock_join("stock")))), Message::Peer(_)));
    let outputs = relay.handle(START, Input::Received(&stock_join("other")));
    assert_eq!(closed(&outputs), Some(&CloseReason::Malformed));
}

#[test]
fn s3_a_message_is_from_the_peer_at_the_other_end() {
    let mut relay = with_stock();
    let outputs = relay.handle(START, Input::Received(&encode(&sync("mallory", &[1]))));
    let [Output::Deliver(Message::Sync(data))] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!((&data.sender, &data.target), (&peer("stock"), &peer("relay")));
    let Message::Sync(sent) = message(&relay.send(START, sync("mallory", &[1]))) else { panic!() };
    assert_eq!((sent.sender, sent.target), (peer("relay"), peer("stock")));
}

#[test]
fn only_a_relay_says_what_is_durable() {
    let (mut relay, mut phone) = joined();
    let durable = Message::Durable(Durable { document: DOCUMENT, heads: Vec::new() });
    let lie = frame(&phone.send(START, durable.clone()));
    assert_eq!(relay.handle(START, Input::Received(&lie)), []);
    let truth = frame(&relay.send(START, durable.clone()));
    assert_eq!(phone.handle(START, Input::Received(&truth)), [Output::Deliver(durable)]);
}

#[test]
fn s6_no_empty_sync_message_goes_out_or_in() {
    let (mut relay, _) = joined();
    assert_eq!(relay.send(START, sync("relay", &[])), []);
    assert_eq!(relay.handle(START, Input::Received(&encode(&sync("phone", &[])))), []);
}

#[test]
fn s7_ours_beat_and_a_silent_line_dies() {
    let (mut relay, mut phone) = joined();
    assert_eq!(phone.next_deadline(), Some(START + HEARTBEAT_EVERY));
    assert_eq!(phone.handle(START + HEARTBEAT_EVERY - Millis(1), Input::Tick), []);
    let beat = phone.handle(START + HEARTBEAT_EVERY, Input::Tick);
    assert_eq!(message(&beat), Message::Heartbeat);
    assert_eq!(relay.handle(START + HEARTBEAT_EVERY, Input::Received(&frame(&beat))), []);
    // The relay heard the phone; the phone heard nobody.
    for end in [&mut relay, &mut phone] {
        assert_eq!(closed(&end.handle(START + SILENCE - LISTENING, Input::Tick)), None);
    }
    assert_eq!(phone.next_deadline(), Some(START + SILENCE));
    assert_eq!(closed(&phone.handle(START + SILENCE, Input::Tick)), Some(&CloseReason::Silent));
    assert_eq!(closed(&relay.handle(START + SILENCE, Input::Tick)), None);
    let dead = START + HEARTBEAT_EVERY + SILENCE;
    assert_eq!(closed(&relay.handle(dead - LISTENING, Input::Tick)), None);
    assert_eq!(closed(&relay.handle(dead, Input::Tick)), Some(&CloseReason::Silent));
}

#[test]
fn s7_s8_whoever_was_busy_listens_before_it_calls_a_line_silent() {
    let busy = START + Millis::from_secs(60);
    for (mut relay, frame) in [(joined().0, encode(&Message::Heartbeat)), (with_stock(), stock_join("stock"))] {
        assert_eq!(closed(&relay.handle(busy, Input::Tick)), None);
        assert_eq!(relay.next_deadline(), Some(busy + LISTENING));
        // What had come meanwhile is read.
        relay.handle(busy + Millis(10), Input::Received(&frame));
        assert_eq!(closed(&relay.handle(busy + LISTENING, Input::Tick)), None);
        // Nothing had come.
        let busy = busy + busy;
        assert_eq!(closed(&relay.handle(busy, Input::Tick)), None);
        assert_eq!(closed(&relay.handle(busy + LISTENING - Millis(1), Input::Tick)), None);
        assert_eq!(closed(&relay.handle(busy + LISTENING, Input::Tick)), Some(&CloseReason::Silent));
    }
}

#[test]
fn s7_who_talks_need_not_beat() {
    let (mut relay, _) = joined();
    relay.send(START + Millis(2_000), sync("relay", &[1]));
    assert_eq!(relay.next_deadline(), Some(START + Millis(2_000) + HEARTBEAT_EVERY));
}

#[test]
fn s8_a_stock_peer_is_pinged_and_a_pong_keeps_it() {
    let mut relay = with_stock();
    assert_eq!(relay.next_deadline(), Some(START + PING_EVERY));
    assert_eq!(relay.handle(START + PING_EVERY, Input::Tick), [Output::Ping]);
    relay.handle(START + PING_EVERY, Input::Pong);
    let silent = START + PING_EVERY + PING_SILENCE;
    for before in [LISTENING, Millis(1)] {
        assert_eq!(closed(&relay.handle(silent - before, Input::Tick)), None);
    }
    assert_eq!(closed(&relay.handle(silent, Input::Tick)), Some(&CloseReason::Silent));
}

#[test]
fn s9_an_ephemeral_message_comes_once_and_keeps_its_sender_on_its_way_out() {
    let (mut relay, mut phone) = joined();
    let passed = frame(&relay.send(START, ephemeral("another", 4)));
    let outputs = phone.handle(START, Input::Received(&passed));
    let [Output::Deliver(Message::Ephemeral(heard))] = &outputs[..] else { panic!("{outputs:?}") };
    assert_eq!((&heard.sender, &heard.target, heard.count), (&peer("another"), &peer("phone"), 4));
    assert_eq!(phone.handle(START, Input::Received(&passed)), []);
    // One's own comes back from a careless relay; nobody hears themselves.
    let echo = frame(&relay.send(START, ephemeral("phone", 1)));
    assert_eq!(phone.handle(START, Input::Received(&echo)), []);
}

#[test]
fn s9_what_a_stock_peer_passes_on_to_its_relay_is_dropped() {
    let mut relay = with_stock();
    let outputs = relay.handle(START, Input::Received(&encode(&ephemeral("stock", 1))));
    assert!(matches!(&outputs[..], [Output::Deliver(Message::Ephemeral(_))]), "{outputs:?}");
    assert_eq!(relay.handle(START, Input::Received(&encode(&ephemeral("another", 1)))), []);
}

#[test]
fn s11_limits_end_the_line_with_their_reason() {
    let mut relay = with_stock();
    let outputs = relay.handle(START, Input::Received(&vec![0; MAX_FRAME.0 + 1]));
    assert_eq!(closed(&outputs), Some(&CloseReason::FrameTooLong));
    let mut relay = with_stock();
    assert_eq!(closed(&relay.handle(START, Input::Received(b"rubbish"))), Some(&CloseReason::Malformed));
    let limits = Limits { messages: RateLimit { per_second: 1, burst: 2 }, ..Limits::ACCEPTING };
    let mut relay = Connection::accept(START, Local::relay(peer("relay"), "Relay"), limits);
    relay.handle(START, Input::Received(&stock_join("stock")));
    relay.admit(START);
    let one = encode(&sync("stock", &[1]));
    assert_eq!(closed(&relay.handle(START, Input::Received(&one))), None);
    assert_eq!(closed(&relay.handle(START, Input::Received(&one))), Some(&CloseReason::Rate));
    let limits = Limits { bytes: RateLimit { per_second: 1, burst: 300 }, ..Limits::ACCEPTING };
    let mut relay = Connection::accept(START, Local::relay(peer("relay"), "Relay"), limits);
    relay.handle(START, Input::Received(&stock_join("stock")));
    relay.admit(START);
    let outputs = relay.handle(START, Input::Received(&encode(&sync("stock", &[1; 300]))));
    assert_eq!(closed(&outputs), Some(&CloseReason::Rate));
}

#[test]
fn a_goodbye_ends_the_line_without_an_answer() {
    let (mut relay, mut phone) = joined();
    let outputs = phone.close(START, CloseReason::Done);
    assert_eq!(message(&outputs), Message::Leave(Leave { sender: peer("phone") }));
    assert_eq!(relay.handle(START, Input::Received(&frame(&outputs))), [Output::Close(CloseReason::Left)]);
    assert_eq!(relay.handle(START, Input::Closed), []);
    assert_eq!(phone.handle(START, Input::Tick), []);
}

#[test]
fn s22_a_stock_peer_is_told_once_for_each_reason_that_changes_were_not_taken() {
    let mut relay = with_stock();
    let refused = |reason| Message::Refused(Refused { document: DOCUMENT, hashes: vec![], reason });
    let outputs = relay.send(START, refused(RefusedReason::Forked));
    assert!(matches!(message(&outputs), Message::Error(error) if error.message.contains("forked")));
    assert_eq!(relay.send(START, refused(RefusedReason::Forked)), []);
    let outputs = relay.send(START, refused(RefusedReason::NotCovered));
    assert!(matches!(message(&outputs), Message::Error(error) if error.message.contains("not-covered")));
}
