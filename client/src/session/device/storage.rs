//! The device's database, or memory in its place.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::super::records::{Record, Store, Value, Write};
use crate::platform::database::{Database, DatabaseError};

/// Where everything lies.
#[derive(Debug)]
pub(super) struct Storage {
    /// The browser's database; opened anew when the browser lost it, as Safari does in the background. `None` where the
    /// browser keeps nothing.
    database: Option<RefCell<Database>>,
    /// What the database does not hold: all there is where there is none, else what it had no room for.
    memory: RefCell<Memory>,
}

/// Records that are gone with the page.
#[derive(Debug, Default)]
struct Memory(BTreeMap<(&'static str, Vec<String>), Value>);

impl Storage {
    /// Opens the database, or memory where there is none.
    pub(super) async fn open() -> Self {
        let database = Database::open().await.ok().map(RefCell::new);
        Self { database, memory: RefCell::default() }
    }

    /// Whether anything that is written can outlive the page.
    pub(super) fn keeps(&self) -> bool {
        self.database.is_some()
    }

    /// Reads what was written, also what is in memory alone because the database could not take it.
    pub(super) async fn read(&self, store: Store, prefix: &[&str]) -> Result<Vec<Record>, DatabaseError> {
        let Some(database) = &self.database else { return Ok(self.memory.borrow().read(store, prefix)) };
        let database = database.borrow().clone();
        let records = match database.read(store, prefix).await {
            Err(DatabaseError::Failed) => self.reopened().await?.read(store, prefix).await?,
            done => done?,
        };
        Ok(self.memory.borrow().over(records, store, prefix))
    }

    /// Writes all or nothing. What the database does not take is in memory, where reading finds it, until it does.
    pub(super) async fn write(&self, writes: &[Write]) -> Result<(), DatabaseError> {
        let Some(kept) = &self.database else {
            self.memory.borrow_mut().write(writes);
            return Ok(());
        };
        let database = kept.borrow().clone();
        if let Err(error) = self.try_write(&database, writes).await {
            self.memory.borrow_mut().write(writes);
            return Err(error);
        }
        self.memory.borrow_mut().settle(writes);
        let unkept = self.memory.borrow().writes();
        if !unkept.is_empty() {
            let database = kept.borrow().clone();
            self.try_write(&database, &unkept).await?;
            self.memory.borrow_mut().leave(&unkept);
        }
        Ok(())
    }

    /// Everything that is in memory alone.
    pub(super) fn unkept(&self) -> Vec<(Store, Record)> {
        let memory = self.memory.borrow();
        Store::ALL
            .into_iter()
            .flat_map(|store| memory.read(store, &[]).into_iter().map(move |record| (store, record)))
            .collect()
    }

    async fn try_write(&self, database: &Database, writes: &[Write]) -> Result<(), DatabaseError> {
        match database.write(writes).await {
            Err(DatabaseError::Failed) => self.reopened().await?.write(writes).await,
            done => done,
        }
    }

    async fn reopened(&self) -> Result<Database, DatabaseError> {
        let database = Database::open().await?;
        if let Some(kept) = &self.database {
            kept.replace(database.clone());
        }
        Ok(database)
    }
}

impl Memory {
    fn read(&self, store: Store, prefix: &[&str]) -> Vec<Record> {
        self.over(Vec::new(), store, prefix)
    }

    /// `records` of a database, with what is here in place of, or beside, what it holds.
    fn over(&self, records: Vec<Record>, store: Store, prefix: &[&str]) -> Vec<Record> {
        let begins = |key: &[String]| key.iter().zip(prefix).all(|(part, wanted)| part == wanted);
        let mut all: BTreeMap<Vec<String>, Value> =
            records.into_iter().map(|record| (record.key, record.value)).collect();
        let own =
            self.0.iter().filter(|((name, key), _)| *name == store.name() && key.len() >= prefix.len() && begins(key));
        all.extend(own.map(|((_, key), value)| (key.clone(), value.clone())));
        all.into_iter().map(|(key, value)| Record { key, value }).collect()
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

    /// Forgets whatever `writes`, which the database has taken, speak of.
    fn settle(&mut self, writes: &[Write]) {
        self.write(writes);
        self.leave(writes);
    }

    /// Forgets `writes` of its own, which the database has taken; but not what was written over them meanwhile.
    fn leave(&mut self, writes: &[Write]) {
        for write in writes {
            if let Write::Put { store, key, value } = write {
                let place = (store.name(), key.clone());
                if self.0.get(&place) == Some(value) {
                    self.0.remove(&place);
                }
            }
        }
    }

    /// Everything here, to be written where it lasts.
    fn writes(&self) -> Vec<Write> {
        let put = |((name, key), value): (&(&'static str, Vec<String>), &Value)| {
            let store = Store::ALL.into_iter().find(|store| store.name() == *name)?;
            Some(Write::Put { store, key: key.clone(), value: value.clone() })
        };
        self.0.iter().filter_map(put).collect()
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
    fn chunks(memory: &Memory, records: Vec<Record>) -> Vec<(String, String)> {
        let text = |record: Record| (record.key.join("/"), record.value.text().unwrap().to_owned());
        memory.over(records, Store::Chunks, &["a"]).into_iter().map(text).collect()
    }

    #[test]
    fn what_the_database_had_no_room_for_is_read_as_if_it_were_there_and_written_once_there_is() {
        let on_disk =
            |key: &str, value: &str| Record { key: vec!["a".into(), key.into()], value: Value::Text(value.into()) };
        let mut memory = Memory::default();
        memory.write(&[put(&["a", "2"], "new"), put(&["a", "3"], "made here"), put(&["b", "1"], "another's")]);
        let read = chunks(&memory, vec![on_disk("1", "kept"), on_disk("2", "old")]);
        let expected = [("a/1", "kept"), ("a/2", "new"), ("a/3", "made here")];
        assert_eq!(read, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));

        // Room at last: but one of them was written anew while the transaction was on its way.
        let unkept = memory.writes();
        assert_eq!(unkept.len(), 3);
        memory.write(&[put(&["a", "2"], "newer")]);
        memory.leave(&unkept);
        assert_eq!(chunks(&memory, Vec::new()), [("a/2".to_owned(), "newer".to_owned())]);
        memory.write(&[put(&["a", "4"], "four"), put(&["b", "1"], "another's")]);
        memory.settle(&[put(&["a", "2"], "newest, and kept")]);
        memory.settle(&[Write::DeleteAll { store: Store::Chunks, prefix: vec!["b".into()] }]);
        assert_eq!(memory.writes(), [put(&["a", "4"], "four")]);
    }
}
