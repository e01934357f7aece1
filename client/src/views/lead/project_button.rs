//! Puts a question on the large screen, and says when it is there.

use shared::documents::EntryId;
use shared::documents::control::Focus;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback};

use crate::components::icon::Icon;
use crate::hooks::{use_session, use_snapshot};
use crate::table::{Step, Table};
use crate::texts::{Key, use_texts};
use crate::views::projector::scene::focus;

/// See [`ProjectButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProjectButtonProps {
    /// The table.
    pub(super) table: Table,
    /// The step.
    pub(super) step: Step,
}

/// Draws a word where the question is projected, and else the button.
#[component]
pub(super) fn ProjectButton(props: &ProjectButtonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let focus = focus(&props.table, Some(props.step));
    let is_projected = snapshot.control.focus.settled() == Some(&focus);
    let onclick = use_callback((session, focus), |_: MouseEvent, (session, focus)| {
        // A facilitator may always choose; what the device cannot keep is said by the sync word.
        drop(session.set_focus(focus.clone()));
    });
    if is_projected {
        return html! {
            <p class="projected" data-test="projected">{ Icon::Screen.image() }{ texts.get(Key::LeadProjected) }</p>
        };
    }
    html! {
        <button class="button button--small" type="button" {onclick} data-test="project">
            { Icon::Screen.image() }{ texts.get(Key::LeadProject) }
        </button>
    }
}

/// See [`ProjectWholeButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProjectWholeButtonProps {
    /// The tool instance.
    pub(super) tool: EntryId,
}

/// Puts all of a tool on the large screen, rather than one of its questions.
#[component]
pub(super) fn ProjectWholeButton(props: &ProjectWholeButtonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let focus = Focus { tool: props.tool, field: None };
    let is_projected = snapshot.control.focus.settled() == Some(&focus);
    let onclick = use_callback((session, focus), |_: MouseEvent, (session, focus)| {
        // A facilitator may always choose; what the device cannot keep is said by the sync word.
        drop(session.set_focus(focus.clone()));
    });
    if is_projected {
        return html! {
            <p class="projected projected--whole">{ Icon::Screen.image() }{ texts.get(Key::LeadProjected) }</p>
        };
    }
    html! {
        <button class="text-button project-whole" type="button" {onclick} data-test="project-whole">
            { Icon::Screen.image() }{ texts.get(Key::LeadProjectWhole) }
        </button>
    }
}
