//! The app's own mark and name.

use yew::prelude::{Html, component, html};

use crate::texts::{Key, use_texts};

/// Draws the logo with the name beside it.
#[component]
pub fn Brand() -> Html {
    let texts = use_texts();
    html! {
        <p class="brand">
            <svg class="brand__logo" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
                <rect class="brand__ground" width="36" height="36" rx="11" />
                <path class="brand__lines" d="M10.3 10.7H25.7M10.3 18.3H25.7M10.3 26H25.7" />
                <circle class="brand__ambition" cx="23" cy="10.7" r="4.7" />
                <circle class="brand__now" cx="13.9" cy="18.3" r="4.7" />
            </svg>
            <span class="brand__name">{ texts.get(Key::AppName) }</span>
        </p>
    }
}
