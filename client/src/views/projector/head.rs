//! What the large screen is about.

use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

/// Letters after which a title is set smaller, to stay on its line.
const LONG: usize = 60;

/// See [`Head`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct HeadProps {
    /// The tool or the question.
    pub(super) title: AttrValue,
    /// The workshop, and the tool where the title is a question.
    pub(super) above: AttrValue,
}

/// Draws the heading.
#[component]
pub(super) fn Head(props: &HeadProps) -> Html {
    let is_long = props.title.chars().count() > LONG;
    html! {
        <header class="screen__head">
            if !props.above.is_empty() { <p class="screen__above" dir="auto">{ &props.above }</p> }
            <h1 class={classes!("screen__title", is_long.then_some("screen__title--long"))} dir="auto">{ &props.title }</h1>
        </header>
    }
}
