//! Says to screen readers what the eye sees: that the line went or came back, and that others wrote something.

use yew::prelude::{Html, component, html, use_effect_with, use_mut_ref, use_state_eq};

use crate::hooks::use_snapshot;
use crate::session::Line;
use crate::texts::{Key, use_texts};

/// Draws a status line that only screen readers meet.
#[component]
pub fn Announcer() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let words = use_state_eq(String::new);
    let before = use_mut_ref(|| None::<(bool, usize)>);
    let is_connected = match snapshot.delivery.line {
        Line::Online => Some(true),
        Line::Offline | Line::Silent => Some(false),
        Line::Connecting | Line::Refused(_) | Line::Closed(_) => None,
    };
    let others =
        snapshot.board.notes.values().filter(|note| !note.author.is_some_and(|author| snapshot.is_own(&author)));
    let setter = words.setter();
    use_effect_with((is_connected, others.count()), move |(is_connected, notes)| {
        let was = *before.borrow();
        let connected = is_connected.or(was.map(|(connected, _)| connected)).unwrap_or(false);
        *before.borrow_mut() = Some((connected, *notes));
        match was {
            Some((true, _)) if !connected => setter.set(texts.get(Key::SyncLiveOffline).to_owned()),
            Some((false, _)) if connected => setter.set(texts.get(Key::SyncLiveOnline).to_owned()),
            Some((_, seen)) if *notes > seen => setter.set(texts.table_arrived(notes - seen)),
            _ => {}
        }
    });
    html! { <p class="hidden-words" role="status" aria-live="polite">{ (*words).clone() }</p> }
}
