//! Many at once who mean no good: connections that idle, documents that nobody has, bodies that are no requests. Honest
//! devices go on.

use futures_util::future::join_all;
use server::Config;
use server::settings::Limits;
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::message::{CloseReason, DocumentData, Message};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::device::Device;
use crate::hall::{Hall, Workshop};

async fn honest(hall: &Hall, workshop: &Workshop) -> Device {
    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_at_once_and_ten_thousand_in_turn_keep_nobody_waiting() {
    // Each is an open file on both sides.
    rlimit::increase_nofile_limit(8_192).unwrap();
    let limits = Limits { connections: 2_500, ..Limits::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    let mut device = honest(&hall, &workshop).await;
    let idle = join_all((0..2_000).map(|_| async {
        let mut line = TcpStream::connect(hall.address()).await.unwrap();
        // A request that goes no further, as a slow loris sends it.
        line.write_all(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
        line
    }))
    .await;
    device.add_person("Ann").await;
    device.settle().await;
    // Whoever comes now finds a place, too.
    let mut other = honest(&hall, &workshop).await;
    drop(idle);
    for _ in 0..100 {
        drop(join_all((0..100).map(|_| TcpStream::connect(hall.address()))).await);
    }
    other.add_person("Bo").await;
    other.settle().await;
    device.until("Bo is there", |device| device.names() == ["Ann", "Bo"]).await;
}

#[tokio::test]
async fn ten_thousand_documents_that_nobody_has_are_asked_for_in_vain() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let (mut device, mut greedy) = (honest(&hall, &workshop).await, honest(&hall, &workshop).await);
    for number in 0..10_000_u32 {
        let mut id = [0xee; 16];
        id[..4].copy_from_slice(&number.to_le_bytes());
        let (sender, target, document) = (greedy.peer.clone(), greedy.peer.clone(), DocumentId::from_bytes(id));
        // The heads, needs, summaries and changes of a peer that has nothing.
        let data = vec![0x42, 0, 0, 0, 0].into();
        greedy.send(Message::Request(DocumentData { sender, target, document, data })).await;
    }
    greedy.until("it is closed", |greedy| greedy.closed.is_some()).await;
    assert_eq!(greedy.closed, Some(CloseReason::Rate));
    assert!(greedy.unavailable.len() < 10_000);
    device.add_person("Ann").await;
    device.settle().await;
}

#[tokio::test]
async fn bodies_that_are_no_requests_are_answered_in_words() {
    let hall = Hall::open().await;
    let whole = r#"{"tools":["A1"],"title":"Hverdagen","lang":"da"}"#;
    for at in 0..whole.len() {
        let mut bytes = whole.as_bytes().to_vec();
        bytes[at] = [b'"', b'{', b'\\', b'0', b'[', 0x7f][at % 6];
        for body in [&whole[..at], &String::from_utf8(bytes).unwrap()] {
            let answer = hall.post("/api/workshops", body).await;
            assert!([201, 400, 422].contains(&answer.status), "{} to {body}: {}", answer.status, answer.body);
            assert!(answer.status == 201 || !answer.json()["error"]["code"].is_null(), "{}", answer.body);
        }
    }
    // As deep as a body may be long.
    let deep = hall.post("/api/workshops", &"[".repeat(10_000)).await;
    assert!([400, 413].contains(&deep.status), "{}", deep.body);
}
