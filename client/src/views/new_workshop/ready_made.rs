//! Programmes that the packs offer, to begin with.

use std::rc::Rc;

use shared::content::Programme;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback};

use super::draft::{Draft, total};
use crate::kinds::words;
use crate::library::use_library;
use crate::library::words::duration;
use crate::texts::{Key, use_texts};

/// See [`ReadyMade`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ReadyMadeProps {
    /// What is built.
    pub(super) draft: Draft,
    /// Puts a programme in its place.
    pub(super) on_draft: Callback<Draft>,
}

/// Draws the programmes; folded, once something is built.
#[component]
pub(super) fn ReadyMade(props: &ReadyMadeProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    if library.programmes().is_empty() {
        return Html::default();
    }
    html! {
        <details class="ready-made" open={props.draft.tools.is_empty()} data-test="ready-made">
            <summary class="ready-made__title">{ texts.get(Key::BuildReadyMade) }</summary>
            <ul class="ready-made__list">
                { for library.programmes().iter().map(|programme| html! {
                    <Offer key={programme.id.to_string()} programme={Rc::clone(programme)} draft={props.draft.clone()} on_draft={props.on_draft.clone()} />
                }) }
            </ul>
        </details>
    }
}

/// See [`Offer`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OfferProps {
    programme: Rc<Programme>,
    draft: Draft,
    on_draft: Callback<Draft>,
}

#[component]
fn Offer(props: &OfferProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let programme = &props.programme;
    let offered = Draft { tools: programme.tools.clone(), ..props.draft.clone() };
    let rows = offered.here(&library);
    let names: Vec<_> = rows.iter().map(|(_, tool)| tool.short_title.get(texts.language).to_owned()).collect();
    let facts = [duration(total(&rows), texts), Some(names.join(", "))];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let onclick = use_callback((props.on_draft.clone(), offered), |_: MouseEvent, (on_draft, offered)| {
        on_draft.emit(offered.clone());
    });
    html! {
        <li>
            <button class="ready-made__offer" type="button" {onclick} data-test={format!("programme-{}", programme.id)}>
                <span class="ready-made__name">{ words(&programme.title, texts) }</span>
                <span class="ready-made__summary">{ words(&programme.summary, texts) }</span>
                <span class="ready-made__facts">{ facts }</span>
            </button>
        </li>
    }
}
