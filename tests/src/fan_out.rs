//! Five peers write four times a second each; all the others read.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::tungstenite::Message as Frame;

use crate::Baseline;
use crate::peer::{Arrivals, Mark, Peer, begin, fill, has_begun, write};
use crate::process::{Kind, Server};
use crate::report::{Figure, percentile};

const WRITERS: usize = 5;
const BETWEEN_EDITS: Duration = Duration::from_millis(250);
const WARM_UP: Duration = Duration::from_secs(2);
/// How long after the last edit a delivery still counts.
const AFTERWARDS: Duration = Duration::from_secs(3);
/// Changes that go in one message before the load; a frame has at most 1 MiB.
const UPLOAD: usize = 1_000;
/// Bytes of a stock frame with one change of one character.
const FRAME_BYTES: usize = 278;

/// How large the load is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) peers: usize,
    pub(crate) history: usize,
    pub(crate) seconds: u64,
}

impl Size {
    fn time(self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

/// What one peer saw.
#[derive(Debug)]
struct Seen {
    number: usize,
    /// When it made each of its own edits within the measured time.
    made: Vec<(Mark, Instant)>,
    arrived: Arrivals,
    bytes_down: usize,
    frames_down: usize,
}

/// Runs the load on a server of its own.
pub(crate) async fn measure(kind: &Kind, size: Size) -> Result<Figure> {
    let server = Server::start(kind).await?;
    let is_bare = matches!(kind, Kind::Baseline(Baseline::Broadcast));
    let (begun, begins) = watch::channel(None);
    let (done, mut seen) = mpsc::channel(size.peers);
    let (ready, mut all_ready) = mpsc::channel(size.peers);
    for number in 0..size.peers {
        let (url, document) = (server.url.clone(), server.document);
        let (begins, ready, done) = (begins.clone(), ready.clone(), done.clone());
        let task = async move {
            let outcome = if is_bare {
                bare(&url, number, size, begins, ready).await
            } else {
                stock(Peer::join(&url, document, number, number < WRITERS).await?, number, size, begins, ready).await
            };
            anyhow::Ok(done.send(outcome?).await?)
        };
        tokio::spawn(async move {
            if let Err(error) = task.await {
                eprintln!("    peer {number} failed: {error:#}");
            }
        });
        // The writers' texts come from the first of them.
        if number == 0 {
            all_ready.recv().await.context("the first peer failed")?;
        }
    }
    drop((ready, done));
    for _ in 1..size.peers {
        all_ready.recv().await.context("a peer failed")?;
    }
    let start = Instant::now() + WARM_UP;
    begun.send(Some(start))?;
    tokio::time::sleep_until(start.into()).await;
    let before = server.cpu_seconds()?;
    tokio::time::sleep(size.time()).await;
    let cpu_seconds = server.cpu_seconds()? - before;
    let resident_mb = server.resident_bytes()? as f64 / 1e6;
    let mut all = Vec::new();
    while let Some(seen) = seen.recv().await {
        all.push(seen);
    }
    Ok(figure(kind, size, &all, cpu_seconds, resident_mb))
}

fn figure(kind: &Kind, size: Size, all: &[Seen], cpu_seconds: f64, resident_mb: f64) -> Figure {
    let made: HashMap<Mark, (usize, Instant)> =
        all.iter().flat_map(|seen| seen.made.iter().map(|(mark, at)| (*mark, (seen.number, *at)))).collect();
    let mut times = Vec::new();
    for seen in all {
        for (mark, (_, at)) in made.iter().filter(|(_, (writer, _))| *writer != seen.number) {
            times.extend(seen.arrived.get(mark).map(|arrived| arrived.duration_since(*at)));
        }
    }
    times.sort_unstable();
    let (edits, expected) = (made.len(), made.len() * (size.peers - 1));
    let per_edit_and_peer = |sum: usize| sum as f64 / (edits * size.peers) as f64;
    Figure {
        server: kind.name(),
        peers: size.peers,
        history_changes: size.history,
        edits,
        cpu_ms_per_edit: cpu_seconds * 1_000.0 / edits as f64,
        latency_p50_ms: percentile(&times, 50),
        latency_p99_ms: percentile(&times, 99),
        bytes_down_per_edit_and_peer: per_edit_and_peer(all.iter().map(|seen| seen.bytes_down).sum()),
        frames_down_per_edit_and_peer: per_edit_and_peer(all.iter().map(|seen| seen.frames_down).sum()),
        missing_percent: (expected - times.len()) as f64 * 100.0 / expected as f64,
        resident_mb,
    }
}

/// When a writer writes next, from the beginning of the measured time on; the writers are spread over the interval.
fn next_edit(start: Instant, number: usize, edits: u32) -> Instant {
    let share = u32::try_from(number).unwrap_or(0);
    start + BETWEEN_EDITS * edits + BETWEEN_EDITS / u32::try_from(WRITERS).unwrap_or(1) * share
}

async fn stock(
    mut peer: Peer,
    number: usize,
    size: Size,
    mut begins: watch::Receiver<Option<Instant>>,
    ready: mpsc::Sender<()>,
) -> Result<Seen> {
    while !peer.has_board() {
        peer.hear().await?;
    }
    if number == 0 {
        peer.edit(|doc| begin(doc, WRITERS)).await?;
        for from in (0..size.history).step_by(UPLOAD) {
            peer.edit(|doc| fill(doc, WRITERS, UPLOAD.min(size.history - from))).await?;
            while !peer.is_received() {
                peer.hear().await?;
            }
        }
    } else if number < WRITERS {
        while !peer.doc().is_some_and(|doc| has_begun(doc, WRITERS)) {
            peer.hear().await?;
        }
    }
    ready.send(()).await?;
    let start = loop {
        if let Some(start) = *begins.borrow_and_update() {
            break start;
        }
        tokio::select! {
            heard = peer.hear() => heard?,
            changed = begins.changed() => changed?,
        }
    };
    let end = start + size.time();
    let (mut made, mut edits, mut before) = (Vec::new(), 0, (0, 0));
    loop {
        let now = Instant::now();
        let (due, edits_next) = if number < WRITERS && next_edit(start, number, edits) < end {
            (next_edit(start, number, edits), true)
        } else {
            (end + AFTERWARDS, false)
        };
        if now >= due && !edits_next {
            break;
        }
        if now >= due {
            if edits == 0 {
                before = (peer.bytes_down, peer.frames_down);
            }
            edits += 1;
            let at = Instant::now();
            made.push((peer.edit(|doc| write(doc, number)).await?, at));
            continue;
        }
        if now < start {
            before = (peer.bytes_down, peer.frames_down);
        }
        tokio::select! {
            heard = peer.hear() => heard?,
            () = tokio::time::sleep_until(due.into()) => {}
        }
    }
    let (bytes_down, frames_down) = (peer.bytes_down - before.0, peer.frames_down - before.1);
    Ok(Seen { number, made, arrived: peer.arrived, bytes_down, frames_down })
}

/// A peer of the bare broadcast: frames as long as a stock peer's, with nothing in them but a mark.
async fn bare(
    url: &str,
    number: usize,
    size: Size,
    mut begins: watch::Receiver<Option<Instant>>,
    ready: mpsc::Sender<()>,
) -> Result<Seen> {
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    ready.send(()).await?;
    let start = *begins.wait_for(Option::is_some).await?;
    let start = start.context("it was waited for")?;
    let end = start + size.time();
    let mut seen = Seen { number, made: Vec::new(), arrived: Arrivals::new(), bytes_down: 0, frames_down: 0 };
    let mut edits = 0;
    loop {
        let next = next_edit(start, number, edits);
        let due = if number < WRITERS && next < end { next } else { end + AFTERWARDS };
        tokio::select! {
            frame = socket.next() => {
                let Frame::Binary(bytes) = frame.context("the line ended")?? else { continue };
                seen.bytes_down += bytes.len();
                seen.frames_down += 1;
                seen.arrived.insert(bytes[..4].try_into()?, Instant::now());
            }
            () = tokio::time::sleep_until(due.into()) => {
                if due >= end {
                    return Ok(seen);
                }
                let mark = (u32::try_from(number)? << 24 | edits).to_be_bytes();
                let mut bytes = vec![0; FRAME_BYTES];
                bytes[..4].copy_from_slice(&mark);
                edits += 1;
                seen.made.push((mark, Instant::now()));
                socket.send(Frame::Binary(bytes.into())).await?;
            }
        }
    }
}
