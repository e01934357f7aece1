//! Deleting a workshop, by its facilitator and by whoever hosts the relay.

use server::desk::{Reply, Request, line};
use server::folder::Folder;
use shared::documents::Kind;
use shared::sync::message::CloseReason;

use crate::hall::Hall;

#[tokio::test]
async fn a_facilitator_deletes_for_everyone_and_for_good() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut facilitator = hall.device(workshop.facilitator()).await;
    let mut phone = hall.device(workshop.participant()).await;
    facilitator.until("control is there", |device| !device.title().is_empty()).await;
    phone.until("both are there", |phone| !phone.title().is_empty() && !phone.doc(Kind::Board).is_empty()).await;
    phone.add_person("Ann").await;
    phone.settle().await;
    let signed = facilitator.sign(2, true);
    facilitator.send_checkpoint(&signed).await;
    for device in [&mut facilitator, &mut phone] {
        device.until("it is told", |device| device.closed.is_some()).await;
        assert_eq!(device.closed, Some(CloseReason::Deleted));
    }
    assert!(phone.checkpoint.as_ref().is_some_and(|kept| kept.checkpoint.deleted), "the signed word goes along");

    for _ in 0..2 {
        phone.hang_up();
        phone.dial(hall.address()).await;
        phone.until("it is told again", |phone| phone.closed.is_some()).await;
        assert_eq!(phone.closed, Some(CloseReason::Deleted), "no phone brings it back");
        let wrong = shared::access::Capability { role: shared::access::Role::Facilitator, ..workshop.participant() };
        assert_eq!(hall.device(wrong).await.closed, Some(CloseReason::UnknownLink), "and strangers learn nothing");
        hall.restart().await;
    }
}

#[tokio::test]
async fn a_device_that_was_away_gets_the_signed_word_and_carries_it_on() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut facilitator = hall.device(workshop.facilitator()).await;
    facilitator.until("control is there", |device| !device.title().is_empty()).await;
    let mut away = hall.device(workshop.participant()).await;
    away.until("both are there", |away| !away.title().is_empty() && !away.doc(Kind::Board).is_empty()).await;
    away.hang_up();
    let signed = facilitator.sign(2, true);
    facilitator.send_checkpoint(&signed).await;
    facilitator.until("it is told", |device| device.closed.is_some()).await;

    hall.restart().await;
    away.dial(hall.address()).await;
    away.until("it is told", |away| away.closed.is_some()).await;
    assert_eq!(away.closed, Some(CloseReason::Deleted));
    assert_eq!(away.checkpoint.as_ref().map(|kept| &kept.bytes), Some(&signed.bytes), "with the signed word");

    // A relay that lost even the tombstone hears it from this device, and lets nobody bring the workshop back.
    away.hang_up();
    hall.wipe().await;
    away.dial(hall.address()).await;
    away.until("it is deleted there too", |away| away.closed.is_some()).await;
    let mut other = hall.device(workshop.projector()).await;
    other.until("it is told", |other| other.closed.is_some()).await;
    assert_eq!(other.closed, Some(CloseReason::Deleted));
}

#[tokio::test]
async fn a_command_deletes_while_the_relay_runs() {
    let hall = Hall::open().await;
    let folder = tempfile::tempdir().unwrap();
    let (_desk, opened) = hall.relay().open_desk(Folder::take(folder.path()).unwrap());
    opened.unwrap();
    let workshop = hall.workshop().await;
    let mut phone = hall.device(workshop.participant()).await;
    phone.until("the board is there", |phone| !phone.doc(Kind::Board).is_empty()).await;
    phone.add_person("Ann").await;
    phone.settle().await;

    let folder = folder.path();
    let ask = |request: Request| async move { line::ask(folder, &request).await.unwrap().unwrap() };
    let Reply::Shown(shown) = ask(Request::Show(workshop.answer.workshop.clone())).await else { panic!("not shown") };
    assert_eq!((shown.title.as_deref(), shown.people), (Some("Hverdagen"), Some(1)));
    assert_eq!(ask(Request::Delete(workshop.answer.workshop.clone())).await, Reply::Deleted);
    phone.until("it is told", |phone| phone.closed.is_some()).await;
    assert_eq!(phone.closed, Some(CloseReason::Deleted));
    phone.hang_up();
    phone.dial(hall.address()).await;
    assert_eq!(phone.closed, Some(CloseReason::Deleted));
}
