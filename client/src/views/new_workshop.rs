//! Makes a workshop; also with no network.

use std::rc::Rc;

use shared::access::Role;
use shared::content::{Language, Tool};
use shared::limits;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, InputEvent, SubmitEvent};
use yew::prelude::{AttrValue, Html, TargetCast, component, html, use_callback, use_state_eq};

use crate::components::choice_group::ChoiceGroup;
use crate::components::notice::{Notice, Weight};
use crate::components::preference_choices::own_name;
use crate::components::tool_choice::ToolChoice;
use crate::hooks::{CreateRule, use_create_rule, use_device};
use crate::library::{Library, use_library};
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};
use crate::views::page_frame::PageFrame;

/// Draws the form.
#[component]
pub fn NewWorkshop() -> Html {
    let texts = use_texts();
    let device = use_device();
    let go = use_go();
    let library = use_library();
    let title = use_state_eq(String::new);
    let chosen = use_state_eq(Vec::<AttrValue>::new);
    let language = use_state_eq(|| texts.language);
    let is_tried = use_state_eq(|| false);
    let is_failed = use_state_eq(|| false);
    let on_title = use_callback(title.clone(), |event: InputEvent, title| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            title.set(input.value());
        }
    });
    let on_toggle = use_callback(chosen.clone(), |id: AttrValue, chosen| {
        let mut next = (**chosen).clone();
        match next.iter().position(|known| *known == id) {
            Some(place) => drop(next.remove(place)),
            None => next.push(id),
        }
        chosen.set(next);
    });
    let on_language = use_callback(language.clone(), |place: usize, language| {
        if let Some(wanted) = Language::ALL.get(place) {
            language.set(*wanted);
        }
    });
    let length = limits::utf16_len(title.trim());
    let title_fault = match length {
        0 if *is_tried => Some(texts.get(Key::NewNameMissing).to_owned()),
        length if length > limits::TITLE => Some(texts.lead_title_too_long(length - limits::TITLE)),
        _ => None,
    };
    let tools: Vec<Rc<Tool>> = chosen.iter().filter_map(|id| library.tool(id)).collect();
    let onsubmit = use_callback(
        (device, go, title.clone(), tools.clone(), *language, is_tried.clone(), is_failed.clone()),
        |event: SubmitEvent, (device, go, title, tools, language, is_tried, is_failed)| {
            event.prevent_default();
            is_tried.set(true);
            let title = title.trim().to_owned();
            if title.is_empty() || limits::check(&title, limits::TITLE).is_err() || tools.is_empty() {
                return;
            }
            let tools: Vec<Tool> = tools.iter().map(|tool| (**tool).clone()).collect();
            let (device, go, language, is_failed) = (device.clone(), go.clone(), *language, is_failed.clone());
            spawn_local(async move {
                match device.create_workshop(&title, language, &tools).await {
                    Ok(capability) => {
                        device.ask_to_persist().await;
                        let place =
                            Place { workshop: capability.workshop, role: Role::Facilitator, screen: Screen::Keep };
                        go.emit(Route::Workshop(place));
                    }
                    Err(_) => is_failed.set(true),
                }
            });
        },
    );
    let at = Language::ALL.iter().position(|known| known == &*language).unwrap_or(0);
    let names: Vec<AttrValue> = Language::ALL.iter().map(|language| own_name(*language).into()).collect();
    let codes: Vec<AttrValue> = Language::ALL.iter().map(|language| language.code().into()).collect();
    html! {
        <PageFrame title={texts.get(Key::NewTitle)} lead={texts.get(Key::NewLead)}>
            <RelayRule />
            <form class="new-workshop" {onsubmit} novalidate=true>
                <label class="field">
                    <span class="field__label">{ texts.get(Key::NewName) }</span>
                    <input class="input" dir="auto" oninput={on_title} placeholder={texts.get(Key::NewNamePlaceholder)} data-test="new-title"
                        aria-invalid={title_fault.is_some().to_string()} />
                    if let Some(fault) = title_fault { <span class="field__fault" role="alert">{ fault }</span> }
                </label>
                <div class="field" role="group" aria-label={texts.get(Key::NewTools)}>
                    <p class="field__label">{ texts.get(Key::NewTools) }</p>
                    <p class="field__hint">{ texts.get(Key::NewToolsHint) }</p>
                    if library == Library::Failed { <p class="field__fault" role="alert">{ texts.get(Key::HomeLibraryFailed) }</p> }
                    <div class="tool-choices">
                        { for library.tools().iter().map(|tool| html! {
                            <ToolChoice key={tool.id.to_string()} tool={Rc::clone(tool)} on_toggle={on_toggle.clone()}
                                is_chosen={Some(chosen.iter().any(|id| tool.id == id.as_str()))} />
                        }) }
                    </div>
                    if *is_tried && tools.is_empty() { <p class="field__fault" role="alert">{ texts.get(Key::NewToolsMissing) }</p> }
                </div>
                <div class="field">
                    <p class="field__label">{ texts.get(Key::NewLanguage) }</p>
                    <ChoiceGroup label={texts.get(Key::NewLanguage)} choices={names} languages={codes} chosen={at} on_choose={on_language} test="new-language" />
                </div>
                if *is_failed { <p class="field__fault" role="alert">{ texts.get(Key::NewFailed) }</p> }
                <button class="button button--main" type="submit" data-test="new-go">{ texts.get(Key::NewGo) }</button>
            </form>
        </PageFrame>
    }
}

/// Says before anything is written whether the workshop will come further than this device.
#[component]
fn RelayRule() -> Html {
    let texts = use_texts();
    let rule = use_create_rule();
    let (title, text) = match rule {
        CreateRule::Asked | CreateRule::Open => return Html::default(),
        CreateRule::None => (Key::NewCreateNoneTitle, Key::NewCreateNone),
        CreateRule::Token => (Key::NewCreateNoneTitle, Key::NewCreateToken),
        CreateRule::Unknown => (Key::NewCreateUnknownTitle, Key::NewCreateUnknown),
    };
    html! {
        <Notice weight={Weight::Attention} title={texts.get(title)} test="create-rule"><p>{ texts.get(text) }</p></Notice>
    }
}
