//! The connection and the sync core of a phone against a stock automerge-repo server in Node.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use automerge::transaction::Transactable as _;
use automerge::{Automerge, AutomergeError, ROOT};
use shared::access::{FacilitatorSecret, Role};
use shared::documents::Kind;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use super::CHANGES;
use crate::device::{Device, unique_bytes};
use crate::hall::PATIENCE;

/// The server, which ends when this is dropped.
struct StockServer {
    _process: Child,
    address: SocketAddr,
}

impl StockServer {
    async fn start() -> Self {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/e2e"));
        assert!(folder.join("node_modules").exists(), "`cargo xtask test rust` installs what this takes");
        let mut command = Command::new("node");
        command.arg("interop/stock_server.mjs").current_dir(folder).kill_on_drop(true);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Node 20 or newer");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = tokio::time::timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap().unwrap();
        Self { _process: process, address: line.strip_prefix("listening on ").unwrap().parse().unwrap() }
    }
}

/// Two devices of one workshop, which the server knows nothing of.
fn devices() -> (Device, Device) {
    let capability = FacilitatorSecret::from_random(unique_bytes()).capability(Role::Participant);
    (Device::new(capability), Device::new(capability))
}

async fn write(device: &mut Device, numbers: std::ops::Range<u64>) {
    for number in numbers {
        let put = |doc: &mut Automerge| {
            doc.transact::<_, _, AutomergeError>(|tx| tx.put(ROOT, format!("{}", number % 100), number)).unwrap();
        };
        device.edit(Kind::Board, put).await;
    }
}

/// Both take part until they have the same.
async fn meet(one: &mut Device, other: &mut Device) {
    let heads = |device: &Device| device.sync(Kind::Board).heads().into_iter().collect::<BTreeSet<_>>();
    Device::until_both(one, other, "they have the same", |one, other| heads(one) == heads(other)).await;
}

#[tokio::test]
async fn a_phone_brings_a_stock_server_a_long_document_and_gets_it_over_lines_that_are_lost() {
    let server = StockServer::start().await;
    let (mut ann, mut bo) = devices();
    write(&mut ann, 0..CHANGES / 2).await;
    // The line is lost while the server takes in the first half.
    ann.dial(server.address).await;
    ann.hang_up();
    write(&mut ann, CHANGES / 2..CHANGES).await;
    ann.dial(server.address).await;
    bo.dial(server.address).await;
    let is_begun = |_: &Device, bo: &Device| !bo.doc(Kind::Board).is_empty();
    Device::until_both(&mut ann, &mut bo, "something is there", is_begun).await;
    bo.hang_up();
    write(&mut bo, CHANGES..CHANGES + 10).await;
    bo.dial(server.address).await;
    meet(&mut ann, &mut bo).await;
    assert_eq!(ann.doc(Kind::Board).get_changes_meta(&[]).len() as u64, CHANGES + 10);

    write(&mut ann, 0..5).await;
    write(&mut bo, 5..10).await;
    meet(&mut ann, &mut bo).await;

    // What automerge-repo passes on it reads: a text in CBOR.
    ann.send_ephemeral(1, b"\x63Ann").await;
    bo.send_ephemeral(1, b"\x62Bo").await;
    let heard = |device: &Device, data: &[u8]| device.ephemeral.iter().filter(|heard| heard.data == data).count();
    let both_hear = |ann: &Device, bo: &Device| heard(ann, b"\x62Bo") == 1 && heard(bo, b"\x63Ann") == 1;
    Device::until_both(&mut ann, &mut bo, "they hear each other", both_hear).await;
    assert_eq!((heard(&ann, b"\x63Ann"), heard(&bo, b"\x62Bo")), (0, 0), "nobody hears themselves");
}

#[tokio::test]
async fn a_phone_that_comes_twice_to_a_stock_server_goes_on_by_its_second_line() {
    let server = StockServer::start().await;
    let (mut ann, mut bo) = devices();
    write(&mut ann, 0..100).await;
    ann.dial(server.address).await;
    bo.dial(server.address).await;
    meet(&mut ann, &mut bo).await;
    let mut again = ann.second_line(server.address, true).await;
    ann.until("the server gave its place to the second", |ann| ann.closed.is_some()).await;
    meet(&mut again, &mut bo).await;
    write(&mut again, 100..110).await;
    write(&mut bo, 110..120).await;
    meet(&mut again, &mut bo).await;
}
