//! Ending in good order, and limits on sockets.

use std::time::{Duration, Instant};

use server::Config;
use server::settings::Limits;
use shared::documents::Kind;
use shared::sync::message::CloseReason;

use crate::hall::Hall;

#[tokio::test]
async fn a_relay_ends_within_five_seconds_and_tells_everyone() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut polite = hall.device(workshop.participant()).await;
    polite.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    polite.add_person("Ann").await;
    // One that never reads, and so never answers the closing.
    let _deaf = hall.device(workshop.participant()).await;
    let start = Instant::now();
    let ((), ()) = tokio::join!(hall.stop(), polite.until("it is told", |device| device.closed.is_some()));
    assert_eq!(polite.closed, Some(CloseReason::ShuttingDown));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_relay_has_so_many_sockets_and_says_so() {
    let limits = Limits { sockets: 1, ..Limits::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    let _first = hall.device(workshop.participant()).await;
    let upgrade = [
        ("upgrade", "websocket"),
        ("connection", "close, upgrade"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="),
        ("accept-language", "en"),
    ];
    let refused = hall.request("GET", "/sync", &upgrade, "").await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.json()["error"]["code"], "too-many-sockets");
}
