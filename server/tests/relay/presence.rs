//! Ephemeral messages: passed on to the others of the document, never stored.

use shared::access::Capability;
use shared::documents::Kind;

use crate::device::Device;
use crate::hall::Hall;

/// A device that has the board.
async fn on_the_board(hall: &Hall, capability: Capability) -> Device {
    let mut device = hall.device(capability).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

#[tokio::test]
async fn presence_reaches_the_others_with_its_sender_and_count() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut ann = on_the_board(&hall, workshop.participant()).await;
    let mut bo = on_the_board(&hall, workshop.projector()).await;
    ann.send_ephemeral(7, b"here").await;
    bo.until("it is there", |bo| !bo.ephemeral.is_empty()).await;
    let heard = &bo.ephemeral[0];
    assert_eq!((&heard.sender, heard.count, heard.data.as_slice()), (&ann.peer, 7, b"here".as_slice()));
    assert_eq!(heard.session.as_str(), "session");
    assert_eq!(heard.target, bo.peer);
}

#[tokio::test]
async fn a_projector_sends_none_and_nobody_hears_their_own() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut wall = on_the_board(&hall, workshop.projector()).await;
    let mut ann = on_the_board(&hall, workshop.participant()).await;
    let mut bo = on_the_board(&hall, workshop.participant()).await;
    wall.send_ephemeral(1, b"from the wall").await;
    ann.send_ephemeral(1, b"from Ann").await;
    // What Ann then writes comes after it on Bo's line, and after it on her own.
    ann.add_person("Ann").await;
    ann.settle().await;
    wall.until("Ann is on the wall", |wall| wall.names() == ["Ann"]).await;
    bo.until("Ann is there", |bo| bo.names() == ["Ann"]).await;
    let from: Vec<_> = bo.ephemeral.iter().map(|heard| heard.sender.clone()).collect();
    assert_eq!(from, [ann.peer.clone()]);
    assert!(ann.ephemeral.is_empty());
}

#[tokio::test]
async fn presence_is_paced() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut ann = on_the_board(&hall, workshop.participant()).await;
    let mut bo = on_the_board(&hall, workshop.participant()).await;
    for count in 0..1_000 {
        ann.send_ephemeral(count, b"here").await;
    }
    ann.add_person("Ann").await;
    bo.until("Ann is there", |bo| bo.names() == ["Ann"]).await;
    let heard = bo.ephemeral.len();
    assert!((60..500).contains(&heard), "{heard} of 1000");
}

#[tokio::test]
async fn presence_is_small() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut ann = on_the_board(&hall, workshop.participant()).await;
    let mut bo = on_the_board(&hall, workshop.participant()).await;
    ann.send_ephemeral(1, &[0; (2 << 10) + 1]).await;
    ann.send_ephemeral(2, &[0; 2 << 10]).await;
    bo.until("something is there", |bo| !bo.ephemeral.is_empty()).await;
    assert_eq!(bo.ephemeral[0].count, 2, "what is longer than 2 KiB goes to nobody");
}
