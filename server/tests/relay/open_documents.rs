//! A plain automerge-repo sync server, for those who switch it on: any document, no capability.

use automerge::ROOT;
use automerge::transaction::Transactable as _;
use server::Config;
use shared::sync::message::{CloseReason, Ephemeral, ErrorNotice, Message};
use shared::sync::{DocumentId, PeerId, SessionId};

use crate::hall::Hall;
use crate::stock_peer::StockPeer;

const DOCUMENT: DocumentId = DocumentId::from_bytes([42; 16]);

async fn hall() -> Hall {
    Hall::open_with(Config { open_documents: true, ..Config::on_loopback() }).await
}

async fn peer(hall: &Hall, name: &str, document: DocumentId) -> StockPeer {
    let mut peer = StockPeer::join(&format!("ws://{}/sync", hall.address()), name, &document.to_string()).await;
    peer.until("let in", |peer| matches!(peer.heard[..], [Message::Peer(_)])).await;
    peer
}

fn is_unavailable(peer: &StockPeer) -> bool {
    peer.heard.iter().any(|heard| matches!(heard, Message::DocUnavailable(_)))
}

#[tokio::test]
async fn whoever_asked_too_early_gets_a_document_once_somebody_brings_it_also_after_a_restart() {
    let mut hall = hall().await;
    let mut early = peer(&hall, "early", DOCUMENT).await;
    early.speak(true).await;
    early.until("there is none yet", is_unavailable).await;
    let mut ann = peer(&hall, "ann", DOCUMENT).await;
    ann.doc.put(ROOT, "from-ann", true).unwrap();
    ann.speak(false).await;
    ann.answer_while(early.until("it is there", |early| early.has("from-ann"))).await;
    early.doc.put(ROOT, "from-early", true).unwrap();
    early.speak(false).await;
    early.answer_while(ann.until("both have both", |ann| ann.has("from-early"))).await;
    hall.restart().await;
    let mut later = peer(&hall, "later", DOCUMENT).await;
    later.speak(true).await;
    later.until("it was kept", |later| later.has("from-early") && later.has("from-ann")).await;
    assert!(!is_unavailable(&later));
}

#[tokio::test]
async fn ephemeral_messages_pass_between_whoever_has_the_document() {
    let hall = hall().await;
    let (mut ann, mut bo) = (peer(&hall, "ann", DOCUMENT).await, peer(&hall, "bo", DOCUMENT).await);
    bo.speak(true).await;
    bo.until("it takes part", is_unavailable).await;
    let (sender, session) = (PeerId::new("ann").unwrap(), SessionId::new("1").unwrap());
    let data = vec![7; 10_000];
    let (target, document) = (sender.clone(), DOCUMENT);
    ann.send(&Message::Ephemeral(Ephemeral { sender, target, document, session, count: 1, data: data.clone() })).await;
    let heard =
        |bo: &StockPeer| bo.heard.iter().any(|heard| matches!(heard, Message::Ephemeral(heard) if heard.data == data));
    bo.until("it is heard", heard).await;
}

#[tokio::test]
async fn a_workshops_documents_are_not_among_the_open_ones() {
    let hall = hall().await;
    let workshop = hall.workshop().await;
    let board = workshop.answer.documents.board.parse().unwrap();
    let mut stranger = peer(&hall, "stranger", board).await;
    stranger.speak(true).await;
    stranger.until("there is none", is_unavailable).await;
    stranger.doc.put(ROOT, "from-a-stranger", true).unwrap();
    stranger.speak(false).await;
    // It has made a document of its own, which is not the board.
    let mut again = peer(&hall, "again", board).await;
    again.speak(true).await;
    stranger.answer_while(again.until("it is there", |again| again.has("from-a-stranger"))).await;
    assert!(!again.has("people"));
    let mut participant = StockPeer::join(&workshop.answer.sync.participant, "ann", &board.to_string()).await;
    participant.until("let in", |peer| !peer.heard.is_empty()).await;
    participant.speak(true).await;
    participant.until("the board is there", |peer| peer.has("people")).await;
    assert!(!participant.has("from-a-stranger"));
}

#[tokio::test]
async fn it_is_off_unless_somebody_switches_it_on() {
    let hall = Hall::open().await;
    let url = format!("ws://{}/sync", hall.address());
    let mut stranger = StockPeer::join(&url, "stranger", &DOCUMENT.to_string()).await;
    stranger.until("it is turned away", |stranger| !stranger.heard.is_empty()).await;
    assert_eq!(stranger.heard, [Message::Error(ErrorNotice { message: CloseReason::UnknownLink.to_string() })]);
}
