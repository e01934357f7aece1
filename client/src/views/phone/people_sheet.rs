//! Who one writes for: oneself, and those beside one without a phone.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::{Mark, next_free_mark};
use shared::limits;
use web_sys::{Event, HtmlInputElement, MouseEvent, SubmitEvent};
use yew::prelude::{
    Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::mark_picker::{MarkPicker, somewhere};
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
    let snapshot = use_snapshot();
    html! {
        <Sheet title={texts.get(Key::PeopleTitle)} on_close={props.on_close.clone()} test="people-sheet">
            <p class="sheet__lead">{ texts.get(Key::PeopleLead) }</p>
            <ul class="people">
                { for snapshot.own.iter().map(|person| html! {
                    <OwnPerson key={person.to_string()} person={*person} is_active={snapshot.me == Some(*person)} on_done={props.on_close.clone()} />
                }) }
            </ul>
            if let Some(me) = snapshot.me { <EditPerson key={me.to_string()} person={me} /> }
            <AddPerson on_done={props.on_close.clone()} />
        </Sheet>
    }
}

/// See [`AddPerson`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct AddPersonProps {
    on_done: Callback<()>,
}

/// Puts somebody without a phone on the board, by a name or none.
#[component]
fn AddPerson(props: &AddPersonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let name = use_node_ref();
    let from = *use_state_eq(somewhere);
    let is_anonymous = use_state_eq(|| false);
    let fault = use_state_eq(|| None::<String>);
    let on_anonymous = use_callback((is_anonymous.clone(), fault.clone()), |event: Event, (is_anonymous, fault)| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            is_anonymous.set(input.checked());
            fault.set(None);
        }
    });
    let onsubmit = use_callback(
        (session, name.clone(), is_anonymous.clone(), fault.clone(), props.on_done.clone(), texts),
        move |event: SubmitEvent, (session, name, is_anonymous, fault, on_done, texts)| {
            event.prevent_default();
            let Some(input) = name.cast::<HtmlInputElement>() else { return };
            let value = input.value();
            let wanted = Some(value.trim()).filter(|_| !**is_anonymous);
            if wanted == Some("") {
                fault.set(Some(texts.get(Key::JoinNameMissing).to_owned()));
                return;
            }
            let length = wanted.map_or(0, limits::utf16_len);
            if length > limits::NAME {
                fault.set(Some(texts.join_name_too_long(length - limits::NAME)));
                return;
            }
            let taken = people::taken(&session.snapshot().board);
            match session.add_companion(wanted, next_free_mark(&taken, from)) {
                Ok(_) => on_done.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <form class="people__add" {onsubmit}>
            <label class="field">
                <span class="field__label">{ texts.get(Key::PeopleAdd) }</span>
                <input class="input" ref={name} dir="auto" placeholder={texts.get(Key::JoinNamePlaceholder)} data-test="companion-name"
                    aria-label={texts.get(Key::PeopleName)} disabled={*is_anonymous} aria-invalid={fault.is_some().to_string()} />
                if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
            </label>
            <label class="check">
                <input class="check__box" type="checkbox" data-test="companion-anonymous" checked={*is_anonymous} onchange={on_anonymous} />
                <span>{ texts.get(Key::PeopleAnonymous) }</span>
            </label>
            <button class="button" type="submit" data-test="companion-add">{ texts.get(Key::PeopleAddGo) }</button>
        </form>
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

/// See [`EditPerson`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct EditPersonProps {
    person: EntryId,
}

/// Changes the name and the mark of the person who is written for.
#[component]
fn EditPerson(props: &EditPersonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let input = use_node_ref();
    let chosen = use_state_eq(|| None::<Mark>);
    let fault = use_state_eq(|| None::<String>);
    let person = props.person;
    let on_choose = use_callback(chosen.clone(), |mark: Mark, chosen| chosen.set(Some(mark)));
    let onsubmit = use_callback(
        (session, person, input.clone(), *chosen, fault.clone(), texts),
        |event: SubmitEvent, (session, person, input, chosen, fault, texts)| {
            event.prevent_default();
            let Some(input) = input.cast::<HtmlInputElement>() else { return };
            let name = input.value();
            let name = Some(name.trim()).filter(|name| !name.is_empty());
            let board = Rc::clone(&session.snapshot().board);
            let stands = board.people.get(person);
            // Each is a thing done of its own, and only if it is another than what stands.
            let set_name = || match stands {
                Some(stands) if stands.name.as_deref() == name => Ok(()),
                _ => session.set_name(*person, name),
            };
            let set_mark = || match chosen {
                Some(mark) if stands.is_none_or(|stands| stands.mark != *mark) => session.set_mark(*person, *mark),
                _ => Ok(()),
            };
            let length = name.map_or(0, limits::utf16_len);
            fault.set(match set_name().and_then(|()| set_mark()) {
                Err(_) if length > limits::NAME => Some(texts.join_name_too_long(length - limits::NAME)),
                done => done.err().map(|error| words(&error, *texts)),
            });
        },
    );
    let name = snapshot.board.people.get(&person).and_then(|person| person.name.clone()).unwrap_or_default();
    // Once: what is being typed is not written over when the board changes.
    use_effect_with(input.clone(), move |input| {
        if let Some(input) = input.cast::<HtmlInputElement>() {
            input.set_value(&name);
        }
    });
    let stands = people::mark(&snapshot.board, person);
    let others = people::taken_by_others(&snapshot.board, person);
    html! {
        <form class="people__add" {onsubmit}>
            <label class="field">
                <span class="field__label">{ texts.get(Key::PeopleEditName) }</span>
                <input class="input" ref={input} dir="auto" data-test="own-name" aria-invalid={fault.is_some().to_string()} />
                if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
            </label>
            <MarkPicker chosen={chosen.unwrap_or(stands)} from={stands.number()} taken={others.clone()} label={texts.get(Key::JoinMark)} {on_choose} />
            if others.contains(&stands) { <p class="field__hint">{ texts.get(Key::PeopleMarkShared) }</p> }
            <button class="button" type="submit" data-test="own-save">{ texts.get(Key::PeopleSave) }</button>
        </form>
    }
}
