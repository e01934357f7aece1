//! Puts a question on the large screen, and says when it is there.

use shared::documents::EntryId;
use shared::documents::control::{Focus, Group, ToolInstance};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback};

use crate::components::icon::Icon;
use crate::groups::set_of;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Stop, side_by_side};
use crate::part::PartAt;
use crate::texts::{Key, use_texts};

/// See [`ProjectButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProjectButtonProps {
    /// The step.
    pub(super) stop: Stop,
}

/// Draws a word where the question is projected, and else the button.
#[component]
pub(super) fn ProjectButton(props: &ProjectButtonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let focus = props.stop.at.focus(Some(&props.stop.step.code));
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

/// See [`ProjectBesideButtons`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProjectBesideProps {
    /// The part, of any group.
    pub(super) at: PartAt,
    /// The step; all of the part without.
    pub(super) step: Option<AttrValue>,
}

/// Puts what several groups have filled in on the large screen, side by side; a button for as many as have room there.
#[component]
pub(super) fn ProjectBesideButtons(props: &ProjectBesideProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let control = &snapshot.control;
    let set = control.tool(props.at.instance).map(|instance| control.set(set_of(instance))).unwrap_or_default();
    let [(_, first), _, ..] = set.as_slice() else { return Html::default() };
    // The same whichever group's part it is pressed on.
    let at = PartAt { instance: first.id, ..props.at.clone() };
    let pages = set.chunks(side_by_side(at.part().kind(), props.step.as_deref()));
    let is_one = pages.len() == 1;
    let button = |(page, groups): (usize, &[(&Group, &ToolInstance)])| {
        let words = if is_one {
            texts.get(Key::GroupsBeside).to_owned()
        } else {
            let names: Vec<String> = groups.iter().map(|(group, _)| group.name()).collect();
            texts.groups_beside_of(&names.join(", "))
        };
        html! { <BesideButton key={page} focus={at.focus_beside(page, props.step.as_deref())} {words} /> }
    };
    pages.enumerate().map(button).collect()
}

/// See [`BesideButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct BesideButtonProps {
    focus: Focus,
    words: AttrValue,
}

#[component]
fn BesideButton(props: &BesideButtonProps) -> Html {
    let session = use_session();
    let is_projected = use_snapshot().control.focus.settled() == Some(&props.focus);
    let onclick = use_callback((session, props.focus.clone()), |_: MouseEvent, (session, focus)| {
        // A facilitator may always choose; what the device cannot keep is said by the sync word.
        drop(session.set_focus(focus.clone()));
    });
    html! {
        <button class="text-button project-whole" type="button" {onclick} aria-pressed={is_projected.to_string()} data-test="project-beside">
            { Icon::Screen.image() }{ &props.words }
        </button>
    }
}
