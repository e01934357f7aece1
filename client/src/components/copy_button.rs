//! Copies a text, and says whether it worked.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{FocusEvent, HtmlInputElement, MouseEvent};
use yew::prelude::{
    AttrValue, Classes, Html, Properties, classes, component, html, use_callback, use_effect_with, use_node_ref,
    use_state_eq,
};

use crate::platform::page;
use crate::texts::{Key, use_texts};

/// How long 'copied' stands.
const COPIED_MS: u32 = 3_000;
/// How long a text is shown to be copied by hand, unless the person leaves it before: it may be a secret.
const SHOWN_MS: u32 = 60_000;

/// See [`CopyButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CopyButtonProps {
    /// What is copied. It is nowhere in the page: links are secrets.
    pub text: AttrValue,
    /// The button's words.
    pub label: AttrValue,
    /// What is copied, in words: tells buttons that say the same apart for those who listen.
    #[prop_or_default]
    pub about: Option<AttrValue>,
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
    let field = use_node_ref();
    // Another text is neither copied nor asked for.
    use_effect_with(props.text.clone(), {
        let state = state.setter();
        move |_| state.set(State::Ready)
    });
    use_effect_with(*state, {
        let (ready, field) = (state.setter(), field.clone());
        move |state| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
            let shown = match state {
                State::Ready => None,
                State::Copied => Some(COPIED_MS),
                State::Failed => Some(SHOWN_MS),
            };
            let timeout = shown.map(|shown| Timeout::new(shown, move || ready.set(State::Ready)));
            move || drop(timeout)
        }
    });
    let onblur = use_callback(state.clone(), |_: FocusEvent, state| state.set(State::Ready));
    let label = if *state == State::Copied { texts.get(Key::AppCopied) } else { props.label.as_str() }.to_owned();
    html! {
        <>
            <button class={classes!("button", props.class.clone())} type="button" {onclick} data-test={props.test.clone()}>
                <span aria-live="polite">{ label }</span>
                if let Some(about) = &props.about { <span class="hidden-words">{ format!(": {about}") }</span> }
            </button>
            if *state == State::Failed {
                <div class="copy-failed" role="alert">
                    <p class="field__hint">{ texts.get(Key::AppCopyFailed) }</p>
                    <input class="input" ref={field} readonly=true value={props.text.clone()} aria-label={props.label.clone()} {onblur}
                        data-test="copy-by-hand" />
                </div>
            }
        </>
    }
}
