//! A tool of the workshop with its questions, on the overview.

use shared::documents::control::ToolInstance;
use yew::prelude::{Html, Properties, component, html};

use super::progress::{state, title_of};
use crate::components::kind_drawing::kind_drawing;
use crate::hooks::use_snapshot;
use crate::route::{Place, Route, Screen};
use crate::table::Table;
use crate::texts::{Key, use_texts};

/// See [`ToolCard`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ToolCardProps {
    /// The tool instance.
    pub(super) instance: ToolInstance,
    /// Where this is.
    pub(super) place: Place,
}

/// A tool with its questions, each a link with what is answered there.
#[component]
pub(super) fn ToolCard(props: &ToolCardProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let instance = &props.instance;
    let tool = &instance.tool;
    let link = |screen| format!("#{}", Route::Workshop(props.place.on(screen)));
    let table = Table::of(instance);
    let states = table.as_ref().map(|table| {
        let answers = table.answers(&snapshot.control, &snapshot.board);
        table
            .steps()
            .into_iter()
            .map(|step| (step, title_of(table, step, texts), state(&answers, step, snapshot.me, texts)))
            .collect::<Vec<_>>()
    });
    html! {
        <section class="card tool-card">
            <header class="tool-card__head">
                if let Some(kind) = tool.kinds().first() { { kind_drawing(*kind) } }
                <div>
                    <h2 class="card__title">{ tool.title.get(texts.language) }</h2>
                    if states.is_none() { <p class="card__lead">{ tool.summary.get(texts.language) }</p> }
                </div>
            </header>
            if let Some(states) = states {
                <ol class="tool-card__steps">
                    { for states.into_iter().map(|(step, title, state)| html! {
                        <li key={step.code()}>
                            <a class="tool-card__step" href={link(Screen::Step(instance.id, step))} data-test={format!("step-{}", step.code())}>
                                <span>{ title }</span>
                                <span class="tool-card__state">{ state.unwrap_or_default() }</span>
                            </a>
                        </li>
                    }) }
                </ol>
            }
            <div class="tool-card__links">
                <a class="text-button" href={link(Screen::Read(instance.id))} data-test="read-tool">{ texts.get(Key::TableReadTool) }</a>
                if table.is_some() {
                    <a class="text-button" href={link(Screen::Result(instance.id))} data-test="result">{ texts.get(Key::MenuResult) }</a>
                }
            </div>
        </section>
    }
}
