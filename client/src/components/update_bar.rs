//! A new version of the app is offered, never forced.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_effect_with, use_state_eq};

use crate::platform::page;
use crate::texts::{Key, use_texts};

/// Draws the offer while a new version waits; 'later' hides it until the next start.
#[component]
pub fn UpdateBar() -> Html {
    let texts = use_texts();
    let state = use_state_eq(page::update_state);
    let is_later = use_state_eq(|| false);
    let setter = state.setter();
    use_effect_with((), move |()| {
        let listener = page::on_worker(move || setter.set(page::update_state()));
        move || drop(listener)
    });
    let on_later = use_callback(is_later.clone(), |_: MouseEvent, is_later| is_later.set(true));
    let on_go = use_callback(state.clone(), |_: MouseEvent, state| match state.as_str() {
        "taken" => page::reload(),
        _ => page::activate_update(),
    });
    let (words, action) = match state.as_str() {
        "waiting" => (Key::UpdateText, Key::UpdateGo),
        "taken" => (Key::UpdateTaken, Key::UpdateReload),
        _ => return Html::default(),
    };
    if *is_later {
        return Html::default();
    }
    html! {
        <div class="update-bar" role="status" data-test="update">
            <p class="update-bar__words">{ texts.get(words) }</p>
            <button class="button button--small" type="button" onclick={on_later} data-test="update-later">{ texts.get(Key::UpdateLater) }</button>
            <button class="button button--small button--main" type="button" onclick={on_go} data-test="update-go">{ texts.get(action) }</button>
        </div>
    }
}
