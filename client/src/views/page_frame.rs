//! A page outside of workshops: a way back, a heading, and its content.

use yew::prelude::{AttrValue, Children, Html, Properties, component, html};

use crate::components::heading::use_arrival_focus;
use crate::components::icon::Icon;
use crate::texts::{Key, use_texts};

/// See [`PageFrame`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PageFrameProps {
    /// Its heading.
    pub title: AttrValue,
    /// A line under it.
    #[prop_or_default]
    pub lead: Option<AttrValue>,
    /// Where back leads; the front page unless said otherwise.
    #[prop_or(AttrValue::Static("#/"))]
    pub back: AttrValue,
    /// Beside the way back.
    #[prop_or_default]
    pub tools: Html,
    /// Its content.
    pub children: Children,
}

/// Draws the page.
#[component]
pub fn PageFrame(props: &PageFrameProps) -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    html! {
        <main class="page" id="content">
            <nav class="page__nav" aria-label={texts.get(Key::AppBack)}>
                <a class="icon-button" href={props.back.clone()} aria-label={texts.get(Key::AppBack)} data-test="back">{ Icon::Back.image() }</a>
                <span class="page__tools">{ props.tools.clone() }</span>
            </nav>
            <header class="page__head">
                <h1 class="page__title" dir="auto" ref={title} tabindex="-1">{ &props.title }</h1>
                if let Some(lead) = &props.lead { <p class="page__lead">{ lead }</p> }
            </header>
            { props.children.clone() }
        </main>
    }
}
