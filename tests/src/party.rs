//! Clients that meet on one document: some write at a steady pace, all read.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::client::{Client, Door, first, hear_until};
use crate::document::{Document as _, Mark};
use crate::line::{Arrivals, Traffic};

/// How long after the last edit a delivery still counts.
pub(crate) const AFTERWARDS: Duration = Duration::from_secs(3);
/// Changes that go in one message before the load; a frame has at most 1 MiB.
const UPLOAD: usize = 1_000;
/// How long all clients may take to join.
const GATHERING: Duration = Duration::from_secs(120);
/// How long one upload of the history may take to be received.
const UPLOADING: Duration = Duration::from_secs(30);

/// What a party does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) clients: usize,
    /// The first so many of them write.
    pub(crate) writers: usize,
    /// Between two edits of one writer.
    pub(crate) every: Duration,
    /// All write into one text, instead of each into its own.
    pub(crate) one_text: bool,
    /// Changes that the document holds before.
    pub(crate) history: usize,
    /// How long it is written.
    pub(crate) time: Duration,
}

impl Plan {
    fn texts(self) -> usize {
        if self.one_text { 1 } else { self.writers.max(1) }
    }

    /// When a writer writes next, from the beginning on; the writers are spread over the interval.
    fn next_edit(self, start: Instant, number: usize, edits: u32) -> Instant {
        let share = self.every.mul_f64(number as f64 / self.writers.max(1) as f64);
        start + self.every * edits + share
    }
}

/// Clients that have joined and wait for the beginning.
#[derive(Debug)]
pub(crate) struct Party {
    plan: Plan,
    begin: watch::Sender<Option<Instant>>,
    seen: mpsc::Receiver<Result<Seen>>,
}

/// What one client saw.
#[derive(Debug)]
pub(crate) struct Seen {
    number: usize,
    /// When it made each of its own edits.
    made: Vec<(Mark, Instant)>,
    arrived: Arrivals,
    down: Traffic,
}

/// What all clients saw.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    pub(crate) edits: usize,
    /// When each delivery was made, after the beginning, and how long it took.
    pub(crate) deliveries: Vec<(Duration, Duration)>,
    /// Of all deliveries that should have been, those that were not there at the end.
    pub(crate) missing_percent: f64,
    pub(crate) bytes_per_edit_and_client: f64,
    pub(crate) frames_per_edit_and_client: f64,
}

impl Observed {
    /// How long the deliveries took.
    pub(crate) fn times(&self) -> Vec<Duration> {
        self.deliveries.iter().map(|(_, took)| *took).collect()
    }
}

impl Party {
    /// Lets all clients join; the first fills the document before the others come.
    pub(crate) async fn gather<C: Client>(door: &Door, plan: Plan) -> Result<Self> {
        let (begin, begins) = watch::channel(None);
        let (done, mut seen) = mpsc::channel(plan.clients);
        let (ready, mut all_ready) = mpsc::channel(plan.clients);
        for number in 0..plan.clients {
            let (door, begins, ready, done) = (door.clone(), begins.clone(), ready.clone(), done.clone());
            tokio::spawn(async move {
                let outcome = take_part::<C>(&door, number, plan, begins, ready).await;
                let _ = done.send(outcome.with_context(|| format!("client {number}"))).await;
            });
            // The writers' texts come from the first of them.
            if number == 0 {
                first_of(&mut all_ready, &mut seen).await?;
            }
        }
        drop((ready, done));
        let others = async {
            for _ in 1..plan.clients {
                first_of(&mut all_ready, &mut seen).await?;
            }
            anyhow::Ok(())
        };
        timeout(GATHERING, others).await.context("the clients did not all join in time")??;
        Ok(Self { plan, begin, seen })
    }

    /// Says when the writing begins.
    pub(crate) fn begin(&self, at: Instant) -> Result<()> {
        Ok(self.begin.send(Some(at))?)
    }

    /// Waits for the end, and gathers what all saw.
    pub(crate) async fn end(mut self) -> Result<Observed> {
        let start = self.begin.borrow().context("it never began")?;
        let last = start + self.plan.time + AFTERWARDS + GATHERING;
        let mut all = Vec::new();
        while all.len() < self.plan.clients {
            let next = tokio::time::timeout_at(last.into(), self.seen.recv()).await;
            all.push(next.context("the clients did not end in time")?.context("a client is gone")??);
        }
        Ok(observed(start, &all))
    }
}

/// Waits until one more is ready; fails with the first that fails.
async fn first_of(ready: &mut mpsc::Receiver<()>, seen: &mut mpsc::Receiver<Result<Seen>>) -> Result<()> {
    tokio::select! {
        one = ready.recv() => one.context("a client failed"),
        ended = seen.recv() => match ended {
            Some(Err(error)) => Err(error),
            _ => bail!("a client ended before it began"),
        },
    }
}

async fn take_part<C: Client>(
    door: &Door,
    number: usize,
    plan: Plan,
    mut begins: watch::Receiver<Option<Instant>>,
    ready: mpsc::Sender<()>,
) -> Result<Seen> {
    let is_writer = number < plan.writers;
    let mut client = if number == 0 {
        let mut client = first::<C>(door, plan.texts()).await?;
        fill(&mut client, plan.texts(), plan.history).await?;
        client
    } else {
        C::join(door, number, is_writer.then(|| C::Doc::new(number))).await?
    };
    hear_until(&mut client, C::has_document).await?;
    if is_writer {
        hear_until(&mut client, |client| client.doc().is_some_and(|doc| doc.has_begun(plan.texts()))).await?;
    }
    ready.send(()).await?;
    let start = loop {
        if let Some(start) = *begins.borrow_and_update() {
            break start;
        }
        tokio::select! {
            heard = client.hear() => heard?,
            changed = begins.changed() => changed?,
        }
    };
    let end = start + plan.time;
    let text = if plan.one_text { 0 } else { number };
    let (mut made, mut before, mut has_begun) = (Vec::new(), client.line().down, false);
    loop {
        let edits = u32::try_from(made.len())?;
        let next = Some(plan.next_edit(start, number, edits)).filter(|next| is_writer && *next < end);
        let due = next.unwrap_or(if has_begun { end + AFTERWARDS } else { start });
        if Instant::now() < due {
            tokio::select! {
                heard = client.hear() => heard?,
                () = tokio::time::sleep_until(due.into()) => {}
            }
            continue;
        }
        if !has_begun {
            (before, has_begun) = (client.line().down, true);
        }
        if next.is_some() {
            let at = Instant::now();
            made.push((client.edit(|doc| doc.write(text))?, at));
        } else if due > start {
            break;
        }
    }
    let line = client.into_line();
    let down = Traffic { bytes: line.down.bytes - before.bytes, frames: line.down.frames - before.frames };
    Ok(Seen { number, made, arrived: line.arrived, down })
}

/// Makes so many changes and lets the server receive them, in messages that it takes.
pub(crate) async fn fill<C: Client>(client: &mut C, texts: usize, changes: usize) -> Result<()> {
    let mut left = changes;
    while left > 0 {
        let some = left.min(UPLOAD);
        client.edit(|doc| doc.fill(0, texts, some))?;
        let received = hear_until(client, C::is_received);
        timeout(UPLOADING, received).await.context("an upload was not received in time")??;
        left -= some;
    }
    Ok(())
}

fn observed(start: Instant, all: &[Seen]) -> Observed {
    let made: HashMap<Mark, (usize, Instant)> =
        all.iter().flat_map(|seen| seen.made.iter().map(|(mark, at)| (*mark, (seen.number, *at)))).collect();
    let mut deliveries = Vec::new();
    for seen in all {
        for (mark, (_, at)) in made.iter().filter(|(_, (writer, _))| *writer != seen.number) {
            let arrived = seen.arrived.get(mark);
            deliveries.extend(arrived.map(|arrived| (at.duration_since(start), arrived.duration_since(*at))));
        }
    }
    let (edits, expected) = (made.len(), made.len() * (all.len() - 1));
    let per_edit_and_client = |sum: usize| sum as f64 / (edits * all.len()) as f64;
    Observed {
        edits,
        missing_percent: (expected - deliveries.len()) as f64 * 100.0 / expected.max(1) as f64,
        deliveries,
        bytes_per_edit_and_client: per_edit_and_client(all.iter().map(|seen| seen.down.bytes).sum()),
        frames_per_edit_and_client: per_edit_and_client(all.iter().map(|seen| seen.down.frames).sum()),
    }
}
