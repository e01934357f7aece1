//! Saves a copy of all that lies on this device, as a file.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_effect_with, use_state_eq};

use crate::hooks::use_session;
use crate::platform::page;
use crate::texts::{Key, use_texts};

/// Draws the button, what the file holds, and how saving it went.
#[component]
pub fn SaveCopy() -> Html {
    let texts = use_texts();
    let session = use_session();
    let outcome = use_state_eq(|| None::<Key>);
    use_effect_with((), {
        let outcome = outcome.setter();
        move |()| {
            let listener = page::on_exported(move || {
                outcome.set(Some(match page::export_state().as_str() {
                    "done" => Key::SyncCopyDone,
                    "empty" => Key::SyncCopyEmpty,
                    _ => Key::SyncCopyFailed,
                }));
            });
            move || drop(listener)
        }
    });
    let onclick = use_callback((session, outcome.clone()), |_: MouseEvent, (session, outcome)| {
        outcome.set(None);
        session.save_copy();
    });
    html! {
        <section class="save-copy">
            <p class="sheet__small" id="save-copy-text">{ texts.get(Key::SyncCopyText) }</p>
            <button class="button" type="button" {onclick} aria-describedby="save-copy-text" data-test="save-copy">{ texts.get(Key::SyncCopyGo) }</button>
            <p class="sheet__small" role="status" data-test="copy-outcome">{ outcome.map(|key| texts.get(key)).unwrap_or_default() }</p>
        </section>
    }
}
