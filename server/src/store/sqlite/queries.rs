//! What each request reads and writes; each runs inside a transaction.

use automerge::ChangeHash;
use rusqlite::{Connection, OptionalExtension as _, Result, Row, params};
use shared::access::{Admission, Commitment, Epoch, Identity, PublicKey, SignedCheckpoint, WorkshopId};
use shared::documents::Kind;
use shared::sync::DocumentId;
use shared::sync::document_sync::StoredChange;

use super::writer::deleted;
use crate::store::{Kept, ListedWorkshop, Position, Snapshot, StoredDocument, WorkshopRecord};

fn refuse_erased(connection: &Connection, document: DocumentId) -> Result<()> {
    let mut found = connection.prepare_cached("SELECT 1 FROM erased WHERE document = ?1")?;
    if found.exists([document.as_bytes()])? { Err(deleted()) } else { Ok(()) }
}

pub(super) fn append(connection: &Connection, document: DocumentId, changes: &[StoredChange]) -> Result<Position> {
    refuse_erased(connection, document)?;
    // What lies under the hash with other bytes is damaged: it must not keep out the sound one that a device brings back.
    let mut insert = connection.prepare_cached(
        "INSERT INTO chunks (document, hash, bytes) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET bytes = excluded.bytes WHERE bytes <> excluded.bytes",
    )?;
    let before = connection.last_insert_rowid();
    for change in changes {
        insert.execute(params![document.as_bytes(), change.hash.0, change.bytes])?;
    }
    // What was just inserted is the last, since positions rise. Nothing was if all of it was there already.
    match connection.last_insert_rowid() {
        inserted if inserted != before => Ok(Position(inserted.unsigned_abs())),
        _ => last_position(connection, document),
    }
}

fn last_position(connection: &Connection, document: DocumentId) -> Result<Position> {
    let mut last = connection.prepare_cached("SELECT max(position) FROM chunks WHERE document = ?1")?;
    let last: Option<i64> = last.query_row([document.as_bytes()], |row| row.get(0))?;
    Ok(Position(last.unwrap_or_default().unsigned_abs()))
}

pub(super) fn load(connection: &Connection, document: DocumentId) -> Result<StoredDocument> {
    let mut snapshot = connection.prepare_cached("SELECT bytes, heads FROM snapshots WHERE document = ?1")?;
    let snapshot = snapshot
        .query_row([document.as_bytes()], |row| Ok(Snapshot { bytes: row.get(0)?, heads: heads(row.get(1)?) }))
        .optional()?;
    let mut chunks = connection.prepare_cached(CHUNKS)?;
    let mut found = StoredDocument { snapshot, ..StoredDocument::default() };
    let mut rows = chunks.query([document.as_bytes()])?;
    while let Some(row) = rows.next()? {
        found.through = Position(row.get::<_, i64>(0)?.unsigned_abs());
        // What is no hash is nobody's.
        let hash = row.get::<_, Vec<u8>>(1)?.try_into().unwrap_or_default();
        found.chunks.push(StoredChange { hash: ChangeHash(hash), bytes: row.get(2)? });
    }
    Ok(found)
}

/// By the index that an append looks into: what it has lost to damage would else be taken for stored when a device brings
/// it back, and not be read, or the other way round.
const CHUNKS: &str = "SELECT position, hash, bytes FROM chunks INDEXED BY sqlite_autoindex_chunks_1
                      WHERE document = ?1 ORDER BY position";

/// Hashes in a row; none if these are not hashes.
fn heads(bytes: Option<Vec<u8>>) -> Vec<ChangeHash> {
    let bytes = bytes.unwrap_or_default();
    let (hashes, rest) = bytes.as_chunks();
    if rest.is_empty() { hashes.iter().copied().map(ChangeHash).collect() } else { Vec::new() }
}

pub(super) fn compact(
    connection: &Connection,
    document: DocumentId,
    snapshot: &Snapshot,
    through: Position,
) -> Result<()> {
    refuse_erased(connection, document)?;
    let heads: Vec<u8> = snapshot.heads.iter().flat_map(|hash| hash.0).collect();
    connection
        .prepare_cached("INSERT OR REPLACE INTO snapshots (document, bytes, heads) VALUES (?1, ?2, ?3)")?
        .execute(params![document.as_bytes(), snapshot.bytes, heads])?;
    connection
        .prepare_cached("DELETE FROM chunks WHERE document = ?1 AND position <= ?2")?
        .execute(params![document.as_bytes(), i64::try_from(through.0).unwrap_or(i64::MAX)])?;
    Ok(())
}

pub(super) fn remove(connection: &Connection, document: DocumentId, hashes: &[[u8; 32]]) -> Result<()> {
    let mut delete = connection.prepare_cached("DELETE FROM chunks WHERE document = ?1 AND hash = ?2")?;
    for hash in hashes {
        delete.execute(params![document.as_bytes(), hash])?;
    }
    Ok(())
}

const COLUMNS: &str = "public_key, first_commitment, epoch, commitment, checkpoint, deleted";

fn record(row: &Row<'_>) -> Result<WorkshopRecord> {
    let identity = Identity { public_key: PublicKey(row.get(0)?), first_commitment: Commitment(row.get(1)?) };
    let admission = Admission { identity, epoch: Epoch(row.get(2)?), commitment: Commitment(row.get(3)?) };
    let checkpoint: Option<Vec<u8>> = row.get(4)?;
    // One that does not read back is damage in the file; without it the workshop still works for facilitators.
    let checkpoint = checkpoint.and_then(|bytes| SignedCheckpoint::decode(&bytes).ok());
    Ok(WorkshopRecord { admission, checkpoint, deleted: row.get(5)? })
}

pub(super) fn workshop(connection: &Connection, id: WorkshopId) -> Result<Option<WorkshopRecord>> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM workshops WHERE id = ?1"))?;
    query.query_row([id.0], record).optional()
}

fn put(connection: &Connection, kept: &WorkshopRecord) -> Result<()> {
    let Admission { identity, epoch, commitment } = kept.admission;
    connection
        .prepare_cached(&format!(
            "INSERT OR REPLACE INTO workshops (id, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ))?
        .execute(params![
            kept.id().0,
            identity.public_key.0,
            identity.first_commitment.0,
            epoch.0,
            commitment.0,
            kept.checkpoint.as_ref().map(|signed| &signed.bytes),
            kept.deleted,
        ])?;
    Ok(())
}

pub(super) fn add_workshop(
    connection: &Connection,
    record: &WorkshopRecord,
    documents: &[(DocumentId, Vec<StoredChange>)],
) -> Result<()> {
    match workshop(connection, record.id())? {
        Some(known) if known.deleted => return Err(deleted()),
        Some(_) => {}
        None => put(connection, record)?,
    }
    for (document, changes) in documents {
        append(connection, *document, changes)?;
    }
    Ok(())
}

pub(super) fn keep_checkpoint(connection: &Connection, signed: &SignedCheckpoint) -> Result<Kept> {
    let id = signed.checkpoint.workshop();
    let known = workshop(connection, id)?;
    let mut record = known.unwrap_or_else(|| WorkshopRecord::new(signed.checkpoint.admission()));
    let kept = record.take(signed.clone());
    if kept != Kept::Older {
        put(connection, &record)?;
    }
    if kept == Kept::Deleted {
        erase(connection, id)?;
    }
    Ok(kept)
}

pub(super) fn delete_workshop(connection: &Connection, id: WorkshopId) -> Result<()> {
    connection.execute("UPDATE workshops SET deleted = 1 WHERE id = ?1", [id.0])?;
    erase(connection, id)
}

fn documents_of(workshop: WorkshopId) -> [DocumentId; 2] {
    [Kind::Control, Kind::Board].map(|kind| workshop.document(kind))
}

fn erase(connection: &Connection, workshop: WorkshopId) -> Result<()> {
    for document in documents_of(workshop) {
        connection.execute("DELETE FROM snapshots WHERE document = ?1", [document.as_bytes()])?;
        connection.execute("DELETE FROM chunks WHERE document = ?1", [document.as_bytes()])?;
        connection.execute("INSERT OR IGNORE INTO erased (document) VALUES (?1)", [document.as_bytes()])?;
    }
    Ok(())
}

pub(super) fn workshops(connection: &Connection) -> Result<Vec<ListedWorkshop>> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM workshops ORDER BY id"))?;
    let records = query.query_map([], record)?.collect::<Result<Vec<_>>>()?;
    let mut size = connection.prepare_cached(
        "SELECT (SELECT coalesce(sum(length(bytes)), 0) FROM snapshots WHERE document = ?1)
              + (SELECT coalesce(sum(length(bytes)), 0) FROM chunks WHERE document = ?1)",
    )?;
    let mut listed = Vec::new();
    for record in records {
        let mut size_bytes = 0;
        for document in documents_of(record.id()) {
            size_bytes += size.query_row([document.as_bytes()], |row| row.get::<_, i64>(0))?.unsigned_abs();
        }
        listed.push(ListedWorkshop { record, size_bytes });
    }
    Ok(listed)
}

pub(super) fn count(connection: &Connection) -> Result<u64> {
    connection.query_row("SELECT count(*) FROM workshops WHERE NOT deleted", [], |row| {
        Ok(row.get::<_, i64>(0)?.unsigned_abs())
    })
}
