//! What is filled in alone, at a glance: the tool with its steps, that nothing of it leaves the device, and its end.

use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::frame::Frame;
use super::overview::OverviewProps;
use super::tool_card::ToolCard;
use crate::components::confirm::Confirm;
use crate::components::heading::use_arrival_focus;
use crate::components::notice::{Notice, Weight};
use crate::components::preference_choices::PreferenceChoices;
use crate::hooks::{use_session, use_snapshot, use_storage_state};
use crate::kinds::{next_open, words};
use crate::platform::environment;
use crate::preferences::use_go;
use crate::route::{Route, Screen};
use crate::session::StorageState;
use crate::texts::{Key, use_texts};

/// Draws the overview.
#[component]
pub fn LocalOverview(props: &OverviewProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let storage = use_storage_state();
    let go = use_go();
    let heading = use_arrival_focus();
    let is_asking = use_state_eq(|| false);
    let on_back = use_callback(go.clone(), |(), go| go.emit(Route::Home));
    let on_delete = use_callback(is_asking.clone(), |_: MouseEvent, is_asking| is_asking.set(true));
    let on_no = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((session, go), |(), (session, go)| {
        let (device, workshop) = (session.device().clone(), session.snapshot().workshop);
        // The session ends first, so that it writes nothing back.
        go.emit(Route::Home);
        spawn_local(async move { device.forget(workshop).await });
    });
    let buttons = next_open(&snapshot, texts).map(|(stop, has_begun)| {
        let href = format!("#{}", Route::Workshop(props.place.on(Screen::Step(stop.spot()))));
        let words =
            if has_begun { texts.table_continue(&stop.step.title) } else { texts.get(Key::TableStart).to_owned() };
        html! { <a class="button button--main phone__next" {href} data-test="continue">{ words }</a> }
    });
    let title = snapshot.control.tools.first().map(|instance| words(&instance.tool.short_title, texts));
    html! {
        <Frame title={title.unwrap_or_default()} {on_back} buttons={buttons.unwrap_or_default()}>
            <h1 class="overview__title" ref={heading} tabindex="-1">{ texts.get(Key::AloneOnMyOwn) }</h1>
            <p data-test="local-only">{ texts.get(Key::SyncTextLocalOnly) }</p>
            if storage == StorageState::Unavailable {
                <Notice weight={Weight::Attention} title={texts.get(Key::StoragePrivateTitle)}><p>{ texts.get(Key::SyncClosedUnsaved) }</p></Notice>
            }
            { for snapshot.control.tools.iter().map(|instance| html! {
                <ToolCard key={instance.id.to_string()} instance={instance.clone()} place={props.place.clone()} is_whole=true />
            }) }
            <section class="overview__more">
                <PreferenceChoices />
                if storage == StorageState::Evictable && !environment::is_installed() {
                    <p class="overview__storage">{ texts.get(Key::StorageEvictable) }</p>
                }
                <div class="actions"><button class="button" type="button" onclick={on_delete} data-test="delete-own">{ texts.get(Key::AloneDelete) }</button></div>
            </section>
            if *is_asking {
                <Confirm title={texts.get(Key::AloneDeleteTitle)} yes={texts.get(Key::HomeDeleteYes)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(Key::HomeDeleteOwn) }</p>
                </Confirm>
            }
        </Frame>
    }
}
