//! The result of a table, laid out as the paper form: now on the left, the levels in the middle, ambition on the right.

pub mod comparison;
pub mod form;
mod report;

use std::rc::Rc;

use shared::content::PromptRole;
use shared::documents::board::Note;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::components::marker::{column_class, marker};
use crate::table::ColumnRole;
use crate::texts::Key;

pub use report::Report;

/// Most discs that are drawn on a level; everyone is counted in words.
const DRAWN: usize = 20;

/// See [`ResultForm`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ResultFormProps {
    /// What it holds.
    pub report: Report,
}

/// Draws the form.
#[component]
pub fn ResultForm(props: &ResultFormProps) -> Html {
    let report = &props.report;
    let texts = report.texts;
    let maturity = report.table.maturity();
    let title = |column: ColumnRole| {
        maturity.column(column).map(|column| column.title.get(texts.language).to_owned()).unwrap_or_default()
    };
    let cell = |column: ColumnRole, level: Option<u8>| {
        let answers = report.answers.column(column);
        let people = level.and_then(|level| answers.placements.get(&level)).map_or(0, Vec::len);
        let is_chosen = level.is_some_and(|level| answers.agreed_levels().iter().any(|stamped| stamped.value == level));
        let is_met = is_chosen && answers.agreed.is_unsettled();
        let is_agreed = is_chosen && !is_met;
        let notes = report.examples(column, level);
        html! {
            <td class={classes!("result__cell", column_class(column), is_agreed.then_some("result__cell--agreed"),
                (people == 0 && notes.is_empty() && !is_chosen).then_some("result__cell--empty"))}>
                <p class="result__label" aria-hidden="true">{ title(column) }</p>
                if is_agreed { <p class="result__agreed">{ texts.get(Key::ResultAgreed) }</p> }
                if is_met { <p class="result__met">{ texts.get(Key::ResultMet) }</p> }
                if people > 0 {
                    <p class="result__people"><span class="result__dots">{ for (0..people.min(DRAWN)).map(|_| marker(column, None)) }</span>
                        <span>{ texts.result_people(people) }</span></p>
                }
                { list(&notes) }
            </td>
        }
    };
    let prompt = |role: PromptRole, notes: &[Rc<Note>]| {
        let notes: Vec<&Note> = notes.iter().map(Rc::as_ref).collect();
        let title = maturity.prompt(role).map(|prompt| prompt.title.get(texts.language).to_owned());
        html! {
            if let Some(title) = title {
                <section class="result__prompt">
                    <h3>{ title }</h3>
                    if notes.is_empty() { <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p> }
                    { list(&notes) }
                </section>
            }
        }
    };
    html! {
        <>
            <div class="result__agreements">
                { for ColumnRole::ALL.map(|column| html! {
                    <section class={classes!("result__agreement", column_class(column))}>
                        <h3>{ title(column) }</h3>
                        <p class="result__level" data-test={format!("result-{}", column.code())}>{ report.agreed(column) }</p>
                        if let Some(reason) = report.reason(column) { <p dir="auto">{ reason }</p> }
                    </section>
                }) }
                <section class="result__agreement">
                    <h3>{ report.time_title() }</h3>
                    <p class="result__level" data-test="result-time">{ report.time() }</p>
                    if !report.answers.time_frame_words.trim().is_empty() { <p dir="auto">{ report.answers.time_frame_words.trim() }</p> }
                </section>
            </div>
            <table class="result__table">
                <thead>
                    <tr>
                        <th scope="col">{ title(ColumnRole::Now) }</th>
                        <th scope="col">{ texts.get(Key::ResultLevel) }</th>
                        <th scope="col">{ title(ColumnRole::Ambition) }</th>
                    </tr>
                </thead>
                <tbody>
                    { for maturity.levels.iter().rev().map(|level| html! {
                        <tr key={level.value}>
                            { cell(ColumnRole::Now, Some(level.value)) }
                            <th class="result__rung" scope="row">
                                <span class="result__number">{ level.value }</span>
                                <span class="result__name">{ level.name.get(texts.language) }</span>
                                <ul class="result__characteristics">
                                    { for level.characteristics.iter().map(|entry| html! { <li>{ entry.text.get(texts.language) }</li> }) }
                                </ul>
                            </th>
                            { cell(ColumnRole::Ambition, Some(level.value)) }
                        </tr>
                    }) }
                    if ColumnRole::ALL.iter().any(|column| !report.examples(*column, None).is_empty()) {
                        <tr>
                            { cell(ColumnRole::Now, None) }
                            <th class="result__rung" scope="row"><span class="result__name">{ texts.get(Key::ResultNoLevel) }</span></th>
                            { cell(ColumnRole::Ambition, None) }
                        </tr>
                    }
                </tbody>
            </table>
            { prompt(PromptRole::Obstacles, &report.answers.obstacles) }
            { prompt(PromptRole::Signs, &report.answers.signs) }
        </>
    }
}

fn list(notes: &[&Note]) -> Html {
    html! {
        if !notes.is_empty() {
            <ul class="result__notes">{ for notes.iter().map(|note| html! { <li key={note.id.to_string()} dir="auto">{ &note.text }</li> }) }</ul>
        }
    }
}
