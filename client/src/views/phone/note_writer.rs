//! Writes a new note: a draft on this device until its writer adds it.

use shared::documents::{AnswerKey, EntryId};
use shared::limits;
use web_sys::{HtmlTextAreaElement, InputEvent, MouseEvent};
use yew::prelude::{
    AttrValue, Callback, Html, NodeRef, Properties, TargetCast, component, html, use_callback, use_effect_with,
    use_node_ref, use_state, use_state_eq,
};

use super::writer::writer_words;
use crate::components::counter::Counter;
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::session::{ActionError, NoteDraft};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`NoteWriter`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct NoteWriterProps {
    /// What is asked; an example is named by its level instead.
    pub title: AttrValue,
    /// A helping line.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// An example of an answer, in the empty field.
    #[prop_or_default]
    pub placeholder: Option<AttrValue>,
    /// Where the note will belong.
    pub place: AnswerKey,
    /// The level it is an example of. It stays the one that it was when the sheet came.
    #[prop_or_default]
    pub level: Option<u8>,
    /// Adds the note where it does not go onto the board.
    #[prop_or_default]
    pub on_add: Option<Callback<(NoteDraft, String), Result<EntryId, ActionError>>>,
    /// Called when the person is done, whether they added it or not.
    pub on_done: Callback<()>,
}

/// Draws the sheet. What is written in it is kept as it is written, however long it is.
#[component]
pub fn NoteWriter(props: &NoteWriterProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let field = use_node_ref();
    let draft = use_state(|| session.begin_note(&props.place, props.level));
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    use_effect_with(field.clone(), {
        let (session, draft, length) = (session.clone(), draft.clone(), length.clone());
        move |field| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let text = session.note_draft(&draft);
                field.set_value(&text);
                length.set(limits::utf16_len(&text));
                let _ = field.focus();
            }
        }
    });
    let oninput = use_callback(
        (session.clone(), draft.clone(), length.clone(), fault.clone()),
        |event: InputEvent, (session, draft, length, fault)| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let text = field.value();
            length.set(limits::utf16_len(&text));
            // A text past a note's limit is kept too: it may be made shorter another day.
            session.set_note_draft(draft, &text);
            fault.set(None);
        },
    );
    let keep = use_callback(
        (session.clone(), draft.clone(), field.clone(), props.on_done.clone()),
        |(), (session, draft, field, on_done)| {
            session.set_note_draft(draft, &value_of(field));
            on_done.emit(());
        },
    );
    let on_later = use_callback(keep.clone(), |_: MouseEvent, keep| keep.emit(()));
    let add = use_callback(
        (session, draft.clone(), field.clone(), fault.clone(), (props.on_add.clone(), props.on_done.clone()), texts),
        |_: MouseEvent, (session, draft, field, fault, (on_add, on_done), texts)| {
            let text = value_of(field);
            if text.trim().is_empty() {
                fault.set(Some(texts.get(Key::TableNoteEmpty).to_owned()));
                return;
            }
            let added = match on_add {
                Some(on_add) => on_add.emit(((**draft).clone(), text)),
                None => session.add_drafted(draft, &text),
            };
            match added {
                Ok(_) => on_done.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    let title = draft.level().map(|level| texts.table_note_title_example(usize::from(level)).into());
    html! {
        <Sheet title={title.unwrap_or_else(|| props.title.clone())} on_close={keep} test="note-sheet">
            if let Some(words) = writer_words(&snapshot, texts) { <p class="sheet__small" dir="auto" data-test="note-writer">{ words }</p> }
            if let Some(hint) = &props.hint { <p class="sheet__lead">{ hint }</p> }
            <label class="field">
                <span class="hidden-words">{ texts.get(Key::TableNoteLabel) }</span>
                <textarea class="input input--text" ref={field} {oninput} rows="4" dir="auto" data-test="note-draft"
                    placeholder={props.placeholder.clone()} aria-invalid={fault.is_some().to_string()} />
                <Counter length={*length} limit={limits::NOTE} />
            </label>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if props.on_add.is_none() { <p class="sheet__small">{ texts.get(Key::TableNoteDraft) }</p> }
            <div class="actions">
                <button class="button" type="button" onclick={on_later} data-test="note-later">{ texts.get(Key::TableNoteLater) }</button>
                <button class="button button--main" type="button" onclick={add} data-test="note-add">{ texts.get(Key::TableNoteAdd) }</button>
            </div>
        </Sheet>
    }
}

fn value_of(field: &NodeRef) -> String {
    field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default()
}
