//! One person who types and one who reads, in a workshop of their own, while something else goes on: on a thread of
//! their own, so that the load does not stand in their way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::client::stock::Peer;
use crate::client::{Client, Door, first, hear_until};
use crate::document::Document as _;

const BETWEEN: Duration = Duration::from_millis(50);
/// How long the last letter may take.
const LAST: Duration = Duration::from_secs(30);

/// What `work` gives, and how long letters took in the workshop behind `door` while it went on.
pub(crate) async fn during<T>(door: Door, work: impl Future<Output = T>) -> Result<(T, Vec<Duration>)> {
    let keystrokes = Keystrokes::begin(door);
    let done = work.await;
    Ok((done, keystrokes.end().await?))
}

/// Two people in a workshop of their own.
#[derive(Debug)]
struct Keystrokes {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Result<Vec<Duration>>>,
}

impl Keystrokes {
    /// Begins to type.
    fn begin(door: Door) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let end = Arc::clone(&ended);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(type_until(&door, &end))
        });
        Self { ended, thread }
    }

    /// Ends, and gives how long each letter took to the reader.
    async fn end(self) -> Result<Vec<Duration>> {
        self.ended.store(true, Ordering::Relaxed);
        let times = tokio::task::spawn_blocking(|| self.thread.join()).await?;
        times.ok().context("the typing panicked")?
    }
}

async fn type_until(door: &Door, end: &AtomicBool) -> Result<Vec<Duration>> {
    let mut writer: Peer = first(door, 1).await?;
    let mut reader = Peer::join(door, 1, None).await?;
    hear_until(&mut reader, Peer::has_document).await?;
    let (mut made, mut next) = (Vec::new(), Instant::now());
    while !end.load(Ordering::Relaxed) {
        tokio::select! {
            heard = writer.hear() => heard?,
            heard = reader.hear() => heard?,
            () = tokio::time::sleep_until(next.into()) => {
                next += BETWEEN;
                let at = Instant::now();
                made.push((writer.edit(|doc| doc.write(0))?, at));
            }
        }
    }
    let last = made.last().map(|(mark, _)| *mark);
    let rest = hear_until(&mut reader, |reader| last.is_none_or(|last| reader.line().arrived.contains_key(&last)));
    tokio::time::timeout(LAST, rest).await.context("the last letter never came")??;
    let arrived = &reader.line().arrived;
    Ok(made.iter().filter_map(|(mark, at)| Some(arrived.get(mark)?.duration_since(*at))).collect())
}
