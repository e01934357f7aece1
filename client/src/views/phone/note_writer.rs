//! Writes a new note: a draft on this device until its writer adds it.

use shared::documents::AnswerKey;
use shared::limits;
use web_sys::{HtmlTextAreaElement, InputEvent, MouseEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use crate::components::counter::Counter;
use crate::components::sheet::Sheet;
use crate::hooks::use_session;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`NoteWriter`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteWriterProps {
    /// What is asked.
    pub title: AttrValue,
    /// A helping line.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// An example of an answer, in the empty field.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Where the note will belong.
    pub place: AnswerKey,
    /// The level it is an example of.
    #[prop_or_default]
    pub level: Option<u8>,
    /// Called when the person is done, whether they added it or not.
    pub on_done: Callback<()>,
}

/// Draws the sheet.
#[component]
pub fn NoteWriter(props: &NoteWriterProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let field = use_node_ref();
    let key = draft_key(&props.place, props.level);
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    use_effect_with(field.clone(), {
        let (session, key, length) = (session.clone(), key.clone(), length.clone());
        move |field| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let draft = session.draft(&key);
                field.set_value(&draft);
                length.set(limits::utf16_len(&draft));
                let _ = field.focus();
            }
        }
    });
    let oninput = use_callback(
        (session.clone(), key.clone(), length.clone(), fault.clone()),
        |event: InputEvent, (session, key, length, fault)| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let text = field.value();
            length.set(limits::utf16_len(&text));
            fault.set(None);
            // A text past a note's limit is kept too, as far as drafts go; beyond that the field still holds it.
            drop(session.set_draft(key, &text));
        },
    );
    let keep = use_callback(
        (session.clone(), key.clone(), field.clone(), fault.clone(), props.on_done.clone(), texts),
        |(), (session, key, field, fault, on_done, texts)| {
            let text = field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            match session.set_draft(key, &text) {
                Ok(()) => on_done.emit(()),
                // Closed, the sheet would take with it what only the field holds.
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    let on_later = use_callback(keep.clone(), |_: MouseEvent, keep| keep.emit(()));
    let add = use_callback(
        (session, key, field.clone(), fault.clone(), props.clone(), texts),
        |_: MouseEvent, (session, key, field, fault, props, texts)| {
            let text = field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            let text = text.trim();
            if text.is_empty() {
                fault.set(Some(texts.get(Key::TableNoteEmpty).to_owned()));
                return;
            }
            match session.add_note(&props.place, props.level, text, key) {
                Ok(_) => props.on_done.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <Sheet title={props.title.clone()} on_close={keep} test="note-sheet">
            if let Some(hint) = &props.hint { <p class="sheet__lead">{ hint }</p> }
            <label class="field">
                <span class="hidden-words">{ texts.get(Key::TableNoteLabel) }</span>
                <textarea class="input input--text" ref={field} {oninput} rows="4" dir="auto" data-test="note-draft"
                    placeholder={props.placeholder.clone()} aria-invalid={fault.is_some().to_string()} />
                <Counter length={*length} limit={limits::NOTE} />
            </label>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            <p class="sheet__small">{ texts.get(Key::TableNoteDraft) }</p>
            <div class="actions">
                <button class="button" type="button" onclick={on_later} data-test="note-later">{ texts.get(Key::TableNoteLater) }</button>
                <button class="button button--main" type="button" onclick={add} data-test="note-add">{ texts.get(Key::TableNoteAdd) }</button>
            </div>
        </Sheet>
    }
}

/// Where the draft of a place lies in the notebook.
#[must_use]
pub fn draft_key(place: &AnswerKey, level: Option<u8>) -> String {
    level.map_or_else(|| place.to_string(), |level| format!("{place}/{level}"))
}
