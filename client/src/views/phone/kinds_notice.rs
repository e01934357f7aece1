//! Says that questions are on their way to this device, or could not be had.

use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback};

use crate::components::notice::{Notice, Weight};
use crate::modules::Module;
use crate::texts::{Key, use_texts};
use crate::views::later::fetch_again;

/// See [`KindsNotice`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct KindsNoticeProps {
    /// Tries again; there once they could not be had.
    pub(super) on_again: Option<Callback<()>>,
}

/// Stands above the tools until the module that draws their questions is here.
#[component]
pub(super) fn KindsNotice(props: &KindsNoticeProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback(props.on_again.clone(), |_: MouseEvent, on_again| {
        if let Some(on_again) = on_again {
            fetch_again(Module::Kinds, on_again.clone());
        }
    });
    if props.on_again.is_none() {
        return html! { <p class="page__waiting" role="status">{ texts.get(Key::LaterQuestionsWaiting) }</p> };
    }
    html! {
        <Notice weight={Weight::Attention} test="kinds-not-fetched">
            <p>{ texts.get(Key::LaterQuestionsFailed) }</p>
            <button class="button button--small" type="button" {onclick} data-test="fetch-again">{ texts.get(Key::LaterAgain) }</button>
        </Notice>
    }
}
