//! The device's database, or memory in its place.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::records::{Record, Store, Value, Write};
use crate::platform::database::{Database, DatabaseError};

/// Where everything lies.
#[derive(Debug)]
pub(super) enum Storage {
    /// The browser's database; opened anew when the browser lost it, as Safari does in the background.
    Database(RefCell<Database>),
    /// Memory: the browser keeps nothing.
    Memory(RefCell<Memory>),
}

/// A database that is gone with the page.
#[derive(Debug, Default)]
pub(super) struct Memory(BTreeMap<(&'static str, Vec<String>), Value>);

impl Storage {
    /// Opens the database, or memory where there is none.
    pub(super) async fn open() -> Self {
        match Database::open().await {
            Ok(database) => Self::Database(RefCell::new(database)),
            Err(_) => Self::Memory(RefCell::default()),
        }
    }

    pub(super) async fn read(&self, store: Store, prefix: &[&str]) -> Result<Vec<Record>, DatabaseError> {
        let database = match self {
            Self::Memory(memory) => return Ok(memory.borrow().read(store, prefix)),
            Self::Database(database) => database.borrow().clone(),
        };
        match database.read(store, prefix).await {
            Err(DatabaseError::Failed) => self.reopened().await?.read(store, prefix).await,
            done => done,
        }
    }

    pub(super) async fn write(&self, writes: &[Write]) -> Result<(), DatabaseError> {
        let database = match self {
            Self::Memory(memory) => {
                memory.borrow_mut().write(writes);
                return Ok(());
            }
            Self::Database(database) => database.borrow().clone(),
        };
        match database.write(writes).await {
            Err(DatabaseError::Failed) => self.reopened().await?.write(writes).await,
            done => done,
        }
    }

    async fn reopened(&self) -> Result<Database, DatabaseError> {
        let database = Database::open().await?;
        if let Self::Database(kept) = self {
            kept.replace(database.clone());
        }
        Ok(database)
    }
}

impl Memory {
    fn read(&self, store: Store, prefix: &[&str]) -> Vec<Record> {
        let begins = |key: &[String]| key.iter().zip(prefix).all(|(part, wanted)| part == wanted);
        self.0
            .iter()
            .filter(|((name, key), _)| *name == store.name() && key.len() >= prefix.len() && begins(key))
            .map(|((_, key), value)| Record { key: key.clone(), value: value.clone() })
            .collect()
    }

    fn write(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Put { store, key, value } => {
                    self.0.insert((store.name(), key.clone()), value.clone());
                }
                Write::Delete { store, key } => {
                    self.0.remove(&(store.name(), key.clone()));
                }
                Write::DeleteAll { store, prefix } => {
                    self.0.retain(|(name, key), _| *name != store.name() || !key.starts_with(prefix));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(key: &[&str], value: &str) -> Write {
        let key = key.iter().map(|part| (*part).to_owned()).collect();
        Write::Put { store: Store::Chunks, key, value: Value::Text(value.to_owned()) }
    }

    #[test]
    fn memory_reads_and_deletes_by_the_beginning_of_a_key() {
        let mut memory = Memory::default();
        memory.write(&[put(&["a", "1"], "x"), put(&["a", "2"], "y"), put(&["ab", "1"], "z")]);
        assert_eq!(memory.read(Store::Chunks, &["a"]).len(), 2);
        assert_eq!(memory.read(Store::Chunks, &[]).len(), 3);
        assert_eq!(memory.read(Store::Outbox, &[]).len(), 0);
        memory.write(&[Write::DeleteAll { store: Store::Chunks, prefix: vec!["a".into()] }]);
        assert_eq!(memory.read(Store::Chunks, &[])[0].key, ["ab", "1"]);
    }
}
