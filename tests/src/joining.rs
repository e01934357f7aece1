//! Somebody with nothing joins a board with a long history, on a server that has it in memory and on one that just
//! started. Held against downloading the same document as a file and loading it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use automerge::Automerge;
use tokio::time::timeout;

use crate::baseline::Baseline;
use crate::client::{Client, Door, first, hear_until};
use crate::document::Document;
use crate::measured::{Measured, with_client};
use crate::party::fill;
use crate::process::{Kind, Server, ask};
use crate::report::{Report, percentile, thousands};
use crate::scenario::{Run, Size};

/// Texts that the history is written into; so many that no run of characters is one author's.
const TEXTS: usize = 5;
const WARM_JOINS: usize = 7;
const COLD_JOINS: usize = 3;
/// How long one join may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a server may take to have the history.
const FILLING: Duration = Duration::from_secs(300);

/// The board that the aims in milliseconds are for.
const LONG: usize = 100_000;
const AIM_WARM: f64 = 250.0;
const AIM_COLD: f64 = 400.0;
/// Joining as a multiple of downloading and loading.
const AIM_BESIDE_DOWNLOAD: f64 = 1.5;

const WARM: &str = "warm, p50";
const COLD: &str = "after a restart, p50";

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    let lengths: &[usize] = run.size.of(&[2_000], &[10_000, LONG]);
    for edits in lengths.iter().copied() {
        let case = format!("{} edits", thousands(edits));
        if run.peers.is_none() {
            download(edits, &case, report).await?;
        }
        for measured in run.servers() {
            report.of(&case, measured.name);
            let of = with_client!(measured.speaks, C => one::<C>(&measured, edits, run.size).await);
            let aim = |aim| Some(aim).filter(|_| measured.is_relay() && edits == LONG);
            let times = match of {
                Ok(times) => times,
                Err(error) => {
                    eprintln!("    {}: {error:#}", measured.name);
                    report.missed(WARM, "ms", aim(AIM_WARM));
                    continue;
                }
            };
            add(&case, report, WARM, times.warm, aim(AIM_WARM));
            add(&case, report, COLD, times.cold, aim(AIM_COLD));
            report.add("from its start until it listens, p50", "ms", percentile(&mut { times.starts }, 50));
            report.add("bytes down", "bytes", times.bytes as f64);
        }
        report.write()?;
    }
    Ok(())
}

fn add(case: &str, report: &mut Report, measure: &str, mut times: Vec<Duration>, aim: Option<f64>) {
    let time = percentile(&mut times, 50);
    report.add_with_aim(measure, "ms", time, aim);
    if let Some(download) = report.value(case, WARM, "download and load") {
        let measure = format!("{measure}, beside downloading and loading");
        report.add_with_aim(&measure, "×", time / download, Some(AIM_BESIDE_DOWNLOAD));
    }
}

#[derive(Debug, Default)]
struct Times {
    warm: Vec<Duration>,
    cold: Vec<Duration>,
    starts: Vec<Duration>,
    bytes: usize,
}

async fn one<C: Client>(measured: &Measured, edits: usize, size: Size) -> Result<Times> {
    let mut server = measured.start().await?;
    let door = server.door().await?;
    let mut writer = first::<C>(&door, TEXTS).await?;
    timeout(FILLING, fill(&mut writer, TEXTS, edits)).await.context("the history did not come in in time")??;
    let expected = writer.doc().context("a writer has a copy")?.version();
    // Not all servers say when they have everything.
    let is_there = async {
        while join::<C>(&door, 1, &expected).await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(FILLING, is_there).await.context("the history was not there in time")?;
    drop(writer);
    let mut times = Times::default();
    for number in 0..WARM_JOINS {
        let (took, bytes) = join::<C>(&door, 2 + number, &expected).await?;
        times.warm.push(took);
        times.bytes = bytes;
    }
    for number in 0..size.of(1, COLD_JOINS) {
        server.end().await?;
        times.starts.push(server.start_again().await?);
        times.cold.push(join::<C>(&door, 20 + number, &expected).await?.0);
    }
    Ok(times)
}

/// How long a newcomer takes until it holds everything, and how many bytes came.
async fn join<C: Client>(door: &Door, number: usize, expected: &[u8]) -> Result<(Duration, usize)> {
    let begun = Instant::now();
    let joining = async {
        let mut client = C::join(door, number, Some(C::Doc::new(number))).await?;
        hear_until(&mut client, |client| client.doc().is_some_and(|doc| doc.version() == expected)).await?;
        anyhow::Ok(client.line().down.bytes)
    };
    let bytes = timeout(PATIENCE, joining).await.context("a join took too long")??;
    Ok((begun.elapsed(), bytes))
}

/// The same history as a file.
async fn download(edits: usize, case: &str, report: &mut Report) -> Result<()> {
    let mut doc: Automerge = Document::new(0);
    doc.begin(TEXTS);
    doc.fill(0, TEXTS, edits);
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), Document::save(&doc))?;
    let path = file.path().to_string_lossy().into_owned();
    let server = Server::start_with(&Kind::Baseline(Baseline::Download), &[&path]).await?;
    let mut times = Vec::new();
    for number in 0..WARM_JOINS {
        let begun = Instant::now();
        let saved = ask(server.origin(), "GET /saved HTTP/1.1\r\n", "").await?;
        let loaded: Automerge = Document::load(&saved, number);
        times.push(begun.elapsed());
        anyhow::ensure!(loaded.version() == doc.version(), "the file holds something else");
    }
    report.of(case, "download and load");
    report.add(WARM, "ms", percentile(&mut times, 50));
    report.add("bytes down", "bytes", file.as_file().metadata()?.len() as f64);
    Ok(())
}
