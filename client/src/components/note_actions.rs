//! What came of a note: its actions, and the way to one more. Stands at the foot of a note (`NoteList`'s `foot`).

use std::rc::Rc;

use shared::documents::AnswerKey;
use shared::documents::actions::{NewAction, actions_of};
use shared::documents::board::Note;
use yew::prelude::{Html, Properties, component, html};

use super::action_button::ActionButton;
use super::action_list::ActionList;
use crate::hooks::use_snapshot;
use crate::texts::{Key, use_texts};

/// See [`NoteActions`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteActionsProps {
    /// The note.
    pub note: Rc<Note>,
    /// Where it stands, and so the actions came up.
    pub place: AnswerKey,
}

/// Draws the actions and the button; a new action begins with the note's words.
#[component]
pub fn NoteActions(props: &NoteActionsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let note = &props.note;
    let mut actions = actions_of(&snapshot.control, &snapshot.board, &props.place);
    actions.retain(|action| action.source == Some(note.id));
    let action = NewAction {
        place: props.place.clone(),
        source: Some(note.id),
        what: note.text.clone(),
        who: None,
        by: String::new(),
    };
    html! {
        <>
            <ActionButton {action} words={texts.get(Key::ActionsOfNote)} about={note.text.clone()} />
            <ActionList {actions} />
        </>
    }
}
