//! Makes a workshop of tools in an order; also with no network.
//!
//! What is built stands in the address (`Draft`), so that reading a tool and coming back loses nothing.

mod draft;
mod plan;
mod plan_row;
mod ready_made;
mod template;
mod template_files;

use std::rc::Rc;

use shared::access::Role;
use shared::content::{Language, Tool};
use shared::limits;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, InputEvent, SubmitEvent};
use yew::prelude::{AttrValue, Html, TargetCast, component, html, use_callback, use_effect_with, use_state_eq};

use self::draft::{Draft, total};
use self::plan::Plan;
use self::ready_made::ReadyMade;
use self::template_files::TemplateFiles;
use crate::components::choice_group::ChoiceGroup;
use crate::components::notice::{Notice, Weight};
use crate::components::preference_choices::own_name;
use crate::components::tool_finder::ToolFinder;
use crate::hooks::{CreateRule, Visit, use_create_rule, use_device, use_query};
use crate::library::filter::Filter;
use crate::library::use_library;
use crate::library::words::duration;
use crate::preferences::use_go;
use crate::query::Query;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};
use crate::views::came_from;
use crate::views::page_frame::PageFrame;

/// Draws the form.
#[component]
pub fn NewWorkshop() -> Html {
    let texts = use_texts();
    let device = use_device();
    let go = use_go();
    let library = use_library();
    let is_tried = use_state_eq(|| false);
    let is_failed = use_state_eq(|| false);
    let (query, set_query) = use_query();
    let draft = Draft::of(&query);
    let rows = draft.here(&library);
    use_effect_with(query.clone(), |query| came_from::remember(&format!("{}{query}", Route::New)));
    let on_filter =
        use_callback((query.clone(), set_query.clone()), |(filter, visit): (Filter, Visit), (query, set)| {
            set.emit((filter.write(query.clone()), visit));
        });
    let on_draft = use_callback((query.clone(), set_query.clone()), |draft: Draft, (query, set)| {
        set.emit((draft.write(query.clone()), Visit::New));
    });
    let on_title = use_callback((query.clone(), set_query), |event: InputEvent, (query, set)| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            let draft = Draft { title: input.value(), ..Draft::of(query) };
            set.emit((draft.write(query.clone()), Visit::Same));
        }
    });
    let on_toggle = use_callback((draft.clone(), on_draft.clone()), |id: AttrValue, (draft, on_draft)| {
        let mut draft = draft.clone();
        let count = draft.tools.len();
        draft.tools.retain(|planned| planned.tool != id.as_str());
        on_draft.emit(if draft.tools.len() < count { draft } else { draft.and(&id) });
    });
    let on_language = use_callback((draft.clone(), on_draft.clone()), |place: usize, (draft, on_draft)| {
        on_draft.emit(Draft { language: Language::ALL.get(place).copied(), ..draft.clone() });
    });
    let length = limits::utf16_len(draft.title.trim());
    let title_fault = match length {
        0 if *is_tried => Some(texts.get(Key::NewNameMissing).to_owned()),
        length if length > limits::TITLE => Some(texts.lead_title_too_long(length - limits::TITLE)),
        _ => None,
    };
    let language = draft.language.unwrap_or(texts.language);
    let used = (device, go, draft.clone(), rows.clone(), language, is_tried.clone(), is_failed.clone());
    let onsubmit =
        use_callback(used, |event: SubmitEvent, (device, go, draft, rows, language, is_tried, is_failed)| {
            event.prevent_default();
            is_tried.set(true);
            let title = draft.title.trim().to_owned();
            if title.is_empty() || limits::check(&title, limits::TITLE).is_err() || rows.is_empty() {
                return;
            }
            let tools: Vec<Tool> = rows.iter().map(|(planned, tool)| planned.of(tool)).collect();
            let (device, go, language, is_failed) = (device.clone(), go.clone(), *language, is_failed.clone());
            spawn_local(async move {
                match device.create_workshop(&title, language, &tools).await {
                    Ok(capability) => {
                        device.ask_to_persist().await;
                        // What is built next begins with nothing.
                        came_from::remember(&Route::Tools.to_string());
                        let place =
                            Place { workshop: capability.workshop, role: Role::Facilitator, screen: Screen::Keep };
                        go.emit(Route::Workshop(place));
                    }
                    Err(_) => is_failed.set(true),
                }
            });
        });
    let at = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
    let names: Vec<AttrValue> = Language::ALL.iter().map(|language| own_name(*language).into()).collect();
    let codes: Vec<AttrValue> = Language::ALL.iter().map(|language| language.code().into()).collect();
    let chosen: Vec<AttrValue> = draft.tools.iter().map(|planned| planned.tool.to_string().into()).collect();
    let sum = [Some(texts.build_count(rows.len())), duration(total(&rows), texts)];
    let sum = sum.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    html! {
        <PageFrame title={texts.get(Key::NewTitle)} lead={texts.get(Key::NewLead)}>
            <RelayRule />
            <form class="new-workshop" {onsubmit} novalidate=true>
                <label class="field new-workshop__name">
                    <span class="field__label">{ texts.get(Key::NewName) }</span>
                    <input class="input" dir="auto" value={draft.title.clone()} oninput={on_title} placeholder={texts.get(Key::NewNamePlaceholder)} data-test="new-title"
                        aria-invalid={title_fault.is_some().to_string()} />
                    if let Some(fault) = title_fault { <span class="field__fault" role="alert">{ fault }</span> }
                </label>
                <ReadyMade draft={draft.clone()} on_draft={on_draft.clone()} />
                <section class="new-workshop__plan" aria-label={texts.get(Key::BuildProgramme)}>
                    <h2>{ texts.get(Key::BuildProgramme) }</h2>
                    <Plan draft={draft.clone()} on_draft={on_draft.clone()} />
                    if *is_tried && rows.is_empty() { <p class="field__fault" role="alert">{ texts.get(Key::NewToolsMissing) }</p> }
                </section>
                <section class="new-workshop__tools" aria-label={texts.get(Key::NewTools)}>
                    <h2>{ texts.get(Key::NewTools) }</h2>
                    <p class="field__hint">{ texts.get(Key::NewToolsHint) }</p>
                    <ToolFinder filter={Filter::of(&query)} {on_filter} chosen={Rc::new(chosen)} {on_toggle} />
                </section>
                <div class="field">
                    <p class="field__label">{ texts.get(Key::NewLanguage) }</p>
                    <ChoiceGroup label={texts.get(Key::NewLanguage)} choices={names} languages={codes} chosen={at} on_choose={on_language} test="new-language" />
                </div>
                <div class="field">
                    <p class="field__label">{ texts.get(Key::BuildFileTitle) }</p>
                    <p class="field__hint">{ texts.get(Key::BuildFileHint) }</p>
                    <TemplateFiles draft={Draft { language: Some(language), ..draft }} on_open={on_draft} />
                </div>
                if *is_failed { <p class="field__fault" role="alert">{ texts.get(Key::NewFailed) }</p> }
                <div class="new-workshop__go">
                    if !rows.is_empty() { <p class="new-workshop__sum" data-test="new-sum">{ sum }</p> }
                    <button class="button button--main" type="submit" data-test="new-go">{ texts.get(Key::NewGo) }</button>
                </div>
            </form>
        </PageFrame>
    }
}

/// The address of the builder with another tool in what is built; `None` where it is in already.
#[must_use]
pub fn route_with(id: &str) -> Option<String> {
    let route = Route::New.to_string();
    let built = came_from::list();
    let query = if Route::parse(&built) == Route::New { Query::of(&built) } else { Query::default() };
    let draft = Draft::of(&query);
    let is_in = draft.tools.iter().any(|planned| planned.tool == id);
    (!is_in).then(|| format!("{route}{}", draft.and(id).write(query)))
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
