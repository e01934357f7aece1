//! Offers the other language where the browser prefers it and nobody has chosen yet.

use shared::content::Language;
use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback};

use crate::platform::environment;
use crate::preferences::use_preferences;
use crate::texts::{Key, use_texts};

/// Draws the offer in the language that it offers.
#[component]
pub fn LanguageOffer() -> Html {
    let texts = use_texts();
    let preferences = use_preferences();
    let preferred = environment::preferred_language();
    // Who reads neither of the two is better off with English.
    let preferred = preferred.map(|code| Language::from_code(&code).unwrap_or(Language::English));
    let offered = preferred.filter(|language| preferences.settings.language.is_none() && *language != texts.language);
    let onclick = use_callback((preferences.on_language, offered), |_: MouseEvent, (on_language, offered)| {
        if let Some(language) = offered {
            on_language.emit(*language);
        }
    });
    let Some(language) = offered else { return Html::default() };
    html! {
        <button class="text-button" type="button" {onclick} lang={language.code()} data-test="language-offer">
            { texts.get(Key::AppOtherLanguage) }
        </button>
    }
}
