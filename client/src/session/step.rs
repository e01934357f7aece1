//! One step that a person takes, the writer behind it, and the step that takes it back.

mod naming;

use automerge::Automerge;
use shared::content::Language;
use shared::documents::board::{self, BoardView, Mark, NewNote};
use shared::documents::control::{self, ControlView, Focus};
use shared::documents::text::{self, TextEdit, TextTarget};
use shared::documents::{AnswerKey, EntryId, Register, Stamped, WriteError};

pub(super) use naming::{text_subject, text_touched};

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
    SetTitle(String),
    SetLanguage(Language),
    ShowNames(bool),
    SetFocus(Focus),
    AddTool {
        id: EntryId,
        /// As it lies in the document.
        stored: Vec<u8>,
    },
    RemoveTool {
        instance: EntryId,
    },
    RestoreTool {
        removal: EntryId,
        instance: EntryId,
    },
    Decide {
        key: AnswerKey,
        level: u8,
    },
    Hide {
        target: EntryId,
        reason: String,
    },
    ShowAgain {
        target: EntryId,
    },
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
    /// Takes the step in its document, and gives the step that takes it back, where there is one.
    pub(super) fn perform(self, doc: &mut Automerge, scene: &Scene<'_>) -> Result<Option<Self>, WriteError> {
        let back = self.back(scene);
        match self {
            Self::AddPerson { id, name, mark } => board::add_person(doc, id, name.as_deref(), mark)?,
            Self::SetName { person, name } => board::set_name(doc, person, name.as_deref())?,
            Self::SetMark { person, mark } => board::set_mark(doc, person, mark)?,
            Self::Place { key, level } => board::place(doc, &key, level)?,
            Self::AddNote { id, note } => board::add_note(doc, id, &note)?,
            Self::RemoveNote { target } | Self::RemovePerson { target } => {
                board::remove(doc, scene.id, target, scene.me, scene.at, "")?;
            }
            Self::RestoreEntry { removal, .. } => board::take_back_removal(doc, removal)?,
            Self::SetRegister { key, value } => board::set_register(doc, &key, &scene.stamp(value))?,
            Self::UndoText { target, edits } => {
                let found = target.ensure(doc)?;
                let redo: Result<Vec<_>, _> = edits.iter().rev().map(|edit| text::undo(doc, &found, edit)).collect();
                return Ok(Some(Self::UndoText { target, edits: redo? }));
            }
            Self::SetTitle(title) => control::set_title(doc, &title)?,
            Self::SetLanguage(language) => control::set_language(doc, language)?,
            Self::ShowNames(shown) => control::show_names(doc, shown)?,
            Self::SetFocus(focus) => control::set_focus(doc, &focus)?,
            Self::AddTool { id, stored } => control::add_stored_tool(doc, id, stored, scene.at)?,
            Self::RemoveTool { instance } => control::remove_tool(doc, scene.id, instance, scene.at)?,
            Self::RestoreTool { removal, .. } => control::take_back_removal(doc, removal)?,
            Self::Decide { key, level } => control::decide(doc, &key, &scene.stamp(level))?,
            Self::Hide { target, reason } => control::hide(doc, scene.id, target, scene.at, &reason)?,
            Self::ShowAgain { target } => control::show_again(doc, target)?,
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
            Self::RemoveNote { target } | Self::RemovePerson { target } => {
                Self::RestoreEntry { removal: scene.id, target: *target }
            }
            Self::RestoreEntry { target, .. } if scene.board.people.contains_key(target) => {
                Self::RemovePerson { target: *target }
            }
            Self::RestoreEntry { target, .. } => Self::RemoveNote { target: *target },
            Self::SetRegister { key, .. } => {
                let before = before(scene.board.registers.get(key))?;
                Self::SetRegister { key: key.clone(), value: before.map(|set| set.value.clone()).unwrap_or_default() }
            }
            Self::UndoText { .. } => return None,
            Self::SetTitle(_) => Self::SetTitle(scene.control.title.settled()?.clone()),
            Self::SetLanguage(_) => Self::SetLanguage(*scene.control.language.settled()?),
            Self::ShowNames(_) => {
                Self::ShowNames(before(Some(&scene.control.names_shown))?.copied().unwrap_or_default())
            }
            Self::SetFocus(_) => Self::SetFocus(scene.control.focus.settled()?.clone()),
            Self::AddTool { id, .. } => Self::RemoveTool { instance: *id },
            Self::RemoveTool { instance } => Self::RestoreTool { removal: scene.id, instance: *instance },
            Self::RestoreTool { instance, .. } => Self::RemoveTool { instance: *instance },
            Self::Decide { key, .. } => {
                let before = before(scene.control.decisions.get(key))?;
                Self::Decide { key: key.clone(), level: before.map_or(0, |set| set.value) }
            }
            Self::Hide { target, .. } => Self::ShowAgain { target: *target },
            Self::ShowAgain { target } => {
                let reason = scene.control.hidden.get(target)?.reason.clone();
                Self::Hide { target: *target, reason }
            }
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

    use super::super::action::ActionLabel;
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
        let steps = [
            Step::AddPerson { id: id(1), name: Some("Amina".into()), mark: Mark::new(1) },
            Step::SetName { person: id(1), name: None },
            Step::SetMark { person: id(1), mark: Mark::new(7) },
            Step::Place { key: key.clone(), level: Some(3) },
            Step::Place { key: key.clone(), level: Some(4) },
            Step::AddNote { id: id(3), note },
            Step::RemoveNote { target: id(3) },
            Step::SetRegister { key, value: "P6M".into() },
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
            }
        }
    }
}
