//! Edits a note that is on the board, together with whoever else is in it.

use shared::documents::EntryId;
use shared::documents::text::TextTarget;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::hide_note::HideNote;
use crate::components::notice::{Notice, Weight};
use crate::components::shared_text::SharedText;
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`NoteEditor`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteEditorProps {
    /// The note.
    pub note: EntryId,
    /// Closes the sheet.
    pub on_close: Callback<()>,
}

/// Draws the sheet. Everyone may edit; its writer may take it off the board, a facilitator off the wall.
#[component]
pub fn NoteEditor(props: &NoteEditorProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let note = snapshot.board.notes.get(&props.note);
    let is_own = note.and_then(|note| note.author).is_some_and(|author| snapshot.is_own(&author));
    let on_done = use_callback(props.on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    let on_remove = use_callback(
        (session.clone(), props.clone(), fault.clone(), texts),
        |_: MouseEvent, (session, props, fault, texts)| match session.remove_note(props.note) {
            Ok(()) => props.on_close.emit(()),
            Err(error) => fault.set(Some(words(&error, *texts))),
        },
    );
    html! {
        <Sheet title={texts.get(Key::TableEditTitle)} on_close={props.on_close.clone()} test="note-editor">
            if note.is_some() {
                <SharedText target={TextTarget::Note(props.note)} label={texts.get(Key::TableNoteLabel)} rows=4 test="note-text" />
                <p class="sheet__small">{ texts.get(Key::TableEditNote) }</p>
            } else {
                <Notice weight={Weight::Attention}><p>{ texts.get(Key::TableRemoved) }</p></Notice>
            }
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <div class="actions">
                if is_own {
                    <button class="button" type="button" onclick={on_remove} data-test="note-remove">{ texts.get(Key::TableRemove) }</button>
                }
                <button class="button button--main" type="button" onclick={on_done} data-test="note-done">{ texts.get(Key::TableEditDone) }</button>
            </div>
            if snapshot.is_facilitator() && note.is_some() {
                <HideNote note={props.note} on_done={props.on_close.clone()} />
            }
        </Sheet>
    }
}
