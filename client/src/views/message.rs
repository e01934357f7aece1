//! A screen that says what happened, what is safe, and where to go on.

use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::components::brand::Brand;
use crate::components::heading::use_arrival_focus;
use crate::texts::{Key, use_texts};

/// See [`Message`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct MessageProps {
    /// What happened.
    pub title: AttrValue,
    /// What is safe, and what to do.
    pub text: AttrValue,
}

/// Draws the message with the way to the front page.
#[component]
pub fn Message(props: &MessageProps) -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    html! {
        <main class="page" id="content" data-test="message">
            <Brand />
            <header class="page__head">
                <h1 class="page__title" ref={title} tabindex="-1">{ &props.title }</h1>
                <p class="page__lead">{ &props.text }</p>
            </header>
            <div class="actions"><a class="button button--main" href="#/" data-test="to-home">{ texts.get(Key::MenuHome) }</a></div>
        </main>
    }
}
