//! What somebody did alone goes onto the group's board, or off it again, as one thing that undo takes back whole.

use automerge::Automerge;
use shared::documents::board;
use shared::documents::sharing::Publication;
use shared::documents::{EntryId, Kind, WriteError};

use super::super::action::ActionLabel;
use super::kind_step::{all_before, place_of, words_of, write_whole};
use super::naming::text_entry;
use super::{LaterStep, Scene, Step, before};

/// A publication, with what the ids of its removals are made of.
#[derive(Debug)]
pub(in super::super) struct PublishStep {
    /// Random; mixed with each entry's id it names that entry's removal.
    pub(in super::super) seed: EntryId,
    /// What changes on the board.
    pub(in super::super) publication: Publication,
}

impl LaterStep for PublishStep {
    fn kind(&self) -> Kind {
        Kind::Board
    }

    fn label(&self) -> ActionLabel {
        ActionLabel::Share
    }

    fn subject(&self) -> String {
        let all = &self.publication;
        let entries = all.notes.iter().map(|(id, _)| *id).chain(all.rows.iter().map(|(id, _)| *id));
        let first = entries.chain(all.removed.iter().copied()).next();
        first.map(|id| id.to_string()).or_else(|| Some(all.answers.first()?.key().to_string())).unwrap_or_default()
    }

    fn touched(&self) -> Vec<(&'static str, String)> {
        let Publication { answers, notes, rows, words, cells, weights, restored, removed } = &self.publication;
        let entries = answers.iter().map(place_of);
        let entries = entries.chain(notes.iter().map(|(id, _)| ("notes", id.to_string())));
        let entries = entries.chain(rows.iter().map(|(id, _)| ("rows", id.to_string())));
        let entries = entries.chain(words.iter().filter_map(|(target, _)| text_entry(target)));
        let entries = entries.chain(cells.iter().map(|(row, ..)| ("rows", row.to_string())));
        let entries = entries.chain(weights.iter().map(|(key, _)| ("supports", key.to_string())));
        let entries = entries.chain(restored.iter().map(|(removal, _)| ("removals", removal.to_string())));
        entries.chain(removed.iter().map(|id| ("removals", self.seed.mixed_with(*id).to_string()))).collect()
    }

    fn perform(&self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<(), WriteError> {
        let Publication { answers, notes, rows, words, cells, weights, restored, removed } = &self.publication;
        if !answers.is_empty() {
            board::answer_all(doc, answers, scene.at)?;
        }
        notes.iter().try_for_each(|(id, note)| board::add_note(doc, *id, note))?;
        rows.iter().try_for_each(|(id, row)| board::add_row(doc, *id, row))?;
        restored.iter().try_for_each(|(removal, _)| board::take_back_removal(doc, *removal))?;
        words.iter().try_for_each(|(target, words)| write_whole(doc, target, words))?;
        for (row, column, value) in cells {
            board::set_cell(doc, *row, column, &scene.stamp(value.clone()))?;
        }
        weights.iter().try_for_each(|(key, weight)| board::support(doc, *key, *weight))?;
        removed.iter().try_for_each(|id| board::remove(doc, self.seed.mixed_with(*id), *id, scene.me, scene.at, ""))
    }

    fn back(&self, scene: &Scene<'_>) -> Option<Step> {
        let Publication { answers, notes, rows, words, cells, weights, restored, removed } = &self.publication;
        let mut off: Vec<EntryId> = notes.iter().map(|(id, _)| *id).chain(rows.iter().map(|(id, _)| *id)).collect();
        off.extend(restored.iter().map(|(_, target)| *target));
        // One entry may have had several removals.
        off.sort_unstable();
        off.dedup();
        // What was restored is removed again as it stands; its words are those of the notebook, and stay so.
        let words =
            words.iter().filter_map(|(target, _)| Some((target.clone(), words_of(target, scene.board)?.to_owned())));
        let cells_before = cells.iter().filter_map(|(row, column, _)| {
            let before = before(scene.board.rows.get(row)?.values.get(column))??;
            Some((*row, column.clone(), before.value.clone()))
        });
        let weights_before = weights.iter().map(|(key, _)| {
            let given = scene.board.supports.get(&key.target).and_then(|given| given.get(&key.person));
            (*key, before(given).flatten().copied().unwrap_or_default())
        });
        let publication = Publication {
            answers: all_before(answers, scene.board)?,
            words: words.collect(),
            cells: cells_before.collect(),
            weights: weights_before.collect(),
            restored: removed.iter().map(|id| (self.seed.mixed_with(*id), *id)).collect(),
            removed: off,
            ..Publication::default()
        };
        Some(Step::later(Self { seed: scene.id, publication }))
    }
}
