//! Who is let in, and who may write what.

use shared::access::{Capability, FacilitatorSecret, Role, Secret};
use shared::documents::{Kind, control};
use shared::sync::DocumentId;
use shared::sync::message::{CloseReason, DocumentData, Message, RefusedReason};

use crate::device::Device;
use crate::hall::{Hall, Workshop};
use server::Config;
use server::settings::{Create, Limits};

async fn with_everything(hall: &Hall, capability: Capability) -> Device {
    let mut device = hall.device(capability).await;
    device.until("both documents are there", |device| !device.title().is_empty() && !device.names_missing()).await;
    device
}

impl Device {
    fn names_missing(&self) -> bool {
        self.doc(Kind::Board).is_empty()
    }
}

#[tokio::test]
async fn an_edit_reaches_everyone_and_is_named_durable_to_its_author() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut phone = with_everything(&hall, workshop.participant()).await;
    let mut projector = with_everything(&hall, workshop.projector()).await;
    phone.add_person("Ann").await;
    assert!(!phone.is_received(Kind::Board));
    phone.settle().await;
    projector.until("Ann is on the wall", |wall| wall.names() == ["Ann"]).await;
}

#[tokio::test]
async fn a_projector_writes_nothing_and_is_told_so() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut projector = with_everything(&hall, workshop.projector()).await;
    for kind in [Kind::Control, Kind::Board] {
        projector.edit(kind, write).await;
    }
    // A read-only link is not even asked for its changes, so that it is told of the rule by what it does not get.
    let mut phone = with_everything(&hall, workshop.participant()).await;
    phone.add_person("Ann").await;
    phone.settle().await;
    projector.until("Ann is on the wall", |wall| wall.names().contains(&"Ann".to_owned())).await;
    assert!(!projector.is_received(Kind::Board) && !projector.is_received(Kind::Control));
    let mut other = with_everything(&hall, workshop.facilitator()).await;
    other.until("the other sees Ann", |other| other.names() == ["Ann"]).await;
    assert_eq!(written(&other, Kind::Board), 0);
    assert_eq!(written(&other, Kind::Control), 0);
}

fn write(doc: &mut automerge::Automerge) {
    use automerge::transaction::Transactable as _;
    doc.transact::<_, _, automerge::AutomergeError>(|transaction| transaction.put(automerge::ROOT, "written", true))
        .unwrap();
}

fn written(device: &Device, kind: Kind) -> usize {
    use automerge::ReadDoc as _;
    device.doc(kind).get_all(automerge::ROOT, "written").unwrap().len()
}

#[tokio::test]
async fn a_participant_cannot_change_control() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    for capability in [workshop.participant(), workshop.site()] {
        let mut phone = with_everything(&hall, capability).await;
        phone.edit(Kind::Control, write).await;
        phone.until("it is told", |phone| phone.was_refused(&RefusedReason::NotCovered)).await;
    }
    let facilitator = with_everything(&hall, workshop.facilitator()).await;
    assert_eq!(written(&facilitator, Kind::Control), 0);
}

#[tokio::test]
async fn a_participant_carries_what_a_checkpoint_covers() {
    let mut hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut facilitator = with_everything(&hall, workshop.facilitator()).await;
    let mut phone = with_everything(&hall, workshop.participant()).await;
    facilitator.edit(Kind::Control, |doc| control::set_title(doc, "Ny titel").unwrap()).await;
    facilitator.until("the title is durable", |device| device.is_received(Kind::Control)).await;
    let signed = facilitator.sign(2, false);
    facilitator.send_checkpoint(&signed).await;
    phone
        .until("the new title and its checkpoint", |phone| {
            phone.title() == "Ny titel" && phone.checkpoint.as_ref().is_some_and(|kept| kept.checkpoint.number == 2)
        })
        .await;

    // The relay loses everything; nobody but the participant is there.
    phone.hang_up();
    hall.wipe().await;
    phone.dial(hall.address()).await;
    phone
        .until("all is durable again", |phone| phone.is_received(Kind::Control) && phone.is_received(Kind::Board))
        .await;
    let other = with_everything(&hall, workshop.projector()).await;
    assert_eq!(other.title(), "Ny titel");
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_workshop_get_the_same_answer() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let elsewhere = FacilitatorSecret::from_random([5; 16]).identity().workshop_id();
    for role in Role::ALL {
        let wrong = Capability { workshop: workshop.id(), role, secret: Secret::from_bytes([9; 16]) };
        let unknown = Capability { workshop: elsewhere, ..wrong };
        for capability in [wrong, unknown] {
            let device = hall.device(capability).await;
            assert_eq!(device.closed, Some(CloseReason::UnknownLink), "{role:?}");
        }
    }
}

#[tokio::test]
async fn a_weaker_secret_is_no_stronger_role() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let climbing = Capability { role: Role::Facilitator, ..workshop.participant() };
    assert_eq!(hall.device(climbing).await.closed, Some(CloseReason::UnknownLink));
}

#[tokio::test]
async fn a_workshop_made_on_a_device_is_taken_up_where_that_is_open() {
    let secret = FacilitatorSecret::from_random(crate::device::unique_bytes());
    let hall = Hall::open().await;
    let mut device = Device::new(secret.capability(Role::Facilitator));
    let genesis = control::genesis(&secret.identity());
    device.edit(Kind::Control, |doc| drop(doc.merge(&mut genesis.clone()).unwrap())).await;
    device.edit(Kind::Control, |doc| control::set_title(doc, "Ude i marken").unwrap()).await;
    device.dial(hall.address()).await;
    device.until("control is durable", |device| device.is_received(Kind::Control)).await;
    let mut phone = hall.device(secret.capability(Role::Participant)).await;
    phone.until("the title is there", |phone| phone.title() == "Ude i marken").await;

    for create in [Create::Token, Create::None] {
        let config = Config { create, token: "x".to_owned(), ..Config::on_loopback() };
        let closed = Hall::open_with(config).await;
        device.hang_up();
        device.dial(closed.address()).await;
        assert_eq!(device.closed, Some(CloseReason::CreateRefused));
    }
}

#[tokio::test]
async fn strangers_cannot_make_more_workshops_than_the_relay_keeps() {
    let limits = Limits { workshops: 1, ..Limits::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    hall.workshop().await;
    let secret = FacilitatorSecret::from_random([6; 16]);
    let device = hall.device(secret.capability(Role::Facilitator)).await;
    assert_eq!(device.closed, Some(CloseReason::CreateRefused));
}

#[tokio::test]
async fn a_second_line_replaces_the_first_only_within_its_session() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let mut first = with_everything(&hall, workshop.participant()).await;
    let stranger = first.second_line(hall.address(), false).await;
    assert_eq!(stranger.closed, Some(CloseReason::PeerIdTaken));
    let mut again = first.second_line(hall.address(), true).await;
    assert_eq!(again.closed, None);
    first.until("the first is told", |first| first.closed.is_some()).await;
    assert_eq!(first.closed, Some(CloseReason::Replaced));
    again.until("the board is there", |again| !again.names_missing()).await;
}

#[tokio::test]
async fn a_workshop_has_so_many_sockets() {
    let limits = Limits { sockets_per_workshop: 2, ..Limits::default() };
    let hall = Hall::open_with(Config { limits, ..Config::on_loopback() }).await;
    let workshop = hall.workshop().await;
    let mut first = hall.device(workshop.participant()).await;
    let _second = hall.device(workshop.participant()).await;
    assert_eq!(hall.device(workshop.participant()).await.closed, Some(CloseReason::TooMany));
    first.hang_up();
    // The relay sees the end of a line a moment later.
    let joined = async { while hall.device(workshop.participant()).await.closed.is_some() {} };
    tokio::time::timeout(crate::hall::PATIENCE, joined).await.expect("there is room again");
}

#[tokio::test]
async fn documents_of_others_are_not_available() {
    let hall = Hall::open().await;
    let (workshop, other): (Workshop, Workshop) = (hall.workshop().await, hall.workshop().await);
    let mut device = with_everything(&hall, workshop.facilitator()).await;
    for document in [other.id().document(Kind::Board), DocumentId::from_bytes([3; 16])] {
        let (peer, data) = (device.peer.clone(), vec![0x42, 0, 0, 0, 0]);
        device
            .send(Message::Request(DocumentData { sender: peer.clone(), target: peer, document, data: data.into() }))
            .await;
        device.until("it is told", |device| device.unavailable.contains(&document)).await;
    }
}
