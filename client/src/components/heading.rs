//! What a screen is about. It takes the focus when the screen comes, so that it is read aloud and the keyboard goes on
//! from there: what was pressed to come here is gone.

use std::cell::Cell;

use web_sys::HtmlElement;
use yew::prelude::{AttrValue, Html, NodeRef, Properties, component, hook, html, use_effect_with, use_node_ref};

thread_local! {
    /// Whether a screen has come. The browser begins the first one itself, before the way past the head.
    static HAS_ARRIVED: Cell<bool> = const { Cell::new(false) };
}

/// A reference for the heading of a screen, which needs a `tabindex` of -1 to take the focus.
#[hook]
pub fn use_arrival_focus() -> NodeRef {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let is_first = !HAS_ARRIVED.replace(true);
        if let (false, Some(heading)) = (is_first, node.cast::<HtmlElement>()) {
            // Only refused for what cannot be focused.
            let _ = heading.focus();
        }
    });
    node
}

/// See [`Heading`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct HeadingProps {
    /// The question.
    pub text: AttrValue,
    /// A helping line under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Whether it stands under a heading of the page, as on the desk.
    #[prop_or_default]
    pub is_section: bool,
}

/// Draws the heading of a question.
#[component]
pub fn Heading(props: &HeadingProps) -> Html {
    let node = use_arrival_focus();
    html! {
        <div class="heading">
            if props.is_section {
                <h2 class="heading__text" ref={node} tabindex="-1">{ &props.text }</h2>
            } else {
                <h1 class="heading__text" ref={node} tabindex="-1">{ &props.text }</h1>
            }
            if let Some(hint) = &props.hint { <p class="heading__hint">{ hint }</p> }
        </div>
    }
}
