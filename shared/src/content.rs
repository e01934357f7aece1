//! What a dialog table asks: tools, the parts they are made of, and the packs they come in.
//!
//! The model is by kind, not by tool: a [`Tool`] is one or more [`Part`]s, and each kind of part has its own shape
//! ([`Maturity`], [`Cards`], [`Grid`] and so on: [`Body`]). No tool's name, id or text stands in code; they are data, read from
//! packs of TOML files by `Pack::parse` (feature `packs`), sent to clients as CBOR, and carried inside a workshop's
//! control document as the bytes of [`Tool::to_bytes`], so that a workshop stays readable when its pack is gone.
//!
//! What people answer lies elsewhere, under [`crate::documents`]. How to write a pack is told in `content/README.md`, and of
//! each kind in `content/KINDS.md`.

mod agenda;
mod audience;
mod cards;
mod checklist;
#[cfg(feature = "packs")]
mod counts;
mod curve;
mod grid;
mod id;
mod matrix;
mod maturity;
mod pack;
mod people;
mod position;
mod programme;
mod questions;
mod reference;
mod scale;
mod stored_tool;
mod text;
mod tool;
mod two_sided;
mod unread;

pub use agenda::{Agenda, Moment, Phase, Step};
pub use audience::{Audience, Layer, Theme};
pub use cards::{Axis, Card, Cards};
pub use checklist::{Checklist, StatementGroup};
#[cfg(feature = "packs")]
pub use counts::Counts;
pub use curve::Curve;
pub use grid::{CellType, Grid, GridColumn, GridRow};
pub use id::{EntryId, PackId, ToolId};
pub use matrix::{End, Matrix, MatrixAxis, Quadrant};
pub use maturity::{Column, ColumnRole, GIST, Level, Maturity, Prompt, PromptRole};
#[cfg(feature = "packs")]
pub use pack::{Fault, PackError, pack_schema, tool_schema};
pub use pack::{Pack, PackFile, PackIndex};
pub use people::People;
pub use position::{Position, Shape, Stage};
pub use programme::{MOST_MINUTES, MOST_TIMES, Planned, Programme, has_rounds};
pub use questions::{QuestionGroup, Questions};
pub use reference::{Reference, Section};
pub use scale::{Band, Scale};
pub use stored_tool::{INFLATED_BYTES, StoredToolError};
pub use text::{Entry, Language, Localized};
pub use tool::{Body, Kind, Part, SHORT_TITLE, Source, Tool};
pub use two_sided::{FollowUp, Side, SideGroup, SideRole, TwoSided};
pub use unread::Unread;

#[cfg(test)]
#[cfg(feature = "packs")]
mod inventory;
#[cfg(test)]
#[cfg(feature = "packs")]
mod shipped_packs;
