//! A few choices side by side, of which one holds.

use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

/// See [`ChoiceGroup`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ChoiceGroupProps {
    /// Names the group.
    pub label: AttrValue,
    /// What can be chosen, in order.
    pub choices: Vec<AttrValue>,
    /// The languages of the choices, where they are not the page's own.
    #[prop_or_default]
    pub languages: Vec<AttrValue>,
    /// Which of them holds.
    pub chosen: usize,
    /// Called with the place of the one that was chosen.
    pub on_choose: Callback<usize>,
    /// What the group is called in tests; each choice has its place after it.
    pub test: AttrValue,
}

/// Draws the choices as buttons that are pressed or not.
#[component]
pub fn ChoiceGroup(props: &ChoiceGroupProps) -> Html {
    html! {
        <div class="choice-group" role="group" aria-label={props.label.clone()}>
            { for props.choices.iter().enumerate().map(|(place, words)| html! {
                <Choice key={place} {place} words={words.clone()} language={props.languages.get(place).cloned()}
                    is_chosen={place == props.chosen} on_choose={props.on_choose.clone()} test={format!("{}-{place}", props.test)} />
            }) }
        </div>
    }
}

/// See [`Choice`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ChoiceProps {
    place: usize,
    words: AttrValue,
    language: Option<AttrValue>,
    is_chosen: bool,
    on_choose: Callback<usize>,
    test: AttrValue,
}

#[component]
fn Choice(props: &ChoiceProps) -> Html {
    let onclick = use_callback((props.on_choose.clone(), props.place), |_: MouseEvent, (on_choose, place)| {
        on_choose.emit(*place)
    });
    html! {
        <button class="choice-group__choice" type="button" aria-pressed={props.is_chosen.to_string()} lang={props.language.clone()}
            {onclick} data-test={props.test.clone()}>{ &props.words }</button>
    }
}
