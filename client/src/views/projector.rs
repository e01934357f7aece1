//! The large screen: what the group shares, readable from ten metres. It has no controls and knows no private state.
//!
//! `scene` says what is shown, `room` what fits: nothing ever scrolls here, so what does not fit is chosen and
//! counted. Lengths are units of a screen of 1920 × 1080, as in `style/tokens.css`.

mod actions_scene;
mod agreed_card;
mod beside;
pub(crate) mod beside_ladder;
mod foot;
mod head;
mod invite;
mod ladder_scene;
mod level_row;
mod names;
pub(crate) mod quote;
mod result_scene;
pub(crate) mod room;
mod scene;
mod screen;
pub(crate) mod side;
pub(crate) mod table_scene;
pub(crate) mod waiting;
mod wall_scene;

use yew::prelude::{AttrValue, ContextProvider, Html, component, html, use_effect_with};

use self::screen::Screen;
use crate::hooks::{use_progress, use_snapshot};
use crate::local_time::LocalTime;
use crate::platform::clock;
use crate::platform::wake_lock::WakeLock;
use crate::texts::{Texts, use_texts};

/// Draws the board as it stands, and keeps the screen awake where the browser can.
///
/// Nobody is there to choose a language on the wall, so it speaks the workshop's.
#[component]
pub fn Projector() -> Html {
    let snapshot = use_snapshot();
    let line = use_progress((), |progress, ()| progress.delivery.line.clone());
    let device = use_texts();
    use_effect_with((), |()| {
        let lock = WakeLock::hold();
        move || drop(lock)
    });
    let texts = snapshot.control.language.settled().map_or(device, |language| Texts { language: *language, ..device });
    let this_year = LocalTime::at(clock::wall()).year;
    html! {
        <ContextProvider<Texts> context={texts}>
            <Screen control={snapshot.control.clone()} board={snapshot.board.clone()} arrival={snapshot.arrival}
                {line} invitation={snapshot.invitation.as_deref().map(|link| AttrValue::from(link.to_owned()))}
                {this_year} />
        </ContextProvider<Texts>>
    }
}
