//! What a person does: each step is one thing done, applied at once, kept, and then sent.

use automerge::{Automerge, ChangeHash};
use shared::access::Role;
use shared::documents::board::Mark;
use shared::documents::text::{self, TextTarget};
use shared::documents::{EntryId, Kind, Schema, WriteError};

use super::super::action::{ActionError, ActionId, ActionLabel};
use super::super::records::{OutboxRow, WorkshopRecord};
use super::super::step::{Scene, Step, text_subject, text_touched};
use super::super::text_state::TextState;
use super::{Core, Moment};

impl Core {
    /// Takes a step, so that undo can take it back.
    pub(in super::super) fn act(&mut self, now: Moment, step: Step) -> Result<(), ActionError> {
        let label = step.label();
        let back = self.perform(now, step)?;
        self.history.did(label, back);
        Ok(())
    }

    /// Takes back one's own last step. What it was called is given, or nothing if there is none.
    pub(in super::super) fn undo(&mut self, now: Moment) -> Result<Option<ActionLabel>, ActionError> {
        let Some((label, step)) = self.history.take_undo() else { return Ok(None) };
        self.changed();
        let again = self.perform(now, step)?;
        self.history.undid(label, again);
        Ok(Some(label))
    }

    /// Does again what was last taken back.
    pub(in super::super) fn redo(&mut self, now: Moment) -> Result<Option<ActionLabel>, ActionError> {
        let Some((label, step)) = self.history.take_redo() else { return Ok(None) };
        self.changed();
        let back = self.perform(now, step)?;
        self.history.redid(label, back);
        Ok(Some(label))
    }

    fn perform(&mut self, now: Moment, step: Step) -> Result<Option<Step>, ActionError> {
        let kind = step.kind();
        self.may_write(kind)?;
        self.read_views();
        if kind == Kind::Notebook {
            return self.perform_alone(now, step);
        }
        let (id, action) = (self.new_id(), self.new_action());
        let (label, subject, touched) = (step.label(), step.subject(), step.touched(id));
        let (control, board) = (self.control_view.clone(), self.board_view.clone());
        let scene = Scene { control: &control, board: &board, me: self.me, at: now.wall, id };
        let row = OutboxRow { action: action.0, at: now.wall, label, subject, refused: None };
        let back = self.edit(now, kind, &row, |doc| step.perform(doc, &scene))?;
        self.changed();
        self.replica_mut(kind).touched.merge(touched);
        if kind == Kind::Control {
            self.care_for_control(now);
        }
        Ok(back)
    }

    /// Takes a step on the notebook's own board. Nothing of it is sent, so nothing of it waits.
    fn perform_alone(&mut self, now: Moment, step: Step) -> Result<Option<Step>, ActionError> {
        self.flush_drafts(now);
        let (control, board) = (self.control_view.clone(), self.own_board_view.clone());
        let scene = Scene { control: &control, board: &board, me: self.me, at: now.wall, id: self.new_id() };
        let back = self.edit_notebook(now, |doc| step.perform(doc, &scene))?;
        self.read_own();
        Ok(back)
    }

    /// Edits a shared document; every change that comes of it belongs to `row`.
    fn edit<T>(
        &mut self,
        now: Moment,
        kind: Kind,
        row: &OutboxRow,
        edit: impl FnOnce(&mut Automerge) -> Result<T, WriteError>,
    ) -> Result<T, ActionError> {
        self.last_edit = Some(now.steady);
        let document = self.replica(kind).id;
        let (result, outputs) = self.replica_mut(kind).sync.edit(now.steady, edit);
        // What is never sent does not wait for it either.
        let is_sent = !self.line.is_local_only();
        for hash in self.replica(kind).sync.unstored().into_iter().filter(|_| is_sent) {
            if self.outbox.row(&(document, hash)).is_none() {
                self.outbox.add((document, hash), row.clone());
            }
        }
        self.carry_out(now, kind, outputs);
        Ok(result?)
    }

    fn may_write(&self, kind: Kind) -> Result<(), ActionError> {
        let allowed = match (kind, self.capability.role) {
            (_, Role::Projector) => false,
            // What is filled in alone has nobody else to lead it.
            (Kind::Control, role) => role == Role::Facilitator || self.line.is_local_only(),
            (Kind::Board | Kind::Notebook, _) => true,
        };
        match (self.schema_of(Kind::Control), self.schema_of(kind)) {
            _ if !allowed => Err(ActionError::NotAllowed),
            (Schema::Newer(_), _) | (_, Schema::Newer(_)) => Err(ActionError::NewerSchema),
            (_, Schema::Current) => Ok(()),
            (_, Schema::Missing) => Err(ActionError::NotHere),
        }
    }

    /// Puts this device's owner on the board, or somebody beside them; from then on this tab writes for them.
    pub(in super::super) fn join(
        &mut self,
        now: Moment,
        name: Option<&str>,
        mark: Mark,
    ) -> Result<EntryId, ActionError> {
        self.may_write(Kind::Board)?;
        let id = self.new_id();
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        self.perform(now, Step::AddPerson { id, name, mark })?;
        self.history.end_run();
        self.add_own(now, id)?;
        if self.me.is_none() {
            let me = id.to_string();
            self.write(vec![WorkshopRecord::write_me(self.capability.workshop, &me)]);
        }
        self.write_for(now, id);
        Ok(id)
    }

    /// From now on this tab writes for `person`, who must be one of this device's own.
    pub(in super::super) fn write_for(&mut self, now: Moment, person: EntryId) {
        if self.own.contains(&person) {
            self.me = Some(person);
            self.changed();
            self.say_here(now);
        }
    }

    /// Tells the others which question this tab shows.
    pub(in super::super) fn set_position(&mut self, now: Moment, at: Option<String>) {
        if self.position != at {
            self.position = at;
            self.say_here(now);
        }
    }

    /// Shows the way in on the projector, or takes it away.
    pub(in super::super) fn invite(&mut self, now: Moment, shown: bool) -> Result<(), ActionError> {
        if self.capability.role != Role::Facilitator {
            return Err(ActionError::NotAllowed);
        }
        self.invites = shown;
        self.changed();
        if shown {
            self.say_invitation(now);
        } else {
            self.signal(now, &shared::presence::Signal::Invitation { participant: None });
        }
        Ok(())
    }

    /// A text as it stands.
    pub(in super::super) fn text_state(&self, target: &TextTarget) -> TextState {
        let doc = self.replica(target.kind()).doc();
        let text = target.find(doc).and_then(|text| automerge::ReadDoc::text(doc, &text).ok()).unwrap_or_default();
        TextState { text, heads: doc.get_heads().into() }
    }

    /// Where `offset` of the text as it stood at `shown` lies now.
    pub(in super::super) fn map_offset(&self, target: &TextTarget, offset: usize, shown: &[ChangeHash]) -> usize {
        let doc = self.replica(target.kind()).doc();
        match target.find(doc) {
            Some(found) => text::map_offset(doc, &found, offset, self.known(target, shown)),
            None => 0,
        }
    }

    /// Replaces `delete` code units at `at` of the text as it stood at `shown` by `insert`.
    pub(in super::super) fn splice(
        &mut self,
        now: Moment,
        target: &TextTarget,
        shown: &[ChangeHash],
        at: usize,
        delete: usize,
        insert: &str,
    ) -> Result<TextState, ActionError> {
        let kind = target.kind();
        self.may_write(kind)?;
        let next = self.new_action();
        let action = self.history.run(now.steady, target, at, delete, next);
        let subject = text_subject(target);
        let row = OutboxRow { action: action.0, at: now.wall, label: ActionLabel::Text, subject, refused: None };
        let known = self.known(target, shown);
        let edit = self.edit(now, kind, &row, |doc| {
            let found = target.ensure(doc)?;
            text::splice(doc, &found, known, at, delete, insert, target.limit())
        })?;
        self.moved_on();
        self.replica_mut(kind).touched.merge(text_touched(target));
        let state = self.text_state(target);
        let end = self.map_offset(target, at, shown) + shared::limits::utf16_len(insert);
        self.history.typed(now.steady, ActionId(action.0), target, end, edit);
        if kind == Kind::Control {
            self.care_for_control(now);
        }
        Ok(state)
    }

    /// The heads that a field shows, if the document has them still: what was said anew under a new actor has others.
    fn known<'a>(&self, target: &TextTarget, shown: &'a [ChangeHash]) -> Option<&'a [ChangeHash]> {
        shown.iter().all(|head| self.replica(target.kind()).holds(head)).then_some(shown)
    }

    /// Ends a run of typing: the cursor jumped, or the field was left.
    pub(in super::super) fn end_run(&mut self) {
        self.history.end_run();
    }
}
