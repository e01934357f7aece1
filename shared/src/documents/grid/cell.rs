//! What stands in one cell, and where.

use crate::content::{CellType, EntryId as EntryName, GridColumn};
use crate::documents::actions::Who;
use crate::documents::board::{BoardView, Row};
use crate::documents::text::TextTarget;
use crate::documents::{AnswerKey, EntryId, Register, Stamped, is_day};
use crate::limits::TooLong;

/// A value of a cell that does not hold words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// One of the column's choices.
    Choice(EntryName),
    /// A day, `2027-04-01`.
    Day(String),
    /// Somebody, by who they are on the board or by name or role.
    Person(Who),
    /// A number or a level.
    Number(i32),
}

/// Why something typed is no value of a column. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// Not a day of the calendar.
    #[error("not a day")]
    NoDay,
    /// Not a whole number.
    #[error("not a whole number")]
    NoNumber,
    /// A number below the least or above the greatest that the column takes.
    #[error("not from {min} to {max}")]
    OutOfRange {
        /// The least.
        min: i32,
        /// The greatest.
        max: i32,
    },
    /// None of the column's choices.
    #[error("none of the choices")]
    NoChoice,
    /// A name that is too long.
    #[error(transparent)]
    TooLong(#[from] TooLong),
    /// The column holds words, which are typed in its text.
    #[error("a column of words")]
    Words,
}

impl CellFault {
    /// The word that stands for it in tests and texts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoDay => "no-day",
            Self::NoNumber => "no-number",
            Self::OutOfRange { .. } => "out-of-range",
            Self::NoChoice => "no-choice",
            Self::TooLong(_) => "too-long",
            Self::Words => "words",
        }
    }
}

impl CellValue {
    /// What somebody typed or chose in `column`; `None` for nothing, which clears the cell. A person who is on the board is
    /// given by [`Who::code`].
    ///
    /// # Errors
    /// [`CellFault`] tells what does not fit.
    pub fn typed(column: &GridColumn, typed: &str) -> Result<Option<Self>, CellFault> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        Ok(Some(match column.cell {
            CellType::Text => return Err(CellFault::Words),
            CellType::Choice => {
                let choice = column.choices.iter().find(|choice| choice.id == typed).ok_or(CellFault::NoChoice)?;
                Self::Choice(choice.id.clone())
            }
            CellType::Date if is_day(typed) => Self::Day(typed.to_owned()),
            CellType::Date => return Err(CellFault::NoDay),
            CellType::Person => match Who::from_code(typed) {
                Some(Who::Person(person)) => Self::Person(Who::Person(person)),
                _ => return Ok(Who::named(typed)?.map(Self::Person)),
            },
            CellType::Number | CellType::Level => {
                let number = typed.parse().map_err(|_| CellFault::NoNumber)?;
                let (min, max) = (column.min.unwrap_or(i32::MIN), column.max.unwrap_or(i32::MAX));
                if !(min..=max).contains(&number) {
                    return Err(CellFault::OutOfRange { min, max });
                }
                Self::Number(number)
            }
        }))
    }

    /// What stands in the cell, for [`set_cell`](crate::documents::board::set_cell) and
    /// [`set_register`](crate::documents::board::set_register).
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Choice(choice) => choice.to_string(),
            Self::Day(day) => day.clone(),
            Self::Person(who) => who.code(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Where a cell is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellPlace {
    /// Words that are edited together.
    Words(TextTarget),
    /// A value of an added row: the row and the column, for [`set_cell`](crate::documents::board::set_cell).
    OfRow(EntryId, String),
    /// A value of a row that the tool brings, for [`set_register`](crate::documents::board::set_register).
    Shared(AnswerKey),
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// Where it is written.
    pub place: CellPlace,
    /// Its words, where its column holds words.
    pub words: String,
    /// Its values, where its column holds another type: none yet, one, or several that met until one is set again.
    pub values: Vec<Stamped<CellValue>>,
    /// Where it comes when rows are sorted; none while it is empty.
    pub(super) rank: Option<Rank>,
}

impl GridCell {
    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.values.is_empty()
    }

    /// Its value, if there is exactly one.
    #[must_use]
    pub fn settled(&self) -> Option<&CellValue> {
        match self.values.as_slice() {
            [stamped] => Some(&stamped.value),
            _ => None,
        }
    }

    /// Whether several values met.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.values.len() > 1
    }
}

/// Where a cell comes among those of its column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Number(i64),
    Words(String),
}

impl Rank {
    fn of_words(words: &str) -> Option<Self> {
        // The Danish alphabet ends in æ, ø, å; by their numbers å would come first.
        let words = words.trim().to_lowercase().replace('å', "\u{f9}");
        (!words.is_empty()).then_some(Self::Words(words))
    }
}

/// Reads cells, and counts values that do not fit.
pub(super) struct Reading<'a> {
    board: &'a BoardView,
    pub(super) skipped: usize,
}

impl<'a> Reading<'a> {
    pub(super) fn new(board: &'a BoardView) -> Self {
        Self { board, skipped: 0 }
    }

    /// A cell of a row that the tool brings.
    pub(super) fn fixed(&mut self, key: AnswerKey, column: &GridColumn) -> GridCell {
        if column.cell == CellType::Text {
            let words = self.board.texts.get(&key).cloned().unwrap_or_default();
            return Self::words(TextTarget::Field(key), words);
        }
        let register = self.board.registers.get(&key);
        self.value(CellPlace::Shared(key), register, column)
    }

    /// A cell of a row that somebody added.
    pub(super) fn added(&mut self, row: &Row, column: &GridColumn) -> GridCell {
        let id = column.id.to_string();
        if column.cell == CellType::Text {
            let words = row.text(&id).to_owned();
            return Self::words(TextTarget::Cell(row.id, id), words);
        }
        let register = row.values.get(&id);
        self.value(CellPlace::OfRow(row.id, id), register, column)
    }

    fn words(target: TextTarget, words: String) -> GridCell {
        let rank = Rank::of_words(&words);
        GridCell { place: CellPlace::Words(target), words, values: Vec::new(), rank }
    }

    fn value(
        &mut self,
        place: CellPlace,
        register: Option<&Register<Stamped<String>>>,
        column: &GridColumn,
    ) -> GridCell {
        let mut values = Vec::new();
        for stamped in register.map(Register::values).unwrap_or_default() {
            match CellValue::typed(column, &stamped.value) {
                Ok(Some(value)) => values.push(Stamped { value, by: stamped.by, at: stamped.at }),
                Ok(None) => {}
                Err(_) => self.skipped += 1,
            }
        }
        let rank = values.first().and_then(|first| self.rank(column, &first.value));
        GridCell { place, words: String::new(), values, rank }
    }

    fn rank(&self, column: &GridColumn, value: &CellValue) -> Option<Rank> {
        match value {
            CellValue::Number(number) => Some(Rank::Number(i64::from(*number))),
            CellValue::Choice(choice) => {
                let place = column.choices.iter().position(|known| known.id == *choice)?;
                Some(Rank::Number(i64::try_from(place).ok()?))
            }
            CellValue::Day(day) => Rank::of_words(day),
            CellValue::Person(Who::Named(name)) => Rank::of_words(name),
            CellValue::Person(Who::Person(person)) => Rank::of_words(self.board.people.get(person)?.name.as_deref()?),
        }
    }
}
