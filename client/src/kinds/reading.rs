//! How the tools' own words are drawn, the same in every kind.

use shared::content::{Entry, Localized};
use yew::prelude::{AttrValue, Html, html};

use crate::texts::Texts;

/// A text in the person's language.
#[must_use]
pub fn words(text: &Localized, texts: Texts) -> AttrValue {
    AttrValue::from(text.get(texts.language).to_owned())
}

/// Entries as paragraphs.
pub fn paragraphs(entries: &[Entry], texts: Texts) -> Html {
    entries.iter().map(|entry| html! { <p>{ words(&entry.text, texts) }</p> }).collect()
}

/// Entries as a list.
pub fn list(entries: &[Entry], texts: Texts) -> Html {
    html! { <ul class="read__list">{ for entries.iter().map(|entry| html! { <li>{ words(&entry.text, texts) }</li> }) }</ul> }
}

/// Entries under a heading, where there are any.
pub fn entries(title: Option<&Localized>, hint: Option<&Localized>, entries: &[Entry], texts: Texts) -> Html {
    html! {
        <section class="read__section">
            if let Some(title) = title { <h2>{ words(title, texts) }</h2> }
            if let Some(hint) = hint { <p class="read__hint">{ words(hint, texts) }</p> }
            { list(entries, texts) }
        </section>
    }
}
