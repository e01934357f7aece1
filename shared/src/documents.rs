//! The Automerge documents of a workshop: what lies where, and the only functions that read and write it.
//!
//! A workshop is two shared documents, [`control`] (written by facilitators) and [`board`] (written by everyone), and
//! one that never leaves the device, the [`notebook`]. Who may write which is [`Role::rights`](crate::access::Role::rights).
//!
//! Rules that hold for every writer here; each avoids a trap that loses somebody's words:
//! - **Nothing is made lazily by two.** Containers are flat maps made in the `genesis`, and found by the object ids that
//!   it gave them, whatever is written over their keys; an entry is an object under a random id, made whole by its author
//!   in one change; a shared field's text is made by a change that is the same bytes on every device
//!   ([`text::TextTarget::ensure`]).
//! - **A value that only one can hold is a [`Register`]**: a view shows all its values until someone settles it.
//! - **Removal is a tombstone** that names the heads its author saw ([`board::Removal`]): an edit it had not seen survives.
//! - **Time is data.** A change's own time is always 0.
//!
//! Readers never fail: what does not fit the schema is skipped and counted.

pub mod actions;
mod activity;
pub mod board;
pub mod cards;
mod change;
pub mod checklist;
mod choices;
pub mod control;
pub mod curve;
mod day;
mod entries;
mod genesis;
pub mod grid;
mod key;
mod kind;
pub mod matrix;
pub mod maturity;
pub mod notebook;
pub mod order;
pub mod position;
pub mod questions;
mod read;
mod register;
pub mod scale;
pub mod sharing;
mod small_map;
pub mod text;
mod touched;
pub mod two_sided;

pub use activity::Activity;
pub use change::WriteError;
pub use choices::Choices;
pub use day::is_day;
pub use entries::{grid_rows_in, notes_in};
pub use genesis::{SCHEMA, Schema, genesis_hash};
pub use key::{AnswerKey, EntryId, EntryIdError, FieldId, Scope};
pub use kind::Kind;
pub use register::{Register, Stamped};
pub use small_map::SmallMap;
pub use touched::Touched;
