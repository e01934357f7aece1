//! `dialogtavle check` and `dialogtavle compact`: a sound store, each kind of damage, and a running relay.

use std::path::Path;

use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ROOT};
use rusqlite::Connection;
use server::content::Content;
use server::store::sqlite::{FILE, SqliteStore, compact, examine};
use server::store::{Store as _, StoreError, StoredDocument};
use server::workshop::{Wanted, make};
use shared::access::WorkshopId;
use shared::content::Language;
use shared::documents::Kind;
use shared::sync::DocumentSync;
use shared::sync::document_sync::StoredChange;

use crate::process::{end, run, serve};

const CHANGES: u64 = 200;

/// A store with one workshop, whose board has a chain of changes of one writer beside its genesis.
async fn store(folder: &Path) -> WorkshopId {
    let wanted = Wanted { tools: vec!["A1".to_owned()], title: "Hverdagen".to_owned(), lang: Language::Danish };
    let made = make(&Content::embedded().unwrap(), &wanted).unwrap();
    let id = made.record.id();
    let store = SqliteStore::open(folder, None).unwrap();
    store.add_workshop(made.record, made.documents).await.unwrap();
    let board = id.document(Kind::Board);
    let genesis = store.load(board).await.unwrap();
    let mut doc = DocumentSync::load(genesis.all()).sync.doc().clone().with_actor(ActorId::from([1; 16]));
    let before = doc.get_heads();
    for number in 0..CHANGES {
        doc.transact::<_, _, AutomergeError>(|tx| tx.put(ROOT, format!("{number}"), "en makker om natten")).unwrap();
    }
    store.append(board, stored(&doc, &before)).await.unwrap();
    store.close().await.unwrap();
    id
}

fn stored(doc: &Automerge, before: &[automerge::ChangeHash]) -> Vec<StoredChange> {
    let changes = doc.get_changes(before);
    changes
        .into_iter()
        .map(|mut change| StoredChange { hash: change.hash(), bytes: change.bytes().into_owned() })
        .collect()
}

fn with_file(folder: &Path, sql: &str) {
    Connection::open(folder.join(FILE)).unwrap().execute_batch(sql).unwrap();
}

/// What `check` says, and whether it ended well.
async fn check(folder: &Path) -> (bool, String) {
    let (ok, said, error) = run(&["check"], folder).await;
    // Automerge logs what it cannot read, too.
    assert!(!error.contains("Fejl"), "{error}");
    (ok, said)
}

#[tokio::test]
async fn a_sound_store_is_said_to_be_sound_also_while_a_relay_runs() {
    let data = tempfile::tempdir().unwrap();
    store(data.path()).await;
    let (ok, alone) = check(data.path()).await;
    assert!(ok && alone.contains("1 workshops, 2 dokumenter") && alone.lines().count() == 1, "{alone}");
    let (child, _) = serve(&[], data.path()).await;
    assert_eq!(check(data.path()).await, (true, alone));
    end(child, "-TERM").await;
}

#[tokio::test]
async fn each_damage_is_named_with_what_can_be_used() {
    let middle = "(SELECT position FROM chunks ORDER BY position DESC LIMIT 1 OFFSET 100)";
    for (sql, danish, usable) in [
        // A byte of a change is another one: its hash is, too.
        (
            format!(
                "UPDATE chunks SET bytes = CAST(substr(bytes, 1, 40) || x'ff' || substr(bytes, 42) AS BLOB) WHERE position = {middle}"
            ),
            "ændring nummer",
            Some(100),
        ),
        // One is gone: all that follow it lack it.
        (format!("DELETE FROM chunks WHERE position = {middle}"), "ændring nummer", Some(100)),
        // It is kept under a name that is not its own: it can be used, and would be kept twice.
        (format!("UPDATE chunks SET hash = zeroblob(32) WHERE position = {middle}"), "ændring nummer", None),
        (
            "INSERT INTO snapshots (document, bytes) SELECT document, x'856f4a8300000000' FROM chunks LIMIT 1"
                .to_owned(),
            "det samlede billede kan ikke bruges",
            None,
        ),
        ("UPDATE workshops SET checkpoint = x'00'".to_owned(), "facilitatorens underskrift", None),
        ("UPDATE workshops SET public_key = zeroblob(32)".to_owned(), "nøglerne er ikke", None),
        ("UPDATE workshops SET deleted = 1".to_owned(), "er slettet, og noget", None),
    ] {
        let data = tempfile::tempdir().unwrap();
        store(data.path()).await;
        with_file(data.path(), &sql);
        let (ok, said) = check(data.path()).await;
        assert!(!ok && said.contains(danish) && said.contains("Something is damaged"), "{sql}: {said}");
        if let Some(usable) = usable {
            // The genesis is the first of them.
            let left = CHANGES + 1 - usable - 1;
            assert!(said.contains(&format!("{left} changes can be used")), "{sql}: {said}");
        }
    }
}

#[tokio::test]
async fn a_damaged_file_is_told_and_not_touched() {
    let data = tempfile::tempdir().unwrap();
    store(data.path()).await;
    let path = data.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    // Every page after the first few, as after a disk that lost them.
    bytes[5 * 4096..].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    let (ok, said, error) = run(&["check"], data.path()).await;
    assert!(!ok && (said.contains("Filen selv er beskadiget") || error.contains("er beskadiget")), "{said}{error}");
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

/// Has the index that changes are found by forget the last one, as after a disk that lost one of its pages.
fn hide_a_change(folder: &Path) {
    let connection = Connection::open(folder.join(FILE)).unwrap();
    let last: i64 = connection.query_row("SELECT max(position) FROM chunks", [], |row| row.get(0)).unwrap();
    // One that lacks it takes its place in the file.
    connection
        .execute_batch(&format!(
            "CREATE INDEX lacking ON chunks (document, hash) WHERE position < {last};
             PRAGMA writable_schema = ON;
             UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'lacking')
                 WHERE name = 'sqlite_autoindex_chunks_1';
             DELETE FROM sqlite_master WHERE name = 'lacking'"
        ))
        .unwrap();
}

#[tokio::test]
async fn a_large_store_is_not_read_whole_at_its_start_and_a_change_that_damage_hid_is_taken_again() {
    let data = tempfile::tempdir().unwrap();
    let id = store(data.path()).await;
    let board = id.document(Kind::Board);
    let store = SqliteStore::open(data.path(), None).unwrap();
    let whole = store.load(board).await.unwrap();
    store.close().await.unwrap();
    hide_a_change(data.path());
    assert!(matches!(SqliteStore::open(data.path(), None), Err(StoreError::Corrupt { .. })));
    with_file(data.path(), "INSERT INTO snapshots (document, bytes) VALUES (zeroblob(16), zeroblob(70000000))");
    let store = SqliteStore::open(data.path(), None).unwrap();
    let found = store.load(board).await.unwrap();
    assert_eq!(found.chunks, whole.chunks[..whole.chunks.len() - 1]);
    let hidden = whole.chunks.last().unwrap().clone();
    let through = store.append(board, vec![hidden]).await.unwrap();
    assert_eq!(store.load(board).await.unwrap(), StoredDocument { through, ..whole });
    store.close().await.unwrap();
    let (ok, said) = check(data.path()).await;
    assert!(!ok && said.contains("Filen selv er beskadiget"), "{said}");
}

#[tokio::test]
async fn compaction_makes_each_document_one_snapshot_and_keeps_all_of_it() {
    let data = tempfile::tempdir().unwrap();
    let id = store(data.path()).await;
    let heads = || async {
        let store = SqliteStore::open(data.path(), None).unwrap();
        let stored = store.load(id.document(Kind::Board)).await.unwrap();
        store.close().await.unwrap();
        (DocumentSync::load(stored.all()).sync.heads(), stored.chunks.len())
    };
    let (before, chunks) = heads().await;
    assert!(chunks as u64 > CHANGES);
    let (ok, said, error) = run(&["compact"], data.path()).await;
    assert!(ok && said.contains("2 documents are one piece each now"), "{said}{error}");
    assert_eq!(heads().await, (before, 0));
    assert!(check(data.path()).await.0);
}

#[tokio::test]
async fn a_damaged_document_is_not_compacted() {
    let data = tempfile::tempdir().unwrap();
    store(data.path()).await;
    with_file(data.path(), "DELETE FROM chunks WHERE position = (SELECT max(position) - 5 FROM chunks)");
    let done = compact(data.path()).unwrap();
    assert_eq!((done.documents, done.left), (1, 1));
    assert!(examine(data.path()).unwrap().is_damaged());
}

#[tokio::test]
async fn compaction_leaves_a_running_relay_alone_and_nothing_is_made_where_there_is_no_store() {
    let data = tempfile::tempdir().unwrap();
    let (child, _) = serve(&[], data.path()).await;
    let (ok, _, error) = run(&["compact"], data.path()).await;
    assert!(!ok && error.contains("stop den for at gøre alt småt"), "{error}");
    end(child, "-TERM").await;
    let nowhere = data.path().join("nowhere");
    for command in ["check", "compact"] {
        let (ok, _, error) = run(&[command], &nowhere).await;
        assert!(!ok && error.contains("no store at"), "{error}");
    }
    assert!(!nowhere.exists());
    assert!(matches!(examine(&nowhere), Err(StoreError::Missing { .. })));
}
