//! A facilitator takes a text off the wall, and says why.

use shared::documents::EntryId;
use web_sys::{HtmlInputElement, MouseEvent};
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_node_ref, use_state_eq};

use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`HideNote`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct HideNoteProps {
    /// The note.
    pub note: EntryId,
    /// Called when it is done.
    pub on_done: Callback<()>,
}

/// Draws the field for the reason, or the way back when it is off the wall.
#[component]
pub fn HideNote(props: &HideNoteProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let reason = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    let is_hidden = snapshot.control.hidden.contains_key(&props.note);
    let onclick = use_callback(
        (session.clone(), props.clone(), reason.clone(), fault.clone(), texts, is_hidden),
        |_: MouseEvent, (session, props, reason, fault, texts, is_hidden)| {
            let reason = reason.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            let done =
                if *is_hidden { session.show_again(props.note) } else { session.hide(props.note, reason.trim()) };
            match done {
                Ok(()) => props.on_done.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <section class="hide-note" aria-label={texts.get(Key::LeadHide)}>
            <h3 class="hide-note__title">{ texts.get(Key::LeadHide) }</h3>
            if is_hidden {
                <button class="button" type="button" {onclick} data-test="show-again">{ texts.get(Key::LeadShowAgain) }</button>
            } else {
                <label class="field">
                    <span class="field__label">{ texts.get(Key::LeadHideReason) }</span>
                    <input class="input" ref={reason} dir="auto" placeholder={texts.get(Key::LeadHideReasonPlaceholder)} data-test="hide-reason" />
                    <span class="field__hint">{ texts.get(Key::LeadHideText) }</span>
                </label>
                <button class="button" type="button" {onclick} data-test="hide">{ texts.get(Key::LeadHideYes) }</button>
            }
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
        </section>
    }
}
