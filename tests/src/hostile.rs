//! Somebody attacks the relay, while two people type in a workshop of their own.
//!
//! The load's one core drives both, so each attack has a pace; what it got through is a figure beside the others.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use automerge::sync::{BloomFilter, ChunkList, Have, Message as SyncMessage, MessageVersion};
use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ROOT, ScalarValue};
use futures_util::StreamExt as _;
use futures_util::stream::{self, FuturesUnordered};
use shared::sync::message::{DocumentData, Message, encode};
use shared::sync::{DocumentId, PeerId};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::{sleep, sleep_until, timeout};

use crate::client::stock::introduce;
use crate::keystrokes;
use crate::line::Line;
use crate::process::{Kind, Server, workshop};
use crate::report::{Report, percentile};
use crate::scenario::{Run, Size};

/// The ceiling that the relay is given, in MiB, of what it has in use.
const CEILING: &str = "128";
/// That ceiling, with what the program itself takes, and what lies between pieces of memory that are in use, in MB.
const AIM_MEMORY: f64 = 201.0;
/// The most that a letter of honest people may take, in ms.
const AIM_LETTER: f64 = 100.0;
/// How long typing goes on before, in silence.
const SILENCE: Duration = Duration::from_secs(2);
/// How long a line may take to open, or to be refused.
const PATIENCE: Duration = Duration::from_secs(5);
/// Attackers that dial at a time.
const AT_A_TIME: usize = 50;
/// What a change inflates to, in bytes; it is a thousandth of that on the line.
const BOMB: usize = 64 << 20;

/// An attack.
#[derive(Debug, Clone, Copy)]
enum Attack {
    /// Websockets that open and say nothing.
    Idle,
    /// Websockets that open and close, one after the other.
    InTurn,
    /// Requests that come a byte at a time.
    SlowRequests,
    /// Small changes that inflate to much.
    Bombs,
    /// Requests for documents that nobody has.
    Documents,
    /// Heads that nobody has.
    Heads,
}

impl Attack {
    const ALL: [Self; 6] = [Self::Idle, Self::InTurn, Self::SlowRequests, Self::Bombs, Self::Documents, Self::Heads];

    fn name(self) -> &'static str {
        match self {
            Self::Idle => "2,000 websockets that say nothing",
            Self::InTurn => "10,000 websockets in turn",
            Self::SlowRequests => "1,000 requests, byte by byte",
            Self::Bombs => "changes that inflate to 64 MiB",
            Self::Documents => "10,000 documents that nobody has",
            Self::Heads => "4,000 heads that nobody has",
        }
    }

    /// What is counted.
    fn unit(self) -> &'static str {
        match self {
            Self::Idle | Self::InTurn => "websockets opened",
            Self::SlowRequests => "bytes sent",
            Self::Bombs => "changes sent",
            Self::Documents | Self::Heads => "messages sent",
        }
    }

    /// Attacks the relay at `origin` for `time` at least; gives how much got through.
    async fn go(self, origin: &str, size: Size) -> Result<usize> {
        let end = Instant::now() + Duration::from_secs(size.seconds());
        let share = size.of(10, 1);
        let count = match self {
            Self::Idle => idle(origin, 2_000 / share, end).await,
            Self::InTurn => in_turn(origin, 10_000 / share).await,
            Self::SlowRequests => slow_requests(origin, 1_000 / share, end).await,
            Self::Bombs => bombs(origin, end).await?,
            Self::Documents => documents(origin, 10_000 / share).await?,
            Self::Heads => heads(origin, 4_000 / share).await?,
        };
        sleep_until(end.into()).await;
        Ok(count)
    }
}

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    for attack in Attack::ALL {
        let server = Server::start_with(&Kind::OpenRelay(run.relay.clone()), &["--memory", CEILING]).await?;
        let origin = server.origin();
        let (_, mut silent) = keystrokes::during(workshop(origin).await?, sleep(SILENCE)).await?;
        let (count, mut letters) = keystrokes::during(workshop(origin).await?, attack.go(origin, run.size)).await?;
        report.of(attack.name(), "relay");
        report.add(attack.unit(), "", count? as f64);
        report.add("a letter in silence, p99", "ms", percentile(&mut silent, 99));
        report.add("a letter meanwhile, p50", "ms", percentile(&mut letters, 50));
        report.add_with_aim("a letter meanwhile, p99", "ms", percentile(&mut letters, 99), Some(AIM_LETTER));
        report.add_with_aim("most memory", "MB", server.most_resident_mb()?, Some(AIM_MEMORY));
        report.write()?;
    }
    Ok(())
}

/// Opens a websocket, unless the relay has no room for it.
async fn open(origin: &str) -> Option<Line> {
    timeout(PATIENCE, Line::dial(&format!("ws://{origin}/sync"))).await.ok()?.ok()
}

async fn idle(origin: &str, count: usize, end: Instant) -> usize {
    let lines: Vec<_> = stream::iter(0..count)
        .map(|_| open(origin))
        .buffer_unordered(AT_A_TIME)
        .filter_map(async |line| line)
        .collect()
        .await;
    sleep_until(end.into()).await;
    lines.len()
}

async fn in_turn(origin: &str, count: usize) -> usize {
    stream::iter(0..count).map(|_| open(origin)).buffer_unordered(AT_A_TIME).filter_map(async |line| line).count().await
}

async fn slow_requests(origin: &str, count: usize, end: Instant) -> usize {
    const REQUEST: &[u8] =
        b"POST /api/workshops HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10";
    const BETWEEN: Duration = Duration::from_millis(200);
    let sent: FuturesUnordered<_> = (0..count)
        .map(|_| async {
            let Ok(Ok(mut line)) = timeout(PATIENCE, TcpStream::connect(origin)).await else { return 0 };
            let mut sent = 0;
            // Each byte is a write of its own; one that is refused ends it.
            for byte in REQUEST.chunks(1) {
                if Instant::now() > end || line.write_all(byte).await.is_err() {
                    break;
                }
                sent += 1;
                sleep(BETWEEN).await;
            }
            sent
        })
        .collect();
    sent.fold(0, async |sum, sent| sum + sent).await
}

async fn bombs(origin: &str, end: Instant) -> Result<usize> {
    const BETWEEN: Duration = Duration::from_millis(100);
    let change = bomb()?;
    let mut sent = 0;
    while Instant::now() < end {
        let mut attacker = Attacker::join(origin, sent).await?;
        attacker.say(Vec::new(), Vec::new(), vec![change.clone()]);
        sent += 1;
        // The relay ends the line; one that it keeps is no less of an attack.
        let _ = timeout(BETWEEN, attacker.until_ended()).await;
    }
    Ok(sent)
}

async fn documents(origin: &str, count: usize) -> Result<usize> {
    let mut attacker = Attacker::join(origin, 0).await?;
    let mut sent = 0;
    for number in 0..count {
        let mut id = [7; 16];
        id[..8].copy_from_slice(&number.to_le_bytes());
        attacker.document = DocumentId::from_bytes(id);
        if attacker.ask().await.is_err() {
            attacker = Attacker::join(origin, number).await?;
        }
        sent += 1;
    }
    Ok(sent)
}

async fn heads(origin: &str, count: usize) -> Result<usize> {
    let hash = || ChangeHash(std::array::from_fn(|_| ActorId::random().to_bytes()[0]));
    let mut attacker = Attacker::join(origin, 0).await?;
    for number in 0..count {
        let have = vec![Have { last_sync: vec![hash()], bloom: BloomFilter::default() }];
        // Some of them in great numbers.
        let heads = if number % 100 == 0 { (0..4_000).map(|_| hash()).collect() } else { vec![hash()] };
        attacker.say(heads, have, Vec::new());
        if attacker.has_ended().await {
            attacker = Attacker::join(origin, number).await?;
        }
    }
    Ok(count)
}

/// A change of 64 kB that inflates to 64 MB.
fn bomb() -> Result<Vec<u8>> {
    let mut doc = Automerge::new();
    let zeros = ScalarValue::Bytes(vec![0; BOMB]);
    let done = doc.transact::<_, _, AutomergeError>(|transaction| transaction.put(ROOT, "zeros", zeros));
    done.map_err(|failure| failure.error)?;
    let mut changes = doc.get_changes(&[]);
    Ok(changes.first_mut().context("nothing was changed")?.bytes().into_owned())
}

/// Somebody who joined as a stock peer does.
struct Attacker {
    line: Line,
    id: PeerId,
    server: PeerId,
    document: DocumentId,
}

impl Attacker {
    async fn join(origin: &str, number: usize) -> Result<Self> {
        let mut line = open(origin).await.context("an attacker is not let in")?;
        let (id, server) = introduce(&mut line, number).await?;
        Ok(Self { line, id, server, document: DocumentId::from_bytes([7; 16]) })
    }

    fn data(&self, message: SyncMessage) -> DocumentData {
        let (sender, target, document) = (self.id.clone(), self.server.clone(), self.document);
        DocumentData { sender, target, document, data: message.encode().into() }
    }

    fn say(&self, heads: Vec<ChangeHash>, have: Vec<Have>, changes: Vec<Vec<u8>>) {
        self.line.send(encode(&Message::Sync(self.data(message(heads, have, changes)))));
    }

    /// Asks for the document and hears the answer.
    async fn ask(&mut self) -> Result<()> {
        self.line.send(encode(&Message::Request(self.data(message(Vec::new(), Vec::new(), Vec::new())))));
        timeout(PATIENCE, self.line.frame()).await??;
        Ok(())
    }

    /// Hears what there is to hear; whether the line has ended.
    async fn has_ended(&mut self) -> bool {
        const MOMENT: Duration = Duration::from_millis(1);
        matches!(timeout(MOMENT, self.line.frame()).await, Ok(Err(_)))
    }

    async fn until_ended(&mut self) {
        while self.line.frame().await.is_ok() {}
    }
}

fn message(heads: Vec<ChangeHash>, have: Vec<Have>, changes: Vec<Vec<u8>>) -> SyncMessage {
    let changes = ChunkList::from(changes);
    SyncMessage { heads, need: Vec::new(), have, changes, flags: None, version: MessageVersion::V1 }
}
