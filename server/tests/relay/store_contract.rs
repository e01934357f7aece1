//! One suite for every store: what [`server::store::Store`] promises.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;

use automerge::ChangeHash;
use server::store::sqlite::{FILE, SqliteStore};
use server::store::{Kept, MemoryStore, Position, Snapshot, Store, StoreError, StoredDocument, WorkshopRecord};
use shared::access::{Admission, FacilitatorSecret, SignedCheckpoint, WorkshopId};
use shared::documents::Kind;
use shared::sync::document_sync::StoredChange;
use shared::sync::{ByteLen, DocumentId};

/// Runs one rule against a store of each kind.
async fn against_each_store<F: Future<Output = ()>>(rule: impl Fn(Arc<dyn Store>) -> F) {
    rule(Arc::new(MemoryStore::default())).await;
    let folder = tempfile::tempdir().unwrap();
    rule(Arc::new(SqliteStore::open(folder.path(), None).unwrap())).await;
}

fn secret(number: u8) -> FacilitatorSecret {
    FacilitatorSecret::from_random([number; 16])
}

fn record(number: u8) -> WorkshopRecord {
    WorkshopRecord::new(Admission::first(secret(number).identity()))
}

fn checkpoint(number: u8, rising: u64, deleted: bool) -> SignedCheckpoint {
    SignedCheckpoint::sign(secret(number), rising, deleted, vec![[number; 32]]).unwrap()
}

fn board(workshop: WorkshopId) -> DocumentId {
    workshop.document(Kind::Board)
}

fn change(text: &str) -> StoredChange {
    let mut hash = [0; 32];
    hash[..text.len()].copy_from_slice(text.as_bytes());
    StoredChange { hash: ChangeHash(hash), bytes: text.as_bytes().to_vec() }
}

fn snapshot(text: &str) -> Snapshot {
    Snapshot { bytes: text.as_bytes().to_vec(), heads: text.bytes().map(|byte| ChangeHash([byte; 32])).collect() }
}

fn texts(stored: &StoredDocument) -> Vec<String> {
    stored.all().map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()).collect()
}

const DOCUMENT: DocumentId = DocumentId::from_bytes([7; 16]);

#[tokio::test]
async fn what_was_appended_is_read_back_in_its_order_and_once() {
    against_each_store(|store| async move {
        assert_eq!(store.load(DOCUMENT).await.unwrap(), StoredDocument::default());
        let first = store.append(DOCUMENT, vec![change("a"), change("b")]).await.unwrap();
        let again = store.append(DOCUMENT, vec![change("b"), change("c")]).await.unwrap();
        assert!(again > first);
        let stored = store.load(DOCUMENT).await.unwrap();
        assert_eq!(texts(&stored), ["a", "b", "c"]);
        assert_eq!(stored.through, again);
        assert_eq!(store.load(DocumentId::from_bytes([8; 16])).await.unwrap(), StoredDocument::default());
    })
    .await;
}

#[tokio::test]
async fn a_damaged_change_gives_way_to_the_sound_one_that_comes_again() {
    against_each_store(|store| async move {
        let damaged = StoredChange { bytes: b"torn".to_vec(), ..change("a") };
        store.append(DOCUMENT, vec![damaged, change("b")]).await.unwrap();
        store.append(DOCUMENT, vec![change("a")]).await.unwrap();
        assert_eq!(texts(&store.load(DOCUMENT).await.unwrap()), ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn a_compaction_replaces_what_it_was_made_of_and_nothing_later() {
    against_each_store(|store| async move {
        let through = store.append(DOCUMENT, vec![change("a"), change("b")]).await.unwrap();
        store.append(DOCUMENT, vec![change("c")]).await.unwrap();
        store.compact(DOCUMENT, snapshot("ab"), through).await.unwrap();
        let stored = store.load(DOCUMENT).await.unwrap();
        assert_eq!(texts(&stored), ["ab", "c"]);
        assert_eq!(stored.snapshot, Some(snapshot("ab")), "its heads are kept beside it");
        let through = store.load(DOCUMENT).await.unwrap().through;
        store.compact(DOCUMENT, snapshot("abc"), through).await.unwrap();
        assert_eq!(texts(&store.load(DOCUMENT).await.unwrap()), ["abc"]);
        let next = store.append(DOCUMENT, vec![change("d")]).await.unwrap();
        assert!(next > through, "a position is never given twice");
    })
    .await;
}

#[tokio::test]
async fn single_changes_can_be_taken_out_again() {
    against_each_store(|store| async move {
        store.append(DOCUMENT, vec![change("a"), change("b"), change("c")]).await.unwrap();
        store.remove(DOCUMENT, vec![change("b").hash.0]).await.unwrap();
        assert_eq!(texts(&store.load(DOCUMENT).await.unwrap()), ["a", "c"]);
    })
    .await;
}

#[tokio::test]
async fn a_workshop_comes_with_its_first_changes() {
    against_each_store(|store| async move {
        let id = record(1).id();
        assert_eq!(store.workshop(id).await.unwrap(), None);
        store.add_workshop(record(1), vec![(board(id), vec![change("a")])]).await.unwrap();
        store.add_workshop(record(1), Vec::new()).await.unwrap();
        assert_eq!(store.workshop(id).await.unwrap(), Some(record(1)));
        assert_eq!(texts(&store.load(board(id)).await.unwrap()), ["a"]);
        assert_eq!(store.count().await.unwrap(), 1);
        let listed = store.workshops().await.unwrap();
        assert_eq!((listed.len(), listed[0].size_bytes), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_checkpoint_with_the_highest_number_is_kept() {
    against_each_store(|store| async move {
        let id = record(1).id();
        store.add_workshop(record(1), Vec::new()).await.unwrap();
        assert_eq!(store.keep_checkpoint(checkpoint(1, 5, false)).await.unwrap(), Kept::Newer);
        assert_eq!(store.keep_checkpoint(checkpoint(1, 4, false)).await.unwrap(), Kept::Older);
        let kept = store.workshop(id).await.unwrap().unwrap();
        assert_eq!(kept.checkpoint, Some(checkpoint(1, 5, false)));
        assert!(!kept.deleted);
    })
    .await;
}

#[tokio::test]
async fn a_deleted_workshop_is_erased_and_never_comes_back() {
    against_each_store(|store| async move {
        for (number, signed) in [(1, true), (2, false)] {
            let id = record(number).id();
            let other = record(9).id();
            for each in [9, number] {
                let changes = vec![(board(record(each).id()), vec![change("a")])];
                store.add_workshop(record(each), changes).await.unwrap();
            }
            if signed {
                let kept = store.keep_checkpoint(checkpoint(number, 1, true)).await.unwrap();
                assert_eq!(kept, Kept::Deleted);
            } else {
                store.delete_workshop(id).await.unwrap();
            }
            assert!(store.workshop(id).await.unwrap().unwrap().deleted);
            assert_eq!(store.load(board(id)).await.unwrap(), StoredDocument::default());
            let refused = store.append(board(id), vec![change("b")]).await;
            assert!(matches!(refused, Err(StoreError::Deleted)), "{refused:?}");
            let refused = store.compact(board(id), snapshot(""), Position(9)).await;
            assert!(matches!(refused, Err(StoreError::Deleted)), "{refused:?}");
            let refused = store.add_workshop(record(number), vec![(board(id), vec![change("c")])]).await;
            assert!(matches!(refused, Err(StoreError::Deleted)), "{refused:?}");
            store.keep_checkpoint(checkpoint(number, 99, false)).await.unwrap();
            assert!(store.workshop(id).await.unwrap().unwrap().deleted);
            assert_eq!(texts(&store.load(board(other)).await.unwrap()), ["a"], "the others are untouched");
            assert_eq!(store.count().await.unwrap(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_says_so() {
    against_each_store(|store| async move {
        store.close().await.unwrap();
        assert!(matches!(store.load(DOCUMENT).await, Err(StoreError::Closed)));
        assert!(matches!(store.append(DOCUMENT, vec![change("a")]).await, Err(StoreError::Closed)));
    })
    .await;
}

#[tokio::test]
async fn sqlite_holds_what_it_answered_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let id = record(1).id();
    let store = SqliteStore::open(folder.path(), None).unwrap();
    store.add_workshop(record(1), vec![(board(id), vec![change("a")])]).await.unwrap();
    store.keep_checkpoint(checkpoint(1, 3, false)).await.unwrap();
    store.append(board(id), vec![change("b")]).await.unwrap();
    // Dropped without closing, as when the process is killed.
    drop(store);
    let store = SqliteStore::open(folder.path(), None).unwrap();
    assert_eq!(texts(&store.load(board(id)).await.unwrap()), ["a", "b"]);
    assert_eq!(store.workshop(id).await.unwrap().unwrap().checkpoint, Some(checkpoint(1, 3, false)));
}

#[tokio::test]
async fn sqlite_leaves_nothing_of_a_deleted_workshop_in_its_files() {
    let folder = tempfile::tempdir().unwrap();
    let id = record(1).id();
    let store = SqliteStore::open(folder.path(), None).unwrap();
    store.add_workshop(record(1), vec![(board(id), vec![change("Vi mangler en makker")])]).await.unwrap();
    assert!(files(&folder).contains("Vi mangler en makker"), "the text is looked for in the right place");
    store.delete_workshop(id).await.unwrap();
    assert!(!files(&folder).contains("Vi mangler en makker"));
}

fn files(folder: &tempfile::TempDir) -> String {
    let bytes = |path: PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    std::fs::read_dir(folder.path()).unwrap().map(|entry| bytes(entry.unwrap().path())).collect()
}

#[tokio::test]
async fn a_full_sqlite_store_refuses_and_takes_up_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path(), Some(ByteLen(300_000))).unwrap();
    let large = |name: &str| StoredChange { bytes: vec![1; 100_000], ..change(name) };
    store.append(DOCUMENT, vec![large("a")]).await.unwrap();
    // Together they do not fit; nothing of a refused request is left behind, and smaller ones beside it go in.
    let (refused, small) = tokio::join!(
        store.append(DOCUMENT, vec![large("b"), large("c"), large("d")]),
        store.append(DOCUMENT, vec![change("e")])
    );
    assert!(matches!(refused, Err(StoreError::Full)), "{refused:?}");
    small.unwrap();
    assert_eq!(store.load(DOCUMENT).await.unwrap().chunks.len(), 2);
    store.close().await.unwrap();
    let store = SqliteStore::open(folder.path(), None).unwrap();
    store.append(DOCUMENT, vec![large("b"), large("c"), large("d")]).await.unwrap();
    assert_eq!(store.load(DOCUMENT).await.unwrap().chunks.len(), 5);
}

#[test]
fn a_damaged_file_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE), "not a store at all, but long enough to be looked at".repeat(100))
        .unwrap();
    let error = SqliteStore::open(folder.path(), None).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
    assert!(error.to_string().contains("move it"), "{error}");
}

#[tokio::test]
async fn a_file_with_a_torn_page_is_found_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path(), None).unwrap();
    for number in 0..200_u8 {
        store
            .append(DOCUMENT, vec![StoredChange { hash: ChangeHash([number; 32]), bytes: vec![1; 1_000] }])
            .await
            .unwrap();
    }
    store.close().await.unwrap();
    let path = folder.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    // The page that the table of chunks begins with, and all after it.
    for byte in bytes.iter_mut().skip(8 * 4_096) {
        *byte = 0xA5;
    }
    std::fs::write(&path, bytes).unwrap();
    let error = SqliteStore::open(folder.path(), None).unwrap_err();
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error:?}");
}

#[test]
fn somebody_elses_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (a)").unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(SqliteStore::open(folder.path(), None), Err(StoreError::Corrupt { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
