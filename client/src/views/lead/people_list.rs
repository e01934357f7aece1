//! Who takes part, for the facilitator: names or 'no name', whether they are here, and a way to take a stale mark off.

use shared::documents::EntryId;
use shared::documents::board::Person;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, classes, component, html, use_callback, use_node_ref, use_state_eq};

use crate::components::confirm::Confirm;
use crate::components::icon::Icon;
use crate::components::person_mark::person_mark;
use crate::hooks::{use_list_focus, use_session, use_snapshot};
use crate::people;
use crate::texts::{Key, use_texts};

/// How many are shown before 'show all'.
const FIRST: usize = 10;

/// Draws the list.
#[component]
pub(super) fn PeopleList() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let list = use_node_ref();
    use_list_focus(&list);
    let shows_all = use_state_eq(|| false);
    let on_all = use_callback(shows_all.clone(), |_: MouseEvent, shows_all| shows_all.set(!**shows_all));
    let mut people = people::present(&snapshot.board);
    let shown = if *shows_all { people.len() } else { FIRST };
    let is_here = |person: EntryId| {
        snapshot.own.contains(&person) || snapshot.presence.iter().any(|presence| presence.person == Some(person))
    };
    // Those who are here come first, and those without a name last.
    people.sort_by_cached_key(|person| {
        (!is_here(person.id), person.name.is_none(), person.name.as_ref().map(|name| name.to_lowercase()))
    });
    html! {
        <section class="people-list">
            <h2 class="people-list__title" data-test="people-count" data-count={people.len().to_string()}>{ texts.lead_people(people.len()) }</h2>
            if people.is_empty() { <p class="lead__hint">{ texts.get(Key::LeadPeopleNone) }</p> }
            <ul class="people-list__people" ref={list}>
                { for people.iter().take(shown).map(|person| html! {
                    <ListedPerson key={person.id.to_string()} person={(*person).clone()} is_here={is_here(person.id)} />
                }) }
            </ul>
            if people.len() > FIRST {
                <button class="text-button" type="button" onclick={on_all} data-test="people-all">
                    { texts.get(if *shows_all { Key::LeadPeopleFewer } else { Key::LeadPeopleAll }) }
                </button>
            }
        </section>
    }
}

/// See [`ListedPerson`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ListedPersonProps {
    person: Person,
    is_here: bool,
}

#[component]
fn ListedPerson(props: &ListedPersonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let is_asking = use_state_eq(|| false);
    let on_ask = use_callback(is_asking.clone(), |_: MouseEvent, is_asking| is_asking.set(true));
    let on_no = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((session, props.person.id, is_asking.clone()), |(), (session, person, is_asking)| {
        is_asking.set(false);
        // Someone else may have removed them meanwhile; then it is done.
        drop(session.remove_person(*person));
    });
    let snapshot = use_snapshot();
    let group = snapshot.control.groups.iter().find(|group| Some(group.id) == props.person.group);
    let name = props.person.name.clone().unwrap_or_else(|| texts.get(Key::PeopleWithoutName).to_owned());
    html! {
        <li class={classes!("people-list__person", (!props.is_here).then_some("people-list__person--away"))} data-test="person">
            { person_mark(props.person.mark, None) }
            <span class="people-list__name">
                <span dir="auto">{ &name }</span>
                if let Some(group) = group { <span class="people-list__group" dir="auto" data-test="person-group">{ group.name() }</span> }
            </span>
            // Who is away is told by a pale mark: a column of 'not here' would read as a list of those who are missing.
            <span class={if props.is_here { "people-list__state" } else { "hidden-words" }}>
                { texts.get(if props.is_here { Key::LeadHere } else { Key::LeadAway }) }
            </span>
            <button class="icon-button" type="button" onclick={on_ask} aria-label={texts.lead_remove_person_title(&name)} data-test="person-remove">
                { Icon::Remove.image() }
            </button>
            if *is_asking {
                <Confirm title={texts.lead_remove_person_title(&name)} yes={texts.get(Key::LeadRemovePersonYes)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(Key::LeadRemovePersonText) }</p>
                </Confirm>
            }
        </li>
    }
}
