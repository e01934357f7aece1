//! Who it is: somebody on the board, or a role in words.

use std::collections::BTreeSet;

use shared::documents::actions::{Who, actions, whos};
use shared::documents::board::{Mark, Person};
use shared::limits;
use web_sys::{HtmlInputElement, InputEvent, MouseEvent, SubmitEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use crate::components::person_mark::person_mark;
use crate::components::settle::Met;
use crate::components::settle_codes::SettleCodes;
use crate::hooks::use_snapshot;
use crate::people;
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};

/// How many are offered at once; a name or a role finds the others.
const OFFERED: usize = 6;

/// See [`WhoField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct WhoFieldProps {
    /// What is asked.
    pub label: AttrValue,
    /// Who it is, by [`Who::code`]: nobody yet, one, or several that met.
    pub chosen: Vec<AttrValue>,
    /// The values that met.
    #[prop_or_default]
    pub met: Vec<(AttrValue, Met)>,
    /// Called with what is to stand in the cell; nothing for nobody.
    pub on_who: Callback<AttrValue>,
}

/// One who can be chosen.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    code: AttrValue,
    mark: Option<Mark>,
    words: AttrValue,
}

/// Draws those who can be chosen, the person of this tab first, and a field for anybody else.
#[component]
pub fn WhoField(props: &WhoFieldProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let typed = use_state_eq(String::new);
    let fault = use_state_eq(|| None::<String>);
    let oninput = use_callback((typed.clone(), fault.clone()), |event: InputEvent, (typed, fault)| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            typed.set(field.value());
            fault.set(None);
        }
    });
    let onsubmit = use_callback(
        (props.on_who.clone(), (*typed).clone(), fault.clone(), texts),
        |event: SubmitEvent, (on_who, typed, fault, texts)| {
            event.prevent_default();
            match Who::named(typed) {
                Ok(Some(who)) => on_who.emit(who.code().into()),
                Ok(None) => fault.set(Some(texts.get(Key::ActionsWhoEmpty).to_owned())),
                Err(_) => fault.set(Some(texts.join_name_too_long(limits::utf16_len(typed.trim()) - limits::NAME))),
            }
        },
    );
    let on_clear = use_callback(props.on_who.clone(), |_: MouseEvent, on_who| on_who.emit(AttrValue::Static("")));
    let offers = offers(&snapshot, &typed, texts);
    let more = offers.len().saturating_sub(OFFERED);
    html! {
        <>
            <SettleCodes about={props.label.clone()} met={props.met.clone()} on_choose={props.on_who.clone()} test="settle-who" />
            <ul class="people">
                { for offers.into_iter().take(OFFERED).map(|offer| html! {
                    <Offered key={offer.code.to_string()} is_chosen={props.chosen == [offer.code.clone()]} offer={offer.clone()} on_who={props.on_who.clone()} />
                }) }
            </ul>
            if more > 0 { <p class="sheet__small">{ texts.actions_more_people(more) }</p> }
            <form class="action-role" {onsubmit}>
                <label class="field">
                    <span class="field__label">{ texts.get(Key::ActionsWhoTyped) }</span>
                    <input class="input" {oninput} dir="auto" autocomplete="off" aria-invalid={fault.is_some().to_string()} data-test="action-role" />
                </label>
                <button class="button" type="submit" data-test="action-role-set">{ texts.get(Key::ActionsWhoSet) }</button>
            </form>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if !props.chosen.is_empty() {
                <button class="text-button" type="button" onclick={on_clear} data-test="action-nobody">{ texts.get(Key::ActionsWhoClear) }</button>
            }
        </>
    }
}

/// Those who fit what was typed: oneself, the others by name, and the roles that other actions name.
fn offers(snapshot: &Snapshot, typed: &str, texts: Texts) -> Vec<Offer> {
    let mut people = people::present(&snapshot.board);
    people.sort_by_cached_key(|person| {
        (snapshot.me != Some(person.id), person.name.is_none(), person.name.as_ref().map(|name| name.to_lowercase()))
    });
    let person = |person: &Person| {
        let name = people::name(&snapshot.board, person.id, texts);
        let words =
            if snapshot.me == Some(person.id) && !snapshot.is_local_only { texts.actions_you(&name) } else { name };
        Offer { code: Who::Person(person.id).code().into(), mark: Some(person.mark), words: words.into() }
    };
    let named: BTreeSet<String> = actions(&snapshot.control, &snapshot.board)
        .iter()
        .flat_map(|row| whos(row))
        .filter_map(|who| if let Who::Named(words) = who { Some(words) } else { None })
        .collect();
    let role = |words: String| Offer { code: Who::Named(words.clone()).code().into(), mark: None, words: words.into() };
    let typed = typed.trim().to_lowercase();
    people
        .into_iter()
        .map(person)
        .chain(named.into_iter().map(role))
        .filter(|offer| offer.words.to_lowercase().contains(&typed))
        .collect()
}

/// See [`Offered`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OfferedProps {
    offer: Offer,
    is_chosen: bool,
    on_who: Callback<AttrValue>,
}

#[component]
fn Offered(props: &OfferedProps) -> Html {
    let onclick = use_callback((props.on_who.clone(), props.offer.code.clone()), |_: MouseEvent, (on_who, code)| {
        on_who.emit(code.clone());
    });
    html! {
        <li>
            <button class="people__person" type="button" aria-pressed={props.is_chosen.to_string()} {onclick} data-test="action-person">
                { props.offer.mark.map(|mark| person_mark(mark, None)).unwrap_or_default() }
                <span dir="auto">{ &props.offer.words }</span>
            </button>
        </li>
    }
}
