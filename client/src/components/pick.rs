//! One of several things to pick, as small as its words.

use web_sys::{Event, HtmlSelectElement};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, classes, component, html, use_callback};

/// See [`Pick`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PickProps {
    /// Names what is picked.
    pub label: AttrValue,
    /// What can be picked; the first says that nothing was.
    pub choices: Vec<AttrValue>,
    /// Which of them holds.
    pub chosen: usize,
    /// Called with the place of the one that was picked.
    pub on_pick: Callback<usize>,
    /// What it is called in tests.
    pub test: AttrValue,
}

/// Draws the browser's own list, which every device has a good way to choose from.
#[component]
pub fn Pick(props: &PickProps) -> Html {
    let onchange = use_callback(props.on_pick.clone(), |event: Event, on_pick| {
        if let Some(select) = event.target_dyn_into::<HtmlSelectElement>() {
            on_pick.emit(usize::try_from(select.selected_index()).unwrap_or(0));
        }
    });
    html! {
        <select class={classes!("pick", (props.chosen > 0).then_some("pick--set"))} aria-label={props.label.clone()} {onchange}
            data-test={props.test.clone()}>
            { for props.choices.iter().enumerate().map(|(place, words)| html! {
                <option key={place} selected={place == props.chosen}>{ words }</option>
            }) }
        </select>
    }
}
