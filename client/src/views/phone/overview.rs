//! The workshop at a glance: its tools, what one has answered, and what else there is.

use shared::access::Role;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback, use_state_eq};

use super::frame::Frame;
use super::kinds_notice::KindsNotice;
use super::people_sheet::PeopleSheet;
use super::tool_card::ToolCard;
use crate::components::copy_button::CopyButton;
use crate::components::heading::use_arrival_focus;
use crate::components::person_mark::person_mark;
use crate::components::preference_choices::PreferenceChoices;
use crate::components::privacy_button::PrivacyButton;
use crate::hooks::{Fetch, use_module, use_session, use_snapshot, use_storage_state};
use crate::kinds::{has_later, next_open};
use crate::modules::{Module, ModuleScreen};
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
    let session = use_session();
    let storage = use_storage_state();
    let go = use_go();
    let heading = use_arrival_focus();
    let shows_people = use_state_eq(|| false);
    let on_people = use_callback(shows_people.clone(), |_: MouseEvent, shows| shows.set(true));
    let on_people_close = use_callback(shows_people.clone(), |(), shows| shows.set(false));
    let on_back = use_callback((go.clone(), props.place.clone()), |(), (go, place)| {
        let back = if place.role == Role::Facilitator { Route::Workshop(place.on(Screen::Start)) } else { Route::Home };
        go.emit(back);
    });
    let title = match snapshot.control.title_text() {
        title if title.is_empty() => texts.get(Key::HomeUntitled).to_owned(),
        title => title,
    };
    let has_groups = !snapshot.control.groups.is_empty();
    let wants_more = has_groups || has_later(&snapshot.control);
    let kinds = use_module(wants_more.then_some(Module::Kinds));
    let on_again = if let Fetch::Failed(on_again) = &kinds { Some(on_again.clone()) } else { None };
    let is_whole = !wants_more || matches!(kinds, Fetch::Here(_));
    let groups = match kinds {
        Fetch::Here(draw) if has_groups => draw(&ModuleScreen::Groups(props.place.clone())),
        _ => Html::default(),
    };
    let next = snapshot.me.and_then(|_| next_open(&snapshot, texts));
    let buttons = next.map(|(stop, has_begun)| {
        let href = format!("#{}", Route::Workshop(props.place.on(Screen::Step(stop.spot()))));
        let words =
            if has_begun { texts.table_continue(&stop.step.title) } else { texts.get(Key::TableStart).to_owned() };
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
            { groups }
            if snapshot.control.tools.is_empty() && snapshot.control.unread_tools == 0 { <p class="phone__empty">
                    { texts.get(if snapshot.arrival == Arrival::Awaited { Key::TableAwaited } else { Key::ScreenNoTools }) }
                </p> }
            if !is_whole { <KindsNotice {on_again} /> }
            { for snapshot.my_tools().map(|instance| html! {
                <ToolCard key={instance.id.to_string()} instance={instance.clone()} place={props.place.clone()} {is_whole} />
            }) }
            <a class="button" href={format!("#{}", Route::Workshop(props.place.on(Screen::Actions)))} data-test="to-actions">{ texts.get(Key::ActionsTitle) }</a>
            <section class="overview__more">
                <PreferenceChoices />
                <PrivacyButton />
                if storage == StorageState::Evictable && !environment::is_installed() {
                    <p class="overview__storage">{ texts.get(Key::StorageEvictable) }</p>
                    if let Some(link) = session.link(Role::Participant) {
                        <p class="overview__storage">{ texts.get(Key::StorageEvictableLink) }</p>
                        <CopyButton text={link} label={texts.get(Key::StorageInAppCopy)} test="copy-own-link" />
                    }
                }
            </section>
            if *shows_people { <PeopleSheet on_close={on_people_close} /> }
        </Frame>
    }
}
