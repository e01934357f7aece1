//! The tools there are, with what they are narrowed down by.

use std::rc::Rc;

use shared::content::{Layer, Theme, Tool};
use web_sys::{HtmlInputElement, InputEvent, MouseEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_memo};

use super::notice::{Notice, Weight};
use super::pick::Pick;
use super::tool_choice::ToolChoice;
use crate::hooks::Visit;
use crate::library::filter::{Company, Filter, TIMES};
use crate::library::search::SearchIndex;
use crate::library::words::{layer_word, theme_word};
use crate::library::{Library, use_library};
use crate::texts::{Key, Texts, use_texts};

/// See [`ToolFinder`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolFinderProps {
    /// What is asked of the tools.
    pub filter: Filter,
    /// Asks for something else; what was typed takes the place of what was asked before.
    pub on_filter: Callback<(Filter, Visit)>,
    /// The ids of those that are chosen, where tools can be.
    #[prop_or_default]
    pub chosen: Option<Rc<Vec<AttrValue>>>,
    /// Chooses a tool, or not any more.
    #[prop_or_default]
    pub on_toggle: Option<Callback<AttrValue>>,
}

/// Draws the search, what narrows it down, and the tools that are left.
#[component]
pub fn ToolFinder(props: &ToolFinderProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let index = use_memo(library.clone(), |library| SearchIndex::new(library.tools()));
    let on_open = use_callback(props.on_filter.clone(), |_: MouseEvent, on_filter| {
        on_filter.emit((Filter::default(), Visit::New));
    });
    if let Library::Failed(again) = &library {
        return html! { <NotFetched again={again.clone()} /> };
    }
    let (all, found) = (library.tools().len(), props.filter.find(library.tools(), &index));
    let count = match library {
        Library::Loading => String::new(),
        _ if props.filter.is_open() => texts.library_found(all),
        _ => texts.library_found_of(all, found.len()),
    };
    html! {
        <div class="finder">
            <FinderBar filter={props.filter.clone()} on_filter={props.on_filter.clone()} />
            <div class="finder__count">
                <p role="status" data-test="found" data-count={found.len().to_string()}>{ count }</p>
                if !props.filter.is_open() {
                    <button class="text-button" type="button" onclick={on_open} data-test="show-all">{ texts.get(Key::LibraryShowAll) }</button>
                }
            </div>
            if library == Library::Loading {
                <div class="tool-choices tool-choices--coming" role="status" aria-label={texts.get(Key::LibraryLoading)} data-test="library-loading">
                    { for (0..6).map(|place| html! { <span class="tool-choice tool-choice--coming" key={place} /> }) }
                </div>
            } else if found.is_empty() {
                <Notice title={texts.get(Key::LibraryNothingTitle)} test="found-nothing"><p>{ texts.get(Key::LibraryNothing) }</p></Notice>
            }
            <div class="tool-choices">
                { for found.into_iter().map(|tool| choice(tool, props)) }
            </div>
        </div>
    }
}

fn choice(tool: &Rc<Tool>, props: &ToolFinderProps) -> Html {
    let is_chosen = props.chosen.as_ref().map(|chosen| chosen.iter().any(|id| tool.id == id.as_str()));
    html! { <ToolChoice key={tool.id.to_string()} tool={Rc::clone(tool)} {is_chosen} on_toggle={props.on_toggle.clone()} /> }
}

/// See [`NotFetched`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct NotFetchedProps {
    again: Callback<()>,
}

#[component]
fn NotFetched(props: &NotFetchedProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback(props.again.clone(), |_: MouseEvent, again| again.emit(()));
    html! {
        <Notice weight={Weight::Attention} title={texts.get(Key::LibraryFailedTitle)} test="library-failed">
            <p>{ texts.get(Key::LibraryFailed) }</p>
            <button class="button button--small" type="button" {onclick} data-test="library-again">{ texts.get(Key::LibraryAgain) }</button>
        </Notice>
    }
}

/// See [`FinderBar`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct FinderBarProps {
    filter: Filter,
    on_filter: Callback<(Filter, Visit)>,
}

/// The search and the four lists beside it.
#[component]
fn FinderBar(props: &FinderBarProps) -> Html {
    let texts = use_texts();
    let filter = &props.filter;
    let used = (props.on_filter.clone(), filter.clone());
    let oninput = use_callback(used.clone(), |event: InputEvent, (on_filter, filter)| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
        on_filter.emit((Filter { words: input.value(), ..filter.clone() }, Visit::Same));
    });
    let on_time = use_callback(used.clone(), |place: usize, (on_filter, filter)| {
        on_filter.emit((Filter { time: nth(&TIMES, place), ..filter.clone() }, Visit::New));
    });
    let on_company = use_callback(used.clone(), |place: usize, (on_filter, filter)| {
        on_filter.emit((Filter { company: nth(&Company::ALL, place), ..filter.clone() }, Visit::New));
    });
    let on_layer = use_callback(used.clone(), |place: usize, (on_filter, filter)| {
        on_filter.emit((Filter { layer: nth(&Layer::ALL, place), ..filter.clone() }, Visit::New));
    });
    let on_theme = use_callback(used, |place: usize, (on_filter, filter)| {
        on_filter.emit((Filter { theme: nth(&Theme::ALL, place), ..filter.clone() }, Visit::New));
    });
    let times =
        choices(Key::LibraryTimeAny, TIMES.iter().map(|time| texts.library_time_most(usize::from(*time))), texts);
    let word = |key: Key| texts.get(key).to_owned();
    let companies = choices(Key::LibraryPeopleAny, Company::ALL.iter().map(|one| word(one.word())), texts);
    let layers = choices(Key::LibraryLayerAny, Layer::ALL.iter().map(|one| word(layer_word(*one))), texts);
    let themes = choices(Key::LibraryThemeAny, Theme::ALL.iter().map(|one| word(theme_word(*one))), texts);
    html! {
        <div class="finder__bar" role="search">
            <input class="input finder__search" type="search" value={filter.words.clone()} {oninput} placeholder={texts.get(Key::LibrarySearchPlaceholder)}
                aria-label={texts.get(Key::LibrarySearch)} data-test="search" />
            <div class="finder__picks" role="group" aria-label={texts.get(Key::LibraryNarrow)}>
                <Pick label={texts.get(Key::LibraryTime)} choices={times} chosen={place_of(&TIMES, filter.time)} on_pick={on_time} test="filter-time" />
                <Pick label={texts.get(Key::LibraryPeople)} choices={companies} chosen={place_of(&Company::ALL, filter.company)} on_pick={on_company} test="filter-people" />
                <Pick label={texts.get(Key::LibraryLayer)} choices={layers} chosen={place_of(&Layer::ALL, filter.layer)} on_pick={on_layer} test="filter-layer" />
                <Pick label={texts.get(Key::LibraryTheme)} choices={themes} chosen={place_of(&Theme::ALL, filter.theme)} on_pick={on_theme} test="filter-theme" />
            </div>
        </div>
    }
}

/// What a list offers: first that nothing is picked.
fn choices(any: Key, words: impl Iterator<Item = String>, texts: Texts) -> Vec<AttrValue> {
    std::iter::once(AttrValue::Static(texts.get(any))).chain(words.map(AttrValue::from)).collect()
}

/// What stands at a place of [`choices`].
fn nth<T: Copy>(all: &[T], place: usize) -> Option<T> {
    all.get(place.checked_sub(1)?).copied()
}

fn place_of<T: PartialEq>(all: &[T], chosen: Option<T>) -> usize {
    chosen.and_then(|chosen| all.iter().position(|one| *one == chosen)).map_or(0, |place| place + 1)
}
