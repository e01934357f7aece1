//! The workshops on this device.

use shared::access::Role;
use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::confirm::Confirm;
use crate::components::icon::Icon;
use crate::hooks::{use_device, use_workshops};
use crate::local_time::moment;
use crate::platform::clock;
use crate::route::{Place, Route, Screen};
use crate::session::KnownWorkshop;
use crate::texts::{Key, use_texts};

/// Draws the list, and what will come there while it is empty.
#[component]
pub fn KnownWorkshops() -> Html {
    let texts = use_texts();
    let workshops = use_workshops();
    html! {
        <section class="known" aria-label={texts.get(Key::HomeMine)}>
            <h2 class="known__title">{ texts.get(Key::HomeMine) }</h2>
            if let Some(workshops) = workshops {
                if workshops.is_empty() { <p class="known__empty">{ texts.get(Key::HomeMineEmpty) }</p> }
                <ul class="known__list">
                    { for workshops.iter().map(|known| html! { <Known key={known.workshop.to_string()} known={known.clone()} /> }) }
                </ul>
            }
        </section>
    }
}

/// See [`Known`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct KnownProps {
    known: KnownWorkshop,
}

#[component]
fn Known(props: &KnownProps) -> Html {
    let texts = use_texts();
    let device = use_device();
    let is_asking = use_state_eq(|| false);
    let known = &props.known;
    let on_delete = use_callback(is_asking.clone(), |_: MouseEvent, is_asking| is_asking.set(true));
    let on_no = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((device, known.workshop, is_asking.clone()), |(), (device, workshop, is_asking)| {
        let (device, workshop) = (device.clone(), *workshop);
        is_asking.set(false);
        spawn_local(async move { device.forget(workshop).await });
    });
    let Some(role) = known.roles.first().copied() else { return Html::default() };
    let title = if known.title.is_empty() { texts.get(Key::HomeUntitled).to_owned() } else { known.title.clone() };
    let is_local_only = known.local_only.is_some();
    let role_words = texts.get(match role {
        _ if is_local_only => Key::HomeRoleOwn,
        Role::Facilitator => Key::HomeRoleFacilitator,
        Role::Site => Key::HomeRoleSite,
        Role::Participant => Key::HomeRoleParticipant,
        Role::Projector => Key::HomeRoleProjector,
    });
    let href = format!("#{}", Route::Workshop(Place { workshop: known.workshop, role, screen: Screen::Start }));
    let opened = texts.home_opened(&moment(texts, known.opened, clock::wall()));
    html! {
        <li class="known__item">
            <a class="known__link" {href} data-test="workshop">
                <span class="known__name" dir="auto">{ &title }</span>
                <span class="known__facts">{ format!("{role_words} · {opened}") }</span>
            </a>
            <button class="icon-button" type="button" onclick={on_delete} data-test="workshop-delete"
                aria-label={format!("{}: {title}", texts.get(Key::HomeDelete))}>
                { Icon::Remove.image() }
            </button>
            if *is_asking {
                <Confirm title={texts.get(Key::HomeDeleteTitle)} yes={texts.get(Key::HomeDeleteYes)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(if is_local_only { Key::HomeDeleteOwn } else { Key::HomeDeleteText }) }</p>
                    if known.is_waiting { <p class="field__fault">{ texts.get(Key::HomeDeleteUnsent) }</p> }
                    if role == Role::Facilitator { <p class="field__fault">{ texts.get(Key::HomeDeleteLeader) }</p> }
                </Confirm>
            }
        </li>
    }
}
