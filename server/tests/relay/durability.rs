//! What was named durable is there: after a restart, a full disk, a compaction; and a wiped relay gets it back.

use std::time::Duration;

use automerge::transaction::Transactable as _;
use automerge::{Automerge, AutomergeError, ROOT};
use server::Config;
use server::settings::Limits;
use server::store::{Snapshot, Store as _};
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::message::RefusedReason;

use crate::device::{Device, put_noise};
use crate::hall::{Hall, PATIENCE};

async fn on_board(hall: &Hall, capability: shared::access::Capability) -> Device {
    let mut device = hall.device(capability).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

#[tokio::test]
async fn what_was_named_durable_is_there_after_a_restart() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    phone.add_person("Ann").await;
    phone.settle().await;
    phone.hang_up();
    hall.restart().await;
    let mut other = on_board(&hall, workshop.projector()).await;
    other.until("Ann is there", |other| other.names() == ["Ann"]).await;
}

#[tokio::test]
async fn a_wiped_relay_gets_everything_back_from_a_participant() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    phone.until("control is there", |phone| !phone.title().is_empty()).await;
    phone.add_person("Ann").await;
    phone.settle().await;
    phone.hang_up();
    phone.add_person("Bo").await;
    hall.wipe().await;
    phone.dial(hall.address()).await;
    phone
        .until("all is durable again", |phone| phone.is_received(Kind::Board) && phone.is_received(Kind::Control))
        .await;
    let mut other = on_board(&hall, workshop.facilitator()).await;
    other.until("all is back", |other| other.names() == ["Ann", "Bo"] && other.title() == "Hverdagen").await;
}

#[tokio::test]
async fn nobody_brings_a_wiped_relay_another_genesis_than_everybodys() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    phone.until("control is there", |phone| !phone.title().is_empty()).await;
    phone.hang_up();
    let genesis = shared::documents::board::genesis();
    let known = genesis.get_changes(&[]);
    let mut forged = Automerge::new().with_actor(known[0].actor_id().clone());
    forged.transact::<_, _, AutomergeError>(|tx| tx.put(ROOT, "people", "nobody")).unwrap();
    phone.replace_board(forged);
    hall.wipe().await;
    phone.dial(hall.address()).await;
    phone.until("it is refused", |phone| phone.was_refused(&RefusedReason::Forked)).await;
    let mut honest = on_board(&hall, workshop.participant()).await;
    assert_eq!(honest.doc(Kind::Board).get_heads(), genesis.get_heads());
    honest.add_person("Ann").await;
    honest.settle().await;
}

#[tokio::test]
async fn a_full_disk_is_told_and_the_document_recovers_by_itself() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    let mut other = on_board(&hall, workshop.projector()).await;
    let mut third = on_board(&hall, workshop.participant()).await;
    hall.store.fail(true);
    phone.add_person("Ann").await;
    phone.until("it is told", |phone| phone.was_refused(&RefusedReason::StoreFailed)).await;
    assert!(!phone.is_received(Kind::Board));
    for everyone in [&mut other, &mut third] {
        everyone.until("everyone is told", |device| device.was_refused(&RefusedReason::StoreFailed)).await;
        assert!(everyone.names().is_empty(), "nothing leaves before it is durable");
    }
    let mut later = on_board(&hall, workshop.participant()).await;
    later.until("whoever joins is told", |later| later.was_refused(&RefusedReason::StoreFailed)).await;
    hall.store.fail(false);
    phone.settle().await;
    other.until("Ann is on the wall", |other| other.names() == ["Ann"]).await;
}

#[tokio::test]
async fn a_long_document_is_compacted_and_comes_back_whole() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    let board = phone.id(Kind::Board);
    for number in 0..60 {
        phone.edit(Kind::Board, |doc| put_noise(doc, number, 4_000)).await;
    }
    phone.add_person("Ann").await;
    phone.settle().await;
    is_compacted(&hall, board, |snapshot| snapshot.is_some()).await;
    phone.hang_up();
    hall.restart().await;
    let mut other = on_board(&hall, workshop.participant()).await;
    let heads = phone.sync(Kind::Board).heads();
    other.until("all of it is there", |other| other.sync(Kind::Board).heads() == heads).await;
    assert_eq!(other.names(), ["Ann"]);
}

#[tokio::test]
async fn a_damaged_snapshot_is_kept_until_devices_have_brought_back_all_that_it_held() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    let board = phone.id(Kind::Board);
    for number in 0..60 {
        phone.edit(Kind::Board, |doc| put_noise(doc, number, 4_000)).await;
    }
    phone.settle().await;
    is_compacted(&hall, board, |snapshot| snapshot.is_some()).await;
    phone.hang_up();
    hall.with_file("UPDATE snapshots SET bytes = CAST(substr(bytes, 1, 100000) AS BLOB)");
    hall.restart().await;

    // Who has none of it works with what is left.
    let mut other = on_board(&hall, workshop.participant()).await;
    other.add_person("Ann").await;
    other.settle().await;
    other.hang_up();
    hall.restart().await;
    assert!(hall.examined().is_damaged(), "it is kept");

    phone.dial(hall.address()).await;
    phone.settle().await;
    is_compacted(&hall, board, |snapshot| snapshot.as_ref().is_some_and(Snapshot::is_sound)).await;
    assert_eq!(hall.examined().findings, []);
    hall.restart().await;
    let other = on_board(&hall, workshop.participant()).await;
    assert_eq!((other.sync(Kind::Board).heads(), other.names()), (phone.sync(Kind::Board).heads(), phone.names()));
}

async fn is_compacted(hall: &Hall, board: DocumentId, is_so: impl Fn(&Option<Snapshot>) -> bool) {
    let compacted = async {
        while !is_so(&hall.store.load(board).await.unwrap().snapshot) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, compacted).await.expect("a snapshot is made");
}

#[tokio::test]
async fn an_idle_workshop_is_unloaded_and_comes_back() {
    let limits = Limits { unload_after: Duration::ZERO, ..Limits::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    for round in 0..20 {
        let mut phone = on_board(&hall, workshop.participant()).await;
        phone.add_person(&format!("Ann {round:02}")).await;
        phone.settle().await;
        phone.hang_up();
    }
    let mut other = on_board(&hall, workshop.projector()).await;
    other.until("all are there", |other| other.names().len() == 20).await;
}

#[tokio::test]
async fn many_devices_converge_through_the_relay() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut devices = Vec::new();
    for number in 0..8 {
        let mut device = on_board(&hall, workshop.participant()).await;
        device.add_person(&format!("Ann {number}")).await;
        devices.push(device);
    }
    let all = devices.iter_mut().map(|device| {
        device.until("all eight are there", |device| device.names().len() == 8 && device.is_received(Kind::Board))
    });
    futures_util::future::join_all(all).await;
    let heads = devices[0].sync(Kind::Board).heads();
    assert!(devices.iter().all(|device| device.sync(Kind::Board).heads() == heads));
}

#[tokio::test]
async fn offline_edits_larger_than_a_frame_arrive() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = on_board(&hall, workshop.participant()).await;
    phone.hang_up();
    for number in 0..150 {
        phone.edit(Kind::Board, |doc| put_noise(doc, number, 20_000)).await;
    }
    assert!(phone.sync(Kind::Board).save().len() > 2 << 20);
    phone.dial(hall.address()).await;
    phone.settle().await;
    let mut other = on_board(&hall, workshop.projector()).await;
    let heads = phone.sync(Kind::Board).heads();
    other.until("all of it is there", |other| other.sync(Kind::Board).heads() == heads).await;
}
