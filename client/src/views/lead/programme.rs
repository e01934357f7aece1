//! The workshop's tools and their questions, in order, and what the facilitator sets.

use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::project_button::ProjectWholeButton;
use super::settings_sheet::SettingsSheet;
use super::tools_sheet::ToolsSheet;
use super::{Spot, name_of};
use crate::components::icon::Icon;
use crate::components::notice::{Notice, Weight};
use crate::hooks::use_snapshot;
use crate::table::{Step, Table};
use crate::texts::{Key, use_texts};
use crate::views::phone::progress::title_of;
use crate::views::projector::scene::focus;

/// See [`Programme`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ProgrammeProps {
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
}

/// Draws the programme.
#[component]
pub(super) fn Programme(props: &ProgrammeProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| Open::None);
    let on_settings = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Settings));
    let on_tools = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Tools));
    let on_close = use_callback(open.clone(), |(), open| open.set(Open::None));
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
                <ToolSteps key={instance.id.to_string()} instance={instance.clone()} spot={props.spot} on_spot={props.on_spot.clone()} />
            }) }
            <button class="text-button" type="button" onclick={on_tools} data-test="lead-tools">{ texts.get(Key::LeadTools) }</button>
            if *open == Open::Settings { <SettingsSheet on_close={on_close.clone()} /> }
            if *open == Open::Tools { <ToolsSheet {on_close} /> }
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
    let snapshot = use_snapshot();
    let instance = &props.instance;
    let table = Table::of(instance);
    let is_projected = |spot: &Spot| {
        let wanted = table.as_ref().filter(|_| spot.step.is_some()).map(|table| focus(table, spot.step));
        wanted.is_some_and(|wanted| snapshot.control.focus.values().contains(&wanted))
    };
    let title = instance.tool.title.get(texts.language).to_owned();
    let steps: Vec<(Spot, AttrValue)> = match &table {
        Some(table) => {
            let spot = |step: Step| Spot { tool: instance.id, step: Some(step) };
            table.steps().into_iter().map(|step| (spot(step), title_of(table, step, texts).into())).collect()
        }
        None => vec![(Spot { tool: instance.id, step: None }, AttrValue::Static(texts.get(Key::TableGuide)))],
    };
    html! {
        <section class="programme">
            <h2 class="programme__title">{ title }</h2>
            <ol class="programme__steps">
                { for steps.into_iter().enumerate().map(|(place, (spot, words))| html! {
                    <StepButton key={place} number={place + 1} {spot} {words} is_here={props.spot == Some(spot)} is_projected={is_projected(&spot)}
                        on_spot={props.on_spot.clone()} />
                }) }
            </ol>
            if table.is_some() { <ProjectWholeButton tool={instance.id} /> }
        </section>
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
    let onclick =
        use_callback((props.on_spot.clone(), props.spot), |_: MouseEvent, (on_spot, spot)| on_spot.emit(*spot));
    let test = props.spot.step.map_or("lead-step-read".to_owned(), |step| format!("lead-step-{}", step.code()));
    html! {
        <li>
            <button class={classes!("programme__step", props.is_here.then_some("programme__step--here"))} type="button" {onclick}
                aria-current={props.is_here.then_some("step")} data-test={test}>
                <span class="programme__number">{ props.number }</span>
                <span class="programme__words">{ &props.words }</span>
                if props.is_projected {
                    <span class="programme__screen">{ Icon::Screen.image() }<span class="hidden-words">{ texts.get(Key::LeadProjected) }</span></span>
                }
            </button>
        </li>
    }
}
