//! What a broken or hostile peer sends is answered, and the others go on.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use server::Config;
use server::settings::Limits;
use shared::documents::Kind;
use shared::sync::MAX_FRAME;
use shared::sync::message::{Checkpoint, CloseReason, DocumentData, ErrorNotice, Message, decode};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::device::{Device, put_noise};
use crate::hall::{Hall, PATIENCE, Workshop};

/// An honest device beside the other one; at the end it must still be served.
async fn honest(hall: &Hall, workshop: &Workshop) -> Device {
    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

async fn goes_on(mut device: Device) {
    device.add_person("Ann").await;
    device.settle().await;
}

/// Sends one frame and expects to be closed for `reason`.
async fn answered(frame: Frame, reason: CloseReason) {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (honest, mut hostile) = (honest(&hall, &workshop).await, honest(&hall, &workshop).await);
    hostile.send_raw(frame).await;
    hostile.until("it is closed", |hostile| hostile.closed.is_some()).await;
    assert_eq!(hostile.closed, Some(reason));
    goes_on(honest).await;
}

#[tokio::test]
async fn a_frame_that_is_not_cbor() {
    answered(Frame::Binary(b"hello".to_vec().into()), CloseReason::Malformed).await;
}

#[tokio::test]
async fn a_frame_of_text() {
    answered(Frame::Text("{}".into()), CloseReason::Malformed).await;
}

#[tokio::test]
async fn a_frame_of_the_wrong_type() {
    answered(Frame::Binary(vec![0xA1, 0x64, b't', b'y', b'p', b'e', 0x07].into()), CloseReason::Malformed).await;
}

#[tokio::test]
async fn a_frame_just_over_the_limit() {
    answered(Frame::Binary(vec![0; (1 << 20) + 1].into()), CloseReason::FrameTooLong).await;
}

#[tokio::test]
async fn a_frame_far_over_the_limit() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let honest = honest(&hall, &workshop).await;
    let (socket, _) = tokio_tungstenite::connect_async(format!("ws://{}/sync", hall.address())).await.unwrap();
    let (mut write, mut read) = socket.split();
    // As a browser does: it reads while it still writes.
    let writing = tokio::spawn(async move { write.send(Frame::Binary(vec![0; 50 << 20].into())).await });
    let heard = async {
        loop {
            match read.next().await {
                Some(Ok(Frame::Binary(bytes))) => break decode(&bytes, MAX_FRAME).unwrap(),
                other => assert!(other.is_some_and(|frame| frame.is_ok()), "the line broke without a word"),
            }
        }
    };
    let heard = tokio::time::timeout(PATIENCE, heard).await.unwrap();
    assert_eq!(heard, Message::Error(ErrorNotice { message: CloseReason::FrameTooLong.to_string() }));
    goes_on(honest).await;
    writing.abort();
}

#[tokio::test]
async fn a_document_id_of_the_wrong_length() {
    // {"type":"request","senderId":"x","targetId":"y","documentId":"zz","data":h'42'}
    let mut frame = vec![0xA5];
    for (key, value) in [("type", "request"), ("senderId", "x"), ("targetId", "y"), ("documentId", "zz")] {
        for text in [key, value] {
            frame.push(0x60 + u8::try_from(text.len()).unwrap());
            frame.extend_from_slice(text.as_bytes());
        }
    }
    frame.extend_from_slice(b"\x64data\x41\x42");
    answered(Frame::Binary(frame.into()), CloseReason::Malformed).await;
}

async fn sync_message(data: Vec<u8>) {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (honest, mut hostile) = (honest(&hall, &workshop).await, honest(&hall, &workshop).await);
    let (peer, document) = (hostile.peer.clone(), hostile.id(Kind::Board));
    hostile.send(Message::Sync(DocumentData { sender: peer.clone(), target: peer, document, data: data.into() })).await;
    hostile.until("it is closed", |hostile| hostile.closed.is_some()).await;
    assert_eq!(hostile.closed, Some(CloseReason::Broken));
    goes_on(honest).await;
}

#[tokio::test]
async fn a_sync_message_that_is_none() {
    sync_message(b"nothing of the kind".to_vec()).await;
}

#[tokio::test]
async fn a_damaged_change() {
    // A sync message without heads, needs and summaries, with one chunk that begins like a change.
    let mut data = vec![0x42, 0, 0, 0, 1, 20];
    data.extend_from_slice(&[0x85, 0x6f, 0x4a, 0x83, 1, 2, 3, 4, 1, 10, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);
    sync_message(data).await;
}

#[tokio::test]
async fn a_forged_checkpoint() {
    let hall = Hall::open().await;
    let (workshop, other) = (hall.workshop().await, hall.workshop().await);
    let honest = honest(&hall, &workshop).await;
    let foreign = hall.device(other.facilitator()).await.sign(9, true).bytes;
    for bytes in [b"no checkpoint".to_vec(), foreign] {
        let mut hostile = hall.device(workshop.participant()).await;
        hostile.send(Message::Checkpoint(Checkpoint { workshop: workshop.id().0, bytes })).await;
        hostile.until("it is closed", |hostile| hostile.closed.is_some()).await;
        assert_eq!(hostile.closed, Some(CloseReason::Malformed));
    }
    goes_on(honest).await;
}

#[tokio::test]
async fn too_many_messages() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (honest, mut hostile) = (honest(&hall, &workshop).await, honest(&hall, &workshop).await);
    // {"type":"dialogtavle-heartbeat"}
    let mut heartbeat = vec![0xA1, 0x64];
    heartbeat.extend_from_slice(b"type\x75dialogtavle-heartbeat");
    for _ in 0..40_000 {
        hostile.send_raw(Frame::Binary(heartbeat.clone().into())).await;
    }
    hostile.until("it is closed", |hostile| hostile.closed.is_some()).await;
    assert_eq!(hostile.closed, Some(CloseReason::Rate));
    goes_on(honest).await;
}

/// A peer on which much waits, and which does not read any of it; and the honest one who wrote it.
async fn deaf(hall: &Hall, workshop: &Workshop) -> (Device, Device) {
    let mut honest = honest(hall, workshop).await;
    let mut deaf = Device::join_on_a_short_line(hall.address(), workshop.participant()).await;
    deaf.until("the board is there", |deaf| !deaf.doc(Kind::Board).is_empty()).await;
    // More than the line and the relay's queue for it hold.
    let writing = async {
        for number in 0..60 {
            honest.edit(Kind::Board, |doc| put_noise(doc, number, 100_000)).await;
            honest.settle().await;
        }
    };
    tokio::select! {
        () = writing => {}
        () = beats(&mut deaf) => {}
    }
    (deaf, honest)
}

/// Says that it is there, for ever, and reads nothing.
async fn beats(deaf: &mut Device) {
    let mut second = tokio::time::interval(Duration::from_secs(1));
    loop {
        second.tick().await;
        deaf.send(Message::Heartbeat).await;
    }
}

#[tokio::test]
async fn a_peer_that_does_not_read_slows_nobody_and_catches_up() {
    let limits = Limits { queued_messages: 4, ..Default::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    let (mut deaf, honest) = deaf(&hall, &workshop).await;
    let heads = honest.sync(Kind::Board).heads();
    deaf.until("it catches up", |deaf| deaf.sync(Kind::Board).heads() == heads).await;
    deaf.add_person("Ann").await;
    deaf.settle().await;
}

#[tokio::test]
async fn a_peer_that_does_not_read_keeps_nobody_waiting_for_a_deleted_workshop() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (mut deaf, _honest) = deaf(&hall, &workshop).await;
    let others = async {
        let mut facilitator = hall.device(workshop.facilitator()).await;
        let signed = facilitator.sign(2, true);
        facilitator.send_checkpoint(&signed).await;
        facilitator.until("it is told", |device| device.closed.is_some()).await;
        let mut joining = hall.device(workshop.projector()).await;
        joining.until("it is told", |joining| joining.closed.is_some()).await;
        assert_eq!(joining.closed, Some(CloseReason::Deleted));
    };
    tokio::select! {
        () = others => {}
        () = beats(&mut deaf) => {}
    }
}

#[tokio::test]
async fn a_peer_that_takes_nothing_in_gives_its_place_up() {
    let limits = Limits { sockets_per_workshop: 2, standstill: Duration::from_millis(100), ..Default::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    let (mut deaf, mut honest) = deaf(&hall, &workshop).await;
    let joined = async { while hall.device(workshop.projector()).await.closed.is_some() {} };
    tokio::select! {
        joined = tokio::time::timeout(PATIENCE, joined) => joined.expect("there is room again"),
        () = beats(&mut deaf) => {}
        // The place that comes free is not this one's.
        () = honest.until("it is closed", |honest| honest.closed.is_some()) => panic!("{:?}", honest.closed),
    }
}
