//! What lies on a device: the IndexedDB database `dialogtavle`, version 1, of this address.
//!
//! Every key is an array of strings; every value is bytes or a plain text. `rescue.js` writes all of it into a file but
//! the capabilities, and knows no more of it than that.
//!
//! | store | key | value |
//! |---|---|---|
//! | `chunks` | document id, hash | a change, or a snapshot of many: bytes |
//! | `workshops` | workshop id, name of the field | title, whose device this is: text; capabilities held, newest checkpoint: bytes; identity, …: CBOR |
//! | `outbox` | document id, change's hash | which thing a person did it belongs to, when, what: CBOR |
//! | `receipts` | workshop id, thing done | nothing: that it is there says that the board has received it |
//! | `settings` | name | CBOR |
//!
//! The notebook's chunks lie among the others under a document id of their own, which no relay is ever told.
//!
//! Every write asks for `durability: "strict"`: when it has succeeded, a crash of the browser does not lose it.

mod request;

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbTransaction};

use crate::session::records::{Record, Store, Value, Write};

const NAME: &str = "dialogtavle";
const VERSION: u32 = 1;

/// Why the device's storage could not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// The browser keeps nothing: a private window, or storage is forbidden.
    #[error("the browser keeps nothing for this page")]
    Unavailable,
    /// There is no room left.
    #[error("the device has no room left for this page")]
    Full,
    /// The browser gave up for a reason of its own; trying again may help.
    #[error("the browser could not use its storage")]
    Failed,
}

impl DatabaseError {
    /// Reads a `DOMException` by its name.
    fn from_exception(exception: &JsValue) -> Self {
        let name = Reflect::get(exception, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
        match name.as_str() {
            "QuotaExceededError" => Self::Full,
            "SecurityError" | "NotSupportedError" => Self::Unavailable,
            _ => Self::Failed,
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// `IDBDatabase` with its options; `web-sys` has them only behind an unstable cfg.
    type StrictDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction(
        this: &StrictDatabase,
        stores: &JsValue,
        mode: &str,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;

    /// `IDBTransaction` with the method that `web-sys` calls deprecated, and the standard does not.
    type CommittedTransaction;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &CommittedTransaction) -> Result<(), JsValue>;
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Database(IdbDatabase);

impl Database {
    /// Opens the database, and makes its stores on the first visit.
    ///
    /// # Errors
    /// [`DatabaseError`] where the browser keeps nothing.
    pub async fn open() -> Result<Self, DatabaseError> {
        let factory = web_sys::window().and_then(|window| window.indexed_db().ok().flatten());
        let factory = factory.ok_or(DatabaseError::Unavailable)?;
        let request = factory.open_with_u32(NAME, VERSION).map_err(|_| DatabaseError::Unavailable)?;
        let upgrade = request::on_upgrade(&request, |database| {
            for store in Store::ALL {
                // A store that is there already is what we want.
                let _ = database.create_object_store(store.name());
            }
        });
        let opened = request::result(&request).await;
        drop(upgrade);
        let database: IdbDatabase = opened.map_err(|_| DatabaseError::Unavailable)?.unchecked_into();
        request::close_on_version_change(&database);
        Ok(Self(database))
    }

    /// Everything in `store` whose key begins with `prefix`, in the order of the keys.
    ///
    /// # Errors
    /// [`DatabaseError`].
    pub async fn read(&self, store: Store, prefix: &[&str]) -> Result<Vec<Record>, DatabaseError> {
        let failed = |exception: JsValue| DatabaseError::from_exception(&exception);
        let transaction = self.0.transaction_with_str(store.name()).map_err(failed)?;
        let store = transaction.object_store(store.name()).map_err(failed)?;
        let range = range(prefix);
        let keys = store.get_all_keys_with_key(&range).map_err(failed)?;
        let values = store.get_all_with_key(&range).map_err(failed)?;
        let keys = request::result(&keys);
        let values = request::result(&values);
        let (keys, values) = (Array::from(&keys.await.map_err(failed)?), Array::from(&values.await.map_err(failed)?));
        Ok(keys.iter().zip(values.iter()).filter_map(|(key, value)| record(&key, &value)).collect())
    }

    /// Does all of `writes` or none, and returns once they are on the disk.
    ///
    /// # Errors
    /// [`DatabaseError`]; nothing was written then.
    pub async fn write(&self, writes: &[Write]) -> Result<(), DatabaseError> {
        let failed = |exception: JsValue| DatabaseError::from_exception(&exception);
        let names: Array = Store::ALL
            .into_iter()
            .filter(|store| writes.iter().any(|write| write.store() == *store))
            .map(|store| JsValue::from_str(store.name()))
            .collect();
        if names.length() == 0 {
            return Ok(());
        }
        let options = js_sys::Object::new();
        Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(failed)?;
        let database: &StrictDatabase = self.0.unchecked_ref();
        let transaction = database.transaction(&names, "readwrite", &options).map_err(failed)?;
        let done = request::completion(&transaction);
        for write in writes {
            let store = transaction.object_store(write.store().name()).map_err(failed)?;
            apply(&store, write).map_err(failed)?;
        }
        // Said now and not when the requests are done: a page that is being left hears of those no more.
        let ending: &CommittedTransaction = transaction.unchecked_ref();
        ending.commit().map_err(failed)?;
        done.await.map_err(failed)
    }
}

/// Records as `rescue.js` reads them: by the name of their store, each a key and a value.
#[must_use]
pub fn to_stores(records: &[(Store, Record)]) -> JsValue {
    let stores = js_sys::Object::new();
    for store in Store::ALL {
        let entries: Array = records
            .iter()
            .filter(|(of, _)| *of == store)
            .map(|(_, record)| Array::of2(&from_key(&record.key), &from_value(&record.value)))
            .collect();
        if entries.length() > 0 {
            // A plain object takes every property.
            let _ = Reflect::set(&stores, &store.name().into(), &entries);
        }
    }
    stores.into()
}

fn apply(store: &IdbObjectStore, write: &Write) -> Result<(), JsValue> {
    match write {
        Write::Put { key, value, .. } => store.put_with_key(&from_value(value), &from_key(key)).map(drop),
        Write::Delete { key, .. } => store.delete(&from_key(key)).map(drop),
        Write::DeleteAll { prefix, .. } => {
            let prefix: Vec<&str> = prefix.iter().map(String::as_str).collect();
            store.delete(&range(&prefix)).map(drop)
        }
    }
}

/// All keys that begin with `prefix`: in IndexedDB's order an array comes after every string.
fn range(prefix: &[&str]) -> JsValue {
    let lower: Array = prefix.iter().map(|part| JsValue::from_str(part)).collect();
    let upper: Array = lower.iter().collect();
    upper.push(&Array::new());
    IdbKeyRange::bound(&lower, &upper).map_or(JsValue::UNDEFINED, Into::into)
}

fn from_key(key: &[String]) -> JsValue {
    key.iter().map(|part| JsValue::from_str(part)).collect::<Array>().into()
}

fn from_value(value: &Value) -> JsValue {
    match value {
        Value::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
        Value::Text(text) => JsValue::from_str(text),
    }
}

/// Reads a record; what another version may have put there in another form is skipped.
fn record(key: &JsValue, value: &JsValue) -> Option<Record> {
    let key = Array::from(key).iter().map(|part| part.as_string()).collect::<Option<Vec<String>>>()?;
    let value = match value.as_string() {
        Some(text) => Value::Text(text),
        None => Value::Bytes(value.dyn_ref::<Uint8Array>()?.to_vec()),
    };
    Some(Record { key, value })
}
