//! A screen that may have to be fetched before it can be drawn.

use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback};

use crate::components::brand::Brand;
use crate::components::heading::use_arrival_focus;
use crate::hooks::{Fetch, use_module};
use crate::modules::{Module, ModuleScreen};
use crate::platform::page;
use crate::texts::{Key, use_texts};

/// See [`Later`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LaterProps {
    /// The screen.
    pub screen: ModuleScreen,
}

/// Draws the screen once its module is here; until then that it is being fetched, or that it could not be.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let module = props.screen.module();
    match use_module(Some(module)) {
        Fetch::Here(draw) => draw(&props.screen),
        Fetch::Failed(on_again) => html! { <NotFetched {module} {on_again} /> },
        Fetch::Waiting => html! { <Waiting /> },
    }
}

/// Says that the screen is on its way; only when that takes so long that one would wonder.
#[component]
fn Waiting() -> Html {
    let texts = use_texts();
    html! { <main class="page" id="content"><p class="page__waiting" role="status">{ texts.get(Key::LaterWaiting) }</p></main> }
}

/// See [`NotFetched`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct NotFetchedProps {
    module: Module,
    on_again: Callback<()>,
}

/// Says that the screen is not on this device yet, and what to do.
#[component]
fn NotFetched(props: &NotFetchedProps) -> Html {
    let texts = use_texts();
    let title = use_arrival_focus();
    let onclick = use_callback((props.module, props.on_again.clone()), |_: MouseEvent, (module, on_again)| {
        fetch_again(*module, on_again.clone());
    });
    html! {
        <main class="page" id="content" data-test="not-fetched">
            <Brand />
            <header class="page__head">
                <h1 class="page__title" ref={title} tabindex="-1">{ texts.get(Key::LaterFailed) }</h1>
                <p class="page__lead">{ texts.get(Key::LaterFailedText) }</p>
            </header>
            <div class="actions">
                <button class="button button--main" type="button" {onclick} data-test="fetch-again">{ texts.get(Key::LaterAgain) }</button>
                <a class="button" href="#/" data-test="to-home">{ texts.get(Key::MenuHome) }</a>
            </div>
        </main>
    }
}

/// Tries again because a person asked to.
pub fn fetch_again(module: Module, on_again: Callback<()>) {
    spawn_local(async move {
        // A relay that is there without the module serves a newer app, to which the page must change.
        if !module.fetch().await && page::reaches_relay().await {
            page::take_newest();
        }
        on_again.emit(());
    });
}
