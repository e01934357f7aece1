//! Puts the list on the large screen, and says when it is there.

use shared::documents::actions::list_focus;
use web_sys::MouseEvent;
use yew::prelude::{Html, component, html, use_callback};

use crate::components::icon::Icon;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};

/// Draws a word where the list is projected, and else the button.
#[component]
pub(super) fn ProjectList() -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let onclick = use_callback(session, |_: MouseEvent, session| {
        // A facilitator may always choose; what the device cannot keep is said by the sync word.
        drop(session.set_focus(list_focus()));
    });
    if snapshot.control.focus.settled() == Some(&list_focus()) {
        return html! { <p class="projected" data-test="projected">{ Icon::Screen.image() }{ texts.get(Key::LeadProjected) }</p> };
    }
    html! {
        <div>
            <button class="button button--small" type="button" {onclick} data-test="project">
                { Icon::Screen.image() }{ texts.get(Key::LeadProject) }
            </button>
        </div>
    }
}
