//! Rows and cells in words.

use shared::content::{Grid, GridColumn};
use shared::documents::board::BoardView;
use shared::documents::grid::{CellFault, CellValue, GridCell, GridRowAnswers, GridRowId};
use shared::limits::TooLong;

use crate::actions::{day_words, who};
use crate::kinds::words;
use crate::texts::{Key, Texts};

/// How cells are put into words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wording<'a> {
    /// The table.
    pub(super) grid: &'a Grid,
    /// Who is who.
    pub(super) board: &'a BoardView,
    /// The language.
    pub(super) texts: Texts,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}

impl Wording<'_> {
    /// A value.
    pub(super) fn value(&self, column: &GridColumn, value: &CellValue) -> String {
        match value {
            CellValue::Choice(id) => {
                let choice = column.choices.iter().find(|choice| choice.id == *id);
                choice.map(|choice| words(&choice.text, self.texts).to_string()).unwrap_or_default()
            }
            CellValue::Day(day) => day_words(day, self.texts, self.this_year),
            CellValue::Person(person) => who(self.board, person, self.texts),
            CellValue::Number(number) => number.to_string(),
        }
    }

    /// A cell: its words, or its value, or all that met.
    pub(super) fn cell(&self, column: &GridColumn, cell: &GridCell) -> String {
        let values: Vec<String> = cell.values.iter().map(|stamped| self.value(column, &stamped.value)).collect();
        if values.is_empty() { cell.words.trim().to_owned() } else { values.join(" / ") }
    }

    /// Every cell of a row, in order.
    pub(super) fn cells(&self, row: &GridRowAnswers) -> Vec<String> {
        self.grid.columns.iter().zip(&row.cells).map(|(column, cell)| self.cell(column, cell)).collect()
    }

    /// What a row is called: what the tool calls it, or else its first words.
    pub(super) fn row(&self, row: &GridRowAnswers) -> String {
        let title = match &row.id {
            GridRowId::Fixed(id) => self.grid.rows.iter().find(|fixed| fixed.id == *id).map(|fixed| &fixed.title),
            GridRowId::Added(_) => None,
        };
        let first_words = || row.cells.iter().map(|cell| cell.words.trim()).find(|words| !words.is_empty());
        match title {
            Some(title) => words(title, self.texts).to_string(),
            None => first_words().map_or_else(|| self.texts.get(Key::ActionsWithoutWords).to_owned(), str::to_owned),
        }
    }
}

/// Why something typed is refused, in words.
pub(super) fn fault(fault: &CellFault, texts: Texts) -> String {
    match fault {
        CellFault::NoNumber => texts.get(Key::GridNoNumber).to_owned(),
        CellFault::OutOfRange { min, max } => match (*min, *max) {
            (i32::MIN, max) => texts.grid_at_most(&max.to_string()),
            (min, i32::MAX) => texts.grid_at_least(&min.to_string()),
            (min, max) => texts.grid_out_of_range(&max.to_string(), &min.to_string()),
        },
        CellFault::TooLong(TooLong { length, limit }) => texts.join_name_too_long(length - limit),
        CellFault::NoDay => texts.get(Key::TableTimeDateRefused).to_owned(),
        CellFault::NoChoice | CellFault::Words => texts.get(Key::TableWriteFailed).to_owned(),
    }
}
