//! What is known of a workshop beside its documents.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};
use shared::access::{Capability, Commitment, Identity, PublicKey, Role, Secret, WorkshopId};

use super::{Record, Store, Value, Write};

/// What is known of a workshop beside its documents; each field lies under a key of its own, so that two tabs never
/// write over each other's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkshopRecord {
    /// The workshop.
    pub workshop: WorkshopId,
    /// Every capability that this device was given.
    pub capabilities: Vec<Capability>,
    /// The tool that its owner fills in alone, by its id, where nothing of it may ever leave this device. Such a
    /// workshop has no capability: an app that does not know the mark can neither open nor send it.
    pub local_only: Option<String>,
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
    /// Drafts that are too long for the notebook, by place.
    pub long_drafts: BTreeMap<String, String>,
}

/// What the fields of long drafts begin with.
const DRAFT: &str = "draft ";

/// The field that marks what never leaves the device.
const LOCAL_ONLY: &str = "local-only";

#[derive(Encode, Decode)]
struct StoredIdentity {
    #[n(0)]
    #[cbor(with = "minicbor::bytes")]
    public_key: [u8; 32],
    #[n(1)]
    #[cbor(with = "minicbor::bytes")]
    first_commitment: [u8; 32],
}

impl WorkshopRecord {
    /// The field under which the capability of `role` lies.
    fn capability_field(role: Role) -> String {
        format!("capability {}", role.name())
    }

    /// Keeps a capability.
    pub(crate) fn write_capability(capability: &Capability) -> Write {
        let secret = Value::Bytes(capability.secret.to_bytes().to_vec());
        Write::field(capability.workshop, &Self::capability_field(capability.role), secret)
    }

    /// Marks it as one that never leaves this device.
    pub(crate) fn write_local_only(workshop: WorkshopId, tool: &str) -> Write {
        Write::field(workshop, LOCAL_ONLY, Value::Text(tool.to_owned()))
    }

    /// Keeps the identity.
    pub(crate) fn write_identity(workshop: WorkshopId, identity: &Identity) -> Write {
        let stored =
            StoredIdentity { public_key: identity.public_key.0, first_commitment: identity.first_commitment.0 };
        Write::field(workshop, "identity", Value::cbor(&stored))
    }

    /// Keeps the newest checkpoint.
    pub(crate) fn write_checkpoint(workshop: WorkshopId, bytes: &[u8]) -> Write {
        Write::field(workshop, "checkpoint", Value::Bytes(bytes.to_vec()))
    }

    /// Keeps the title.
    pub(crate) fn write_title(workshop: WorkshopId, title: &str) -> Write {
        Write::field(workshop, "title", Value::Text(title.to_owned()))
    }

    /// Keeps when it was opened.
    pub(crate) fn write_opened(workshop: WorkshopId, at: i64) -> Write {
        Write::field(workshop, "opened", Value::cbor(&at))
    }

    /// Keeps when the board was last heard.
    pub(crate) fn write_heard(workshop: WorkshopId, at: i64) -> Write {
        Write::field(workshop, "heard", Value::cbor(&at))
    }

    /// Keeps whose device this is.
    pub(crate) fn write_me(workshop: WorkshopId, me: &str) -> Write {
        Write::field(workshop, "me", Value::Text(me.to_owned()))
    }

    /// Keeps a draft that is too long for the notebook.
    pub(crate) fn write_long_draft(workshop: WorkshopId, place: &str, text: &str) -> Write {
        Write::field(workshop, &format!("{DRAFT}{place}"), Value::Text(text.to_owned()))
    }

    /// Forgets one.
    pub(crate) fn forget_long_draft(workshop: WorkshopId, place: &str) -> Write {
        Write::Delete { store: Store::Workshops, key: vec![workshop.to_string(), format!("{DRAFT}{place}")] }
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
            local_only: None,
            title: String::new(),
            identity: None,
            checkpoint: None,
            opened: 0,
            heard: None,
            me: None,
            long_drafts: BTreeMap::new(),
        }
    }

    fn read_field(&mut self, field: &str, value: &Value) {
        match field {
            LOCAL_ONLY => self.local_only = Some(value.text().unwrap_or_default().to_owned()),
            "title" => self.title = value.text().unwrap_or_default().to_owned(),
            "identity" => {
                self.identity = value.read::<StoredIdentity>().map(|stored| Identity {
                    public_key: PublicKey(stored.public_key),
                    first_commitment: Commitment(stored.first_commitment),
                });
            }
            "checkpoint" => self.checkpoint = value.clone().bytes(),
            "opened" => self.opened = value.read().unwrap_or_default(),
            "heard" => self.heard = value.read(),
            "me" => self.me = value.text().map(str::to_owned),
            draft if draft.starts_with(DRAFT) => {
                let text = value.text().unwrap_or_default().to_owned();
                self.long_drafts.insert(draft[DRAFT.len()..].to_owned(), text);
            }
            other => {
                let role = Role::ALL.into_iter().find(|role| Self::capability_field(*role) == other);
                let secret = value.clone().bytes().and_then(|bytes| bytes.try_into().ok()).map(Secret::from_bytes);
                if let (Some(role), Some(secret)) = (role, secret) {
                    self.capabilities.push(Capability { workshop: self.workshop, role, secret });
                }
            }
        }
    }

    /// Whether nothing of it may ever leave this device, whatever else is known of it.
    #[must_use]
    pub fn is_local_only(&self) -> bool {
        self.local_only.is_some()
    }

    /// The roles that this device may open it in, the strongest first.
    #[must_use]
    pub fn roles(&self) -> Vec<Role> {
        if self.is_local_only() {
            return vec![Role::Participant];
        }
        let mut roles: Vec<Role> = self.capabilities.iter().map(|held| held.role).collect();
        roles.sort_by(|a, b| b.cmp(a));
        roles
    }

    /// The capability of `role`: the one held, or one derived from a stronger one. What never leaves the device is
    /// opened with a secret that no relay believes.
    #[must_use]
    pub fn capability(&self, role: Role) -> Option<Capability> {
        if self.is_local_only() {
            let (workshop, secret) = (self.workshop, Secret::from_bytes([0; 16]));
            return (role == Role::Participant).then_some(Capability { workshop, role, secret });
        }
        let held = self.capabilities.iter().find(|held| held.role == role).copied();
        held.or_else(|| self.capabilities.iter().find_map(|held| held.weaken(role)))
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
            WorkshopRecord::write_long_draft(workshop, "levels.now/3", "Vi mangler"),
            Write::field(workshop, "of a later version", Value::cbor(&7)),
        ];
        let expected = WorkshopRecord {
            workshop,
            capabilities: vec![capability],
            local_only: None,
            title: "Nordhallen".into(),
            identity: Some(identity),
            checkpoint: Some(vec![1, 2, 3]),
            opened: 5,
            heard: Some(6),
            me: Some("abc".into()),
            long_drafts: BTreeMap::from([("levels.now/3".to_owned(), "Vi mangler".to_owned())]),
        };
        assert_eq!(WorkshopRecord::gather(&records(&writes)), std::slice::from_ref(&expected));
        assert_eq!(expected.capability(Role::Participant), Some(secret.capability(Role::Participant)));
        assert_eq!(expected.capability(Role::Facilitator), None);
    }

    #[test]
    fn what_never_leaves_the_device_has_no_way_out_whatever_link_is_opened_for_it() {
        let secret = FacilitatorSecret::from_random([1; 16]);
        let capability = secret.capability(Role::Facilitator);
        let workshop = capability.workshop;
        let gathered = |writes: &[Write]| WorkshopRecord::gather(&records(writes)).pop().unwrap();
        let mark = WorkshopRecord::write_local_only(workshop, "E2");
        let marked = gathered(&[mark.clone(), WorkshopRecord::write_capability(&capability)]);
        assert_eq!((marked.local_only.as_deref(), marked.roles()), (Some("E2"), vec![Role::Participant]));
        assert_eq!(marked.capability(Role::Facilitator), None);
        let opened = marked.capability(Role::Participant).unwrap();
        assert_ne!(opened.secret, secret.capability(Role::Participant).secret);

        // A mark in a form of later is a mark; what an older version kept has none.
        assert!(gathered(&[Write::field(workshop, "local-only", Value::cbor(&7))]).is_local_only());
        let older = gathered(&[WorkshopRecord::write_capability(&capability)]);
        assert_eq!((older.is_local_only(), older.roles()), (false, vec![Role::Facilitator]));
    }
}
