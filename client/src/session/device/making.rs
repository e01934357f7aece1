//! Making a workshop, with or without a network: out of nothing but random bytes.

use automerge::{ActorId, Automerge, ChangeHash};
use shared::access::{Capability, FacilitatorSecret, Identity, Role, SignedCheckpoint};
use shared::content::{Language, Tool};
use shared::documents::{EntryId, Kind, WriteError, control};
use shared::limits::TooLong;

use super::super::action::ActionLabel;
use super::super::records::{OutboxRow, WorkshopRecord, Write};
use super::Device;
use crate::platform::{clock, random};

/// Why a workshop could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// The title is too long.
    #[error(transparent)]
    Title(#[from] TooLong),
    /// More tools than a workshop holds.
    #[error("more than {limit} tools")]
    TooManyTools {
        /// The limit.
        limit: usize,
    },
    /// It could not be made; the words are for a log.
    #[error("the workshop could not be made: {0}")]
    Document(String),
}

impl From<WriteError> for MakeError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLong(too_long) => Self::Title(too_long),
            WriteError::TooMany { limit } => Self::TooManyTools { limit },
            other => Self::Document(other.to_string()),
        }
    }
}

/// A workshop that was just made, as it is kept.
struct Made {
    capability: Capability,
    writes: Vec<Write>,
}

impl Device {
    /// Makes a workshop on this device; the relay learns of it when it is next there. Gives the facilitator's
    /// capability, without which nobody leads it. On a device without room it lies in memory until it is sent.
    ///
    /// # Errors
    /// [`MakeError`] for a title that is too long or too many tools.
    pub async fn create_workshop(
        &self,
        title: &str,
        language: Language,
        tools: &[Tool],
    ) -> Result<Capability, MakeError> {
        let Made { capability, writes } = make(title, language, tools, clock::wall(), random::bytes)?;
        self.write(&writes).await;
        self.tell();
        Ok(capability)
    }
}

fn make(
    title: &str,
    language: Language,
    tools: &[Tool],
    at: i64,
    mut random: impl FnMut() -> [u8; 16],
) -> Result<Made, MakeError> {
    let secret = FacilitatorSecret::from_random(random());
    let capability = secret.capability(Role::Facilitator);
    let identity = secret.identity();
    let workshop = capability.workshop;

    let doc = control_of(&identity, title, language, tools, at, &mut random)?;
    let heads = doc.get_heads().iter().map(|head| head.0).collect();
    let checkpoint = SignedCheckpoint::sign(secret, 1, false, heads).map_err(|e| MakeError::Document(e.to_string()))?;

    let action = u64::from_le_bytes(first_half(random()));
    let row = OutboxRow { action, at, label: ActionLabel::Create, subject: String::new(), refused: None };
    let mut writes = written(&doc, workshop.document(Kind::Control), &row);
    writes.extend([
        WorkshopRecord::write_capability(&capability),
        WorkshopRecord::write_identity(workshop, &identity),
        WorkshopRecord::write_checkpoint(workshop, &checkpoint.bytes),
        WorkshopRecord::write_title(workshop, title.trim()),
        WorkshopRecord::write_opened(workshop, at),
    ]);
    Ok(Made { capability, writes })
}

/// Control as it begins.
pub(super) fn control_of(
    identity: &Identity,
    title: &str,
    language: Language,
    tools: &[Tool],
    at: i64,
    mut random: impl FnMut() -> [u8; 16],
) -> Result<Automerge, MakeError> {
    let mut doc = control::genesis(identity).with_actor(ActorId::from(random()));
    control::set_title(&mut doc, title)?;
    control::set_language(&mut doc, language)?;
    for (place, tool) in (0..).zip(tools) {
        // A millisecond apart, so that they keep their order.
        control::add_tool(&mut doc, EntryId::from_random(random()), tool, at + place)?;
    }
    Ok(doc)
}

/// Every change of `doc`, with its hash.
pub(super) fn changes(doc: &Automerge) -> impl Iterator<Item = (ChangeHash, Vec<u8>)> {
    doc.get_changes(&[]).into_iter().map(|mut change| (change.hash(), change.bytes().into_owned()))
}

/// Every change of `doc` as a chunk, and as a part of one thing done.
fn written(doc: &Automerge, document: shared::sync::DocumentId, row: &OutboxRow) -> Vec<Write> {
    let both = |(hash, bytes)| [Write::chunk(document, &hash, bytes), Write::outbox(document, &hash, row)];
    changes(doc).flat_map(both).collect()
}

fn first_half(bytes: [u8; 16]) -> [u8; 8] {
    let mut half = [0; 8];
    half.copy_from_slice(&bytes[..8]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workshop_is_made_of_random_bytes_alone_and_its_title_is_checked() {
        let mut number = 0;
        let mut random = || {
            number += 1;
            [number; 16]
        };
        let made = make("Nordhallen", Language::Danish, &[], 5, &mut random).ok().unwrap();
        assert_eq!(made.capability.role, Role::Facilitator);
        let too_long = "x".repeat(shared::limits::TITLE + 1);
        let refused = make(&too_long, Language::Danish, &[], 5, &mut random);
        assert!(matches!(refused, Err(MakeError::Title(_))));
    }
}
