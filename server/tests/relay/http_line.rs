//! Lines over HTTP, with real requests: the same session, the same rules.

use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use server::Config;
use server::settings::Limits;
use shared::documents::Kind;
use shared::sync::http_line::{Batch, LINE_HEADER};
use shared::sync::message::{CloseReason, ErrorNotice, Message, decode};
use shared::sync::{ByteLen, MAX_FRAME};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::device::Device;
use crate::hall::{Hall, PATIENCE, Response, request};

const SHORT: Duration = Duration::from_millis(300);

async fn with(limits: Limits) -> Hall {
    Hall::open_with(Config { limits, ..Config::on_loopback() }).await
}

/// A line that was opened by hand.
struct Line {
    relay: SocketAddr,
    name: String,
}

impl Line {
    async fn open(hall: &Hall) -> Self {
        let answer = hall.request("POST", "/sync/line", &[], "").await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"), "{}", answer.body);
        Self { relay: hall.address(), name: answer.body }
    }

    async fn post(&self, path: &str, body: &[u8]) -> Response {
        let headers = [(LINE_HEADER, self.name.as_str())];
        request(self.relay, "POST", path, &headers, body).await.unwrap()
    }

    async fn up(&self, number: u64, frame: &[u8]) -> Response {
        self.post("/sync/line/up", &Batch { number, frames: vec![frame.to_vec()] }.encode()).await
    }

    async fn down(&self, taken: u64) -> Response {
        self.post("/sync/line/down", &Batch { number: taken, frames: Vec::new() }.encode()).await
    }

    /// What the relay says next.
    async fn hears(&self, taken: u64) -> Vec<Message> {
        messages(&self.down(taken).await)
    }

    /// A request that waits at the relay for certain: a second one came, and the one of them that was first is answered.
    async fn held(&self) -> Pin<Box<dyn Future<Output = Response> + '_>> {
        let (mut one, mut two) = (Box::pin(self.down(0)), Box::pin(self.down(0)));
        let (answer, held) = tokio::select! {
            answer = &mut one => (answer, two),
            answer = &mut two => (answer, one),
        };
        assert_eq!(messages(&answer), []);
        held
    }
}

fn messages(answer: &Response) -> Vec<Message> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let batch = Batch::decode(&answer.bytes).unwrap();
    batch.frames.iter().map(|frame| decode(frame, ByteLen(1 << 20)).unwrap()).collect()
}

/// The device, once the board has come in.
async fn ready(mut device: Device) -> Device {
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

fn closed(reason: &CloseReason) -> Vec<Message> {
    vec![Message::Error(ErrorNotice { message: reason.to_string() })]
}

#[tokio::test]
async fn s32_a_device_without_a_websocket_takes_part_as_any_other() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut far = ready(hall.device_over_http(workshop.participant()).await).await;
    let mut near = ready(hall.device(workshop.participant()).await).await;
    far.add_person("Ann").await;
    far.settle().await;
    near.add_person("Bo").await;
    near.settle().await;
    for device in [&mut far, &mut near] {
        device.until("both are there", |device| device.names() == ["Ann", "Bo"]).await;
    }
    near.send_ephemeral(1, b"here").await;
    far.until("presence is heard", |device| !device.ephemeral.is_empty()).await;
}

#[tokio::test]
async fn a_person_moves_between_the_two_ways_and_stays_the_same_one() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut device = ready(hall.device_over_http(workshop.participant()).await).await;
    device.add_person("Ann").await;
    device.settle().await;
    // The line over HTTP is still open: the websocket takes its place, and the other way round.
    for (over_http, name) in [(false, "Bo"), (true, "Cai")] {
        device = device.moved(over_http, hall.address()).await;
        assert_eq!(device.closed, None);
        device.add_person(name).await;
        device.settle().await;
    }
}

#[tokio::test]
async fn s4_a_link_that_opens_nothing_is_told_so_and_a_peer_id_of_somebody_else_is_not_given_away() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut wrong = workshop.participant();
    wrong.secret = shared::access::Secret::from_bytes([9; 16]);
    assert_eq!(hall.device_over_http(wrong).await.closed, Some(CloseReason::UnknownLink));
    let first = hall.device(workshop.participant()).await;
    let mut thief = Device::new(workshop.participant());
    thief.peer = first.peer.clone();
    assert_eq!(thief.moved(true, hall.address()).await.closed, Some(CloseReason::PeerIdTaken));
}

#[tokio::test]
async fn s17_a_projector_over_http_reads_and_cannot_write() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut projector = ready(hall.device_over_http(workshop.projector()).await).await;
    let mut phone = ready(hall.device(workshop.participant()).await).await;
    projector.add_person("Wall").await;
    phone.add_person("Ann").await;
    phone.settle().await;
    projector.until("Ann is on the wall", |wall| wall.names() == ["Ann", "Wall"]).await;
    assert!(!projector.is_received(Kind::Board));
    assert_eq!(ready(hall.device(workshop.participant()).await).await.names(), ["Ann"]);
}

#[tokio::test]
async fn s11_a_frame_over_the_limit_is_answered_in_words() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    for bytes in [MAX_FRAME.0 + 1, 3 * MAX_FRAME.0] {
        let mut device = hall.device_over_http(workshop.participant()).await;
        device.send_raw(Frame::Binary(vec![0; bytes].into())).await;
        device.until("it is closed", |device| device.closed.is_some()).await;
        assert_eq!(device.closed, Some(CloseReason::FrameTooLong), "{bytes}");
    }
}

#[tokio::test]
async fn s33_a_batch_that_comes_twice_is_taken_once_and_an_answer_that_was_lost_comes_again() {
    let hall = Hall::open().await;
    let line = Line::open(&hall).await;
    // Not a join: the first one of these ends the line, so that taking it is seen by what is said.
    let frame = [0xA1, 0x64, b't', b'y', b'p', b'e', 0x61, b'?'];
    assert_eq!(line.up(1, &frame).await.status, 200);
    assert_eq!(line.up(1, &frame).await.status, 200, "its answer may have been lost");
    let first = line.hears(0).await;
    assert_eq!(first, closed(&CloseReason::NotJoined));
    assert_eq!(line.hears(0).await, first);
    assert_eq!(line.down(1).await.status, 404, "the line is over once its last word has arrived");
}

#[tokio::test]
async fn s33_a_gap_ends_the_line_and_so_does_a_body_that_is_no_batch() {
    let hall = Hall::open().await;
    let gap = Line::open(&hall).await;
    gap.up(2, b"x").await;
    assert_eq!(gap.hears(0).await, closed(&CloseReason::Malformed));
    let noise = Line::open(&hall).await;
    assert_eq!(noise.post("/sync/line/up", b"noise").await.status, 400);
    assert_eq!(noise.hears(0).await, closed(&CloseReason::Malformed));
    let future = Line::open(&hall).await;
    assert_eq!(future.down(7).await.status, 404, "nobody has what was never sent");
}

#[tokio::test]
async fn s34_who_waits_is_answered_in_time_also_when_there_is_nothing() {
    let hall = with(Limits { poll: SHORT, ..Limits::default() }).await;
    let line = Line::open(&hall).await;
    assert_eq!(line.hears(0).await, []);
    assert_eq!(line.hears(0).await, []);
}

#[tokio::test]
async fn s34_of_two_who_wait_one_is_sent_away_and_the_other_hears_what_comes() {
    let hall = Hall::open().await;
    let line = Line::open(&hall).await;
    let waiting = line.held().await;
    line.up(1, b"x").await;
    assert_eq!(messages(&waiting.await), closed(&CloseReason::Malformed));
}

#[tokio::test]
async fn s35_a_line_that_nobody_listens_to_is_over_and_its_place_is_free() {
    let hall = with(Limits { sockets: 1, unheard: SHORT, ..Limits::default() }).await;
    let line = Line::open(&hall).await;
    assert_eq!(hall.request("POST", "/sync/line", &[], "").await.status, 503, "there is one place");
    let free = async { while hall.request("POST", "/sync/line", &[], "").await.status == 503 {} };
    tokio::time::timeout(PATIENCE, free).await.expect("the place is free again");
    assert_eq!(line.down(0).await.status, 404);
}

#[tokio::test]
async fn s35_a_listener_whose_connection_breaks_is_gone() {
    let hall = with(Limits { unheard: SHORT, ..Limits::default() }).await;
    let line = Line::open(&hall).await;
    let body = Batch::default().encode();
    let mut request = format!(
        "POST /sync/line/down HTTP/1.1\r\nhost: x\r\n{LINE_HEADER}: {}\r\ncontent-length: {}\r\n\r\n",
        line.name,
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(&body);
    let mut broken = TcpStream::connect(hall.address()).await.unwrap();
    broken.write_all(&request).await.unwrap();
    // It waits: nothing comes for longer than a line lives without a listener.
    let nothing = tokio::time::timeout(2 * SHORT, broken.read_u8()).await;
    assert!(nothing.is_err(), "{nothing:?}");
    drop(broken);
    let gone = async { while line.up(1, b"").await.status != 404 {} };
    tokio::time::timeout(PATIENCE, gone).await.expect("the line ends");
}

#[tokio::test]
async fn s35_a_line_that_is_ended_is_gone_at_once_with_its_last_frames_heard() {
    let hall = Hall::open().await;
    let line = Line::open(&hall).await;
    assert_eq!(line.post("/sync/line/end", &Batch::default().encode()).await.status, 200);
    for path in ["/sync/line/up", "/sync/line/down", "/sync/line/end"] {
        assert_eq!(line.post(path, &Batch::default().encode()).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn s32_half_of_the_places_are_kept_for_websockets() {
    let hall = with(Limits { sockets: 2, ..Limits::default() }).await;
    let workshop = hall.workshop().await;
    let _line = Line::open(&hall).await;
    assert_eq!(hall.request("POST", "/sync/line", &[], "").await.status, 503);
    assert_eq!(hall.device(workshop.participant()).await.closed, None);
}

#[tokio::test]
async fn s32_a_page_of_another_site_opens_no_line_and_a_name_that_was_guessed_is_none() {
    let hall = Hall::open().await;
    let other = [("origin", "https://evil.example")];
    assert_eq!(hall.request("POST", "/sync/line", &other, "").await.status, 403);
    let named = [(LINE_HEADER, "00112233445566778899aabbccddeeff")];
    for path in ["/sync/line/up", "/sync/line/down", "/sync/line/end"] {
        assert_eq!(hall.request("POST", path, &named, "").await.status, 404);
        assert_eq!(hall.request("POST", path, &[], "").await.status, 404);
        assert_eq!(hall.get(path).await.status, 405);
    }
}

#[tokio::test]
async fn a_relay_that_ends_says_so_over_http_too() {
    let mut hall = Hall::open().await;
    let line = Line::open(&hall).await;
    let waiting = line.held().await;
    hall.stop().await;
    assert_eq!(messages(&waiting.await), closed(&CloseReason::ShuttingDown));
}
