//! Commands to a running relay, and the links that its folder keeps.

use futures_util::future::join_all;
use server::desk::{Reply, Request, line};
use server::folder::Folder;
use server::workshop::{Wanted, WorkshopAnswer};
use shared::content::Language;
use shared::sync::message::CloseReason;

use crate::hall::{Hall, PATIENCE, Workshop};

async fn make(folder: &std::path::Path) -> WorkshopAnswer {
    let wanted = Wanted { tools: vec!["A1".to_owned()], title: "Hverdagen".to_owned(), lang: Language::Danish };
    match line::ask(folder, &Request::New(wanted)).await.unwrap() {
        Some(Reply::Made(answer)) => *answer,
        other => panic!("not made: {other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn commands_side_by_side_keep_every_link() {
    let hall = Hall::open().await;
    let folder = tempfile::tempdir().unwrap();
    let (_desk, opened) = hall.relay().open_desk(Folder::take(folder.path()).unwrap());
    opened.unwrap();
    let made = join_all((0..24).map(|_| make(folder.path()))).await;
    for answer in made {
        let shown = line::ask(folder.path(), &Request::Show(answer.workshop)).await.unwrap();
        let Some(Reply::Shown(shown)) = shown else { panic!("not shown: {shown:?}") };
        assert_eq!(shown.links, Some(answer.links));
    }
}

#[tokio::test]
async fn the_links_of_what_a_facilitator_deletes_in_the_app_are_forgotten() {
    let hall = Hall::open().await;
    let folder = tempfile::tempdir().unwrap();
    let (_desk, opened) = hall.relay().open_desk(Folder::take(folder.path()).unwrap());
    opened.unwrap();
    let workshop = Workshop { answer: make(folder.path()).await };
    let is_kept = || {
        let kept = std::fs::read_to_string(folder.path().join("links.json")).unwrap();
        kept.contains(&workshop.answer.workshop)
    };
    assert!(is_kept());
    let mut facilitator = hall.device(workshop.facilitator()).await;
    let signed = facilitator.sign(2, true);
    facilitator.send_checkpoint(&signed).await;
    facilitator.until("it is told", |device| device.closed.is_some()).await;
    assert_eq!(facilitator.closed, Some(CloseReason::Deleted));
    let forgotten = async {
        while is_kept() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, forgotten).await.expect("the secret goes with the workshop");
}
