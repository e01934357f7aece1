//! The way into a workshop: a name or none, and a mark.

use std::collections::BTreeSet;

use shared::documents::board::Mark;
use shared::limits;
use web_sys::{Event, HtmlInputElement, InputEvent, SubmitEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use crate::components::brand::Brand;
use crate::components::heading::use_arrival_focus;
use crate::components::language_offer::LanguageOffer;
use crate::components::mark_picker::{MarkPicker, somewhere, suggestions};
use crate::components::storage_notice::StorageNotice;
use crate::texts::{Key, use_texts};

/// See [`Join`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct JoinProps {
    /// The workshop's title; `None` until it has arrived.
    pub title: Option<AttrValue>,
    /// Why it will not arrive, where that is known.
    pub ending: Option<Key>,
    /// Marks that others have.
    pub taken: BTreeSet<Mark>,
    /// What went wrong with the last try, in words.
    pub fault: Option<AttrValue>,
    /// The link of this workshop, to be copied out of a browser that will forget it.
    pub link: Option<AttrValue>,
    /// Joins.
    pub on_join: Callback<(Option<String>, Mark)>,
}

/// Draws the first screen of a participant. It can be filled in before the workshop has arrived.
///
/// `client/index.html` draws the same before the app is here, and `client/join_form.js` hands over what was done in it, so
/// a change here is one there too.
#[component]
pub fn Join(props: &JoinProps) -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    let from = *use_state_eq(somewhere);
    let name = use_state_eq(String::new);
    let is_anonymous = use_state_eq(|| false);
    let chosen = use_state_eq(|| None::<Mark>);
    let is_tried = use_state_eq(|| false);
    let suggested = suggestions(&props.taken, from, 1).first().copied().unwrap_or(Mark::new(from));
    // Somebody else may take the suggested mark while this person is writing; what they chose themselves stays.
    let mark = (*chosen).unwrap_or(suggested);
    let length = limits::utf16_len(name.trim());
    let fault = match () {
        () if *is_anonymous => None,
        () if length > limits::NAME => Some(texts.join_name_too_long(length - limits::NAME)),
        () if length == 0 && *is_tried => Some(texts.get(Key::JoinNameMissing).to_owned()),
        () => None,
    };
    let on_name = use_callback(name.clone(), |event: InputEvent, name| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            name.set(input.value());
        }
    });
    let on_anonymous = use_callback(is_anonymous.clone(), |event: Event, is_anonymous| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            is_anonymous.set(input.checked());
        }
    });
    let on_choose = use_callback(chosen, |mark: Mark, chosen| chosen.set(Some(mark)));
    let onsubmit = use_callback(
        (props.on_join.clone(), name.clone(), is_anonymous.clone(), is_tried, mark),
        |event: SubmitEvent, (on_join, name, is_anonymous, is_tried, mark)| {
            event.prevent_default();
            let name = name.trim();
            is_tried.set(true);
            if **is_anonymous {
                on_join.emit((None, *mark));
            } else if !name.is_empty() && limits::check(name, limits::NAME).is_ok() {
                on_join.emit((Some(name.to_owned()), *mark));
            }
        },
    );
    html! {
        <main class="join" id="content">
            <div class="join__top"><Brand /><LanguageOffer /></div>
            <div class="join__head">
                <p class="join__invited">{ texts.get(Key::JoinInvited) }</p>
                <h1 class="join__title" dir="auto" ref={title} tabindex="-1" data-test="join-title">
                    { props.title.clone().unwrap_or(AttrValue::Static(texts.get(Key::AppName))) }
                </h1>
                <p class="join__lead">{ texts.get(Key::JoinLead) }</p>
            </div>
            <form class="join__form" {onsubmit} novalidate=true data-join="true">
                <div class="card">
                    <label class="field">
                        <span class="field__label">{ texts.get(Key::JoinName) }</span>
                        <input class="input" data-test="join-name" autocomplete="given-name" enterkeyhint="go" dir="auto"
                            placeholder={texts.get(Key::JoinNamePlaceholder)} disabled={*is_anonymous} oninput={on_name}
                            aria-invalid={fault.is_some().to_string()} />
                        if let Some(fault) = fault { <span class="field__fault" role="alert">{ fault }</span> }
                    </label>
                    <MarkPicker chosen={mark} {from} taken={props.taken.clone()} label={texts.get(Key::JoinMark)} {on_choose} />
                    <label class="check">
                        <input class="check__box" type="checkbox" data-test="join-anonymous" checked={*is_anonymous}
                            onchange={on_anonymous} />
                        <span>{ texts.get(Key::JoinAnonymous) }</span>
                    </label>
                </div>
                // Below what is filled in: nothing that a finger is on may move when it comes.
                <StorageNotice link={props.link.clone()} />
                <p class="join__who">{ texts.get(Key::JoinWho) }</p>
                if let Some(fault) = &props.fault { <p class="field__fault" role="alert">{ fault }</p> }
                <div class="join__go">
                    if props.title.is_none() {
                        <p class="join__state" role="status" data-test="join-state">{ texts.get(props.ending.unwrap_or(Key::JoinWaiting)) }</p>
                    }
                    // Where nothing will come there is no board to go to.
                    if props.title.is_some() || props.ending.is_none() {
                        <button class="button button--main" type="submit" data-test="join-go">{ texts.get(Key::JoinGo) }</button>
                    }
                </div>
            </form>
        </main>
    }
}
