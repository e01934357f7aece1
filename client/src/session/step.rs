//! One step that a person takes, the writer behind it, and the step that takes it back.

mod judge_step;
mod kind_step;
mod lead_step;
mod naming;
mod publish_step;

use std::fmt;
use std::rc::Rc;

use automerge::Automerge;
use shared::documents::board::{self, BoardView, Mark, NewNote};
use shared::documents::control::ControlView;
use shared::documents::text::{self, TextEdit, TextTarget};
use shared::documents::{AnswerKey, EntryId, Kind, Register, Stamped, WriteError};

use super::action::ActionLabel;
pub(super) use judge_step::JudgeStep;
pub(super) use kind_step::KindStep;
pub(super) use lead_step::LeadStep;
pub(super) use naming::{text_subject, text_touched};
pub(super) use publish_step::PublishStep;

/// One step. What undo takes back is a step too.
#[derive(Debug, Clone)]
pub(super) enum Step {
    AddPerson {
        id: EntryId,
        name: Option<String>,
        mark: Mark,
    },
    SetName {
        person: EntryId,
        name: Option<String>,
    },
    SetMark {
        person: EntryId,
        mark: Mark,
    },
    Place {
        key: AnswerKey,
        level: Option<u8>,
    },
    AddNote {
        id: EntryId,
        note: NewNote,
    },
    RemoveNote {
        target: EntryId,
    },
    RemoveRow {
        target: EntryId,
    },
    RemovePerson {
        target: EntryId,
    },
    RestoreEntry {
        removal: EntryId,
        target: EntryId,
    },
    SetRegister {
        key: AnswerKey,
        value: String,
    },
    /// Takes back a run of own edits, the last first.
    UndoText {
        target: TextTarget,
        edits: Vec<TextEdit>,
    },
    /// A step that not everyone takes.
    Later(Rc<dyn LaterStep>),
}

/// A step of a facilitator's, or of some kinds of table: it lies, with its writer, in the modules that take such steps
/// (`client/src/modules.rs`), since nothing else names it.
pub(super) trait LaterStep: fmt::Debug {
    /// The document that it writes.
    fn kind(&self) -> Kind;

    /// What it is called.
    fn label(&self) -> ActionLabel;

    /// What it is done to, in text form.
    fn subject(&self) -> String;

    /// The entries of the board that it touches, by container and key.
    fn touched(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Takes the step in its document.
    fn perform(&self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<(), WriteError>;

    /// The step that takes it back, as [`Step::back`].
    fn back(&self, scene: &Scene<'_>) -> Option<Step>;
}

/// What a step is taken in: who takes it, when, what stood there before, and an id for what it makes.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) control: &'a ControlView,
    pub(super) board: &'a BoardView,
    pub(super) me: Option<EntryId>,
    pub(super) at: i64,
    pub(super) id: EntryId,
}

impl Step {
    /// A step that not everyone takes.
    pub(super) fn later(step: impl LaterStep + 'static) -> Self {
        Self::Later(Rc::new(step))
    }

    /// Takes the step in its document, and gives the step that takes it back, where there is one.
    pub(super) fn perform(self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<Option<Self>, WriteError> {
        let back = self.back(scene);
        match self {
            Self::AddPerson { id, name, mark } => board::add_person(doc, id, name.as_deref(), mark)?,
            Self::SetName { person, name } => board::set_name(doc, person, name.as_deref())?,
            Self::SetMark { person, mark } => board::set_mark(doc, person, mark)?,
            Self::Place { key, level } => board::place(doc, &key, level)?,
            Self::AddNote { id, note } => board::add_note(doc, id, &note)?,
            Self::RemoveNote { target } | Self::RemoveRow { target } | Self::RemovePerson { target } => {
                board::remove(doc, scene.id, target, scene.me, scene.at, "")?;
            }
            Self::RestoreEntry { removal, .. } => board::take_back_removal(doc, removal)?,
            Self::SetRegister { key, value } => board::set_register(doc, &key, &scene.stamp(value))?,
            Self::UndoText { target, edits } => {
                let found = target.ensure(doc)?;
                let redo: Result<Vec<_>, _> = edits.iter().rev().map(|edit| text::undo(doc, &found, edit)).collect();
                return Ok(Some(Self::UndoText { target, edits: redo? }));
            }
            Self::Later(step) => step.perform(doc, scene)?,
        }
        Ok(back)
    }

    /// The step that takes this one back, as things stand before it. None where what stood there before cannot be put
    /// back: several values that had met, or nothing at all.
    fn back(&self, scene: &Scene<'_>) -> Option<Self> {
        Some(match self {
            Self::AddPerson { id, .. } => Self::RemovePerson { target: *id },
            Self::SetName { person, .. } => {
                Self::SetName { person: *person, name: scene.board.people.get(person)?.name.clone() }
            }
            Self::SetMark { person, .. } => {
                Self::SetMark { person: *person, mark: scene.board.people.get(person)?.mark }
            }
            Self::Place { key, .. } => {
                let before = before(scene.board.marks.get(key))?;
                Self::Place { key: key.clone(), level: before.copied().filter(|level| *level > 0) }
            }
            Self::AddNote { id, .. } => Self::RemoveNote { target: *id },
            Self::RemoveNote { target } | Self::RemoveRow { target } | Self::RemovePerson { target } => {
                Self::RestoreEntry { removal: scene.id, target: *target }
            }
            Self::RestoreEntry { target, .. } if scene.board.people.contains_key(target) => {
                Self::RemovePerson { target: *target }
            }
            Self::RestoreEntry { target, .. } if scene.board.removed_rows.contains_key(target) => {
                Self::RemoveRow { target: *target }
            }
            Self::RestoreEntry { target, .. } => Self::RemoveNote { target: *target },
            Self::SetRegister { key, .. } => {
                let before = before(scene.board.registers.get(key))?;
                Self::SetRegister { key: key.clone(), value: before.map(|set| set.value.clone()).unwrap_or_default() }
            }
            Self::UndoText { .. } => return None,
            Self::Later(step) => return step.back(scene),
        })
    }
}

impl Scene<'_> {
    fn stamp<T>(&self, value: T) -> Stamped<T> {
        Stamped { value, by: self.me, at: self.at }
    }
}

/// The value before, if it was one; `None` if several had met.
fn before<T>(register: Option<&Register<T>>) -> Option<Option<&T>> {
    match register {
        Some(register) if register.is_unsettled() => None,
        Some(register) => Some(register.settled()),
        None => Some(None),
    }
}

#[cfg(test)]
mod tests {
    use automerge::ActorId;
    use shared::documents::FieldId;
    use shared::documents::actions::{self, NewAction, Status};
    use shared::documents::board::{Answer, Check, SupportKey};

    use super::*;

    fn id(n: u8) -> EntryId {
        EntryId::from_random([n; 16])
    }

    fn take(doc: &mut Automerge, view: &mut BoardView, number: u8, step: Step) -> Option<Step> {
        let touched = step.touched(id(number));
        let control = ControlView::default();
        let scene = Scene { control: &control, board: view, me: Some(id(1)), at: 5, id: id(number) };
        let back = step.perform(doc, &scene).unwrap();
        view.update(doc, &touched);
        assert_eq!(*view, BoardView::read(doc), "what a step says it touched is all that it touched");
        back
    }

    #[test]
    fn every_step_on_the_board_is_taken_back_and_done_again() {
        let key = AnswerKey::personal(id(2), FieldId::new("levels", "now"), id(1));
        let note = NewNote { place: key.clone(), level: Some(3), author: Some(id(1)), at: 5, text: "et".into() };
        let action = NewAction { place: key.clone(), source: None, what: "ring".into(), who: None, by: String::new() };
        let answers = [
            Answer::Mark(key.clone(), Some(2)),
            Answer::Value(key.clone(), "P3M".to_owned()),
            Answer::Words(key.clone(), "et".to_owned()),
        ];
        let steps = [
            Step::AddPerson { id: id(1), name: Some("Amina".into()), mark: Mark::new(1) },
            Step::SetName { person: id(1), name: None },
            Step::SetMark { person: id(1), mark: Mark::new(7) },
            Step::later(KindStep::SetGroup { person: id(1), group: Some(id(6)) }),
            Step::Place { key: key.clone(), level: Some(3) },
            Step::Place { key: key.clone(), level: Some(4) },
            Step::AddNote { id: id(3), note },
            Step::later(KindStep::Support { key: SupportKey { target: id(3), person: id(1) }, weight: 1 }),
            Step::later(KindStep::MoveNote { target: id(3), field: FieldId::new("levels", "ambition") }),
            Step::later(KindStep::Words { target: TextTarget::Note(id(3)), words: "to".into() }),
            Step::RemoveNote { target: id(3) },
            Step::SetRegister { key: key.clone(), value: "P6M".into() },
            Step::later(KindStep::Check { answers: vec![(key.clone(), Some(Check::Partly))] }),
            Step::later(KindStep::AddRow { id: id(4), row: action.row(Some(id(1)), 5) }),
            Step::later(KindStep::SetCell { row: id(4), column: actions::STATUS.into(), value: "done".into() }),
            Step::later(KindStep::MoveRow { row: id(4), order: "a".into() }),
            Step::RemoveRow { target: id(4) },
            Step::later(KindStep::Answers { answers: answers.to_vec() }),
        ];
        let mut doc = board::genesis().with_actor(ActorId::from([9; 16]));
        let mut view = BoardView::read(&doc);
        let mut number = 100;
        for step in steps {
            let before = view.clone();
            let mut next = || {
                number += 1;
                number
            };
            let label = step.label();
            let back = take(&mut doc, &mut view, next(), step).unwrap();
            let done = view.clone();
            assert_ne!(done, before, "{label:?}");
            let again = take(&mut doc, &mut view, next(), back).unwrap();
            match label {
                ActionLabel::Join => assert!(view.is_removed(&id(1))),
                ActionLabel::Note => assert!(view.notes.is_empty()),
                ActionLabel::Row => assert!(view.rows.is_empty()),
                ActionLabel::Cell => assert_eq!(actions::statuses(&view.rows[&id(4)]), [Status::Open]),
                ActionLabel::Check => assert_eq!(view.checks.values().next().unwrap().values(), [0]),
                ActionLabel::Support => assert_eq!(view.supporters(id(3)).count(), 0),
                ActionLabel::Move => {
                    let field = |view: &BoardView| view.notes.get(&id(3)).map(|note| note.fields().next().cloned());
                    assert_eq!(field(&view), field(&before));
                    let order = |view: &BoardView| view.rows.get(&id(4)).map(|row| row.order.clone());
                    assert_eq!(order(&view), order(&before));
                }
                ActionLabel::Value => assert_eq!(view.registers.values().next().unwrap().values()[0].value, ""),
                ActionLabel::Place => {
                    let level = |view: &BoardView| view.marks.values().next().map_or(0, |mark| mark.values()[0]);
                    assert_eq!(level(&view), level(&before));
                }
                _ => assert_eq!(view, before, "{label:?}"),
            }
            take(&mut doc, &mut view, next(), again).unwrap();
            if label != ActionLabel::Value {
                assert_eq!(view.notes, done.notes, "{label:?}");
                assert_eq!(view.marks, done.marks, "{label:?}");
                assert_eq!(view.checks, done.checks, "{label:?}");
                assert_eq!(view.rows.keys().collect::<Vec<_>>(), done.rows.keys().collect::<Vec<_>>(), "{label:?}");
            }
        }
    }
}
