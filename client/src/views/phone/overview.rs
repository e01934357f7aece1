//! The workshop at a glance: its tools, what one has answered, and what else there is.

use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback, use_state_eq};

use super::frame::Frame;
use super::people_sheet::PeopleSheet;
use super::progress::{next_open, title_of};
use super::tool_card::ToolCard;
use crate::components::heading::use_arrival_focus;
use crate::components::person_mark::person_mark;
use crate::components::preference_choices::PreferenceChoices;
use crate::components::privacy_button::PrivacyButton;
use crate::hooks::{use_snapshot, use_storage_state};
use crate::people;
use crate::platform::environment;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::session::{Arrival, StorageState};
use crate::texts::{Key, use_texts};

/// See [`Overview`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct OverviewProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the overview.
#[component]
pub fn Overview(props: &OverviewProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let storage = use_storage_state();
    let go = use_go();
    let heading = use_arrival_focus();
    let shows_people = use_state_eq(|| false);
    let on_people = use_callback(shows_people.clone(), |_: MouseEvent, shows| shows.set(true));
    let on_people_close = use_callback(shows_people.clone(), |(), shows| shows.set(false));
    let on_back = use_callback((go.clone(), props.place.clone()), |(), (go, place)| {
        let back = if place.role == shared::access::Role::Facilitator {
            Route::Workshop(place.on(Screen::Start))
        } else {
            Route::Home
        };
        go.emit(back);
    });
    let title = match snapshot.control.title_text() {
        title if title.is_empty() => texts.get(Key::HomeUntitled).to_owned(),
        title => title,
    };
    let next = snapshot.me.and_then(|_| next_open(&snapshot, texts));
    let buttons = next.map(|(table, step, has_begun)| {
        let href = format!("#{}", Route::Workshop(props.place.on(Screen::Step(table.instance, step))));
        let words = if has_begun {
            texts.table_continue(&title_of(&table, step, texts))
        } else {
            texts.get(Key::TableStart).to_owned()
        };
        html! { <a class="button button--main phone__next" {href} data-test="continue">{ words }</a> }
    });
    let buttons = buttons.unwrap_or_default();
    html! {
        <Frame title={texts.get(Key::TableOverview)} {on_back} {buttons}>
            <h1 class="overview__title" dir="auto" ref={heading} tabindex="-1">{ title }</h1>
            if let Some(me) = snapshot.me {
                <section class="overview__me">
                    { person_mark(people::mark(&snapshot.board, me), Some("overview__mark")) }
                    <p class="overview__name" dir="auto">{ texts.people_writing_for(&people::name(&snapshot.board, me, texts)) }</p>
                    <button class="button button--small" type="button" onclick={on_people} data-test="people">{ texts.get(Key::PeopleSwitch) }</button>
                </section>
            }
            if snapshot.control.tools.is_empty() && snapshot.control.unread_tools == 0 { <p class="phone__empty">
                    { texts.get(if snapshot.arrival == Arrival::Awaited { Key::TableAwaited } else { Key::ScreenNoTools }) }
                </p> }
            { for snapshot.control.tools.iter().map(|instance| html! {
                <ToolCard key={instance.id.to_string()} instance={instance.clone()} place={props.place.clone()} />
            }) }
            <section class="overview__more">
                <PreferenceChoices />
                <PrivacyButton />
                if storage == StorageState::Evictable && !environment::is_installed() {
                    <p class="overview__storage">{ texts.get(Key::StorageEvictable) }</p>
                }
            </section>
            if *shows_people { <PeopleSheet on_close={on_people_close} /> }
        </Frame>
    }
}
