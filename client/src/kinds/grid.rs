//! A table with typed columns, filled in row by row: a card for each row on a phone, the whole table on wide screens.

mod cell_field;
mod new_row;
mod number_field;
mod paper;
mod removed;
mod row_fields;
mod row_sheet;
mod row_step;
mod scene;
mod table;
mod table_step;
mod words;

use shared::content::{Body, CellType, Grid, GridRow, Part};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use shared::documents::grid::{GridAnswers, GridRowAnswers, GridRowId};
use yew::prelude::{Html, html};

use self::row_step::RowStep;
use self::scene::{RowScene, TableScene};
use self::table_step::TableStep;
use self::words::Wording;
use super::alone::board_of;
use super::{
    Asked, PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, WriteButton,
    words as said,
};
use crate::library::Library;
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::platform::clock;
use crate::session::Snapshot;
use crate::texts::Texts;

/// The step that shows the whole table. No entry's id holds an underscore.
const WHOLE: &str = "_rows";

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct GridViews;

impl StepViews for GridViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let Some(grid) = grid(at) else { return Vec::new() };
        let row = |row: &GridRow| Step { code: row.id.to_string().into(), title: said(&row.title, texts), asks: true };
        let title = at.part().title.as_ref().unwrap_or(&at.tool.short_title);
        // Where the tool brings all rows, the whole table is something to look at.
        let whole = Step { code: WHOLE.into(), title: said(title, texts), asks: grid.rows.is_empty() };
        grid.rows.iter().map(row).chain([whole]).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let table = gather(at, &snapshot.control, board_of(at, snapshot))?;
        if step != WHOLE {
            let row = row_of(&table, step)?;
            let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
            return (filled > 0).then(|| texts.table_answered_of(row.cells.len(), filled));
        }
        let filled = table.rows.iter().filter(|row| row.row.is_some() || !row.is_empty()).count();
        (filled > 0).then(|| texts.grid_rows(filled))
    }

    fn write_button(&self, asked: &Asked<'_>) -> Option<WriteButton> {
        let grid = grid(asked.at).filter(|grid| grid.free_rows && asked.step == WHOLE)?;
        let words = asked.texts.grid_add(&said(&grid.row_title, asked.texts)).into();
        Some(WriteButton { words, test: "add-row", draft: None })
    }

    fn phone(&self, props: StepProps) -> Html {
        if *props.step == *WHOLE {
            html! { <TableStep ..props /> }
        } else {
            html! { <RowStep ..props /> }
        }
    }
}

impl SceneViews for GridViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let row = props.step.as_deref().and_then(|step| Some(said(&fixed(grid(&props.at)?, step)?.title, texts)));
        let title = row.clone().or_else(|| props.at.part().title.as_ref().map(|title| said(title, texts)));
        let body = if row.is_some() {
            html! { <RowScene ..props /> }
        } else {
            html! { <TableScene ..props /> }
        };
        Scene { title, body, has_legend: false }
    }
}

impl PaperViews for GridViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Grid(grid) = &part.body else { return Html::default() };
        grid.get().map(|grid| paper::read(grid, texts)).unwrap_or_default()
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let (grid, table) = (grid(&props.at)?, gather(&props.at, &props.control, &props.board)?);
        Some(paper::result(grid, &table, props))
    }
}

fn grid(at: &PartAt) -> Option<&Grid> {
    if let Body::Grid(grid) = at.body() { grid.get() } else { None }
}

/// A row that the tool brings.
fn fixed<'a>(grid: &'a Grid, step: &str) -> Option<&'a GridRow> {
    grid.rows.iter().find(|row| row.id.as_str() == step)
}

fn gather(at: &PartAt, control: &ControlView, board: &BoardView) -> Option<GridAnswers> {
    Some(GridAnswers::gather(control, board, at.instance, at.id(), grid(at)?))
}

/// A row that somebody added alone, cell by cell: all of it that would be shared.
pub(super) fn own_row(at: &PartAt, snapshot: &Snapshot, row: EntryId, texts: Texts) -> Option<String> {
    let (grid, table) = (grid(at)?, gather(at, &snapshot.control, &snapshot.own_board)?);
    let row = table.rows.iter().find(|known| known.id == GridRowId::Added(row))?;
    let wording = Wording { grid, board: &snapshot.board, texts, this_year: LocalTime::at(clock::wall()).year };
    let cells: Vec<String> = wording.cells(row).into_iter().filter(|cell| !cell.is_empty()).collect();
    Some(cells.join(" · "))
}

/// The answers in a row that the tool brings.
fn row_of<'a>(table: &'a GridAnswers, step: &str) -> Option<&'a GridRowAnswers> {
    table.rows.iter().find(|row| matches!(&row.id, GridRowId::Fixed(id) if id.as_str() == step))
}

/// The column that a row is called by: its first of words where the tool brings no rows, which have names of their own.
fn name_column(grid: &Grid) -> Option<usize> {
    grid.columns.iter().position(|column| column.cell == CellType::Text).filter(|_| grid.rows.is_empty())
}

/// What a row is called in tests and keys.
fn code(row: &GridRowAnswers) -> String {
    match &row.id {
        GridRowId::Fixed(id) => id.to_string(),
        GridRowId::Added(id) => id.to_string(),
    }
}
