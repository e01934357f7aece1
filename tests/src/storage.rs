//! How many edits a second become durable, and what they take on the disk. Held against SQLite alone with the same bytes.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use automerge::Automerge;
use rusqlite::Connection;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::stock::Peer;
use crate::client::{Client as _, Door, first, hear_until};
use crate::document::Document;
use crate::measured::Speaks;
use crate::party::fill;
use crate::process::workshop;
use crate::report::{Report, thousands};
use crate::scenario::Run;

/// Writers that each wait until an edit is durable before the next, on boards of their own.
const WRITERS: [usize; 2] = [1, 50];
/// Texts that a long history is written into.
const TEXTS: usize = 5;
/// So few that nothing is compacted.
const SHORT: usize = 1_000;
const LONG: usize = 100_000;
/// How long one edit, or one upload, may take until it is durable.
const PATIENCE: Duration = Duration::from_secs(60);

const RATE: &str = "durable edits a second";
const ALONE: &str = "SQLite alone";

pub(crate) async fn measure(run: &Run, report: &mut Report) -> Result<()> {
    for writers in WRITERS {
        let case = format!("{writers} {}", if writers == 1 { "writer" } else { "writers" });
        report.of(&case, "relay");
        let edits = relay_rate(run, writers).await?;
        report.add(RATE, "edits/s", edits);
        report.of(&case, ALONE);
        report.add(RATE, "edits/s", sqlite_rate(writers, Duration::from_secs(run.size.seconds()))?);
    }
    report.write()?;
    for edits in run.size.of([SHORT, 3_000], [SHORT, LONG]) {
        sizes(run, edits, report).await?;
    }
    Ok(())
}

async fn relay_rate(run: &Run, writers: usize) -> Result<f64> {
    let time = Duration::from_secs(run.size.seconds());
    let server = run.relay(Speaks::Stock).start().await?;
    let mut all = Vec::new();
    for _ in 0..writers {
        all.push(first::<Peer>(&workshop(server.origin()).await?, 1).await?);
    }
    let begun = Instant::now();
    let mut writing = JoinSet::new();
    for mut writer in all {
        writing.spawn(async move {
            let mut edits = 0_u32;
            while begun.elapsed() < time {
                writer.edit(|doc| doc.write(0))?;
                let durable = hear_until(&mut writer, Peer::is_received);
                timeout(PATIENCE, durable).await.context("an edit was not durable in time")??;
                edits += 1;
            }
            anyhow::Ok(edits)
        });
    }
    let mut edits = 0;
    while let Some(done) = writing.join_next().await {
        edits += done??;
    }
    Ok(f64::from(edits) / begun.elapsed().as_secs_f64())
}

/// A transaction for each edit of one writer, or for one edit of each of many: the best that group commit could do.
fn sqlite_rate(writers: usize, time: Duration) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let table = table(&folder.path().join("alone.sqlite"))?;
    let changes = changes(1, 20_000);
    let (begun, mut edits) = (Instant::now(), 0_u32);
    while begun.elapsed() < time {
        let group = (0..writers).map(|_| {
            let change = &changes[edits as usize % changes.len()];
            edits += 1;
            (edits, change)
        });
        insert(&table, group)?;
    }
    Ok(f64::from(edits) / begun.elapsed().as_secs_f64())
}

/// Bytes on the disk of one board, once the relay has ended.
async fn sizes(run: &Run, edits: usize, report: &mut Report) -> Result<()> {
    let case = format!("{} edits on one board", thousands(edits));
    let mut server = run.relay(Speaks::Stock).start().await?;
    let door: Door = server.door().await?;
    // What the workshop itself takes.
    server.end().await?;
    let empty = bytes_on_disk(server.folder())?;
    server.start_again().await?;
    let mut writer: Peer = first(&door, TEXTS).await?;
    fill(&mut writer, TEXTS, edits).await?;
    let saved = Document::save(writer.doc().context("a writer has a copy")?).len();
    drop(writer);
    server.end().await?;
    let file = bytes_on_disk(server.folder())?;
    let store = Connection::open(server.folder().join("dialogtavle.sqlite"))?;
    let sum = |table: &str| -> Result<f64> {
        let query = format!("SELECT coalesce(sum(length(bytes)), 0) FROM {table}");
        Ok(store.query_row(&query, [], |row| row.get::<_, i64>(0))? as f64)
    };
    let (chunks, snapshots) = (sum("chunks")?, sum("snapshots")?);
    let per_edit = |bytes: f64| bytes / edits as f64;
    report.of(&case, "relay");
    report.add("on the disk per edit", "bytes", per_edit(file - empty));
    report.add("of that, changes since the snapshot", "bytes", per_edit(chunks));
    report.add("of that, snapshots", "bytes", per_edit(snapshots));

    let folder = tempfile::tempdir()?;
    let table = table(&folder.path().join("alone.sqlite"))?;
    let changes = changes(TEXTS, edits);
    insert(&table, (0..).zip(&changes))?;
    table.close().map_err(|(_, error)| error)?;
    report.of(&case, ALONE);
    report.add("on the disk per edit", "bytes", per_edit(bytes_on_disk(folder.path())?));
    report.of(&case, "the document, saved");
    report.add("on the disk per edit", "bytes", per_edit(saved as f64));
    report.write()
}

/// The changes of one writer, each as it is stored.
fn changes(texts: usize, edits: usize) -> Vec<Vec<u8>> {
    let mut doc: Automerge = Document::new(0);
    doc.begin(texts);
    let begun = doc.get_heads();
    doc.fill(0, texts, edits);
    doc.get_changes(&begun).iter().map(|change| change.raw_bytes().to_vec()).collect()
}

/// A file with the same promises as the relay's store, and one table of a number and bytes.
fn table(path: &Path) -> Result<Connection> {
    let table = Connection::open(path)?;
    for (name, value) in [("journal_mode", "WAL"), ("synchronous", "FULL"), ("secure_delete", "ON")] {
        table.pragma_update(None, name, value)?;
    }
    table.execute_batch("CREATE TABLE changes (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")?;
    Ok(table)
}

/// One transaction.
fn insert<'a>(table: &Connection, changes: impl Iterator<Item = (u32, &'a Vec<u8>)>) -> Result<()> {
    table.execute_batch("BEGIN")?;
    let mut statement = table.prepare_cached("INSERT INTO changes VALUES (?1, ?2)")?;
    for (number, bytes) in changes {
        statement.execute((number, bytes))?;
    }
    Ok(table.execute_batch("COMMIT")?)
}

/// What all files of a store take.
fn bytes_on_disk(folder: &Path) -> Result<f64> {
    let mut bytes = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().contains("sqlite") {
            bytes += entry.metadata()?.len();
        }
    }
    Ok(bytes as f64)
}
