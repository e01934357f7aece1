//! What is told of a workshop, as JSON.

use serde::{Deserialize, Serialize};
use shared::access::{FacilitatorSecret, Role, WorkshopId, link};
use shared::documents::Kind;

/// One text for each role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRole {
    /// The facilitator's.
    pub facilitator: String,
    /// The site's.
    pub site: String,
    /// The participant's.
    pub participant: String,
    /// The projector's.
    pub projector: String,
}

impl ByRole {
    fn new(text: impl Fn(Role) -> String) -> Self {
        Self {
            facilitator: text(Role::Facilitator),
            site: text(Role::Site),
            participant: text(Role::Participant),
            projector: text(Role::Projector),
        }
    }
}

/// The ids of a workshop's documents, as stock clients write them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Documents {
    /// What facilitators write.
    pub control: String,
    /// What everybody writes.
    pub board: String,
}

impl Documents {
    fn of(workshop: WorkshopId) -> Self {
        let url = |kind| workshop.document(kind).to_url();
        Self { control: url(Kind::Control), board: url(Kind::Board) }
    }
}

/// A new workshop, as it is given out once. It holds secrets: never log it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkshopAnswer {
    /// Its id.
    pub workshop: String,
    /// What people open.
    pub links: ByRole,
    /// What stock automerge-repo clients dial.
    pub sync: ByRole,
    /// What they find there.
    pub documents: Documents,
}

impl WorkshopAnswer {
    /// The answer for the workshop of `secret`, with links that begin with `origin`.
    #[must_use]
    pub fn new(secret: FacilitatorSecret, origin: &str) -> Self {
        let workshop = secret.identity().workshop_id();
        Self {
            workshop: workshop.to_string(),
            links: ByRole::new(|role| link::to_url(origin, &secret.capability(role))),
            sync: ByRole::new(|role| sync_url(origin, &link::fragment(&secret.capability(role)))),
            documents: Documents::of(workshop),
        }
    }
}

/// The websocket address with the capability in its query, `?w=<workshop>/<secret>`: the fragment of the link without
/// what stands before the workshop.
fn sync_url(origin: &str, fragment: &str) -> String {
    let line = origin.replacen("http", "ws", 1);
    let capability = fragment.strip_prefix("/w/").unwrap_or(fragment);
    format!("{line}/sync?w={capability}")
}

/// A workshop in a listing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Its id.
    pub workshop: String,
    /// Whether it is deleted; then nothing else is known.
    pub deleted: bool,
    /// What it is called, if control is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The tools in its programme, by their ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tools: Vec<String>,
    /// How many people are on the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<usize>,
    /// How many notes are on the board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<usize>,
    /// The number of the newest checkpoint.
    pub checkpoint: u64,
    /// Bytes of its documents in the store.
    pub size_bytes: u64,
    /// The ids of its documents.
    pub documents: Documents,
    /// Its links, where the data folder keeps them: those of the demo and of workshops made by the command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<ByRole>,
}

impl Summary {
    /// What the store's list tells.
    #[must_use]
    pub fn new(listed: &crate::store::ListedWorkshop) -> Self {
        let id = listed.record.id();
        Self {
            workshop: id.to_string(),
            deleted: listed.record.deleted,
            title: None,
            tools: Vec::new(),
            people: None,
            notes: None,
            checkpoint: listed.record.number(),
            size_bytes: listed.size_bytes,
            documents: Documents::of(id),
            links: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_links_for_people_and_addresses_for_stock_clients() {
        let secret = FacilitatorSecret::from_random([1; 16]);
        let answer = WorkshopAnswer::new(secret, "https://tavle.example");
        let link = link::parse(&answer.links.participant).unwrap();
        assert_eq!(link, secret.capability(Role::Participant));
        let query = answer.sync.participant.strip_prefix("wss://tavle.example/sync?w=").unwrap();
        assert_eq!(link::parse(&format!("/w/{query}")), Ok(link));
        assert!(answer.documents.board.starts_with("automerge:"));
    }
}
