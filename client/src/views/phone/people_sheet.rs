//! Who one writes for: oneself, and those beside one without a phone.

use shared::documents::EntryId;
use shared::documents::board::next_free_mark;
use shared::limits;
use web_sys::{HtmlInputElement, MouseEvent, SubmitEvent};
use yew::prelude::{
    Callback, Html, Properties, component, html, use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::person_mark::person_mark;
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::people;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`PeopleSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PeopleSheetProps {
    /// Closes the sheet.
    pub on_close: Callback<()>,
}

/// Draws the people this device writes for, and a field for one more.
#[component]
pub fn PeopleSheet(props: &PeopleSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let name = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    let onsubmit = use_callback(
        (session.clone(), name.clone(), fault.clone(), props.on_close.clone(), texts),
        |event: SubmitEvent, (session, name, fault, on_close, texts)| {
            event.prevent_default();
            let Some(input) = name.cast::<HtmlInputElement>() else { return };
            let value = input.value();
            let wanted = value.trim();
            if wanted.is_empty() {
                fault.set(Some(texts.get(Key::JoinNameMissing).to_owned()));
                return;
            }
            let length = limits::utf16_len(wanted);
            if length > limits::NAME {
                fault.set(Some(texts.join_name_too_long(length - limits::NAME)));
                return;
            }
            let taken = people::taken(&session.snapshot().board);
            match session.add_companion(Some(wanted), next_free_mark(&taken, 0)) {
                Ok(_) => on_close.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <Sheet title={texts.get(Key::PeopleTitle)} on_close={props.on_close.clone()} test="people-sheet">
            <p class="sheet__lead">{ texts.get(Key::PeopleLead) }</p>
            <ul class="people">
                { for snapshot.own.iter().map(|person| html! {
                    <OwnPerson key={person.to_string()} person={*person} is_active={snapshot.me == Some(*person)} on_done={props.on_close.clone()} />
                }) }
            </ul>
            <OwnName key={snapshot.me.map(|me| me.to_string()).unwrap_or_default()} />
            <form class="people__add" {onsubmit}>
                <label class="field">
                    <span class="field__label">{ texts.get(Key::PeopleAdd) }</span>
                    <input class="input" ref={name} dir="auto" placeholder={texts.get(Key::JoinNamePlaceholder)} data-test="companion-name"
                        aria-label={texts.get(Key::PeopleName)} />
                    if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
                </label>
                <button class="button" type="submit" data-test="companion-add">{ texts.get(Key::PeopleAddGo) }</button>
            </form>
        </Sheet>
    }
}

/// See [`OwnPerson`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OwnPersonProps {
    person: EntryId,
    is_active: bool,
    on_done: Callback<()>,
}

#[component]
fn OwnPerson(props: &OwnPersonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let onclick = use_callback(
        (session.clone(), props.person, props.on_done.clone()),
        |_: MouseEvent, (session, person, on_done)| {
            session.write_for(*person);
            on_done.emit(());
        },
    );
    let name = people::name(&snapshot.board, props.person, texts);
    html! {
        <li>
            <button class="people__person" type="button" aria-pressed={props.is_active.to_string()} {onclick} data-test="own-person">
                { person_mark(people::mark(&snapshot.board, props.person), None) }
                <span dir="auto">{ name }</span>
            </button>
        </li>
    }
}

/// Changes the name of the person who is written for.
#[component]
fn OwnName() -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let input = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    let me = snapshot.me;
    let onsubmit = use_callback(
        (session, me, input.clone(), fault.clone(), texts),
        |event: SubmitEvent, (session, me, input, fault, texts)| {
            event.prevent_default();
            let (Some(person), Some(input)) = (me, input.cast::<HtmlInputElement>()) else { return };
            let name = input.value();
            let length = limits::utf16_len(name.trim());
            let done = session.set_name(*person, Some(name.trim()).filter(|name| !name.is_empty()));
            fault.set(match done {
                Err(_) if length > limits::NAME => Some(texts.join_name_too_long(length - limits::NAME)),
                done => done.err().map(|error| words(&error, *texts)),
            });
        },
    );
    let name =
        me.and_then(|me| snapshot.board.people.get(&me)).and_then(|person| person.name.clone()).unwrap_or_default();
    // Once: what is being typed is not written over when the board changes.
    use_effect_with(input.clone(), move |input| {
        if let Some(input) = input.cast::<HtmlInputElement>() {
            input.set_value(&name);
        }
    });
    if me.is_none() {
        return Html::default();
    }
    html! {
        <form class="people__add" {onsubmit}>
            <label class="field">
                <span class="field__label">{ texts.get(Key::PeopleEditName) }</span>
                <input class="input" ref={input} dir="auto" data-test="own-name" />
                if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
            </label>
            <button class="button" type="submit" data-test="own-name-save">{ texts.get(Key::PeopleSave) }</button>
        </form>
    }
}
