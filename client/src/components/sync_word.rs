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
            _ if delivery.on_device > 0 => Self::Waiting(delivery.on_device),
            Line::Offline | Line::Silent if delivery.outstanding() > 0 => Self::Waiting(delivery.outstanding()),
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
        Word::Attention(word) => (Some("sync-word--attention"), html! { <span>{ word }</span> }),
    };
    html! {
        <button class={classes!("sync-word", class)} type="button" {onclick} data-test="sync" aria-haspopup="dialog">
            { inner }
        </button>
    }
}
