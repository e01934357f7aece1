//! The rows with their cells: a table where there is room, else a card for each row.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::grid::{GridRowAnswers, GridRowId};
use web_sys::{KeyboardEvent, MouseEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_node_ref};

use super::table_step::Sorting;
use super::words::Wording;
use super::{code, grid, name_column};
use crate::components::note_card::NoteState;
use crate::hooks::{use_list_focus, use_progress};
use crate::kinds::words;
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::platform::clock;
use crate::texts::{Key, use_texts};

/// Columns that a desk has room for.
const FEW: usize = 4;

/// See [`GridTable`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct GridTableProps {
    /// The part.
    pub(super) at: PartAt,
    /// The rows, in the order in which they are shown.
    pub(super) rows: Vec<GridRowAnswers>,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
    /// How they are ordered.
    pub(super) sorting: Sorting,
    /// Called with another order.
    pub(super) on_sorting: Callback<Sorting>,
    /// Opens a row; without it they are only read.
    pub(super) on_open: Option<Callback<String>>,
    /// Called with a key that is pressed on a row that somebody added.
    pub(super) on_key: Callback<(KeyboardEvent, EntryId)>,
}

/// Draws the rows.
#[component]
pub(super) fn GridTable(props: &GridTableProps) -> Html {
    let texts = use_texts();
    let body = use_node_ref();
    use_list_focus(&body);
    let Some(grid) = grid(&props.at) else { return Html::default() };
    if props.rows.is_empty() {
        return Html::default();
    }
    let this_year = LocalTime::at(clock::wall()).year;
    let wording = Wording { grid, board: &props.board, texts, this_year };
    let titles: Rc<[AttrValue]> = grid.columns.iter().map(|column| words(&column.title, texts)).collect();
    html! {
        <table class={classes!("grid-table", (grid.columns.len() > FEW).then_some("grid-table--many"))}>
            <thead>
                <tr>
                    if name_column(grid).is_none() { <th scope="col">{ words(&grid.row_title, texts) }</th> }
                    { for titles.iter().enumerate().map(|(column, title)| html! {
                        <ColumnHead key={column} {column} title={title.clone()} sorting={props.sorting} on_sorting={props.on_sorting.clone()} />
                    }) }
                </tr>
            </thead>
            <tbody ref={body}>
                { for props.rows.iter().map(|row| html! {
                    <TableRow key={code(row)} code={code(row)} name={wording.row(row)} cells={wording.cells(row)} titles={titles.clone()} name_column={name_column(grid)}
                        row={row.clone()} on_open={props.on_open.clone()} on_key={props.on_key.clone()} />
                }) }
            </tbody>
        </table>
    }
}

/// See [`ColumnHead`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ColumnHeadProps {
    column: usize,
    title: AttrValue,
    sorting: Sorting,
    on_sorting: Callback<Sorting>,
}

/// A column's heading; pressed, it orders the rows, then the other way round, then not.
#[component]
fn ColumnHead(props: &ColumnHeadProps) -> Html {
    let own = props.sorting.filter(|(column, _)| *column == props.column).map(|(_, is_descending)| is_descending);
    let next = match own {
        None => Some((props.column, false)),
        Some(false) => Some((props.column, true)),
        Some(true) => None,
    };
    let onclick =
        use_callback((props.on_sorting.clone(), next), |_: MouseEvent, (on_sorting, next)| on_sorting.emit(*next));
    let (sorted, arrow) = match own {
        None => ("none", ""),
        Some(false) => ("ascending", " ↓"),
        Some(true) => ("descending", " ↑"),
    };
    html! {
        <th scope="col" aria-sort={sorted}>
            <button class="grid-table__head" type="button" {onclick}>{ &props.title }<span aria-hidden="true">{ arrow }</span></button>
        </th>
    }
}

/// See [`TableRow`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TableRowProps {
    code: String,
    name: AttrValue,
    cells: Vec<String>,
    titles: Rc<[AttrValue]>,
    name_column: Option<usize>,
    row: GridRowAnswers,
    on_open: Option<Callback<String>>,
    on_key: Callback<(KeyboardEvent, EntryId)>,
}

#[component]
fn TableRow(props: &TableRowProps) -> Html {
    let texts = use_texts();
    let row = &props.row;
    let added = if let GridRowId::Added(id) = row.id { Some(id) } else { None };
    let onclick = use_callback((props.on_open.clone(), props.code.clone()), |_: MouseEvent, (on_open, code)| {
        if let Some(on_open) = on_open {
            on_open.emit(code.clone());
        }
    });
    let onkeydown = use_callback((props.on_key.clone(), added), |event: KeyboardEvent, (on_key, added)| {
        if let Some(added) = added {
            on_key.emit((event, *added));
        }
    });
    let state = use_progress(added, |progress, added| added.and_then(|id| NoteState::in_progress(progress, id)));
    let head = html! {
        <th scope="row">
            if props.on_open.is_some() {
                <button class="grid-table__open" type="button" {onclick} {onkeydown} dir="auto" data-test="row-open">{ &props.name }</button>
            } else {
                <span dir="auto">{ &props.name }</span>
            }
            if row.row.as_ref().is_some_and(|row| row.outlived_removal) { <p class="action__note">{ texts.get(Key::TableOutlived) }</p> }
            if let Some(state) = state { <p class="action__note">{ texts.get(state.word()) }</p> }
            if !row.actions.is_empty() { <p class="grid-table__actions">{ texts.grid_actions(row.actions.len()) }</p> }
        </th>
    };
    let cells = row.cells.iter().zip(&props.cells).zip(props.titles.iter()).enumerate();
    html! {
        <tr class="grid-table__row" data-test="grid-row">
            if props.name_column.is_none() { { head.clone() } }
            { for cells.map(|(place, ((cell, words), title))| if props.name_column == Some(place) {
                head.clone()
            } else {
                let class = classes!(words.is_empty().then_some("grid-table__empty"), cell.is_unsettled().then_some("grid-table__met"));
                html! { <td {class} data-label={title.clone()} dir="auto">{ words }</td> }
            }) }
        </tr>
    }
}
