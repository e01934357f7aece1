//! A person's few words beside their mark: a draft on this device until they add them.

use std::rc::Rc;

use shared::documents::board::Note;
use shared::documents::text::TextTarget;
use shared::documents::{AnswerKey, EntryId, Register};
use shared::limits;
use web_sys::{HtmlTextAreaElement, InputEvent, MouseEvent};
use yew::prelude::{
    AttrValue, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::counter::Counter;
use crate::session::AnswerSheet;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// Longest words beside a mark, in UTF-16 code units.
const FEW: usize = 280;

/// See [`OwnWords`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct OwnWordsProps {
    /// What they are written on.
    pub(super) sheet: AnswerSheet,
    /// Where they lie. A component is for one person and round as long as it lives: give it a key.
    pub(super) place: AnswerKey,
    /// What is asked.
    pub(super) label: AttrValue,
}

/// Draws the field, and the button while it holds other words than the board does.
#[component]
pub(super) fn OwnWords(props: &OwnWordsProps) -> Html {
    let texts = use_texts();
    let sheet = props.sheet.clone();
    let session = sheet.session().clone();
    let field = use_node_ref();
    let target = TextTarget::Field(props.place.clone());
    let draft_place = format!("words/{}", props.place);
    let on_board = sheet.board().texts.get(&props.place).cloned().unwrap_or_default();
    let typed = use_state_eq(|| None::<String>);
    let fault = use_state_eq(|| None::<String>);
    // What was being written before stands there again; else what the board holds, until somebody types.
    let draft = session.draft(&draft_place);
    let shown = if draft.is_empty() { on_board.clone() } else { draft };
    let current = (*typed).clone().unwrap_or_else(|| shown.clone());
    use_effect_with((field.clone(), shown, typed.is_some()), |(field, shown, is_typed)| {
        if let (Some(field), false) = (field.cast::<HtmlTextAreaElement>(), *is_typed) {
            field.set_value(shown);
        }
    });
    let used = (session.clone(), draft_place.clone(), typed.clone());
    let oninput = use_callback(used, |event: InputEvent, (session, draft_place, typed)| {
        let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
        let text = field.value();
        session.set_draft(draft_place, &text);
        typed.set(Some(text));
    });
    let used = (sheet.clone(), target, draft_place, current.clone(), typed, fault.clone(), texts);
    let add = use_callback(used, |_: MouseEvent, (sheet, target, draft_place, current, typed, fault, texts)| {
        let session = sheet.session();
        let done = sheet.set_words(target, current.trim());
        if done.is_ok() {
            session.set_draft(draft_place, "");
            typed.set(None);
        }
        fault.set(done.err().map(|error| words(&error, *texts)));
    });
    let length = limits::utf16_len(&current);
    let is_other = current.trim() != on_board.trim();
    html! {
        <div class="own-words">
            <label class="field">
                <span class="field__label">{ &props.label }</span>
                <textarea class="input input--text" ref={field} {oninput} rows="2" dir="auto" data-test="own-words" />
                <Counter {length} limit={FEW} />
            </label>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if is_other {
                if !sheet.is_alone() { <p class="sheet__small">{ texts.get(Key::TableNoteDraft) }</p> }
                <div class="actions">
                    <button class="button" type="button" onclick={add} disabled={length > FEW} data-test="own-words-add">
                        { texts.get(if sheet.is_alone() { Key::AloneKeep } else { Key::TableNoteAdd }) }
                    </button>
                </div>
            }
        </div>
    }
}

/// People's words as the large screen draws texts, in the steady order of people: nobody is first by what they chose.
pub(super) fn quotes<'a>(
    words: impl IntoIterator<Item = (&'a EntryId, &'a String)>,
    place: &AnswerKey,
) -> Vec<Rc<Note>> {
    let quote = |(person, text): (&EntryId, &String)| {
        Rc::new(Note {
            id: *person,
            place: place.clone(),
            moved: Register::default(),
            level: None,
            author: Some(*person),
            order: String::new(),
            at: 0,
            text: text.clone(),
            outlived_removal: false,
        })
    };
    words.into_iter().map(quote).collect()
}
