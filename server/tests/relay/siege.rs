//! Attacks on the real binary: honest people go on meanwhile, another one is let in afterwards, and memory stays under its
//! ceiling.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use automerge::sync::{BloomFilter, ChunkList, Have, Message as SyncMessage, MessageVersion};
use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ROOT, ScalarValue};
use futures_util::future::join_all;
use shared::access::{Capability, link};
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::message::Message;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::device::Device;
use crate::process::{end, run, serve};
use crate::stock_peer::StockPeer;

/// The ceiling that the relay is given, in MiB, of what it has in use.
const CEILING: u64 = 128;
/// What the program itself takes, and what lies between pieces of memory that are in use.
const BESIDE: u64 = 64;

/// Honest people on the board of a relay that is attacked.
async fn under(attack: impl AsyncFnOnce(SocketAddr)) {
    let data = tempfile::tempdir().unwrap();
    let (ok, made, error) = run(&["workshop", "new", "--tools", "A1", "--title", "Hverdagen"], data.path()).await;
    assert!(ok, "{error}");
    let made: serde_json::Value = serde_json::from_str(&made).unwrap();
    let participant: Capability = link::parse(made["links"]["participant"].as_str().unwrap()).unwrap();
    let (child, origin) = serve(&["--open-documents", "--memory", &CEILING.to_string()], data.path()).await;
    let relay: SocketAddr = origin.strip_prefix("http://").unwrap().parse().unwrap();
    let (mut ann, mut bo) = (Device::join(relay, participant).await, Device::join(relay, participant).await);
    Device::until_both(&mut ann, &mut bo, "the board is there", |ann, bo| {
        [ann, bo].iter().all(|device| !device.doc(Kind::Board).is_empty())
    })
    .await;
    let both_have = |count: usize| {
        move |ann: &Device, bo: &Device| {
            ann.is_received(Kind::Board) && bo.is_received(Kind::Board) && bo.names().len() == count
        }
    };
    let is_over = AtomicBool::new(false);
    let honest = async {
        let mut edits = 0;
        // Some in any case, and at least one more after the attack.
        loop {
            let was_over = is_over.load(Ordering::Relaxed);
            edits += 1;
            ann.add_person(&format!("Ann {edits}")).await;
            Device::until_both(&mut ann, &mut bo, "it is received, and read", both_have(edits)).await;
            if was_over && edits > 2 {
                return edits;
            }
        }
    };
    let attacked = async {
        attack(relay).await;
        is_over.store(true, Ordering::Relaxed);
    };
    let (edits, ()) = tokio::join!(honest, attacked);
    let mut late = Device::join(relay, participant).await;
    late.until("who comes later is let in, and has it all", |late| late.names().len() == edits).await;
    let most = most_memory(child.id().unwrap());
    assert!(most < (CEILING + BESIDE) << 10, "{most} kB were resident");
    end(child, "-TERM").await;
}

/// The most that a process ever had resident, in kB.
fn most_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

async fn open_peer(relay: SocketAddr, name: &str, document: DocumentId) -> StockPeer {
    let mut peer = StockPeer::join(&format!("ws://{relay}/sync"), name, &document.to_string()).await;
    peer.until("let in", |peer| matches!(peer.heard[..], [Message::Peer(_)])).await;
    peer
}

fn said(heads: Vec<ChangeHash>, have: Vec<Have>, changes: Vec<Vec<u8>>) -> Vec<u8> {
    let changes = ChunkList::from(changes);
    SyncMessage { heads, need: Vec::new(), have, changes, flags: None, version: MessageVersion::V1 }.encode()
}

/// A change of 64 kB that inflates to 64 MB.
fn bomb() -> Vec<u8> {
    let mut doc = Automerge::new();
    let zeros = ScalarValue::Bytes(vec![0; 64 << 20]);
    doc.transact::<_, _, AutomergeError>(|transaction| transaction.put(ROOT, "zeros", zeros)).unwrap();
    let mut change = doc.get_changes(&[]).remove(0);
    change.bytes().into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn bombs_go_off_nowhere() {
    let bomb = bomb();
    assert!(bomb.len() < 1 << 20, "it is small on the line");
    under(async |relay| {
        join_all((0..20_u8).map(|number| {
            let data = said(Vec::new(), Vec::new(), vec![bomb.clone()]);
            async move {
                let mut peer =
                    open_peer(relay, &format!("bomber {number}"), DocumentId::from_bytes([number; 16])).await;
                peer.say(data).await;
                peer.until_ended().await;
            }
        }))
        .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_documents_that_nobody_has_are_forgotten() {
    under(async |relay| {
        for number in 0..5_u8 {
            let mut greedy = open_peer(relay, &format!("greedy {number}"), DocumentId::from_bytes([number; 16])).await;
            for document in 0..2_000_u32 {
                let mut id = [number; 16];
                id[..4].copy_from_slice(&document.to_le_bytes());
                greedy.ask(DocumentId::from_bytes(id), said(Vec::new(), Vec::new(), Vec::new())).await;
            }
            let is_told =
                |greedy: &StockPeer| greedy.heard.iter().any(|heard| matches!(heard, Message::DocUnavailable(_)));
            greedy.until("it is answered", is_told).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_a_peer_never_had_are_believed_by_nobody() {
    under(async |relay| {
        let hash = || ChangeHash(std::array::from_fn(|_| ActorId::random().to_bytes()[0]));
        let open = async |name: &str| open_peer(relay, name, DocumentId::from_bytes([1; 16])).await;
        // There is something in the document that could be acknowledged.
        let (mut author, mut reader) = (open("author").await, open("reader").await);
        author.doc.put(ROOT, "something", 1).unwrap();
        author.speak(false).await;
        reader.speak(true).await;
        author.answer_while(reader.until("it is there", |reader| reader.has("something"))).await;
        let mut liar = open("liar").await;
        for number in 0..4_000 {
            let have = vec![Have { last_sync: vec![hash()], bloom: BloomFilter::default() }];
            // Some of them in great numbers.
            let heads = if number % 100 == 0 { (0..4_000).map(|_| hash()).collect() } else { vec![hash()] };
            liar.say(said(heads, have, Vec::new())).await;
        }
        let mut honest = open("honest").await;
        honest.speak(true).await;
        honest.until("what is true is there", |honest| honest.has("something")).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_half_requests_hold_nobody_up() {
    // Each is an open file on both sides.
    rlimit::increase_nofile_limit(8_192).unwrap();
    under(async |relay| {
        for _ in 0..5 {
            let idle = join_all((0..1_000).map(|_| async move {
                let mut line = TcpStream::connect(relay).await.unwrap();
                // One that finds no place may be closed already.
                let _ =
                    line.write_all(b"POST /api/workshops HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{").await;
                line
            }));
            drop(idle.await);
        }
    })
    .await;
}
