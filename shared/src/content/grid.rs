//! The grid: a table with typed columns, filled in row by row.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Grid {
    /// What a row is called, such as task.
    #[n(0)]
    pub row_title: Localized,
    /// Its columns, in order.
    #[n(1)]
    pub columns: Vec<GridColumn>,
    /// Rows that are there from the start.
    #[n(2)]
    pub rows: Vec<GridRow>,
    /// Whether people add rows of their own.
    #[n(3)]
    pub free_rows: bool,
    /// What a row's first text may be picked from.
    #[n(4)]
    pub examples: Vec<Entry>,
}

/// One column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct GridColumn {
    /// Names the column.
    #[n(0)]
    pub id: EntryId,
    /// What its cells hold.
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    #[n(1)]
    pub cell: CellType,
    /// Its heading.
    #[n(2)]
    pub title: Localized,
    /// A helping line under it.
    #[n(3)]
    pub hint: Option<Localized>,
    /// What can be chosen, where cells are choices.
    #[n(4)]
    pub choices: Vec<Entry>,
    /// The least number, where cells are numbers.
    #[n(5)]
    pub min: Option<i32>,
    /// The greatest number, where cells are numbers.
    #[n(6)]
    pub max: Option<i32>,
}

/// A row that is there from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct GridRow {
    /// Names the row.
    #[n(0)]
    pub id: EntryId,
    /// Its heading.
    #[n(1)]
    pub title: Localized,
    /// A helping line under it.
    #[n(2)]
    pub hint: Option<Localized>,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum CellType {
    /// Words.
    #[default]
    #[n(0)]
    Text,
    /// One of the column's choices.
    #[n(1)]
    Choice,
    /// A day.
    #[n(2)]
    Date,
    /// Somebody by name or role.
    #[n(3)]
    Person,
    /// A whole number.
    #[n(4)]
    Number,
    /// A level from the least to the greatest number.
    #[n(5)]
    Level,
}
