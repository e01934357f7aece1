//! The table as something to read, and as the paper form that it comes from.

use std::fmt::Write as _;

use shared::content::{Grid, GridColumn, GridRow};
use shared::documents::grid::{GridAnswers, GridRowAnswers};
use yew::prelude::{Html, html};

use super::code;
use super::words::Wording;
use crate::kinds::{PartResult, ResultProps, entries, words};
use crate::texts::{Key, Texts};

/// What the table asks.
pub(super) fn read(grid: &Grid, texts: Texts) -> Html {
    let column = |column: &GridColumn| {
        html! {
            <li>
                { words(&column.title, texts) }
                if let Some(hint) = &column.hint { <span class="read__hint">{ format!(" {}", words(hint, texts)) }</span> }
                if !column.choices.is_empty() {
                    <span class="read__hint">{ format!(" {}", column.choices.iter().map(|choice| words(&choice.text, texts).to_string()).collect::<Vec<_>>().join(" / ")) }</span>
                }
            </li>
        }
    };
    let row = |row: &GridRow| {
        html! {
            <li>
                { words(&row.title, texts) }
                if let Some(hint) = &row.hint { <span class="read__hint">{ format!(" {}", words(hint, texts)) }</span> }
            </li>
        }
    };
    html! {
        <section class="read__section">
            <h2>{ texts.get(Key::GridColumns) }</h2>
            <ul class="read__list">{ for grid.columns.iter().map(column) }</ul>
            if !grid.rows.is_empty() {
                <h2>{ words(&grid.row_title, texts) }</h2>
                <ul class="read__list">{ for grid.rows.iter().map(row) }</ul>
            }
            if !grid.examples.is_empty() { { entries(None, None, &grid.examples, texts) } }
        </section>
    }
}

/// The filled-in form, and the same as text.
pub(super) fn result(grid: &Grid, table: &GridAnswers, props: &ResultProps) -> PartResult {
    let texts = props.texts;
    let wording = Wording { grid, board: &props.board, texts, this_year: props.this_year };
    // A row that people added has no name beside its own words.
    let has_names = !grid.rows.is_empty();
    let row = |row: &GridRowAnswers| {
        html! {
            <tr key={code(row)}>
                if has_names { <th scope="row" dir="auto">{ wording.row(row) }</th> }
                { for grid.columns.iter().zip(wording.cells(row)).map(|(column, cell)| html! {
                    <td data-label={words(&column.title, texts)} dir="auto">{ cell }</td>
                }) }
            </tr>
        }
    };
    let form = html! {
        if table.rows.is_empty() {
            <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p>
        } else {
            <table class="form-table">
                <thead>
                    <tr>
                        if has_names { <th scope="col">{ words(&grid.row_title, texts) }</th> }
                        { for grid.columns.iter().map(|column| html! { <th scope="col">{ words(&column.title, texts) }</th> }) }
                    </tr>
                </thead>
                <tbody>{ for table.rows.iter().map(row) }</tbody>
            </table>
        }
    };
    PartResult { form, text: text(grid, table, &wording) }
}

fn text(grid: &Grid, table: &GridAnswers, wording: &Wording<'_>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    if table.rows.is_empty() {
        let _ = writeln!(text, "\n{}", wording.texts.get(Key::ResultNothing));
    }
    for row in &table.rows {
        let _ = writeln!(text, "\n{}", wording.row(row));
        for (column, cell) in grid.columns.iter().zip(wording.cells(row)).filter(|(_, cell)| !cell.is_empty()) {
            let _ = writeln!(text, "- {}: {}", words(&column.title, wording.texts), cell.replace('\n', "\n  "));
        }
    }
    text
}
