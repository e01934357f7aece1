//! What a view may ask for. Each is one thing that a person does: applied at once, counted once, taken back at once.

use automerge::ChangeHash;
use shared::content::{Language, Tool};
use shared::documents::board::{Check, Mark, NewRow, SupportKey};
use shared::documents::control::Focus;
use shared::documents::text::TextTarget;
use shared::documents::{AnswerKey, EntryId, FieldId};

use super::super::action::{ActionError, ActionLabel};
use super::super::core::{Core, Input};
use super::super::note_draft::NoteDraft;
use super::super::step::{JudgeStep, KindStep, LeadStep, Step};
use super::super::text_state::TextState;
use super::{SessionHandle, writes_for};
use crate::groups;
use crate::platform::{clock, page, random};

/// What every action may answer.
type Done = Result<(), ActionError>;

impl SessionHandle {
    pub(super) fn act(&self, step: Step) -> Done {
        self.act_with(|core, now| core.act(now, step))
    }

    /// Puts this device's owner on the board; without a name if `name` is `None` or blank.
    ///
    /// # Errors
    /// [`ActionError`]: a name too long, a workshop that is full, a projector.
    pub fn join(&self, name: Option<&str>, mark: Mark) -> Result<EntryId, ActionError> {
        self.act_with(|core, now| core.join(now, name, mark))
    }

    /// Puts somebody without a phone on the board; from then on this tab writes for them, until
    /// [`SessionHandle::write_for`] says otherwise.
    ///
    /// # Errors
    /// As [`SessionHandle::join`].
    pub fn add_companion(&self, name: Option<&str>, mark: Mark) -> Result<EntryId, ActionError> {
        let person = self.join(name, mark)?;
        self.remember_writer();
        Ok(person)
    }

    fn remember_writer(&self) {
        let snapshot = self.snapshot();
        if let Some(me) = snapshot.me {
            page::remember_in_tab(&writes_for(snapshot.workshop, snapshot.role), &me.to_string());
        }
    }

    /// Writes for another of this device's own people from now on, also when this tab is loaded anew.
    pub fn write_for(&self, person: EntryId) {
        self.act_with(|core, now| core.write_for(now, person));
        self.remember_writer();
    }

    /// Changes a person's name; `None` takes it away.
    ///
    /// # Errors
    /// [`ActionError`]: a name too long, a person who is not there.
    pub fn set_name(&self, person: EntryId, name: Option<&str>) -> Done {
        self.act(Step::SetName { person, name: name.map(str::to_owned) })
    }

    /// Changes a person's mark.
    ///
    /// # Errors
    /// [`ActionError`]: a person who is not there.
    pub fn set_mark(&self, person: EntryId, mark: Mark) -> Done {
        self.act(Step::SetMark { person, mark })
    }

    /// Places the person of this tab on a level of `key`'s field, or takes the placement back with `None`.
    ///
    /// `key` may be the field's shared key: the person is filled in here.
    ///
    /// # Errors
    /// [`ActionError::NotJoined`] before anyone has joined.
    pub fn place(&self, key: &AnswerKey, level: Option<u8>) -> Done {
        let me = self.snapshot().me.ok_or(ActionError::NotJoined)?;
        let key = AnswerKey { participant: shared::documents::Scope::One(me), ..key.clone() };
        self.act(Step::Place { key, level })
    }

    /// Takes the placement of the person of this tab back.
    ///
    /// # Errors
    /// As [`SessionHandle::place`].
    pub fn withdraw(&self, key: &AnswerKey) -> Done {
        self.place(key, None)
    }

    /// Begins a note by the person of this tab; the same one as before where its draft still lies.
    #[must_use]
    pub fn begin_note(&self, place: &AnswerKey, level: Option<u8>) -> NoteDraft {
        self.0.core.borrow().begin_note(place, level)
    }

    /// What stands in a note that is being written.
    #[must_use]
    pub fn note_draft(&self, draft: &NoteDraft) -> String {
        self.0.core.borrow().draft(&draft.key())
    }

    /// Keeps what stands in a note that is being written, on this device, however long it is.
    pub fn set_note_draft(&self, draft: &NoteDraft, text: &str) {
        self.set_draft(&draft.key(), text);
    }

    /// Puts a note on the board as its writer began it, with these words, and forgets its draft.
    ///
    /// # Errors
    /// [`ActionError::TooLong`]; the draft then stays.
    pub fn add_drafted(&self, draft: &NoteDraft, text: &str) -> Result<EntryId, ActionError> {
        let (id, note) = (EntryId::from_random(random::bytes()), draft.note(clock::wall(), text));
        self.act(Step::AddNote { id, note })?;
        self.set_note_draft(draft, "");
        Ok(id)
    }

    /// Takes a note off the board. What somebody wrote in it without knowing survives.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_note(&self, target: EntryId) -> Done {
        self.act(Step::RemoveNote { target })
    }

    /// Takes a person off the board, such as a mark that somebody left behind.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_person(&self, target: EntryId) -> Done {
        self.act(Step::RemovePerson { target })
    }

    /// Puts a removed note or person back on the board, whoever removed it.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn restore(&self, target: EntryId) -> Done {
        let snapshot = self.snapshot();
        let removals = snapshot.board.removals.get(&target).map(Vec::as_slice).unwrap_or_default();
        removals.iter().try_for_each(|removal| self.act(Step::RestoreEntry { removal: removal.id, target }))
    }

    /// Answers statements for the person of this tab, in one step; `None` takes an answer back. The keys name the person.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn check(&self, answers: Vec<(AnswerKey, Option<Check>)>) -> Done {
        self.act(Step::later(KindStep::Check { answers }))
    }

    /// Supports an entry as the person of this tab, or gives it a weight; takes it back with 0.
    ///
    /// # Errors
    /// [`ActionError::NotJoined`] before anyone has joined.
    pub fn support(&self, target: EntryId, weight: u8) -> Done {
        let person = self.snapshot().me.ok_or(ActionError::NotJoined)?;
        self.act(Step::later(KindStep::Support { key: SupportKey { target, person }, weight }))
    }

    /// Moves a note to another field of its tool.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn move_note(&self, target: EntryId, field: &FieldId) -> Done {
        self.act(Step::later(KindStep::MoveNote { target, field: field.clone() }))
    }

    /// Puts a row on the board, by the person of this tab and now.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn add_row(&self, row: NewRow) -> Result<EntryId, ActionError> {
        let id = EntryId::from_random(random::bytes());
        self.act(Step::later(KindStep::AddRow {
            id,
            row: NewRow { author: self.snapshot().me, at: clock::wall(), ..row },
        }))?;
        Ok(id)
    }

    /// Sets a cell that only one value can hold; an empty one clears it.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn set_cell(&self, row: EntryId, column: &str, value: &str) -> Done {
        self.act(Step::later(KindStep::SetCell { row, column: column.to_owned(), value: value.to_owned() }))
    }

    /// Moves a row to where `order` sorts: a key between those of its new neighbours.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn move_row(&self, row: EntryId, order: &str) -> Done {
        self.act(Step::later(KindStep::MoveRow { row, order: order.to_owned() }))
    }

    /// Takes a row off the board. What somebody wrote in it without knowing survives.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_row(&self, target: EntryId) -> Done {
        self.act(Step::RemoveRow { target })
    }

    /// Begins a new round of a tool. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn begin_round(&self, tool: EntryId) -> Done {
        self.act(Step::later(LeadStep::BeginRound { id: EntryId::from_random(random::bytes()), tool }))
    }

    /// Sets a shared value that only one can hold, such as the time frame; an empty one clears it.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn set_register(&self, key: &AnswerKey, value: &str) -> Done {
        self.act(Step::SetRegister { key: key.clone(), value: value.to_owned() })
    }

    /// Sets the workshop's title, and settles it if two had met. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn set_title(&self, title: &str) -> Done {
        self.act(Step::later(LeadStep::SetTitle(title.to_owned())))
    }

    /// Deletes the workshop for all, for good: signed here, it holds once a relay has heard it. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn delete_for_all(&self) -> Done {
        self.act_with(Core::delete_for_all)
    }

    /// Sets the language that the workshop begins in. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn set_language(&self, language: Language) -> Done {
        self.act(Step::later(LeadStep::SetLanguage(language)))
    }

    /// Shows or hides names on the projector. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn show_names(&self, shown: bool) -> Done {
        self.act(Step::later(LeadStep::ShowNames(shown)))
    }

    /// Chooses what is projected. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn set_focus(&self, focus: Focus) -> Done {
        self.act(Step::later(LeadStep::SetFocus(focus)))
    }

    /// Adds a tool after the others. Facilitators.
    ///
    /// # Errors
    /// [`ActionError::TooMany`].
    pub fn add_tool(&self, tool: &Tool) -> Result<EntryId, ActionError> {
        let id = EntryId::from_random(random::bytes());
        self.act(Step::later(LeadStep::AddTool { id, stored: tool.to_bytes() }))?;
        Ok(id)
    }

    /// Takes a tool out; its answers stay on the board and come back with it. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_tool(&self, instance: EntryId) -> Done {
        self.act(Step::later(LeadStep::RemoveTool { instance }))
    }

    /// Takes a removed tool back in. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn restore_tool(&self, instance: EntryId) -> Done {
        let snapshot = self.snapshot();
        let removed = snapshot.control.removed_tools.iter().find(|(removed, _)| removed.id == instance);
        let removals = removed.map(|(_, removals)| removals.as_slice()).unwrap_or_default();
        removals
            .iter()
            .try_for_each(|removal| self.act(Step::later(LeadStep::RestoreTool { removal: *removal, instance })))
    }

    /// Has a tool filled in by each group for itself: one that is there for everyone, or, of a tool that is so already,
    /// by the groups that came since. The one for everyone goes where nobody has written in it. Facilitators.
    ///
    /// # Errors
    /// [`ActionError::TooMany`].
    pub fn fill_in_per_group(&self, instance: EntryId) -> Done {
        let snapshot = self.snapshot();
        let Some(wanted) = groups::wanted(&snapshot, instance, EntryId::from_random(random::bytes())) else {
            return Ok(());
        };
        self.act(Step::later(LeadStep::FillInPerGroup(wanted)))
    }

    /// Adds a group. Facilitators.
    ///
    /// # Errors
    /// [`ActionError::TooLong`], [`ActionError::TooMany`].
    pub fn add_group(&self, name: &str) -> Done {
        self.act(Step::later(LeadStep::AddGroup { id: EntryId::from_random(random::bytes()), name: name.to_owned() }))
    }

    /// Renames a group, and settles what it is called where two names had met. Facilitators.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn rename_group(&self, id: EntryId, name: &str) -> Done {
        self.act(Step::later(LeadStep::RenameGroup { id, name: name.to_owned() }))
    }

    /// Takes a group away; its people and tools are everyone's until it comes back. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_group(&self, group: EntryId) -> Done {
        self.act(Step::later(LeadStep::RemoveGroup { group }))
    }

    /// Takes a removed group back. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn restore_group(&self, group: EntryId) -> Done {
        let snapshot = self.snapshot();
        let removed = snapshot.control.removed_groups.iter().find(|(removed, _)| removed.id == group);
        let removals = removed.map(|(_, removals)| removals.as_slice()).unwrap_or_default();
        removals
            .iter()
            .try_for_each(|removal| self.act(Step::later(LeadStep::RestoreGroup { removal: *removal, group })))
    }

    /// Says which group a person is in.
    ///
    /// # Errors
    /// [`ActionError`]: a person who is not there.
    pub fn set_group(&self, person: EntryId, group: EntryId) -> Done {
        self.act(Step::later(KindStep::SetGroup { person, group: Some(group) }))
    }

    /// Sets the agreed level of a field, 0 for none, and settles what had met there. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn decide(&self, key: &AnswerKey, level: u8) -> Done {
        self.act(Step::later(JudgeStep::Decide { key: key.clone(), level }))
    }

    /// Takes an entry off the wall; its writer sees that, and why. Facilitators.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn hide(&self, target: EntryId, reason: &str) -> Done {
        self.act(Step::later(JudgeStep::Hide { target, reason: reason.trim().to_owned() }))
    }

    /// Puts a hidden entry back on the wall. Facilitators.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn show_again(&self, target: EntryId) -> Done {
        self.act(Step::later(JudgeStep::ShowAgain { target }))
    }

    /// Shows the way in on the projector, or takes it away. Facilitators; never stored.
    ///
    /// # Errors
    /// [`ActionError::NotAllowed`].
    pub fn invite(&self, shown: bool) -> Done {
        self.act_with(|core, now| core.invite(now, shown))
    }

    /// Tells the others which question this tab shows, as `tool/field`; `None` for an overview.
    pub fn set_position(&self, at: Option<String>) {
        self.act_with(|core, now| core.set_position(now, at));
    }

    /// Takes back one's own last step. What it was called is given, or nothing if there is none.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn undo(&self) -> Result<Option<ActionLabel>, ActionError> {
        self.act_with(|core, now| core.undo(now))
    }

    /// Does again what was last taken back.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn redo(&self) -> Result<Option<ActionLabel>, ActionError> {
        self.act_with(|core, now| core.redo(now))
    }

    /// A shared text as it stands.
    #[must_use]
    pub fn text_state(&self, target: &TextTarget) -> TextState {
        self.0.core.borrow().text_state(target)
    }

    /// Where `offset` of the text as it stood at `shown` lies now, in UTF-16 code units.
    #[must_use]
    pub fn map_offset(&self, target: &TextTarget, offset: usize, shown: &[ChangeHash]) -> usize {
        self.0.core.borrow().map_offset(target, offset, shown)
    }

    /// Replaces `delete` UTF-16 code units at `at` of the text as it stood at `shown` by `insert`, and gives the text as
    /// it stands then. Typing that goes on in one place is one thing done.
    ///
    /// # Errors
    /// [`ActionError::TooLong`]: nothing was changed, so the field must show its words and say why they are too many.
    pub fn splice(
        &self,
        target: &TextTarget,
        shown: &[ChangeHash],
        at: usize,
        delete: usize,
        insert: &str,
    ) -> Result<TextState, ActionError> {
        self.with(|core, now| core.splice(now, target, shown, at, delete, insert))
    }

    /// Ends a run of typing: the field was left.
    pub fn end_run(&self) {
        self.act_with(|core, _| core.end_run());
    }

    /// What stands as a draft under `place`, any name that the view chooses. It is the device's, whoever writes on it; a
    /// person's own words are a [`NoteDraft`].
    #[must_use]
    pub fn draft(&self, place: &str) -> String {
        self.0.core.borrow().draft(place)
    }

    /// Keeps a draft on this device; an empty one is forgotten.
    pub fn set_draft(&self, place: &str, text: &str) {
        self.act_with(|core, now| core.set_draft(now, place, text));
    }

    /// Says what the board did not take again, after all that it holds now.
    pub fn say_again(&self) {
        self.act_with(|core, _| core.say_again());
    }

    /// Has a file written of all that this device holds. How that went is told by [`page::export_state`].
    pub fn save_copy(&self) {
        // What was typed and drafts of this moment too.
        self.read_fields();
        self.hear(Input::Hiding);
        page::export(&self.0.device.unkept());
    }
}
