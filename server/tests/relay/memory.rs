//! The ceiling for memory: what gives way, in which words, and that it comes back by itself.

use std::sync::atomic::{AtomicUsize, Ordering};

use server::{Config, Memory};
use shared::documents::Kind;
use shared::sync::ByteLen;
use shared::sync::message::{CloseReason, RefusedReason};

use crate::device::Device;
use crate::hall::{Hall, PATIENCE, Workshop};

static USED: AtomicUsize = AtomicUsize::new(0);

async fn on_board(hall: &Hall, workshop: &Workshop) -> Device {
    let mut device = hall.device(workshop.participant()).await;
    device.until("the board is there", |device| !device.doc(Kind::Board).is_empty()).await;
    device
}

/// Dials until the relay answers as it must once it has looked at its memory.
async fn until_dialled(hall: &Hall, workshop: &Workshop, closed: Option<CloseReason>) {
    let dialling = async { while hall.device(workshop.participant()).await.closed != closed {} };
    tokio::time::timeout(PATIENCE, dialling).await.unwrap_or_else(|_| panic!("never {closed:?}"));
}

#[tokio::test]
async fn near_the_ceiling_idle_workshops_go_and_beyond_it_nothing_is_taken_until_there_is_room() {
    let memory = Memory { most: ByteLen(1_000), used: || USED.load(Ordering::SeqCst) };
    let hall = Hall::open_with(Config { memory: Some(memory), ..Config::on_loopback() }).await;
    let (busy, idle) = (hall.workshop().await, hall.workshop().await);
    let mut phone = on_board(&hall, &busy).await;
    on_board(&hall, &idle).await.hang_up();

    // Near it: what is in use goes on, also for those who come; what nobody uses is unloaded, and not loaded again.
    USED.store(900, Ordering::SeqCst);
    until_dialled(&hall, &idle, Some(CloseReason::TooMany)).await;
    let mut second = on_board(&hall, &busy).await;
    phone.add_person("Ann").await;
    phone.settle().await;
    second.until("it goes on", |second| second.names() == ["Ann"]).await;

    USED.store(1_000, Ordering::SeqCst);
    until_dialled(&hall, &busy, Some(CloseReason::TooMany)).await;
    phone.add_person("Bo").await;
    for everyone in [&mut phone, &mut second] {
        everyone.until("it is told", |device| device.was_refused(&RefusedReason::StoreFailed)).await;
    }
    assert_eq!(second.names(), ["Ann"]);

    USED.store(0, Ordering::SeqCst);
    phone.settle().await;
    second.until("it is there", |second| second.names() == ["Ann", "Bo"]).await;
    until_dialled(&hall, &idle, None).await;
}
