//! Edits a note, on whichever sheet it lies.

use shared::documents::EntryId;
use shared::documents::text::TextTarget;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::own_text::SheetText;
use super::use_answer_sheet;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::part::PartAt;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;
use crate::views::phone::note_editor::NoteEditor;

/// See [`NoteOnSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(in super::super) struct NoteOnSheetProps {
    /// The part that it belongs to.
    pub(in super::super) at: PartAt,
    /// The note.
    pub(in super::super) note: EntryId,
    /// Closes the sheet.
    pub(in super::super) on_close: Callback<()>,
}

/// Draws the editor. A note of one's own has no other writers, and nobody takes it off any wall.
#[component]
pub(in super::super) fn NoteOnSheet(props: &NoteOnSheetProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let fault = use_state_eq(|| None::<String>);
    let on_done = use_callback(props.on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    let used = (sheet.clone(), props.note, props.on_close.clone(), fault.clone(), texts);
    let on_remove =
        use_callback(used, |_: MouseEvent, (sheet, note, on_close, fault, texts)| match sheet.remove_note(*note) {
            Ok(()) => on_close.emit(()),
            Err(error) => fault.set(Some(words(&error, *texts))),
        });
    if !sheet.is_alone() {
        return html! { <NoteEditor note={props.note} on_close={props.on_close.clone()} /> };
    }
    html! {
        <Sheet title={texts.get(Key::TableEditTitle)} on_close={props.on_close.clone()} test="note-editor">
            <SheetText at={props.at.clone()} target={TextTarget::Note(props.note)} label={texts.get(Key::TableNoteLabel)} rows=4 test="note-text" />
            <p class="sheet__small">{ texts.get(Key::AloneHere) }</p>
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <div class="actions">
                <button class="button" type="button" onclick={on_remove} data-test="note-remove">{ texts.get(Key::AloneRemove) }</button>
                <button class="button button--main" type="button" onclick={on_done} data-test="note-done">{ texts.get(Key::TableEditDone) }</button>
            </div>
        </Sheet>
    }
}
