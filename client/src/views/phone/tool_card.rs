//! A tool of the workshop with its questions, on the overview.

use shared::documents::control::ToolInstance;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::components::kind_drawing::{drawn_kind, kind_drawing};
use crate::hooks::use_snapshot;
use crate::kinds::{Stop, has_result, progress, stops_of, words};
use crate::part::PartAt;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, Texts, use_texts};

/// Steps up to which a tool of one part shows all of them at once.
const FEW: usize = 7;

/// See [`ToolCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ToolCardProps {
    /// The tool instance.
    pub(super) instance: ToolInstance,
    /// Where this is.
    pub(super) place: Place,
    /// Whether the steps of every kind are here.
    pub(super) is_whole: bool,
}

/// A tool with its parts and their questions, each a link with what is answered there.
#[component]
pub(super) fn ToolCard(props: &ToolCardProps) -> Html {
    let texts = use_texts();
    let instance = &props.instance;
    let tool = &instance.tool;
    let group = use_snapshot().control.group_name(instance);
    let link = |screen| format!("#{}", Route::Workshop(props.place.on(screen)));
    let parts: Vec<(PartAt, Vec<Stop>)> = PartAt::all(instance)
        .map(|at| (at.clone(), stops_of(&at, texts)))
        .filter(|(_, stops)| !stops.is_empty())
        .collect();
    let has_any_result = tool.parts.iter().any(|part| has_result(part.kind()));
    html! {
        <section class="card tool-card" data-test={format!("tool-card-{}", tool.id)}>
            <header class="tool-card__head">
                if let Some(kind) = drawn_kind(tool) { { kind_drawing(kind) } }
                <div>
                    <h2 class="card__title">{ words(&tool.title, texts) }</h2>
                    if let Some(group) = group { <p class="card__lead" dir="auto" data-test="tool-group">{ group }</p> }
                    if parts.iter().all(|(_, stops)| stops.iter().all(|stop| !stop.step.asks)) {
                        <p class="card__lead">{ words(&tool.summary, texts) }</p>
                    }
                </div>
            </header>
            if let [(_, stops)] = parts.as_slice() {
                if stops.len() <= FEW { <Steps stops={stops.clone()} place={props.place.clone()} /> } else { { part(&parts[0], &props.place, texts) } }
            } else {
                { for parts.iter().map(|found| part(found, &props.place, texts)) }
            }
            <div class="tool-card__links">
                <a class="text-button" href={link(Screen::Read(instance.id))} data-test="read-tool">{ texts.get(Key::TableReadTool) }</a>
                if has_any_result {
                    <a class="text-button" href={link(Screen::Result(instance.id))} data-test="result">{ texts.get(Key::MenuResult) }</a>
                }
            </div>
        </section>
    }
}

/// A part among several: one line where it has one step, else folded, with how far one has come.
fn part((at, stops): &(PartAt, Vec<Stop>), place: &Place, texts: Texts) -> Html {
    if stops.len() == 1 {
        return html! { <Steps key={at.index} stops={stops.clone()} place={place.clone()} /> };
    }
    let title = at.part().title.as_ref().unwrap_or(&at.tool.short_title);
    html! { <FoldedPart key={at.index} title={words(title, texts)} stops={stops.clone()} place={place.clone()} /> }
}

/// See [`Steps`] and [`FoldedPart`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StepsProps {
    #[prop_or_default]
    title: AttrValue,
    stops: Vec<Stop>,
    place: Place,
}

#[component]
fn FoldedPart(props: &StepsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let (answered, all) = progress(&props.stops, &snapshot, texts);
    html! {
        <details class="tool-card__part" data-test="part">
            <summary class="tool-card__step tool-card__summary">
                <span>{ &props.title }</span>
                if all > 0 { <span class="tool-card__state">{ texts.table_answered_of(all, answered) }</span> }
            </summary>
            <Steps stops={props.stops.clone()} place={props.place.clone()} />
        </details>
    }
}

#[component]
fn Steps(props: &StepsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    html! {
        <ol class="tool-card__steps">
            { for props.stops.iter().map(|stop| html! {
                <li key={stop.step.code.to_string()}>
                    <a class="tool-card__step" href={format!("#{}", Route::Workshop(props.place.on(Screen::Step(stop.spot()))))}
                        data-test={format!("step-{}", stop.step.code)}>
                        <span>{ &stop.step.title }</span>
                        <span class="tool-card__state">{ stop.state(&snapshot, texts).unwrap_or_default() }</span>
                    </a>
                </li>
            }) }
        </ol>
    }
}
