//! The whole app: what the device holds, how the person wants it, and where they are.

use shared::access::link::LinkError;
use shared::content::Language;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{
    Callback, ContextProvider, Html, component, html, use_callback, use_effect_with, use_memo, use_state, use_state_eq,
};

use crate::components::update_bar::UpdateBar;
use crate::hooks::{DeviceState, use_device, use_open_device, use_settings};
use crate::modules::ModuleScreen;
use crate::platform::{environment, page};
use crate::preferences::{Preferences, theme_word};
use crate::route::{Place, Route, Screen};
use crate::session::{Device, Settings, Theme};
use crate::texts::{Key, Texts, use_texts};
use crate::views::home::Home;
use crate::views::later::Later;
use crate::views::message::Message;
use crate::views::workshop::Workshop;

/// Opens the device, and then the app.
#[component]
pub fn App() -> Html {
    match use_open_device() {
        // Milliseconds: nothing is drawn for them.
        DeviceState::Opening => Html::default(),
        DeviceState::Ready(device) => {
            html! { <ContextProvider<Device> context={device}><Opened /></ContextProvider<Device>> }
        }
    }
}

/// What the address named when it held a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// No link, or one that is kept.
    Done,
    /// A link that is being kept.
    Keeping,
    /// A link that cannot be read.
    Broken(LinkError),
}

#[component]
fn Opened() -> Html {
    let device = use_device();
    let (settings, set_settings) = use_settings();
    let route = use_state(|| Route::parse(&page::route()));
    // A link is taken after the first drawing, which must not show what stands behind the link.
    let arrival = use_state_eq(|| if page::has_link() { Arrival::Keeping } else { Arrival::Done });
    let arrive = use_callback((device, route.setter(), arrival.setter()), |(), (device, route, arrival)| {
        // A link is taken out of the address before anything else is done with it.
        match page::take_link() {
            None => {
                arrival.set(Arrival::Done);
                route.set(Route::parse(&page::route()));
            }
            Some(Err(error)) => arrival.set(Arrival::Broken(error)),
            Some(Ok(capability)) => {
                arrival.set(Arrival::Keeping);
                let (device, route, arrival) = (device.clone(), route.clone(), arrival.clone());
                spawn_local(async move {
                    device.keep(capability).await;
                    let place = Place { workshop: capability.workshop, role: capability.role, screen: Screen::Start };
                    let wanted = Route::Workshop(place);
                    page::replace_route(&wanted.to_string());
                    arrival.set(Arrival::Done);
                    route.set(wanted);
                });
            }
        }
    });
    use_effect_with(arrive, |arrive| {
        arrive.emit(());
        let arrive = arrive.clone();
        let listener = page::on_route(move |_| arrive.emit(()));
        move || drop(listener)
    });
    let go = use_callback((route.setter(), arrival.setter()), |wanted: Route, (route, arrival)| {
        page::push_route(&wanted.to_string());
        arrival.set(Arrival::Done);
        route.set(wanted);
    });
    let device_kind = *use_state_eq(environment::device_kind);
    let texts = Texts { language: settings.language.unwrap_or_default(), device: device_kind };
    // A workshop names the page itself: see its view.
    let names_page = !matches!(*route, Route::Workshop(_));
    use_effect_with((texts, settings.theme, names_page), |(texts, theme, names_page)| {
        if *names_page {
            page::set_document(texts.get(Key::AppName), texts.language.code(), theme_word(*theme));
        }
    });
    let spoken = use_state_eq(|| None::<Language>);
    let on_spoken = use_callback(spoken.setter(), |language: Option<Language>, spoken| spoken.set(language));
    let preferences = use_memo((settings, set_settings, go, on_spoken), |(settings, set, go, on_spoken)| {
        preferences(*settings, set, go.clone(), on_spoken.clone())
    });
    // What stands around a workshop speaks as it does.
    let around = Texts { language: (*spoken).unwrap_or(texts.language), ..texts };
    let view = match (*arrival, &*route) {
        (Arrival::Keeping, _) => Html::default(),
        (Arrival::Broken(error), _) => broken(error, texts),
        (Arrival::Done, Route::Home) => html! { <Home /> },
        (Arrival::Done, Route::New) => html! { <Later screen={ModuleScreen::NewWorkshop} /> },
        (Arrival::Done, Route::Tools) => html! { <Later screen={ModuleScreen::Tools} /> },
        (Arrival::Done, Route::Tool(tool)) => html! { <Later screen={ModuleScreen::Tool(tool.clone())} /> },
        (Arrival::Done, Route::Workshop(place)) => {
            html! { <Workshop key={format!("{}/{}", place.workshop, place.role.name())} place={place.clone()} /> }
        }
        (Arrival::Done, Route::Unknown) => {
            html! { <Message title={texts.get(Key::FaultNotHere)} text={texts.get(Key::FaultNotHereText)} /> }
        }
    };
    html! {
        <ContextProvider<Texts> context={texts}>
            <ContextProvider<Preferences> context={(*preferences).clone()}>
                <ContextProvider<Texts> context={around}><Skip /></ContextProvider<Texts>>
                { view }
                <ContextProvider<Texts> context={around}><UpdateBar /></ContextProvider<Texts>>
            </ContextProvider<Preferences>>
        </ContextProvider<Texts>>
    }
}

fn preferences(
    settings: Settings,
    set: &Callback<Settings>,
    go: Callback<Route>,
    on_spoken: Callback<Option<Language>>,
) -> Preferences {
    let (set_language, set_theme) = (set.clone(), set.clone());
    Preferences {
        settings,
        on_language: Callback::from(move |language: Language| {
            set_language.emit(Settings { language: Some(language), ..settings });
        }),
        on_theme: Callback::from(move |theme: Theme| set_theme.emit(Settings { theme, ..settings })),
        go,
        on_spoken,
    }
}

fn broken(error: LinkError, texts: Texts) -> Html {
    let text = match error {
        LinkError::NotALink => Key::HomeJoinNotALink,
        LinkError::Damaged => Key::HomeJoinDamaged,
    };
    html! { <Message title={texts.get(Key::FaultLink)} text={texts.get(text)} /> }
}

/// The first stop of the tab key: past everything that is the same on each screen.
#[component]
fn Skip() -> Html {
    let texts = use_texts();
    let onclick = use_callback((), |event: web_sys::MouseEvent, ()| {
        // The address is the route, so the link must not change it.
        event.prevent_default();
        page::focus_content();
    });
    html! { <a class="skip" href="#content" {onclick}>{ texts.get(Key::AppSkip) }</a> }
}
