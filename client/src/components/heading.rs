//! The question of a screen. It takes the focus when the screen changes, so that it is read aloud.

use web_sys::HtmlElement;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_effect_with, use_node_ref};

/// See [`Heading`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct HeadingProps {
    /// The question.
    pub text: AttrValue,
    /// A helping line under it.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
}

/// Draws the heading.
#[component]
pub fn Heading(props: &HeadingProps) -> Html {
    let node = use_node_ref();
    use_effect_with((node.clone(), props.text.clone()), |(node, _)| {
        if let Some(heading) = node.cast::<HtmlElement>() {
            // Only refused for what cannot be focused.
            let _ = heading.focus();
        }
    });
    html! {
        <div class="heading">
            <h1 class="heading__text" ref={node} tabindex="-1">{ &props.text }</h1>
            if let Some(hint) = &props.hint { <p class="heading__hint">{ hint }</p> }
        </div>
    }
}
