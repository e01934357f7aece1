//! samod, automerge-repo's counterpart in Rust, as it comes: only its transport is ours, since it brings an older websocket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use automerge::transaction::Transactable as _;
use automerge::{Automerge, AutomergeError, ROOT, ReadDoc as _};
use futures_util::future::{BoxFuture, ready};
use futures_util::{SinkExt as _, StreamExt as _};
use samod::{BackoffConfig, DialError, Dialer, DocHandle, DocumentId, Repo, Transport};
use server::Config;
use shared::documents::Kind;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::{Error, Message as Frame};
use url::Url;

use super::CHANGES;
use crate::hall::{Hall, PATIENCE};

/// Dials a relay, again and again, and can lose the line.
struct Line {
    url: Url,
    lost: Arc<Notify>,
}

impl Dialer for Line {
    type Error = Error;

    fn url(&self) -> Url {
        self.url.clone()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Error>>> {
        let (url, lost) = (self.url.to_string(), Arc::clone(&self.lost));
        Box::pin(async move {
            let (socket, _) = tokio_tungstenite::connect_async(url).await.map_err(DialError::transient)?;
            let (write, read) = socket.split();
            let frames = read.filter_map(|frame| {
                ready(match frame {
                    Ok(Frame::Binary(bytes)) => Some(Ok(bytes.to_vec())),
                    Ok(_) => None,
                    Err(error) => Some(Err(error)),
                })
            });
            let frames = frames.take_until(lost.notified_owned());
            let sink = write.with(|bytes: Vec<u8>| ready(Ok::<_, Error>(Frame::Binary(bytes.into()))));
            Ok(Transport::new(Box::pin(frames), Box::pin(sink)))
        })
    }
}

/// A client with its line.
struct Client {
    repo: Repo,
    lost: Arc<Notify>,
}

impl Client {
    async fn dial(url: &str, peer: &str) -> Self {
        let client = Self { repo: Repo::build_tokio().with_peer_id(peer.into()).load().await, lost: Arc::default() };
        let line = Line { url: url.parse().unwrap(), lost: Arc::clone(&client.lost) };
        let soon = Duration::from_millis(50);
        let backoff = BackoffConfig { initial_delay: soon, max_delay: soon, max_retries: None };
        let dialled = client.repo.dial(backoff, Arc::new(line)).unwrap();
        tokio::time::timeout(PATIENCE, dialled.established()).await.expect("a line").unwrap();
        client
    }

    /// Loses the line; it is dialled again by itself.
    fn lose_line(&self) {
        self.lost.notify_one();
    }

    /// Asks until somebody has brought the document.
    async fn find(&self, document: &DocumentId) -> DocHandle {
        let finding = async {
            loop {
                if let Some(found) = self.repo.find(document.clone()).await.unwrap() {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, finding).await.expect("the document is found")
    }
}

fn put(doc: &DocHandle, key: &str, value: u64) {
    doc.with_document(|doc| {
        doc.transact::<_, _, AutomergeError>(|transaction| transaction.put(ROOT, key, value)).unwrap();
    });
}

fn has(doc: &DocHandle, key: &str) -> bool {
    doc.with_document(|doc| doc.get(ROOT, key).unwrap().is_some())
}

/// Waits for changes until `holds`.
async fn until(doc: &DocHandle, what: &str, holds: impl Fn(&DocHandle) -> bool) {
    let mut changes = Box::pin(doc.changes());
    let waiting = async {
        while !holds(doc) {
            changes.next().await.expect("the document goes on");
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("not within {PATIENCE:?}: {what}"));
}

fn open_url(relay: SocketAddr) -> String {
    format!("ws://{relay}/sync")
}

async fn open_hall() -> Hall {
    Hall::open_with(Config { open_documents: true, ..Config::on_loopback() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn samod_takes_part_in_a_workshop_beside_a_phone() {
    let hall = Hall::open().await;
    let workshop = hall.workshop().await;
    let url = &workshop.answer.sync.participant;
    let board = workshop.id().document(Kind::Board).to_string().parse().unwrap();
    let (ann, bo) = (Client::dial(url, "ann").await, Client::dial(url, "bo").await);
    let (anns, bos) = (ann.find(&board).await, bo.find(&board).await);
    until(&anns, "the board is there", |doc| has(doc, "people")).await;
    put(&anns, "from-ann", 1);
    until(&bos, "Ann's edit is there", |doc| has(doc, "from-ann")).await;
    put(&bos, "from-bo", 1);
    let mut phone = hall.device(workshop.participant()).await;
    let both = ["from-ann", "from-bo"];
    phone
        .until("both are there", |phone| {
            both.iter().all(|key| phone.doc(Kind::Board).get(ROOT, *key).unwrap().is_some())
        })
        .await;
    phone.add_person("Carla").await;
    phone.settle().await;
    let heads = phone.sync(Kind::Board).heads();
    for doc in [&anns, &bos] {
        until(doc, "the phone's edit is there", |doc| doc.with_document(|doc| doc.get_missing_deps(&heads).is_empty()))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_document_of_samods_gets_through_lines_that_are_lost_and_a_restart() {
    let mut hall = open_hall().await;
    let mut long = Automerge::new();
    for number in 0..CHANGES {
        long.transact::<_, _, AutomergeError>(|tx| tx.put(ROOT, format!("{}", number % 100), number)).unwrap();
    }
    let writer = Client::dial(&open_url(hall.address()), "writer").await;
    let mine = writer.repo.create(long).await.unwrap();
    let id = mine.document_id().clone();
    writer.lose_line();
    put(&mine, "while it was lost", 1);
    let reader = Client::dial(&open_url(hall.address()), "reader").await;
    let theirs = reader.find(&id).await;
    reader.lose_line();
    put(&theirs, "from the reader", 1);
    until(&theirs, "all of it is there", |doc| has(doc, "while it was lost")).await;
    until(&mine, "the reader's edit is there", |doc| has(doc, "from the reader")).await;
    let count = |doc: &DocHandle| doc.with_document(|doc| doc.get_changes_meta(&[]).len());
    assert_eq!(count(&theirs) as u64, CHANGES + 2);

    hall.restart().await;
    put(&mine, "after the restart", 1);
    until(&theirs, "the lines are back", |doc| has(doc, "after the restart")).await;

    // Heard by the other, and by nobody a second time.
    let (mut at_mine, mut at_theirs) = (Box::pin(mine.ephemera()), Box::pin(theirs.ephemera()));
    mine.broadcast(b"\x61a".to_vec());
    assert_eq!(tokio::time::timeout(PATIENCE, at_theirs.next()).await.unwrap().unwrap(), b"\x61a");
    theirs.broadcast(b"\x61b".to_vec());
    assert_eq!(tokio::time::timeout(PATIENCE, at_mine.next()).await.unwrap().unwrap(), b"\x61b");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_of_samods_sockets_with_one_peer_id_both_take_part() {
    let hall = open_hall().await;
    let url = open_url(hall.address());
    let (one, same) = (Client::dial(&url, "the same").await, Client::dial(&url, "the same").await);
    let other = Client::dial(&url, "another").await;
    let first = one.repo.create(Automerge::new()).await.unwrap();
    let id = first.document_id().clone();
    put(&first, "from the first", 1);
    let (second, third) = (same.find(&id).await, other.find(&id).await);
    put(&second, "from the second", 1);
    put(&third, "from the third", 1);
    for doc in [&first, &second, &third] {
        let all = ["from the first", "from the second", "from the third"];
        until(doc, "everybody's edit is there", |doc| all.iter().all(|key| has(doc, key))).await;
    }
}
