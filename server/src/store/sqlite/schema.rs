//! Opening the file: its layout, its settings, and what to say when it cannot be used.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};
use shared::sync::ByteLen;
use tracing::warn;

use crate::store::StoreError;

/// 'DTav': tells our files from other people's SQLite files.
const APPLICATION: i64 = 0x4454_6176;

/// The layout that this version reads and writes.
const LAYOUT: i64 = 1;

const TABLES: &str = "
    CREATE TABLE workshops (
        id BLOB PRIMARY KEY NOT NULL,
        public_key BLOB NOT NULL,
        first_commitment BLOB NOT NULL,
        epoch INTEGER NOT NULL,
        commitment BLOB NOT NULL,
        checkpoint BLOB,
        deleted INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Documents of deleted workshops: nothing is ever appended to them again.
    CREATE TABLE erased (document BLOB PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshots (document BLOB PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;
    -- AUTOINCREMENT: a position is never given twice, also after a compaction removed the highest.
    CREATE TABLE chunks (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        document BLOB NOT NULL,
        hash BLOB NOT NULL,
        bytes BLOB NOT NULL,
        UNIQUE (document, hash)
    ) STRICT;
";

/// Not part of the layout, and no longer made: each append wrote a page of it, and a document has so few chunks beside
/// its snapshot that they are as soon sorted.
const NO_INDEX: &str = "DROP INDEX IF EXISTS chunks_in_order";

/// Not part of the layout either: a version that does not know it leaves it empty in what it writes.
const HEADS: &str = "ALTER TABLE snapshots ADD COLUMN heads BLOB";

/// Bytes up to which the file is looked through whole before it is used: this takes 4 to 11 ms for each million of them.
/// A larger one is not kept waiting for: `dialogtavle check` looks it through. A change that its index has lost is neither
/// read nor taken for stored, so that a device that has it brings it back.
const LOOKED_THROUGH: u64 = 64 << 20;

/// Opens the file for writing, makes it if it is not there, and looks a small one through for damage.
pub(super) fn open(path: &Path, largest: Option<ByteLen>) -> Result<Connection, StoreError> {
    let opening =
        |detail: &dyn std::fmt::Display| StoreError::Open { path: path.to_owned(), detail: detail.to_string() };
    private_file(path).map_err(|error| opening(&error))?;
    let connection = Connection::open(path).map_err(|error| opening(&error))?;
    let told = |error: rusqlite::Error| explain(path, &error);
    let set = |name: &str, value: &str| connection.pragma_update(None, name, value).map_err(told);

    let is_empty = recognise(path, &connection)?;
    // Before the first table: it decides how the file is laid out.
    set("journal_mode", "WAL")?;
    set("synchronous", "FULL")?;
    set("secure_delete", "ON")?;
    if is_empty {
        let made =
            format!("BEGIN; {TABLES} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {LAYOUT}; COMMIT;");
        connection.execute_batch(&made).map_err(told)?;
    } else if std::fs::metadata(path).is_ok_and(|file| file.len() <= LOOKED_THROUGH) {
        check(path, &connection)?;
    }
    add_heads(&connection).map_err(told)?;
    if let Err(error) = connection.execute_batch(NO_INDEX) {
        warn!(%error, "the store keeps an index that it does not need ({error}): appending writes more");
    }
    if let Some(largest) = largest {
        let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0)).map_err(told)?;
        let pages = i64::try_from(largest.0).unwrap_or(i64::MAX) / page.max(1);
        connection.pragma_update(None, "max_page_count", pages.max(1)).map_err(told)?;
    }
    Ok(connection)
}

/// Whether nothing is in the file yet; an error if it is not one that this version reads.
pub(super) fn recognise(path: &Path, connection: &Connection) -> Result<bool, StoreError> {
    let told = |error: rusqlite::Error| explain(path, &error);
    let application: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(told)?;
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(told)?;
    let is_empty: bool =
        connection.query_row("SELECT count(*) = 0 FROM sqlite_master", [], |row| row.get(0)).map_err(told)?;
    if !is_empty && application != APPLICATION {
        return Err(StoreError::Corrupt { path: path.to_owned(), detail: "made by another program".to_owned() });
    }
    if found > LAYOUT {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: LAYOUT });
    }
    Ok(is_empty)
}

fn add_heads(connection: &Connection) -> rusqlite::Result<()> {
    const THERE: &str = "SELECT 1 FROM pragma_table_info('snapshots') WHERE name = 'heads'";
    if connection.prepare(THERE)?.exists([])? { Ok(()) } else { connection.execute_batch(HEADS) }
}

/// Opens the file once more, for a thread that only reads.
pub(super) fn open_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| explain(path, &error))?;
    connection.pragma_update(None, "query_only", true).map_err(|error| explain(path, &error))?;
    Ok(connection)
}

/// Whether the file is whole, with its indexes: what they have lost is not read.
fn check(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let found: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| explain(path, &error))?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Corrupt { path: path.to_owned(), detail: found }) }
}

/// Makes the file with rights for its owner alone, before SQLite would make it with anyone's.
fn private_file(path: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Says what an error means for whoever can mend it.
pub(super) fn explain(path: &Path, error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Corrupt { path: path.to_owned(), detail: error.to_string() }
        }
        Some(ErrorCode::DiskFull) => StoreError::Full,
        _ => StoreError::Open { path: path.to_owned(), detail: error.to_string() },
    }
}
