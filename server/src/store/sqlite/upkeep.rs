//! The store looked through, and made small, while no relay writes to it or beside one that does.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, params};
use shared::access::{Commitment, Identity, PublicKey, WorkshopId};
use shared::sync::{DocumentId, DocumentSync};

use super::{FILE, queries, schema};
use crate::examine::{Examination, Finding, KeptChange, KeptDocument, KeptWorkshop};
use crate::store::{Damage, Snapshot, StoreError, StoredDocument};

/// Reads everything in the store of `folder` and says what is wrong. Changes nothing, also when a relay runs: what it
/// reads is the store as it was at one moment.
///
/// # Errors
/// [`StoreError`] if there is no store that could be read at all.
pub fn examine(folder: &Path) -> Result<Examination, StoreError> {
    super::find(folder)?;
    let path = folder.join(FILE);
    let told = |error: rusqlite::Error| schema::explain(&path, &error);
    // Not read-only: what a relay that was killed left in the write-ahead log is read with the help of a file that may
    // have to be made.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(&path, flags).map_err(told)?;
    connection.pragma_update(None, "query_only", true).map_err(told)?;
    // Nor does it fold the log into a file that may be damaged.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(told)?;
    schema::recognise(&path, &connection)?;
    connection.execute_batch("BEGIN").map_err(told)?;
    let mut found = Examination::default();
    match file_is_sound(&connection) {
        Ok(lines) => found.findings.extend(lines.into_iter().map(Finding::File)),
        Err(error) => found.findings.push(Finding::File(error.to_string())),
    }
    let unreadable =
        |what: &str, error: rusqlite::Error| Finding::Unreadable { what: what.to_owned(), detail: error.to_string() };
    match documents(&connection) {
        Ok(documents) => {
            for document in documents {
                match kept(&connection, document) {
                    Ok(kept) => found.document(document, &kept),
                    Err(error) => found.findings.push(unreadable(&document.to_string(), error)),
                }
            }
        }
        Err(error) => found.findings.push(unreadable("documents", error)),
    }
    match workshops(&connection) {
        Ok(workshops) => workshops.iter().for_each(|workshop| found.workshop(workshop)),
        Err(error) => found.findings.push(unreadable("workshops", error)),
    }
    found.finish();
    Ok(found)
}

/// What a compaction came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compacted {
    /// Documents that are one snapshot now.
    pub documents: usize,
    /// Documents that were left as they are, since something of them cannot be used.
    pub left: usize,
    /// Bytes of the file before.
    pub before: u64,
    /// Bytes of the file after.
    pub after: u64,
}

/// Makes every document one snapshot and gives the room back to the disk. Nobody else may work on the folder.
///
/// A document with damage is left alone: whoever may mend it needs all that is there.
///
/// # Errors
/// [`StoreError`]; documents before the failure are compacted, all others are as they were.
pub fn compact(folder: &Path) -> Result<Compacted, StoreError> {
    super::find(folder)?;
    let path = folder.join(FILE);
    let told = |error: rusqlite::Error| schema::explain(&path, &error);
    let mut connection = schema::open(&path, None)?;
    fold(&connection).map_err(told)?;
    let size = || std::fs::metadata(&path).map_or(0, |file| file.len());
    let (before, mut compacted, mut left) = (size(), 0, 0);
    for document in documents(&connection).map_err(told)? {
        let stored = queries::load(&connection, document).map_err(told)?;
        if stored.chunks.is_empty() {
            continue;
        }
        let Some(snapshot) = snapshot_of(&stored) else {
            left += 1;
            continue;
        };
        let transaction = connection.transaction().map_err(told)?;
        queries::compact(&transaction, document, &snapshot, stored.through).map_err(told)?;
        transaction.commit().map_err(told)?;
        compacted += 1;
    }
    connection.execute_batch("VACUUM").map_err(told)?;
    fold(&connection).map_err(told)?;
    Ok(Compacted { documents: compacted, left, before, after: size() })
}

/// The document as one snapshot that was read back; `None` if something of it cannot be used.
fn snapshot_of(stored: &StoredDocument) -> Option<Snapshot> {
    let loaded = DocumentSync::load(stored.all());
    let mut damage = stored.damage(&loaded.damaged);
    let is_whole = damage == Damage::None || damage.is_mended_in(&loaded.sync);
    Some(Snapshot::of(&loaded.sync)).filter(|snapshot| is_whole && snapshot.is_sound())
}

fn fold(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
}

fn file_is_sound(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = connection.prepare("PRAGMA integrity_check(20)")?;
    let lines = check.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").collect())
}

fn documents(connection: &Connection) -> rusqlite::Result<Vec<DocumentId>> {
    let mut query = connection.prepare("SELECT document FROM snapshots UNION SELECT document FROM chunks")?;
    let ids = query.query_map([], |row| row.get(0).map(DocumentId::from_bytes))?;
    ids.collect()
}

fn kept(connection: &Connection, document: DocumentId) -> rusqlite::Result<KeptDocument> {
    let snapshot = connection
        .query_row("SELECT bytes FROM snapshots WHERE document = ?1", params![document.as_bytes()], |row| row.get(0))
        .optional()?;
    let mut query =
        connection.prepare_cached("SELECT position, hash, bytes FROM chunks WHERE document = ?1 ORDER BY position")?;
    let changes = query.query_map(params![document.as_bytes()], |row| {
        Ok(KeptChange { position: row.get::<_, i64>(0)?.unsigned_abs(), hash: row.get(1)?, bytes: row.get(2)? })
    })?;
    Ok(KeptDocument { snapshot, changes: changes.collect::<rusqlite::Result<_>>()? })
}

fn workshops(connection: &Connection) -> rusqlite::Result<Vec<KeptWorkshop>> {
    let mut query = connection
        .prepare("SELECT id, public_key, first_commitment, checkpoint, deleted FROM workshops ORDER BY id")?;
    let workshops = query.query_map([], |row| {
        let identity = Identity { public_key: PublicKey(row.get(1)?), first_commitment: Commitment(row.get(2)?) };
        Ok(KeptWorkshop {
            id: WorkshopId(row.get(0)?),
            made_of: identity.workshop_id(),
            checkpoint: row.get(3)?,
            deleted: row.get(4)?,
        })
    })?;
    workshops.collect()
}
