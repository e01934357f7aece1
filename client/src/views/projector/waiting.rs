//! A word while there is nothing to show, with the way in beside it.

use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::side::Side;

/// See [`Waiting`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct WaitingProps {
    /// What is said.
    pub(crate) words: AttrValue,
    /// The way in.
    pub(crate) invitation: Option<AttrValue>,
}

/// Draws the word.
#[component]
pub(crate) fn Waiting(props: &WaitingProps) -> Html {
    html! {
        <div class="screen__body screen__body--with-side">
            <p class="screen__waiting">{ &props.words }</p>
            <Side invitation={props.invitation.clone()} is_invite_large=true />
        </div>
    }
}
