//! 'Who can read this?', wherever one is.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::privacy_sheet::PrivacySheet;
use crate::texts::{Key, use_texts};

/// Draws the question as a button that opens its answers.
#[component]
pub fn PrivacyButton() -> Html {
    let texts = use_texts();
    let is_open = use_state_eq(|| false);
    let onclick = use_callback(is_open.clone(), |_: MouseEvent, is_open| is_open.set(true));
    let on_close = use_callback(is_open.clone(), |(), is_open| is_open.set(false));
    html! {
        <>
            <button class="text-button" type="button" {onclick} data-test="privacy">{ texts.get(Key::HomePrivacy) }</button>
            if *is_open { <PrivacySheet {on_close} /> }
        </>
    }
}
