//! Where a part is answered: on the group's board, or alone, on the board that the notebook has of its own. The same
//! actions for both, so that a kind's views need not know which.

use std::rc::Rc;

use shared::documents::board::{Answer, BoardView, Check, NewRow, Row, RowKind, SupportKey};
use shared::documents::sharing::Publication;
use shared::documents::text::TextTarget;
use shared::documents::{AnswerKey, EntryId, FieldId, Scope};

use super::super::action::ActionError;
use super::super::note_draft::NoteDraft;
use super::super::snapshot::Snapshot;
use super::super::step::{KindStep, PublishStep, Step};
use super::SessionHandle;
use crate::platform::{clock, random};

/// What every action may answer.
type Done = Result<(), ActionError>;

/// The board on which a part is answered, with what may be done there. What is done alone is on this device and never
/// leaves it, until its owner shares it. Cheap to clone and compare.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerSheet {
    session: SessionHandle,
    snapshot: Rc<Snapshot>,
    is_alone: bool,
}

impl AnswerSheet {
    /// The sheet of a part as `snapshot` shows it: the notebook's own if it is answered alone.
    #[must_use]
    pub fn new(session: SessionHandle, snapshot: Rc<Snapshot>, is_alone: bool) -> Self {
        Self { session, snapshot, is_alone }
    }

    /// Whether what is answered here stays on this device until it is shared.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// Whether something done here can be put on the workshop's list of actions, which is everybody's.
    #[must_use]
    pub fn makes_actions(&self) -> bool {
        !(self.is_alone && self.snapshot.is_local_only)
    }

    /// The actions on the workshop's list that a person made of what they did in a tool.
    pub fn actions_by(&self, tool: EntryId, person: EntryId) -> impl Iterator<Item = &Rc<Row>> {
        let is_meant =
            move |row: &Row| row.kind == RowKind::Action && row.place.tool == tool && row.author == Some(person);
        self.snapshot.board.rows.values().filter(move |row| is_meant(row))
    }

    /// What was answered here.
    #[must_use]
    pub fn board(&self) -> &Rc<BoardView> {
        self.snapshot.answers(self.is_alone)
    }

    /// The session, for what goes onto the group's board in any case.
    #[must_use]
    pub fn session(&self) -> &SessionHandle {
        &self.session
    }

    /// The person who answers here; `None` until they joined, and where nobody may write.
    #[must_use]
    pub fn person(&self) -> Option<EntryId> {
        self.snapshot.me.filter(|_| self.snapshot.can_write())
    }

    fn act(&self, step: Step) -> Done {
        self.session.act(if self.is_alone { Step::later(KindStep::Alone(step)) } else { step })
    }

    fn act_later(&self, step: KindStep) -> Done {
        self.act(Step::later(step))
    }

    /// Places the person at a level, number or stage of `key`'s field, or takes that back. `key` may be shared.
    ///
    /// # Errors
    /// [`ActionError::NotJoined`] before anyone has joined.
    pub fn place(&self, key: &AnswerKey, level: Option<u8>) -> Done {
        let me = self.snapshot.me.ok_or(ActionError::NotJoined)?;
        self.act(Step::Place { key: AnswerKey { participant: Scope::One(me), ..key.clone() }, level })
    }

    /// Answers statements in one step; `None` takes an answer back. The keys name the person.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn check(&self, answers: Vec<(AnswerKey, Option<Check>)>) -> Done {
        self.act_later(KindStep::Check { answers })
    }

    /// Gives several answers in one step. The keys name the person.
    ///
    /// # Errors
    /// [`ActionError::TooLong`]: then none of them is given.
    pub fn answer(&self, answers: Vec<Answer>) -> Done {
        self.act_later(KindStep::Answers { answers })
    }

    /// Sets a value that only one can hold; an empty one clears it.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn set_register(&self, key: &AnswerKey, value: &str) -> Done {
        self.act(Step::SetRegister { key: key.clone(), value: value.to_owned() })
    }

    /// Writes a text whole. On the group's board only where nobody else writes in it: else it is spliced
    /// ([`SessionHandle::splice`]).
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn set_words(&self, target: &TextTarget, words: &str) -> Done {
        self.act_later(KindStep::Words { target: target.clone(), words: words.to_owned() })
    }

    /// Adds a note as its writer began it, with these words, and forgets its draft.
    ///
    /// # Errors
    /// [`ActionError::TooLong`]; the draft then stays.
    pub fn add_drafted(&self, draft: &NoteDraft, text: &str) -> Result<EntryId, ActionError> {
        let (id, note) = (EntryId::from_random(random::bytes()), draft.note(clock::wall(), text));
        self.act(Step::AddNote { id, note })?;
        self.session.set_note_draft(draft, "");
        Ok(id)
    }

    /// Supports an entry, or gives it a weight; takes it back with 0.
    ///
    /// # Errors
    /// [`ActionError::NotJoined`] before anyone has joined.
    pub fn support(&self, target: EntryId, weight: u8) -> Done {
        let person = self.snapshot.me.ok_or(ActionError::NotJoined)?;
        self.act_later(KindStep::Support { key: SupportKey { target, person }, weight })
    }

    /// Moves a note to another field of its tool.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn move_note(&self, target: EntryId, field: &FieldId) -> Done {
        self.act_later(KindStep::MoveNote { target, field: field.clone() })
    }

    /// Takes a note off.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_note(&self, target: EntryId) -> Done {
        self.act(Step::RemoveNote { target })
    }

    /// Adds a row, by the person and now.
    ///
    /// # Errors
    /// [`ActionError::TooLong`].
    pub fn add_row(&self, row: NewRow) -> Result<EntryId, ActionError> {
        let id = EntryId::from_random(random::bytes());
        let row = NewRow { author: self.snapshot.me, at: clock::wall(), ..row };
        self.act_later(KindStep::AddRow { id, row })?;
        Ok(id)
    }

    /// Sets a cell that only one value can hold; an empty one clears it.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn set_cell(&self, row: EntryId, column: &str, value: &str) -> Done {
        self.act_later(KindStep::SetCell { row, column: column.to_owned(), value: value.to_owned() })
    }

    /// Moves a row to where `order` sorts.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn move_row(&self, row: EntryId, order: &str) -> Done {
        self.act_later(KindStep::MoveRow { row, order: order.to_owned() })
    }

    /// Takes a row off.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn remove_row(&self, target: EntryId) -> Done {
        self.act(Step::RemoveRow { target })
    }

    /// Puts a removed note or row back, whoever removed it.
    ///
    /// # Errors
    /// [`ActionError`].
    pub fn restore(&self, target: EntryId) -> Done {
        let removals = self.board().removals.get(&target).map(Vec::as_slice).unwrap_or_default();
        removals.iter().try_for_each(|removal| self.act(Step::RestoreEntry { removal: removal.id, target }))
    }

    /// Puts what was done alone on the group's board, or takes it off again, in one step. The board's history keeps it.
    ///
    /// # Errors
    /// [`ActionError::TooLong`]: then nothing is shared.
    pub fn publish(&self, publication: Publication) -> Done {
        self.session.act(Step::later(PublishStep { seed: EntryId::from_random(random::bytes()), publication }))
    }
}
