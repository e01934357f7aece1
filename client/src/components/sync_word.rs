//! How far one's words have come, in a word that always stands in the same corner.

use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, classes, component, html, use_callback};

use super::icon::Icon;
use crate::session::{Delivery, Line, SchemaState};
use crate::texts::{Key, Texts, use_texts};

/// See [`SyncWord`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SyncWordProps {
    /// How far things have come.
    pub delivery: Delivery,
    /// Whether this app may write the documents.
    pub schema: SchemaState,
    /// Opens the sheet that explains it.
    pub on_open: Callback<()>,
}

/// What the word says, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// All is well, or will be by itself: quiet.
    Quiet(&'static str, Option<Icon>),
    /// Something is on its way: quiet, with a number.
    Sending(usize),
    /// Something waits: amber, with a number.
    Waiting(usize),
    /// The board did not take something: amber, with a number.
    NotTaken(usize),
    /// Somebody should look: amber.
    Attention(&'static str),
}

impl Word {
    fn of(delivery: &Delivery, schema: SchemaState, texts: Texts) -> Self {
        let quiet = |key| Self::Quiet(texts.get(key), None);
        if schema == SchemaState::Newer {
            return Self::Attention(texts.get(Key::SyncStopped));
        }
        match &delivery.line {
            Line::Refused(_) | Line::Closed(_) => Self::Attention(texts.get(Key::SyncStopped)),
            _ if !delivery.stored => Self::Attention(texts.get(Key::SyncNotKept)),
            Line::LocalOnly => quiet(Key::SyncLocalOnly),
            Line::Online if !delivery.relay_keeps => Self::Attention(texts.get(Key::SyncNotKeptThere)),
            _ if delivery.on_device > 0 => Self::Waiting(delivery.on_device),
            Line::Offline | Line::Silent if delivery.outstanding() > 0 => Self::Waiting(delivery.outstanding()),
            _ if delivery.refused > 0 => Self::NotTaken(delivery.refused),
            _ if delivery.keeping > 0 => quiet(Key::SyncKeeping),
            _ if delivery.sent_waiting > 0 => Self::Sending(delivery.sent_waiting),
            Line::Online => Self::Quiet(texts.get(Key::SyncReceived), Some(Icon::DoubleCheck)),
            Line::Connecting => quiet(Key::SyncConnecting),
            Line::Offline | Line::Silent => quiet(Key::SyncOffline),
        }
    }
}

/// Draws the word as a button.
#[component]
pub fn SyncWord(props: &SyncWordProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback(props.on_open.clone(), |_: MouseEvent, on_open| on_open.emit(()));
    let word = Word::of(&props.delivery, props.schema, texts);
    let (class, inner) = match word {
        Word::Quiet(word, icon) => {
            (None, html! { <>if let Some(icon) = icon { { icon.image() } }<span>{ word }</span></> })
        }
        Word::Sending(n) => (None, html! { <>{ Icon::ArrowUp.image() }<span>{ texts.sync_sending(n) }</span></> }),
        Word::Waiting(n) => (Some("sync-word--attention"), html! { <span>{ texts.sync_waiting(n) }</span> }),
        Word::NotTaken(n) => (Some("sync-word--attention"), html! { <span>{ texts.sync_not_taken(n) }</span> }),
        Word::Attention(word) => (Some("sync-word--attention"), html! { <span>{ word }</span> }),
    };
    html! {
        <button class={classes!("sync-word", class)} type="button" {onclick} data-test="sync" aria-haspopup="dialog">
            { inner }
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::Language;

    /// The word for `[keeping, on_device, sent_waiting, refused]` on a line that stands like this.
    fn word([keeping, on_device, sent_waiting, refused]: [usize; 4], line: Line, stored: bool) -> Word {
        let delivery = Delivery {
            keeping,
            on_device,
            sent_waiting,
            received: 5,
            last_heard: None,
            next_try: None,
            line,
            is_slow: false,
            relay: None,
            stored,
            relay_keeps: true,
            refused,
        };
        Word::of(&delivery, SchemaState::Current, Texts::new(Language::Danish))
    }

    #[test]
    fn received_is_said_only_when_nothing_is_anywhere_else() {
        let received = Word::Quiet("Modtaget", Some(Icon::DoubleCheck));
        assert_eq!(word([0, 0, 0, 0], Line::Online, true), received);
        assert_eq!(word([1, 0, 0, 0], Line::Online, true), Word::Quiet("Gemmer", None));
        assert_eq!(word([0, 2, 1, 0], Line::Online, true), Word::Waiting(2));
        assert_eq!(word([0, 0, 3, 0], Line::Online, true), Word::Sending(3));
        assert_eq!(word([0, 0, 0, 1], Line::Online, true), Word::NotTaken(1));
        assert_eq!(word([0, 0, 0, 0], Line::Online, false), Word::Attention("Gemmes ikke"));
    }

    #[test]
    fn of_what_never_leaves_the_device_nothing_is_said_that_sounds_like_sending() {
        assert_eq!(word([0, 0, 0, 0], Line::LocalOnly, true), Word::Quiet("Kun på denne telefon", None));
        assert_eq!(word([0, 0, 0, 0], Line::LocalOnly, false), Word::Attention("Gemmes ikke"));
    }

    #[test]
    fn what_the_board_did_not_take_is_said_until_somebody_looks_but_not_before_what_waits() {
        assert_eq!(word([1, 0, 1, 2], Line::Online, true), Word::NotTaken(2));
        assert_eq!(word([0, 0, 0, 2], Line::Offline, true), Word::NotTaken(2));
        assert_eq!(word([1, 1, 1, 2], Line::Silent, true), Word::Waiting(1));
        assert_eq!(word([1, 0, 1, 2], Line::Offline, true), Word::Waiting(2));
    }
}
