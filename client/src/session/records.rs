//! What is kept on a device, in the form in which it is kept. Where it lies is told in [`crate::platform::database`].

use automerge::ChangeHash;
use serde::{Deserialize, Serialize};
use shared::access::{Capability, Commitment, Identity, PublicKey, Role, Secret, WorkshopId};
use shared::content::Language;
use shared::sync::DocumentId;

use super::action::{ActionId, ActionLabel};

/// A store of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Documents' bytes.
    Chunks,
    /// What is known of workshops beside their documents.
    Workshops,
    /// Which changes belong to what a person did, until they are received.
    Outbox,
    /// What a person did that is received.
    Receipts,
    /// Language, theme.
    Settings,
}

impl Store {
    /// Every store.
    pub const ALL: [Self; 5] = [Self::Chunks, Self::Workshops, Self::Outbox, Self::Receipts, Self::Settings];

    /// Its name in the database.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chunks => "chunks",
            Self::Workshops => "workshops",
            Self::Outbox => "outbox",
            Self::Receipts => "receipts",
            Self::Settings => "settings",
        }
    }
}

/// A value in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Bytes.
    Bytes(Vec<u8>),
    /// JSON.
    Text(String),
}

impl Value {
    /// `value` as JSON.
    pub(crate) fn json<T: Serialize>(value: &T) -> Self {
        Self::Text(serde_json::to_string(value).expect("records have only string keys and values that JSON has"))
    }

    /// Reads JSON; `None` for bytes, and for what another version wrote in another form.
    pub(crate) fn read<T: for<'a> Deserialize<'a>>(&self) -> Option<T> {
        match self {
            Self::Text(text) => serde_json::from_str(text).ok(),
            Self::Bytes(_) => None,
        }
    }

    /// The bytes; `None` for text.
    pub(crate) fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Text(_) => None,
        }
    }
}

/// Something that was read, with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The parts of its key.
    pub key: Vec<String>,
    /// Its value.
    pub value: Value,
}

/// One write; several make one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Puts a value in place of what was there.
    Put {
        /// The store.
        store: Store,
        /// The parts of its key.
        key: Vec<String>,
        /// The value.
        value: Value,
    },
    /// Deletes what lies under a key, if anything does.
    Delete {
        /// The store.
        store: Store,
        /// The parts of its key.
        key: Vec<String>,
    },
    /// Deletes everything whose key begins so.
    DeleteAll {
        /// The store.
        store: Store,
        /// The parts that the keys begin with.
        prefix: Vec<String>,
    },
}

impl Write {
    /// The store that it goes to.
    #[must_use]
    pub fn store(&self) -> Store {
        match self {
            Self::Put { store, .. } | Self::Delete { store, .. } | Self::DeleteAll { store, .. } => *store,
        }
    }

    /// Keeps one chunk of a document.
    pub(crate) fn chunk(document: DocumentId, hash: &ChangeHash, bytes: Vec<u8>) -> Self {
        let key = vec![document.to_string(), hash.to_string()];
        Self::Put { store: Store::Chunks, key, value: Value::Bytes(bytes) }
    }

    /// Keeps a row of the outbox.
    pub(crate) fn outbox(document: DocumentId, hash: &ChangeHash, row: &OutboxRow) -> Self {
        let key = vec![document.to_string(), hash.to_string()];
        Self::Put { store: Store::Outbox, key, value: Value::json(row) }
    }

    /// Deletes a row of the outbox.
    pub(crate) fn outbox_done(document: DocumentId, hash: &ChangeHash) -> Self {
        Self::Delete { store: Store::Outbox, key: vec![document.to_string(), hash.to_string()] }
    }

    /// Notes that something a person did is received.
    pub(crate) fn receipt(workshop: WorkshopId, action: ActionId) -> Self {
        let key = vec![workshop.to_string(), format!("{:016x}", action.0)];
        Self::Put { store: Store::Receipts, key, value: Value::json(&1) }
    }

    /// Keeps one field of what is known of a workshop.
    pub(crate) fn field(workshop: WorkshopId, field: &str, value: Value) -> Self {
        Self::Put { store: Store::Workshops, key: vec![workshop.to_string(), field.to_owned()], value }
    }

    /// Deletes everything that the device holds of a workshop.
    pub(crate) fn forget(workshop: WorkshopId, documents: &[DocumentId]) -> Vec<Self> {
        let of_workshop = [Store::Workshops, Store::Receipts].map(|store| (store, workshop.to_string()));
        let of_documents = documents
            .iter()
            .flat_map(|document| [(Store::Chunks, document.to_string()), (Store::Outbox, document.to_string())]);
        let all = of_documents.chain(of_workshop);
        all.map(|(store, part)| Self::DeleteAll { store, prefix: vec![part] }).collect()
    }
}

/// Which thing a person did a change belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// The thing done.
    pub action: u64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What it was.
    pub label: ActionLabel,
    /// What it was done to: a note's id, a place's key.
    pub subject: String,
    /// Why the board did not take it, if it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

/// What is known of a workshop beside its documents; each field lies under a key of its own, so that two tabs never
/// write over each other's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopRecord {
    /// The workshop.
    pub workshop: WorkshopId,
    /// Every capability that this device was given.
    pub capabilities: Vec<Capability>,
    /// Its title when it was last open.
    pub title: String,
    /// Its identity, once control has arrived.
    pub identity: Option<Identity>,
    /// The newest signed checkpoint that was met.
    pub checkpoint: Option<Vec<u8>>,
    /// When it was last opened here, in milliseconds since 1970.
    pub opened: i64,
    /// When the board was last heard.
    pub heard: Option<i64>,
    /// The person whose device this is.
    pub me: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredIdentity {
    public_key: [u8; 32],
    first_commitment: [u8; 32],
}

impl WorkshopRecord {
    /// The field under which the capability of `role` lies.
    fn capability_field(role: Role) -> String {
        format!("capability {}", role.name())
    }

    /// Keeps a capability.
    pub(crate) fn write_capability(capability: &Capability) -> Write {
        let secret = Value::json(&capability.secret.to_bytes());
        Write::field(capability.workshop, &Self::capability_field(capability.role), secret)
    }

    /// Keeps the identity.
    pub(crate) fn write_identity(workshop: WorkshopId, identity: &Identity) -> Write {
        let stored =
            StoredIdentity { public_key: identity.public_key.0, first_commitment: identity.first_commitment.0 };
        Write::field(workshop, "identity", Value::json(&stored))
    }

    /// Keeps the newest checkpoint.
    pub(crate) fn write_checkpoint(workshop: WorkshopId, bytes: &[u8]) -> Write {
        Write::field(workshop, "checkpoint", Value::Bytes(bytes.to_vec()))
    }

    /// Keeps the title.
    pub(crate) fn write_title(workshop: WorkshopId, title: &str) -> Write {
        Write::field(workshop, "title", Value::json(&title))
    }

    /// Keeps when it was opened.
    pub(crate) fn write_opened(workshop: WorkshopId, at: i64) -> Write {
        Write::field(workshop, "opened", Value::json(&at))
    }

    /// Keeps when the board was last heard.
    pub(crate) fn write_heard(workshop: WorkshopId, at: i64) -> Write {
        Write::field(workshop, "heard", Value::json(&at))
    }

    /// Keeps whose device this is.
    pub(crate) fn write_me(workshop: WorkshopId, me: &str) -> Write {
        Write::field(workshop, "me", Value::json(&me))
    }

    /// Puts records of the store `workshops` together; keys of nonsense are skipped.
    pub(crate) fn gather(records: &[Record]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for record in records {
            let [workshop, field] = record.key.as_slice() else { continue };
            let Ok(workshop) = workshop.parse() else { continue };
            let known = match found.iter_mut().find(|known| known.workshop == workshop) {
                Some(known) => known,
                None => {
                    found.push(Self::empty(workshop));
                    found.last_mut().expect("it was just pushed")
                }
            };
            known.read_field(field, &record.value);
        }
        found
    }

    /// A workshop of which nothing is known yet.
    pub(crate) fn empty(workshop: WorkshopId) -> Self {
        Self {
            workshop,
            capabilities: Vec::new(),
            title: String::new(),
            identity: None,
            checkpoint: None,
            opened: 0,
            heard: None,
            me: None,
        }
    }

    fn read_field(&mut self, field: &str, value: &Value) {
        match field {
            "title" => self.title = value.read().unwrap_or_default(),
            "identity" => {
                self.identity = value.read::<StoredIdentity>().map(|stored| Identity {
                    public_key: PublicKey(stored.public_key),
                    first_commitment: Commitment(stored.first_commitment),
                });
            }
            "checkpoint" => self.checkpoint = value.clone().bytes(),
            "opened" => self.opened = value.read().unwrap_or_default(),
            "heard" => self.heard = value.read(),
            "me" => self.me = value.read(),
            other => {
                let role = Role::ALL.into_iter().find(|role| Self::capability_field(*role) == other);
                if let (Some(role), Some(secret)) = (role, value.read().map(Secret::from_bytes)) {
                    self.capabilities.push(Capability { workshop: self.workshop, role, secret });
                }
            }
        }
    }

    /// The capability of `role`: the one held, or one derived from a stronger one.
    #[must_use]
    pub fn capability(&self, role: Role) -> Option<Capability> {
        let held = self.capabilities.iter().find(|held| held.role == role).copied();
        held.or_else(|| self.capabilities.iter().find_map(|held| held.weaken(role)))
    }
}

/// How the person wants the app to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The language; `None` until one was chosen.
    #[serde(default)]
    pub language: Option<Language>,
    /// Light, dark, or as the device.
    #[serde(default)]
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Settings {
    /// Keeps the settings.
    pub(crate) fn write(&self) -> Write {
        Write::Put { store: Store::Settings, key: vec!["app".to_owned()], value: Value::json(self) }
    }

    /// Reads the settings out of the records of their store.
    pub(crate) fn gather(records: &[Record]) -> Self {
        let app = records.iter().find(|record| record.key == ["app"]);
        app.and_then(|record| record.value.read()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use shared::access::FacilitatorSecret;

    use super::*;

    fn records(writes: &[Write]) -> Vec<Record> {
        let record = |write: &Write| match write {
            Write::Put { key, value, .. } => Some(Record { key: key.clone(), value: value.clone() }),
            _ => None,
        };
        writes.iter().filter_map(record).collect()
    }

    #[test]
    fn what_is_known_of_workshops_reads_back() {
        let secret = FacilitatorSecret::from_random([1; 16]);
        let (capability, identity) = (secret.capability(Role::Site), secret.identity());
        let workshop = capability.workshop;
        let writes = [
            WorkshopRecord::write_capability(&capability),
            WorkshopRecord::write_title(workshop, "Nordhallen"),
            WorkshopRecord::write_identity(workshop, &identity),
            WorkshopRecord::write_checkpoint(workshop, &[1, 2, 3]),
            WorkshopRecord::write_opened(workshop, 5),
            WorkshopRecord::write_heard(workshop, 6),
            WorkshopRecord::write_me(workshop, "abc"),
            Write::field(workshop, "of a later version", Value::json(&7)),
        ];
        let expected = WorkshopRecord {
            workshop,
            capabilities: vec![capability],
            title: "Nordhallen".into(),
            identity: Some(identity),
            checkpoint: Some(vec![1, 2, 3]),
            opened: 5,
            heard: Some(6),
            me: Some("abc".into()),
        };
        assert_eq!(WorkshopRecord::gather(&records(&writes)), std::slice::from_ref(&expected));
        assert_eq!(expected.capability(Role::Participant), Some(secret.capability(Role::Participant)));
        assert_eq!(expected.capability(Role::Facilitator), None);
    }

    #[test]
    fn settings_of_another_version_are_the_first_settings() {
        let settings = Settings { language: Some(Language::English), theme: Theme::Dark };
        assert_eq!(Settings::gather(&records(&[settings.write()])), settings);
        let strange = Record { key: vec!["app".into()], value: Value::Text("[1]".into()) };
        assert_eq!(Settings::gather(&[strange]), Settings::default());
    }
}
