//! A table's answers: its cells, in rows that the tool brings and rows that people add.
//!
//! Fields of a grid part with id `p`:
//!
//! | field | where | holds |
//! |---|---|---|
//! | `p.<row>_<column>` | texts for words, else registers | a cell of a row that the tool brings |
//! | `p._rows` | rows | rows that people add: a text for each column of words, a value for each other |
//! | `p.<row>`, `p._rows` | actions | what came of a row; of an added one it is the source |
//!
//! What stands in a cell of another type than words is told by [`CellValue`]. A row is moved, removed and brought back by
//! the board's own writers; who wrote in a row that somebody else removed meanwhile brings it back.

mod cell;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::content::{CellType, EntryId as EntryName, Grid, GridColumn};

use super::actions::{NewAction, actions_by_field};
use super::board::{BoardView, NewRow, Row, RowKind};
use super::control::ControlView;
use super::entries::grid_rows_in;
use super::{AnswerKey, EntryId, FieldId, order};

pub use self::cell::{CellFault, CellPlace, CellValue, GridCell};
use self::cell::{Rank, Reading};

/// The field of the rows that people add. No id of the content holds an underscore.
#[must_use]
pub fn rows_field(part: &str) -> FieldId {
    FieldId::new(part, "_rows")
}

/// The field of a row that the tool brings.
#[must_use]
pub fn row_field(part: &str, row: &EntryName) -> FieldId {
    FieldId::new(part, row.as_str())
}

/// The field of a cell of a row that the tool brings.
#[must_use]
pub fn cell_field(part: &str, row: &EntryName, column: &EntryName) -> FieldId {
    FieldId::new(part, &format!("{row}_{column}"))
}

/// A row that is about to be added, with `first` in its first column of words, such as an example that was picked.
#[must_use]
pub fn new_row(grid: &Grid, tool: EntryId, part: &str, first: &str) -> NewRow {
    let words = grid.columns.iter().filter(|column| column.cell == CellType::Text);
    let mut texts: BTreeMap<String, String> = words.map(|column| (column.id.to_string(), String::new())).collect();
    if let Some(column) = first_column(grid, CellType::Text) {
        texts.insert(grid.columns[column].id.to_string(), first.trim().to_owned());
    }
    NewRow {
        kind: RowKind::Grid,
        place: AnswerKey::shared(tool, rows_field(part)),
        source: None,
        author: None,
        at: 0,
        texts,
        values: BTreeMap::new(),
    }
}

fn first_column(grid: &Grid, cell: CellType) -> Option<usize> {
    grid.columns.iter().position(|column| column.cell == cell)
}

/// Which row it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridRowId {
    /// One that the tool brings: it stays where it is.
    Fixed(EntryName),
    /// One that somebody added.
    Added(EntryId),
}

/// A row with its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRowAnswers {
    /// Which row.
    pub id: GridRowId,
    /// Where what came of it belongs.
    pub key: AnswerKey,
    /// The entry on the board, if somebody added it.
    pub row: Option<Rc<Row>>,
    /// Its cells, in the order of the columns.
    pub cells: Vec<GridCell>,
    /// What came of it, in order.
    pub actions: Vec<Rc<Row>>,
}

impl GridRowAnswers {
    /// Whether nothing stands in any of its cells.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(GridCell::is_empty)
    }

    /// The action that comes of it: its first words, who is in its first cell for a person, and the day in its first for
    /// one, as far as they are settled.
    #[must_use]
    pub fn action(&self, grid: &Grid) -> NewAction {
        let cell = |kind| first_column(grid, kind).and_then(|column| self.cells.get(column));
        let who = match cell(CellType::Person).and_then(GridCell::settled) {
            Some(CellValue::Person(who)) => Some(who.clone()),
            _ => None,
        };
        let by = match cell(CellType::Date).and_then(GridCell::settled) {
            Some(CellValue::Day(day)) => day.clone(),
            _ => String::new(),
        };
        let what = cell(CellType::Text).map(|cell| cell.words.trim().to_owned()).unwrap_or_default();
        NewAction { place: self.key.clone(), source: self.row.as_ref().map(|row| row.id), what, who, by }
    }
}

/// A whole table as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridAnswers {
    /// Where rows are added.
    pub rows_key: AnswerKey,
    /// The rows that the tool brings, then those that people added, in their order.
    pub rows: Vec<GridRowAnswers>,
    /// How many values do not fit their columns.
    pub skipped: usize,
}

impl GridAnswers {
    /// Gathers the cells of one part of one tool instance, from the group's board or from a notebook's own. Costs time in
    /// proportion to the board's rows and to the tool.
    #[must_use]
    pub fn gather(control: &ControlView, board: &BoardView, tool: EntryId, part: &str, grid: &Grid) -> Self {
        let rows_key = AnswerKey::shared(tool, rows_field(part));
        let actions = actions_by_field(control, board, tool);
        let mut reading = Reading::new(board);
        let mut rows = Vec::new();
        for fixed in &grid.rows {
            let key = AnswerKey::shared(tool, row_field(part, &fixed.id));
            let cell = |column: &GridColumn| {
                reading.fixed(AnswerKey::shared(tool, cell_field(part, &fixed.id, &column.id)), column)
            };
            let cells = grid.columns.iter().map(cell).collect();
            let actions = actions.get(&key.field).cloned().unwrap_or_default();
            rows.push(GridRowAnswers { id: GridRowId::Fixed(fixed.id.clone()), key, row: None, cells, actions });
        }
        for row in grid_rows_in(control, board, tool, &rows_key.field) {
            let cells = grid.columns.iter().map(|column| reading.added(&row, column)).collect();
            let of_rows = actions.get(&rows_key.field).into_iter().flatten();
            let actions = of_rows.filter(|action| action.source == Some(row.id)).cloned().collect();
            let key = rows_key.clone();
            rows.push(GridRowAnswers { id: GridRowId::Added(row.id), key, row: Some(row), cells, actions });
        }
        Self { skipped: reading.skipped, rows_key, rows }
    }

    /// The rows that people added, in their order.
    pub fn added(&self) -> impl Iterator<Item = &Rc<Row>> {
        self.rows.iter().filter_map(|row| row.row.as_ref())
    }

    /// The rows sorted by a column, counted from 0: numbers by size, days by the calendar, choices as the tool lists them,
    /// people by name, words by the alphabet. Rows with an empty cell come last either way; equals keep their order.
    #[must_use]
    pub fn sorted(&self, column: usize, is_descending: bool) -> Vec<&GridRowAnswers> {
        let rank = |row: &&GridRowAnswers| -> Option<Rank> { row.cells.get(column)?.rank.clone() };
        let mut rows: Vec<&GridRowAnswers> = self.rows.iter().collect();
        rows.sort_by(|one, other| match (rank(one), rank(other)) {
            (Some(one), Some(other)) if is_descending => other.cmp(&one),
            (Some(one), Some(other)) => one.cmp(&other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        });
        rows
    }

    /// The key by which an added row comes to stand at `index` among the added rows, for
    /// [`move_row`](super::board::move_row); `None` where it stands already.
    #[must_use]
    pub fn order_at(&self, moved: EntryId, index: usize) -> Option<String> {
        if self.added().position(|row| row.id == moved) == Some(index) {
            return None;
        }
        let others: Vec<&Rc<Row>> = self.added().filter(|row| row.id != moved).collect();
        let index = index.min(others.len());
        let low = index.checked_sub(1).map(|before| others[before].order.as_str());
        Some(order::between(low, others.get(index).map(|row| row.order.as_str())))
    }
}
