//! A workshop on a phone: one question a screen, back and forward, and an overview.

pub mod agreed_step;
pub mod frame;
pub mod hide_note;
mod kinds_notice;
pub mod local_overview;
pub mod note_editor;
pub mod note_list;
pub mod note_writer;
pub mod overview;
pub mod own_group;
pub mod people_sheet;
pub mod place_step;
pub mod prompt_step;
pub mod step_screen;
mod taken_off;
mod tool_card;
mod writer;

use web_sys::KeyboardEvent;
use yew::prelude::{Html, Properties, component, html, use_callback};

use self::overview::Overview;
use self::step_screen::StepScreen;
use crate::components::shared_text::undo_key;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Stop, stops_of};
use crate::part::{PartAt, Spot};
use crate::route::{Place, Screen};
use crate::texts::{Texts, use_texts};

/// See [`Phone`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PhoneProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the screen of a participant.
#[component]
pub fn Phone(props: &PhoneProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let on_step = use_callback(session.clone(), |is_redo: bool, session| {
        // Nothing to take back is no fault.
        let _ = if is_redo { session.redo() } else { session.undo() };
    });
    let onkeydown = use_callback(on_step, |event: KeyboardEvent, on_step| undo_key(&event, on_step));
    let stop = match &props.place.screen {
        Screen::Step(spot) => stop_at(&snapshot.control, spot, texts),
        _ => None,
    };
    html! {
        <div class="phone-place" {onkeydown}>
            if let Some(stop) = stop {
                <StepScreen key={key_of(&stop.spot())} place={props.place.clone()} stop={stop.clone()} />
            } else {
                <Overview place={props.place.clone()} />
            }
        </div>
    }
}

/// The step that an address names, if it is there.
#[must_use]
pub fn stop_at(control: &shared::documents::control::ControlView, spot: &Spot, texts: Texts) -> Option<Stop> {
    let at = PartAt::find(control, spot)?;
    stops_of(&at, texts).into_iter().find(|stop| stop.step.code == spot.step)
}

/// Tells one step from all others.
#[must_use]
pub fn key_of(spot: &Spot) -> String {
    format!("{}/{}/{}", spot.tool, spot.part, spot.step)
}

/// The step before one of a tool, and the one after.
#[must_use]
pub fn around(stops: &[Stop], spot: &Spot) -> (Option<Spot>, Option<Spot>) {
    let at = stops.iter().position(|stop| stop.spot() == *spot).unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| stops.get(at));
    (before.map(Stop::spot), stops.get(at + 1).map(Stop::spot))
}
