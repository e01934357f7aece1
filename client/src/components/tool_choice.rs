//! A tool in the library, with its kind's drawing.

use std::rc::Rc;

use shared::content::Tool;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::icon::Icon;
use super::kind_drawing::{drawn_kind, kind_drawing};
use crate::library::words::facts;
use crate::route::Route;
use crate::texts::{Key, use_texts};

/// See [`ToolChoice`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolChoiceProps {
    /// The tool.
    pub tool: Rc<Tool>,
    /// Whether it is chosen, where it can be.
    #[prop_or_default]
    pub is_chosen: Option<bool>,
    /// Chooses it, or not any more.
    #[prop_or_default]
    pub on_toggle: Option<Callback<AttrValue>>,
}

/// Draws the tool as a card; where it can be chosen, the card is the button.
#[component]
pub fn ToolChoice(props: &ToolChoiceProps) -> Html {
    let texts = use_texts();
    let tool = &props.tool;
    let id = AttrValue::from(tool.id.to_string());
    let onclick = use_callback((props.on_toggle.clone(), id.clone()), |_: MouseEvent, (on_toggle, id)| {
        if let Some(on_toggle) = on_toggle {
            on_toggle.emit(id.clone());
        }
    });
    let inner = html! {
        <>
            if let Some(kind) = drawn_kind(tool) { { kind_drawing(kind) } }
            <span class="tool-choice__words">
                <span class="tool-choice__title">{ tool.title.get(texts.language) }</span>
                <span class="tool-choice__summary">{ tool.summary.get(texts.language) }</span>
                <span class="tool-choice__facts">{ facts(tool, texts) }</span>
            </span>
        </>
    };
    let href = format!("#{}", Route::Tool(id.to_string()));
    html! {
        <article class="tool-choice">
            if let Some(is_chosen) = props.is_chosen {
                <button class="tool-choice__body" type="button" role="checkbox" aria-checked={is_chosen.to_string()} {onclick}
                    data-test={format!("tool-{id}")}>
                    { inner }
                    if is_chosen { <span class="tool-choice__tick">{ Icon::Check.image() }</span> }
                </button>
                <a class="text-button tool-choice__read" {href} data-test={format!("read-{id}")}>
                    { texts.get(Key::HomeRead) }<span class="hidden-words">{ format!(": {}", tool.title.get(texts.language)) }</span>
                </a>
            } else {
                <a class="tool-choice__body" {href} data-test={format!("read-{id}")}>{ inner }</a>
            }
        </article>
    }
}
