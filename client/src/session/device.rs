//! The device: what it holds of workshops, how lastingly, and how its owner wants the app to be.

pub(super) mod local_only;
mod making;
mod storage;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::access::{Capability, Role, WorkshopId};
use shared::content::Language;
use shared::documents::Kind;
use shared::sync::DocumentId;

use super::records::{Record, Settings, Store, WorkshopRecord, Write};
use super::subscription::{Listeners, Subscription};
use crate::platform::database::DatabaseError;
use crate::platform::{environment, page};
use crate::preferences::theme_word;
use storage::Storage;

pub use making::MakeError;

/// What can be promised of what lies on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StorageState {
    /// The browser has promised to keep it.
    Lasting,
    /// The browser keeps it, and may throw it away when it wants room or after weeks without a visit.
    Evictable,
    /// There is no room: what is done now is in memory alone until it is sent.
    Full,
    /// The browser keeps nothing: everything is gone when this page is closed, except what is sent.
    Unavailable,
}

/// A workshop that this device holds something of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownWorkshop {
    /// The workshop.
    pub workshop: WorkshopId,
    /// Its title when it was last open here; empty before it arrived.
    pub title: String,
    /// The roles that this device holds links for, the strongest first.
    pub roles: Vec<Role>,
    /// The tool that its owner fills in alone, by its id, where nothing of it ever leaves this device.
    pub local_only: Option<String>,
    /// When it was last open here, in milliseconds since 1970.
    pub opened: i64,
    /// When the board was last heard, in milliseconds since 1970.
    pub heard: Option<i64>,
    /// Whether something done here is not received by the board.
    pub is_waiting: bool,
}

#[derive(Debug)]
struct Inner {
    storage: Storage,
    state: Cell<StorageState>,
    settings: Cell<Settings>,
    listeners: Listeners<()>,
    full: RefCell<bool>,
    is_readable: Cell<bool>,
}

/// The device. Cheap to clone; opened once when the app starts.
#[derive(Debug, Clone)]
pub struct Device(Rc<Inner>);

impl PartialEq for Device {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Device {
    /// Opens the device's storage. Never fails: where the browser keeps nothing, everything lies in memory, and
    /// [`Device::state`] says so.
    pub async fn open() -> Self {
        let storage = Storage::open().await;
        let state = match (storage.keeps(), environment::is_persisted().await) {
            (false, _) => StorageState::Unavailable,
            (true, true) => StorageState::Lasting,
            (true, false) => StorageState::Evictable,
        };
        let kept = Settings::gather(&storage.read(Store::Settings, &[]).await.unwrap_or_default());
        let language = kept.language.or_else(|| Language::from_code(&page::remembered_language()?));
        let settings = Settings { language, ..kept };
        Self(Rc::new(Inner {
            storage,
            state: Cell::new(state),
            settings: Cell::new(settings),
            listeners: Listeners::default(),
            full: RefCell::new(false),
            is_readable: Cell::new(true),
        }))
    }

    /// What can be promised of what lies here.
    #[must_use]
    pub fn state(&self) -> StorageState {
        if *self.0.full.borrow() { StorageState::Full } else { self.0.state.get() }
    }

    /// Asks the browser to keep what lies here, and notes its answer. Some browsers ask the person, so call it when
    /// there is something to keep.
    pub async fn ask_to_persist(&self) {
        if self.0.state.get() == StorageState::Evictable && environment::ask_to_persist().await {
            self.0.state.set(StorageState::Lasting);
            self.0.listeners.tell(&());
        }
    }

    /// How the person wants the app to be.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.0.settings.get()
    }

    /// Changes how the app is, here and at the next start.
    pub fn set_settings(&self, settings: Settings) {
        if settings == self.0.settings.replace(settings) {
            return;
        }
        page::remember_look(settings.language.map(Language::code), theme_word(settings.theme));
        self.0.listeners.tell(&());
        let device = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            device.write(&[settings.write()]).await;
        });
    }

    /// Calls `then` whenever settings, storage or the list of workshops changed.
    #[must_use]
    pub fn subscribe(&self, then: impl Fn() + 'static) -> Subscription {
        self.0.listeners.add(move |()| then())
    }

    /// The workshops that this device holds something of, the one last open first.
    pub async fn workshops(&self) -> Vec<KnownWorkshop> {
        let records = self.read(Store::Workshops, &[]).await;
        let outbox = self.read(Store::Outbox, &[]).await;
        let is_waiting = |workshop: WorkshopId| {
            let documents = shared_documents(workshop).map(|document| document.to_string());
            outbox.iter().any(|row| row.key.first().is_some_and(|document| documents.contains(document)))
        };
        let known = |record: WorkshopRecord| KnownWorkshop {
            workshop: record.workshop,
            is_waiting: is_waiting(record.workshop),
            roles: record.roles(),
            local_only: record.local_only,
            title: record.title,
            opened: record.opened,
            heard: record.heard,
        };
        let mut workshops: Vec<KnownWorkshop> = WorkshopRecord::gather(&records).into_iter().map(known).collect();
        workshops.retain(|workshop| !workshop.roles.is_empty());
        workshops.sort_by_key(|workshop| std::cmp::Reverse(workshop.opened));
        workshops
    }

    /// Whether the storage could be read when it was last asked. Where it could not, that something is not here means
    /// nothing: it may be there at the next try.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        self.0.is_readable.get()
    }

    /// Keeps a capability that came by a link. A device keeps every one it was given; one that it has no room for opens
    /// the workshop all the same, until the page is closed.
    pub async fn keep(&self, capability: Capability) {
        self.write(&[WorkshopRecord::write_capability(&capability)]).await;
        self.0.listeners.tell(&());
    }

    /// Deletes everything that this device holds of a workshop. What was not received by the board is gone then.
    pub async fn forget(&self, workshop: WorkshopId) {
        let documents = [Kind::Control, Kind::Board, Kind::Notebook].map(|kind| workshop.document(kind));
        let all = Write::forget(workshop, &documents);
        self.write(&all).await;
        super::handle::tell_forgotten(workshop);
        // What another tab wrote before it heard.
        self.write(&all).await;
        self.0.listeners.tell(&());
    }

    /// What is known of a workshop beside its documents.
    pub(super) async fn record(&self, workshop: WorkshopId) -> WorkshopRecord {
        let records = self.read(Store::Workshops, &[&workshop.to_string()]).await;
        WorkshopRecord::gather(&records).pop().unwrap_or_else(|| WorkshopRecord::empty(workshop))
    }

    /// Reads; a storage that fails now is as one that holds nothing, and [`Device::is_readable`] says so.
    pub(super) async fn read(&self, store: Store, prefix: &[&str]) -> Vec<Record> {
        let records = self.0.storage.read(store, prefix).await;
        self.0.is_readable.set(records.is_ok());
        records.unwrap_or_default()
    }

    /// Writes all or nothing, and says whether it is kept. What is not kept is read as if it were, as long as the page
    /// is open.
    pub(super) async fn write(&self, writes: &[Write]) -> bool {
        let written = self.0.storage.write(writes).await;
        let full = written == Err(DatabaseError::Full);
        if written.is_ok() || full {
            let was_full = self.0.full.replace(full);
            if was_full != full {
                self.0.listeners.tell(&());
            }
        }
        written.is_ok() && self.keeps()
    }

    /// What lies in memory alone, because the browser keeps nothing or had no room for it.
    pub(super) fn unkept(&self) -> Vec<(Store, Record)> {
        self.0.storage.unkept()
    }

    /// Whether what is written outlives the page.
    pub(super) fn keeps(&self) -> bool {
        self.0.state.get() != StorageState::Unavailable
    }

    fn tell(&self) {
        self.0.listeners.tell(&());
    }
}

/// The documents of a workshop that a relay knows.
pub(super) fn shared_documents(workshop: WorkshopId) -> [DocumentId; 2] {
    [workshop.document(Kind::Control), workshop.document(Kind::Board)]
}
