//! Asks before something that cannot simply be undone.

use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Children, Html, Properties, component, html, use_callback};

use super::sheet::Sheet;

/// See [`Confirm`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ConfirmProps {
    /// The question.
    pub title: AttrValue,
    /// The button that does it, in words for what happens.
    pub yes: AttrValue,
    /// The button that leaves everything as it is.
    pub no: AttrValue,
    /// Does it.
    pub on_yes: Callback<()>,
    /// Leaves everything as it is.
    pub on_no: Callback<()>,
    /// What follows from it.
    pub children: Children,
}

/// Draws the question as a sheet; the way out comes first for the keyboard.
#[component]
pub fn Confirm(props: &ConfirmProps) -> Html {
    let on_yes = use_callback(props.on_yes.clone(), |_: MouseEvent, on_yes| on_yes.emit(()));
    let on_no = use_callback(props.on_no.clone(), |_: MouseEvent, on_no| on_no.emit(()));
    html! {
        <Sheet title={props.title.clone()} on_close={props.on_no.clone()} test="confirm">
            { props.children.clone() }
            <div class="actions">
                <button class="button" type="button" onclick={on_no} data-test="confirm-no">{ &props.no }</button>
                <button class="button button--refused" type="button" onclick={on_yes} data-test="confirm-yes">{ &props.yes }</button>
            </div>
        </Sheet>
    }
}
