//! A workshop: opens it in the tab's role, and shows that role's screens.

use shared::access::Role;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{ContextProvider, Html, Properties, component, html, use_effect_with};

use crate::components::announcer::Announcer;
use crate::hooks::{SessionState, use_open_session, use_settings, use_snapshot};
use crate::kinds;
use crate::modules::{Module, ModuleScreen};
use crate::part::PartAt;
use crate::platform::page;
use crate::preferences::{theme_word, use_preferences};
use crate::route::{Place, Screen};
use crate::session::{OpenError, SessionHandle, Snapshot};
use crate::texts::{Key, Texts, use_texts};
use crate::views::entrance::Entrance;
use crate::views::later::Later;
use crate::views::message::Message;
use crate::views::phone::Phone;

/// See [`Workshop`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct WorkshopProps {
    /// Where this is.
    pub place: Place,
}

/// Opens the workshop and provides its session to everything below.
#[component]
pub fn Workshop(props: &WorkshopProps) -> Html {
    let texts = use_texts();
    match use_open_session(props.place.workshop, props.place.role) {
        // Milliseconds: nothing is drawn for them.
        SessionState::Opening => Html::default(),
        SessionState::Failed(OpenError::NoCapability) => {
            html! { <Message title={texts.get(Key::FaultGone)} text={texts.get(Key::FaultGoneText)} /> }
        }
        SessionState::Ready(session) => html! {
            <ContextProvider<SessionHandle> context={session}><Opened place={props.place.clone()} /></ContextProvider<SessionHandle>>
        },
    }
}

/// The role's screen, in the language that the person chose, or else the workshop's.
#[component]
fn Opened(props: &WorkshopProps) -> Html {
    let snapshot = use_snapshot();
    let (settings, _) = use_settings();
    let language = settings.language.or(snapshot.control.language.settled().copied()).unwrap_or_default();
    let texts = Texts { language, ..use_texts() };
    let title = snapshot.control.title_text();
    use_effect_with((title, language, settings.theme), |(title, language, theme)| {
        let name = Texts::new(*language).get(Key::AppName);
        let title = if title.is_empty() { name.to_owned() } else { format!("{title} · {name}") };
        page::set_document(&title, language.code(), theme_word(*theme));
    });
    let on_spoken = use_preferences().on_spoken;
    use_effect_with((language, on_spoken), |(language, on_spoken)| {
        on_spoken.emit(Some(*language));
        let on_spoken = on_spoken.clone();
        move || on_spoken.emit(None)
    });
    // The kinds that the workshop's tools need are asked for before anybody opens one.
    use_effect_with(kinds::has_later(&snapshot.control) && props.place.role != Role::Projector, |needs_kinds| {
        if *needs_kinds {
            // Whoever opens one sees how that goes.
            spawn_local(async {
                Module::Kinds.fetch().await;
            });
        }
    });
    let place = props.place.clone();
    let view = match (place.role, &place.screen) {
        (Role::Projector, _) => return html! { <Later screen={ModuleScreen::Projector} /> },
        (_, Screen::Read(tool)) => html! { <Later screen={ModuleScreen::Read(*tool)} /> },
        (_, Screen::Result(tool)) => html! { <Later screen={ModuleScreen::Result(*tool)} /> },
        (_, Screen::Results) => html! { <Later screen={ModuleScreen::Results} /> },
        (Role::Facilitator, Screen::Summary) => html! { <Later screen={ModuleScreen::Summary(place.clone())} /> },
        (Role::Facilitator, Screen::Start | Screen::Keep) => {
            html! { <Later screen={ModuleScreen::Lead(place.clone())} /> }
        }
        (Role::Facilitator, Screen::Actions) => html! { <Later screen={ModuleScreen::Step(place.clone())} /> },
        _ if snapshot.me.is_none() && snapshot.can_write() => html! { <Entrance place={place.clone()} /> },
        _ if is_later(&snapshot, &place.screen) => {
            html! { <Later screen={ModuleScreen::Step(place.clone())} /> }
        }
        _ => html! { <Phone place={place.clone()} /> },
    };
    html! { <ContextProvider<Texts> context={texts}>{ view }<Announcer /></ContextProvider<Texts>> }
}

/// Whether a screen is one that a phone fetches later: the actions, a step of such a kind, or what is filled in alone.
fn is_later(snapshot: &Snapshot, screen: &Screen) -> bool {
    match screen {
        Screen::Actions => true,
        Screen::Step(spot) => PartAt::find(&snapshot.control, spot).is_some_and(|at| kinds::is_later(at.part().kind())),
        _ => snapshot.is_local_only,
    }
}
