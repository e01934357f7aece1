//! Says to screen readers what the eye sees: that the line went or came back, and that others wrote something.

use gloo_timers::callback::Timeout;
use yew::prelude::{Html, component, html, use_effect_with, use_mut_ref, use_state_eq};

use crate::hooks::{use_progress, use_snapshot};
use crate::session::Line;
use crate::texts::{Key, use_texts};

/// How long something stands: whoever comes upon it later would take it for new.
const STANDS_MS: u32 = 10_000;

/// What is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Said {
    words: String,
    /// How many things were said until now: the same words are said again by another element.
    count: usize,
}

/// What was last seen.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Whether there was a line; `None` before the first one came or failed.
    is_connected: Option<bool>,
    /// How many notes of others there were.
    notes: Option<usize>,
}

/// Draws a status line that only screen readers meet.
#[component]
pub fn Announcer() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let said = use_state_eq(Said::default);
    let before = use_mut_ref(|| Seen { is_connected: None, notes: None });
    let is_connected = use_progress((), |progress, ()| match progress.delivery.line {
        Line::Online => Some(true),
        Line::Offline | Line::Silent => Some(false),
        Line::Connecting | Line::Refused(_) | Line::Closed(_) | Line::LocalOnly => None,
    });
    let others =
        snapshot.board.notes.values().filter(|note| !note.author.is_some_and(|author| snapshot.is_own(&author)));
    let (setter, count) = (said.setter(), said.count);
    use_effect_with((is_connected, others.count()), move |(is_connected, notes)| {
        let mut seen = before.borrow_mut();
        let (was_connected, had) = (seen.is_connected, seen.notes.unwrap_or(*notes));
        *seen = Seen { is_connected: is_connected.or(was_connected), notes: Some(*notes) };
        let words = match (was_connected, *is_connected) {
            (Some(true), Some(false)) => texts.get(Key::SyncLiveOffline).to_owned(),
            (Some(false), Some(true)) => texts.get(Key::SyncLiveOnline).to_owned(),
            _ if *notes > had => texts.table_arrived(notes - had),
            _ => return,
        };
        setter.set(Said { words, count: count + 1 });
    });
    let setter = said.setter();
    use_effect_with((*said).clone(), move |said| {
        let silent = Said { words: String::new(), count: said.count };
        let falling_silent = (*said != silent).then(|| Timeout::new(STANDS_MS, move || setter.set(silent)));
        move || drop(falling_silent)
    });
    html! {
        <p class="hidden-words" role="status" aria-live="polite" data-test="announcer">
            <span key={said.count}>{ &said.words }</span>
        </p>
    }
}
