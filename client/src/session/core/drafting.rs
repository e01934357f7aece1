//! Drafts, whom this device writes for, and what they answered alone: what lies in the notebook and never leaves the device.

use std::rc::Rc;

use shared::documents::board::BoardView;
use shared::documents::{AnswerKey, EntryId, Kind, WriteError, notebook};
use shared::sync::Millis;

use super::super::note_draft::NoteDraft;
use super::super::records::WorkshopRecord;
use super::{Core, Moment};

/// The notebook is written at most this often while somebody types.
const KEEP_DRAFTS_EVERY: Millis = Millis(500);

impl Core {
    /// Begins a note by the person of this tab.
    pub(in super::super) fn begin_note(&self, place: &AnswerKey, level: Option<u8>) -> NoteDraft {
        NoteDraft { place: place.clone(), level, author: self.me }
    }

    /// What stands as a draft under `place`.
    pub(in super::super) fn draft(&self, place: &str) -> String {
        let unwritten = self.drafts.get(place).or_else(|| self.long_drafts.get(place)).cloned();
        unwritten.unwrap_or_else(|| notebook::draft(self.notebook.doc(), place))
    }

    /// Keeps a draft, however long: at once if nothing was kept lately, else in a moment. An empty one is forgotten.
    pub(in super::super) fn set_draft(&mut self, now: Moment, place: &str, text: &str) {
        if self.draft(place) == text {
            return;
        }
        self.drafts.insert(place.to_owned(), text.to_owned());
        match self.drafts_written {
            Some(written) if now.steady.since(written) < KEEP_DRAFTS_EVERY && !text.is_empty() => {
                self.drafts_due = self.drafts_due.or(Some(written + KEEP_DRAFTS_EVERY));
            }
            _ => self.flush_drafts(now),
        }
    }

    /// Writes all drafts into the notebook.
    ///
    /// The notebook remembers every state of a draft, so one that is longer than any text of a board lies beside it, in a
    /// record that is written over.
    pub(super) fn flush_drafts(&mut self, now: Moment) {
        self.drafts_due = None;
        if self.drafts.is_empty() {
            return;
        }
        self.drafts_written = Some(now.steady);
        let mut writes = Vec::new();
        let mut drafts = std::mem::take(&mut self.drafts);
        for (place, text) in &mut drafts {
            if shared::limits::check(text, shared::limits::LONG_TEXT).is_err() {
                writes.push(WorkshopRecord::write_long_draft(self.capability.workshop, place, text));
                self.long_drafts.insert(place.clone(), std::mem::take(text));
            } else if self.long_drafts.remove(place).is_some() {
                writes.push(WorkshopRecord::forget_long_draft(self.capability.workshop, place));
            }
        }
        self.edit_notebook(now, |doc| {
            for (place, text) in &drafts {
                if notebook::draft(doc, place) != *text {
                    // Its length is checked, and the notebook has its containers from the start.
                    let _ = notebook::set_draft(doc, place, text);
                }
            }
        });
        if !writes.is_empty() {
            self.write(writes);
        }
    }

    /// Notes that this device writes for `person`.
    pub(super) fn add_own(&mut self, now: Moment, person: EntryId) -> Result<(), WriteError> {
        self.edit_notebook(now, |doc| notebook::add_own(doc, person))?;
        self.read_own();
        Ok(())
    }

    pub(super) fn read_own(&mut self) {
        self.own = Rc::new(notebook::own(self.notebook.doc()).into_iter().collect());
        // One person's own answers are few: they are read whole.
        self.own_board_view = Rc::new(BoardView::read(self.notebook.doc()));
        self.changed();
    }

    pub(super) fn edit_notebook<T>(&mut self, now: Moment, edit: impl FnOnce(&mut automerge::Automerge) -> T) -> T {
        let (result, outputs) = self.notebook.sync.edit(now.steady, edit);
        self.carry_out(now, Kind::Notebook, outputs);
        result
    }
}
