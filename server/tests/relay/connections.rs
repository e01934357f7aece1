//! Connections that ask slowly, ask for nothing, or speak another protocol.

use std::time::Duration;

use server::Config;
use server::settings::Limits;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::hall::{Hall, PATIENCE};

const SHORT: Duration = Duration::from_millis(500);

async fn with(limits: Limits) -> Hall {
    Hall::open_with(Config { limits, ..Config::on_loopback() }).await
}

/// Everything that comes until the relay ends the connection.
async fn rest(line: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A connection that the relay drops may end in an error.
    let reading = line.read_to_end(&mut bytes);
    let _ = tokio::time::timeout(PATIENCE, reading).await.expect("the relay ends the connection");
    bytes
}

#[tokio::test]
async fn a_request_that_does_not_come_to_its_end_is_answered() {
    let hall = with(Limits { request_time: SHORT, ..Limits::default() }).await;
    let mut line = TcpStream::connect(hall.address()).await.unwrap();
    let head = "POST /api/workshops HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                content-length: 100\r\n\r\n{\"tools\":";
    line.write_all(head.as_bytes()).await.unwrap();
    let answer = String::from_utf8(rest(&mut line).await).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("too-slow"), "{answer}");
}

#[tokio::test]
async fn who_speaks_http_2_unasked_gets_no_answer_and_no_place() {
    let hall = with(Limits { request_time: SHORT, ..Limits::default() }).await;
    let mut line = TcpStream::connect(hall.address()).await.unwrap();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    // Settings without any, and a request: GET http://x/ on stream 1.
    bytes.extend_from_slice(&[0, 0, 0, 4, 0, 0, 0, 0, 0]);
    bytes.extend_from_slice(&[0, 0, 6, 1, 5, 0, 0, 0, 1, 0x82, 0x86, 0x84, 0x41, 1, b'x']);
    line.write_all(&bytes).await.unwrap();
    let answer = rest(&mut line).await;
    let mut frames = answer.as_slice();
    while let [a, b, c, kind, _, _, _, _, _, after @ ..] = frames {
        assert_ne!(*kind, 1, "headers of an answer");
        let length = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        frames = &after[length.min(after.len())..];
    }
}

/// A connection that was answered and is kept open.
async fn kept(hall: &Hall) -> Option<TcpStream> {
    let mut line = TcpStream::connect(hall.address()).await.unwrap();
    let _ = line.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let mut answer = Vec::new();
    while !answer.ends_with(b"ok\n") {
        match line.read_buf(&mut answer).await {
            Ok(0) | Err(_) => return None,
            Ok(_) => {}
        }
    }
    Some(line)
}

#[tokio::test]
async fn there_are_so_many_connections_one_more_is_told_so_and_a_place_that_is_given_up_is_free() {
    let hall = with(Limits { sockets: 1, connections: 1, ..Limits::default() }).await;
    let first = kept(&hall).await.unwrap();
    let _second = kept(&hall).await.unwrap();
    assert!(kept(&hall).await.is_none(), "a third one finds no place");
    // It is told so, also when it has asked for something that nobody reads.
    let mut third = TcpStream::connect(hall.address()).await.unwrap();
    third.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let told = String::from_utf8(rest(&mut third).await).unwrap();
    let (head, words) = told.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after"), "{head}");
    assert!(words.contains("hent siden igen") && words.contains("load the page again"), "{words}");
    drop(first);
    let again = async { while kept(&hall).await.is_none() {} };
    tokio::time::timeout(PATIENCE, again).await.expect("there is a place again");
}
