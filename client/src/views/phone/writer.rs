//! Whom one writes for, where a device writes for several.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::people_sheet::PeopleSheet;
use crate::components::person_mark::person_mark;
use crate::hooks::use_snapshot;
use crate::people;
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};

/// Draws the person's name and mark with the way to another; nothing on a device that writes for its owner alone.
#[component]
pub(super) fn Writer() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let is_open = use_state_eq(|| false);
    let onclick = use_callback(is_open.clone(), |_: MouseEvent, is_open| is_open.set(true));
    let on_close = use_callback(is_open.clone(), |(), is_open| is_open.set(false));
    let (Some(me), Some(words)) = (snapshot.me, writer_words(&snapshot, texts)) else { return Html::default() };
    html! {
        <section class="writer" data-test="writer">
            { person_mark(people::mark(&snapshot.board, me), None) }
            <p class="writer__name" dir="auto">{ words }</p>
            if snapshot.can_write() {
                <button class="button button--small" type="button" {onclick} data-test="writer-switch">{ texts.get(Key::PeopleSwitch) }</button>
            }
            if *is_open { <PeopleSheet {on_close} /> }
        </section>
    }
}

/// Whom one writes for, in words; `None` on a device that writes for its owner alone.
pub(super) fn writer_words(snapshot: &Snapshot, texts: Texts) -> Option<String> {
    let me = snapshot.me.filter(|_| snapshot.own.len() > 1)?;
    Some(texts.people_writing_for(&people::name(&snapshot.board, me, texts)))
}
