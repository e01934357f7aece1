//! A document that takes nothing in for a while holds up nobody's line.

use automerge::sync::{BloomFilter, ChunkList, Have, Message as SyncMessage, MessageVersion};
use futures_util::future::join_all;
use shared::documents::{Kind, control};
use shared::sync::message::{DocumentData, Message};

use crate::device::{Device, put_noise};
use crate::hall::Hall;

/// More bytes of changes than a document lets wait.
const UPLOADED: usize = 9 << 20;
const NOISE: usize = 240 << 10;
/// More messages than wait for a document.
const MESSAGES: usize = 2_000;
/// Each of those who send them sends fewer bytes than may wait of a line.
const SENDERS: usize = 5;

/// Says that it has what it has, which asks for nothing.
async fn say_little(device: &mut Device) {
    let (peer, document) = (device.peer.clone(), device.id(Kind::Board));
    let heads = device.sync(Kind::Board).heads();
    let have = vec![Have { last_sync: heads.clone(), bloom: BloomFilter::default() }];
    let (need, changes, flags, version) = (Vec::new(), ChunkList::empty(), None, MessageVersion::V1);
    let data = SyncMessage { heads, need, have, changes, flags, version }.encode().into();
    device.send(Message::Sync(DocumentData { sender: peer.clone(), target: peer, document, data })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_a_line_whose_document_is_busy_still_brings_what_is_new_in_others() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut facilitator = hall.device(workshop.facilitator()).await;
    facilitator.until("control is there", |device| !device.title().is_empty()).await;
    let mut devices = Vec::new();
    for _ in 0..=SENDERS {
        devices.push(hall.device(workshop.participant()).await);
    }
    let is_there = |device: &Device| !device.title().is_empty() && !device.doc(Kind::Board).is_empty();
    // All at once, here and below: whoever does not listen meanwhile does not beat either.
    join_all(devices.iter_mut().map(|device| device.until("both are there", is_there))).await;
    let (uploads, others) = devices.split_first_mut().unwrap();
    hall.store.hold(Some(uploads.id(Kind::Board)));
    for number in 0..UPLOADED / NOISE {
        uploads.edit(Kind::Board, |doc| put_noise(doc, number, NOISE)).await;
    }
    for device in others {
        for _ in 0..MESSAGES / SENDERS {
            say_little(device).await;
        }
    }
    facilitator.edit(Kind::Control, |doc| control::set_title(doc, "Ny titel").unwrap()).await;
    let is_new = |device: &Device| device.title() == "Ny titel";
    join_all(devices.iter_mut().map(|device| device.until("the new title is there", is_new))).await;
    // Nothing was lost meanwhile.
    hall.store.hold(None);
    let heads = devices[0].sync(Kind::Board).heads();
    let has_all = |device: &Device| device.sync(Kind::Board).heads() == heads && device.is_received(Kind::Board);
    join_all(devices.iter_mut().map(|device| device.until("all of it is there", has_all))).await;
}
