//! The workshop's tools and their questions, in order, and what the facilitator sets.

use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::groups_sheet::GroupsSheet;
use super::name_of;
use super::project_button::{ProjectBesideButtons, ProjectWholeButton};
use super::settings_sheet::SettingsSheet;
use super::tools_sheet::ToolsSheet;
use crate::components::icon::Icon;
use crate::components::notice::{Notice, Weight};
use crate::groups::set_of;
use crate::hooks::use_snapshot;
use crate::kinds::{Stop, stops_of, words};
use crate::part::{PartAt, Spot, whole_of};
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};

/// See [`Programme`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProgrammeProps {
    /// Where this is.
    pub(super) place: Place,
    /// What stands in the middle.
    pub(super) spot: Option<Spot>,
    /// Puts something else there.
    pub(super) on_spot: Callback<Spot>,
}

/// Which sheet is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    None,
    Settings,
    Tools,
    Groups,
}

/// Draws the programme.
#[component]
pub(super) fn Programme(props: &ProgrammeProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| Open::None);
    let on_settings = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Settings));
    let on_tools = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Tools));
    let on_groups = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Groups));
    let on_close = use_callback(open.clone(), |(), open| open.set(Open::None));
    let href = format!("#{}", Route::Workshop(props.place.on(Screen::Actions)));
    html! {
        <nav class="lead__programme" aria-label={texts.get(Key::LeadProgramme)}>
            <header class="lead__head">
                // The page's heading stands where it is seen whichever part of the desk is.
                <p class="lead__title" dir="auto" data-test="lead-title">{ name_of(&snapshot.control, texts) }</p>
                <button class="icon-button" type="button" onclick={on_settings} aria-label={texts.get(Key::LeadSettings)} data-test="settings">
                    { Icon::Edit.image() }
                </button>
            </header>
            if snapshot.control.title.is_unsettled() {
                <Notice weight={Weight::Attention}><p>{ texts.get(Key::LeadTitleConflict) }</p></Notice>
            }
            if snapshot.control.tools.is_empty() { <p class="lead__hint">{ texts.get(Key::LeadToolsNone) }</p> }
            { for snapshot.control.tools.iter().map(|instance| html! {
                <ToolSteps key={instance.id.to_string()} instance={instance.clone()} spot={props.spot.clone()} on_spot={props.on_spot.clone()} />
            }) }
            <a class="text-button" {href} data-test="to-actions">{ texts.get(Key::ActionsTitle) }</a>
            <button class="text-button" type="button" onclick={on_tools} data-test="lead-tools">{ texts.get(Key::LeadTools) }</button>
            <button class="text-button" type="button" onclick={on_groups} data-test="lead-groups">{ texts.get(Key::GroupsTitle) }</button>
            if *open == Open::Settings { <SettingsSheet on_close={on_close.clone()} /> }
            if *open == Open::Tools { <ToolsSheet on_close={on_close.clone()} /> }
            if *open == Open::Groups { <GroupsSheet {on_close} /> }
        </nav>
    }
}

/// See [`ToolSteps`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ToolStepsProps {
    instance: ToolInstance,
    spot: Option<Spot>,
    on_spot: Callback<Spot>,
}

#[component]
fn ToolSteps(props: &ToolStepsProps) -> Html {
    let texts = use_texts();
    let control = use_snapshot().control.clone();
    let instance = &props.instance;
    let parts: Vec<(PartAt, Vec<Stop>)> = PartAt::all(instance)
        .map(|at| (at.clone(), stops_of(&at, texts)))
        .filter(|(_, stops)| !stops.is_empty())
        .collect();
    let has_several = parts.len() > 1;
    let mut before = 0;
    let part = |(at, stops): (PartAt, Vec<Stop>)| {
        let first = before;
        before += stops.len();
        let title = at.part().title.as_ref().filter(|_| has_several && stops.len() > 1);
        let title = title.map(|title| words(title, texts));
        let is_here = props.spot.as_ref().is_some_and(|spot| spot.tool == at.instance && spot.part == at.id());
        let steps = html! { <PartSteps {stops} {first} spot={props.spot.clone()} on_spot={props.on_spot.clone()} /> };
        match title {
            Some(title) => html! {
                <details class="programme__part" key={at.index} open={is_here}>
                    <summary class="programme__part-title">{ title }</summary>
                    { steps }
                </details>
            },
            None => html! { <div key={at.index}>{ steps }</div> },
        }
    };
    let title = words(&instance.tool.title, texts);
    let title = match control.group_name(instance) {
        // First what tells it from the others of its set.
        Some(group) => {
            html! { <h2 class="programme__title" dir="auto"><strong>{ group }</strong>{ format!(" · {title}") }</h2> }
        }
        None => html! { <h2 class="programme__title">{ title }</h2> },
    };
    let parts: Html = parts.into_iter().map(part).collect();
    let set = control.set(set_of(instance));
    let is_first_of_several = set.len() > 1 && set.first().is_some_and(|(_, first)| first.id == instance.id);
    html! {
        <section class="programme" data-test="programme-tool">
            if instance.of.is_some() {
                // As many as there are groups: one at a time is worked with.
                <details class="programme__group" open={props.spot.as_ref().is_some_and(|spot| spot.tool == instance.id)}>
                    <summary class="programme__part-title">{ title }</summary>
                    { parts }
                </details>
            } else { { title }{ parts } }
            <ProjectWholeButton tool={instance.id} />
            if is_first_of_several {
                if let Some(at) = whole_of(instance) { <ProjectBesideButtons {at} step={None::<AttrValue>} /> }
            }
        </section>
    }
}

/// See [`PartSteps`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct PartStepsProps {
    stops: Vec<Stop>,
    /// How many steps of the tool come before.
    first: usize,
    spot: Option<Spot>,
    on_spot: Callback<Spot>,
}

#[component]
fn PartSteps(props: &PartStepsProps) -> Html {
    let snapshot = use_snapshot();
    html! {
        <ol class="programme__steps">
            { for props.stops.iter().enumerate().map(|(place, stop)| {
                let spot = stop.spot();
                let is_projected = snapshot.control.focus.values().contains(&stop.at.focus(Some(&stop.step.code)));
                html! {
                    <StepButton key={stop.step.code.to_string()} number={props.first + place + 1} words={stop.step.title.clone()}
                        is_here={props.spot.as_ref() == Some(&spot)} {is_projected} {spot} on_spot={props.on_spot.clone()} />
                }
            }) }
        </ol>
    }
}

/// See [`StepButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StepButtonProps {
    number: usize,
    spot: Spot,
    words: AttrValue,
    is_here: bool,
    is_projected: bool,
    on_spot: Callback<Spot>,
}

#[component]
fn StepButton(props: &StepButtonProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback((props.on_spot.clone(), props.spot.clone()), |_: MouseEvent, (on_spot, spot)| {
        on_spot.emit(spot.clone());
    });
    html! {
        <li>
            <button class={classes!("programme__step", props.is_here.then_some("programme__step--here"))} type="button" {onclick}
                aria-current={props.is_here.then_some("step")} data-test={format!("lead-step-{}", props.spot.step)}>
                <span class="programme__number">{ props.number }</span>
                <span class="programme__words">{ &props.words }</span>
                if props.is_projected {
                    <span class="programme__screen">{ Icon::Screen.image() }<span class="hidden-words">{ texts.get(Key::LeadProjected) }</span></span>
                }
            </button>
        </li>
    }
}
