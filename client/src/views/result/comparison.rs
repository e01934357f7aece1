//! What several groups have filled in of one table, side by side on paper: the same levels, a column for each group.

use std::fmt::Write as _;

use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::Report;
use crate::components::marker::{column_class, marker};
use crate::table::ColumnRole;
use crate::texts::{Key, Texts};

/// Groups in a row of columns, so that they fit on a phone and on a sheet of paper.
const SIDE_BY_SIDE: usize = 4;

/// A group with its result.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupReport {
    /// The group's name.
    pub name: AttrValue,
    /// What it holds.
    pub report: Report,
}

/// See [`Comparison`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ComparisonProps {
    /// The groups, in order.
    pub groups: Vec<GroupReport>,
}

/// Draws who stands where in each group, and what each agreed on.
#[component]
pub fn Comparison(props: &ComparisonProps) -> Html {
    props.groups.chunks(SIDE_BY_SIDE).enumerate().map(|(place, groups)| table(place, groups)).collect()
}

fn table(place: usize, groups: &[GroupReport]) -> Html {
    let Some(first) = groups.first() else { return Html::default() };
    let texts = first.report.texts;
    html! {
        <table class="comparison" key={place} data-test="comparison">
            <thead>
                <tr>
                    <th scope="col">{ texts.get(Key::ResultLevel) }</th>
                    { for groups.iter().enumerate().map(|(place, group)| html! { <th scope="col" key={place} dir="auto">{ &group.name }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for first.report.table.maturity().levels.iter().rev().map(|level| html! {
                    <tr key={level.value}>
                        <th scope="row"><strong>{ level.value }</strong>{ " " }{ level.name.get(texts.language) }</th>
                        { for groups.iter().enumerate().map(|(place, group)| html! {
                            <td key={place}>{ for ColumnRole::ALL.map(|column| cell(&group.report, column, level.value)) }</td>
                        }) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// How many stand on a level of one side, and whether it is agreed; nothing where neither is.
fn cell(report: &Report, column: ColumnRole, level: u8) -> Html {
    let answers = report.answers.column(column);
    let people = answers.placements.get(&level).map_or(0, Vec::len);
    let is_chosen = answers.agreed_levels().iter().any(|stamped| stamped.value == level);
    if people == 0 && !is_chosen {
        return Html::default();
    }
    let agreed = if answers.agreed.is_unsettled() { Key::ResultMet } else { Key::ResultAgreed };
    html! {
        <p class={classes!("comparison__side", column_class(column), is_chosen.then_some("comparison__side--agreed"))}>
            <span class="comparison__column">{ marker(column, None) }{ side(column, report.texts) }</span>
            if people > 0 { <span class="comparison__people">{ people }</span> }
            if is_chosen { <span class="comparison__agreed">{ report.texts.get(agreed) }</span> }
        </p>
    }
}

fn side(column: ColumnRole, texts: Texts) -> &'static str {
    texts.get(match column {
        ColumnRole::Now => Key::ScreenNow,
        ColumnRole::Ambition => Key::ScreenAmbition,
    })
}

/// The same in words: what each group agreed on. Ends in a line break.
#[must_use]
pub fn text(groups: &[GroupReport]) -> String {
    let mut text = String::new();
    for GroupReport { name, report } in groups {
        let sides = ColumnRole::ALL.map(|column| format!("{}: {}", side(column, report.texts), report.agreed(column)));
        // Writing to a string does not fail.
        let _ = writeln!(text, "{name}. {}", sides.join("; "));
    }
    text
}
