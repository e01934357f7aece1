//! Copies a text, and says whether it worked.

use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Classes, Html, Properties, classes, component, html, use_callback, use_state_eq};

use crate::platform::page;
use crate::texts::{Key, use_texts};

/// See [`CopyButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CopyButtonProps {
    /// What is copied. It is nowhere in the page: links are secrets.
    pub text: AttrValue,
    /// The button's words.
    pub label: AttrValue,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    /// What it is called in tests.
    #[prop_or_default]
    pub test: Option<AttrValue>,
}

/// What has become of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ready,
    Copied,
    /// Without https there is no clipboard: the text is shown, to be marked and copied by hand.
    Failed,
}

/// Draws the button, and the text itself only where the browser refuses to copy.
#[component]
pub fn CopyButton(props: &CopyButtonProps) -> Html {
    let texts = use_texts();
    let state = use_state_eq(|| State::Ready);
    let onclick = use_callback((props.text.clone(), state.clone()), |_: MouseEvent, (text, state)| {
        let (text, state) = (text.clone(), state.clone());
        spawn_local(async move {
            let copied = page::copy(&text).await;
            state.set(if copied { State::Copied } else { State::Failed });
        });
    });
    let label = if *state == State::Copied { texts.get(Key::AppCopied) } else { props.label.as_str() }.to_owned();
    html! {
        <>
            <button class={classes!("button", props.class.clone())} type="button" {onclick} data-test={props.test.clone()}>
                <span aria-live="polite">{ label }</span>
            </button>
            if *state == State::Failed {
                <div class="copy-failed" role="alert">
                    <p class="field__hint">{ texts.get(Key::AppCopyFailed) }</p>
                    <input class="input" readonly=true value={props.text.clone()} aria-label={props.label.clone()} />
                </div>
            }
        </>
    }
}
