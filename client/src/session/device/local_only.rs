//! Taking a tool to fill in alone: a workshop of one person, which nobody is let into and nothing leaves.

use automerge::ActorId;
use shared::access::{FacilitatorSecret, WorkshopId};
use shared::content::{Audience, Language, Tool};
use shared::documents::board::Mark;
use shared::documents::{EntryId, Kind, board, notebook};

use super::super::records::{WorkshopRecord, Write};
use super::Device;
use super::making::{MakeError, changes, control_of};
use crate::platform::{clock, random};

impl Device {
    /// Takes a tool to fill in alone, under this title; whoever fills it in is called `me`. What is written there lies
    /// on this device, is never sent, and nobody can be given a link to it.
    ///
    /// # Errors
    /// [`MakeError`] for a title or a name that is too long.
    pub async fn take_alone(
        &self,
        title: &str,
        me: &str,
        language: Language,
        tool: &Tool,
    ) -> Result<WorkshopId, MakeError> {
        let (workshop, writes) = make([title, me], language, tool, clock::wall(), random::bytes)?;
        self.write(&writes).await;
        self.tell();
        Ok(workshop)
    }
}

/// A sheet as it is kept.
pub(in super::super) fn make(
    [title, name]: [&str; 2],
    language: Language,
    tool: &Tool,
    at: i64,
    mut random: impl FnMut() -> [u8; 16],
) -> Result<(WorkshopId, Vec<Write>), MakeError> {
    // The documents belong to a workshop, so it has an identity; the secret of it is kept nowhere.
    let identity = FacilitatorSecret::from_random(random()).identity();
    let workshop = identity.workshop_id();
    // Whoever else a tool may be for, this copy is one's own.
    let tool = Tool { audience: Audience::Own, ..tool.clone() };
    let control = control_of(&identity, title, language, std::slice::from_ref(&tool), at, &mut random)?;

    let me = EntryId::from_random(random());
    let mut board = board::genesis().with_actor(ActorId::from(random()));
    board::add_person(&mut board, me, Some(name), Mark::new(0))?;
    let mut notebook = notebook::genesis().with_actor(ActorId::from(random()));
    notebook::add_own(&mut notebook, me)?;

    let documents = [(Kind::Control, &control), (Kind::Board, &board), (Kind::Notebook, &notebook)];
    let mut writes: Vec<Write> = documents
        .into_iter()
        .flat_map(|(kind, doc)| {
            let document = workshop.document(kind);
            changes(doc).map(move |(hash, bytes)| Write::chunk(document, &hash, bytes))
        })
        .collect();
    writes.extend([
        WorkshopRecord::write_local_only(workshop, tool.id.as_str()),
        WorkshopRecord::write_me(workshop, &me.to_string()),
        WorkshopRecord::write_title(workshop, title.trim()),
        WorkshopRecord::write_opened(workshop, at),
    ]);
    Ok((workshop, writes))
}
