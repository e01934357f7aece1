//! A screen that may have to be fetched before it can be drawn.

use shared::sync::Millis;
use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{
    Callback, Html, Properties, component, html, use_callback, use_effect_with, use_mut_ref, use_state_eq,
};

use crate::components::brand::Brand;
use crate::components::heading::use_arrival_focus;
use crate::modules::{Module, ModuleScreen};
use crate::platform::page;
use crate::platform::timer::Alarm;
use crate::texts::{Key, use_texts};

/// How long after a failure it is tried again unasked: a large screen has nobody to press anything.
const TRY_EVERY: Millis = Millis::from_secs(5);

/// See [`Later`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LaterProps {
    /// The screen.
    pub screen: ModuleScreen,
}

/// Where the fetching of a module stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fetch {
    Waiting,
    Here(Module),
    Failed(Module),
}

/// Draws the screen once its module is here; until then that it is being fetched, or that it could not be.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let module = props.screen.module();
    let fetch = use_state_eq(|| Fetch::Waiting);
    let tries = use_state_eq(|| 0_usize);
    let alarm = use_mut_ref(Alarm::default);
    let again = use_callback(tries.clone(), |(), tries| tries.set(**tries + 1));
    let setter = fetch.setter();
    let retry = again.clone();
    use_effect_with((module, *tries), move |(module, _)| {
        let module = *module;
        spawn_local(async move {
            if module.fetch().await {
                setter.set(Fetch::Here(module));
            } else {
                setter.set(Fetch::Failed(module));
                alarm.borrow_mut().set(TRY_EVERY, move || retry.emit(()));
            }
        });
    });
    let online = again.clone();
    use_effect_with((), move |()| {
        let listener = page::on_online(move || online.emit(()));
        move || drop(listener)
    });
    match (module.draw(), *fetch) {
        (Some(draw), _) => draw(&props.screen),
        (None, Fetch::Failed(failed)) if failed == module => html! { <NotFetched {module} on_again={again} /> },
        (None, _) => html! { <Waiting /> },
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
        let (module, on_again) = (*module, on_again.clone());
        spawn_local(async move {
            // A relay that is there without the module serves a newer app, to which the page must change.
            if !module.fetch().await && page::reaches_relay().await {
                page::take_newest();
            }
            on_again.emit(());
        });
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
