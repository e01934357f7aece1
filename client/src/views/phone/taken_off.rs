//! Says to a person whose mark was taken off the board that it was, and lets them come back.

use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use crate::components::notice::{Notice, Weight};
use crate::hooks::{use_session, use_snapshot};
use crate::platform::page;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// Draws the notice while the person of this tab is off the board, and nothing otherwise.
#[component]
pub(super) fn TakenOff() -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let removed = snapshot.me.filter(|me| snapshot.board.is_removed(me));
    let onclick =
        use_callback((session, removed, fault.clone(), texts), |_: MouseEvent, (session, removed, fault, texts)| {
            let Some(person) = *removed else { return };
            let done = session.restore(person);
            if done.is_ok() {
                // The button goes, and would take the focus with it.
                page::focus_content();
            }
            fault.set(done.err().map(|error| words(&error, *texts)));
        });
    if removed.is_none() {
        return Html::default();
    }
    html! {
        <Notice weight={Weight::Attention} test="taken-off">
            <p>{ texts.get(Key::PeopleRemoved) }</p>
            if let Some(fault) = &*fault { <p class="field__fault">{ fault }</p> }
            if snapshot.can_write() {
                <div class="actions"><button class="button" type="button" {onclick} data-test="put-back">{ texts.get(Key::PeoplePutBack) }</button></div>
            }
        </Notice>
    }
}
