//! The workshop on this device: documents, sync, storage, counts and undo. No browser interface is touched here but
//! through [`crate::platform`], and nothing is drawn.
//!
//! For a view:
//! - [`Device`] is opened once ([`Device::open`]); it knows the workshops that lie here ([`Device::workshops`]), keeps
//!   capabilities ([`Device::keep`]), makes workshops ([`Device::create_workshop`]), takes tools to be filled in alone
//!   ([`Device::take_alone`]), forgets them ([`Device::forget`]),
//!   holds [`Settings`], and says what can be promised of the storage ([`Device::state`]).
//! - [`SessionHandle`] is one open workshop in one role ([`SessionHandle::open`]). What it looks like is its
//!   [`Snapshot`], how far what was done here has come its [`Progress`]; what a person does are its methods, each of which is applied at once,
//!   kept, sent, counted once in [`Delivery`], and taken back by [`SessionHandle::undo`].
//! - A note is written as a [`NoteDraft`] ([`SessionHandle::begin_note`]): its level and its author are fixed from there.
//! - A shared text is drawn from a [`TextState`] and edited by [`SessionHandle::splice`] at the heads that the field
//!   shows; the cursor is carried over remote edits by [`SessionHandle::map_offset`]. Offsets are UTF-16 code units.
//! - The hooks for all this are in [`crate::hooks`].
//!
//! Within: `core` is the whole session as one value without a browser, tested on the host; [`handle`] is its shell.

mod action;
mod core;
mod delivery;
pub mod device;
pub mod handle;
mod history;
mod line;
mod note_draft;
mod outbox;
mod progress;
pub mod records;
mod replica;
mod roster;
mod snapshot;
mod step;
mod subscription;
mod tab_message;
mod text_state;

pub use action::{ActionError, ActionLabel};
pub use delivery::{Delivery, DeliveryState, Line, Waiting};
pub use device::{Device, KnownWorkshop, MakeError, StorageState};
pub use handle::{AnswerSheet, OpenError, SessionHandle};
pub use note_draft::NoteDraft;
pub use progress::Progress;
pub use records::{Settings, Theme};
pub use roster::Presence;
pub use snapshot::{Arrival, SchemaState, Snapshot};
pub use subscription::{Shown, Subscription};
pub use text_state::TextState;
