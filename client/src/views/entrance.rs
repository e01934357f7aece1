//! Joins the workshop that is open: the join screen with its data.

use shared::access::Role;
use shared::documents::board::Mark;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use super::fault::words;
use crate::components::sync_sheet;
use crate::hooks::{use_progress, use_session, use_snapshot};
use crate::people;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::session::{ActionError, Arrival};
use crate::texts::use_texts;
use crate::views::join::Join;

/// See [`Entrance`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct EntranceProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the join screen, and goes on to the overview.
#[component]
pub fn Entrance(props: &EntranceProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let go = use_go();
    let fault = use_state_eq(|| None::<AttrValue>);
    let on_join = use_callback(
        (session.clone(), go, props.place.clone(), fault.clone(), texts),
        |(name, mark): (Option<String>, Mark), (session, go, place, fault, texts)| match session
            .join(name.as_deref(), mark)
        {
            Ok(_) => {
                let device = session.device().clone();
                spawn_local(async move { device.ask_to_persist().await });
                go.emit(Route::Workshop(place.on(Screen::Overview)));
            }
            Err(ActionError::TooMany { limit }) => fault.set(Some(texts.join_full(limit).into())),
            Err(error) => fault.set(Some(words(&error, *texts).into())),
        },
    );
    let ending = use_progress((), |progress, ()| sync_sheet::ending(&progress.delivery.line));
    let is_here = snapshot.arrival == Arrival::Here;
    let title = is_here.then(|| AttrValue::from(snapshot.control.title_text()));
    let link = session.link(Role::Participant).map(AttrValue::from);
    html! { <Join {title} taken={people::taken(&snapshot.board)} fault={(*fault).clone()} {ending} {link} {on_join} /> }
}
