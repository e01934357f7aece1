//! What a view sees of a workshop at one moment.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use shared::access::{Role, WorkshopId};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;

use super::action::ActionLabel;
use super::delivery::{Delivery, Waiting};
use super::roster::Presence;

/// A workshop at one moment. Cheap to clone; two are equal if nothing happened between them.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Rises with everything that happens.
    pub(super) version: u64,
    /// The workshop.
    pub workshop: WorkshopId,
    /// What this tab is in it.
    pub role: Role,
    /// What facilitators decided; empty until [`Arrival::Here`].
    pub control: Rc<ControlView>,
    /// What everyone wrote.
    pub board: Rc<BoardView>,
    /// Whether the workshop's title and tools have reached this device.
    pub arrival: Arrival,
    /// The person this tab writes for; `None` until they joined.
    pub me: Option<EntryId>,
    /// Everyone this device writes for: its owner, and people beside them without a phone.
    pub own: Rc<BTreeSet<EntryId>>,
    /// How far what was done here has come.
    pub delivery: Delivery,
    /// What was done here and is not received yet, by [`ActionLabel`]'s subject: a note's id, a place's key.
    pub waiting: Rc<BTreeMap<String, Waiting>>,
    /// What was done here and the board did not take, by subject, with the code of why.
    pub refused: Rc<BTreeMap<String, String>>,
    /// Other devices that are here now.
    pub presence: Rc<Vec<Presence>>,
    /// Whether this version of the app may write the documents.
    pub schema: SchemaState,
    /// The participants' link while a facilitator shows the way in; verified by a projector before it is shown.
    pub invitation: Option<Rc<str>>,
    /// What undo would take back.
    pub can_undo: Option<ActionLabel>,
    /// What redo would do again.
    pub can_redo: Option<ActionLabel>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.version == other.version && self.workshop == other.workshop && self.role == other.role
    }
}

impl Snapshot {
    /// How far the last thing that was done to `subject` (a note's id or a place's key, in text form) has come;
    /// `None` when the board has received it, or it was not done here.
    #[must_use]
    pub fn waiting_for(&self, subject: &str) -> Option<Waiting> {
        self.waiting.get(subject).copied()
    }

    /// Why the board did not take what was done to `subject`, by its code; `None` where it did, or has yet to.
    #[must_use]
    pub fn refused_for(&self, subject: &str) -> Option<&str> {
        self.refused.get(subject).map(String::as_str)
    }

    /// Whether `person` is somebody this device writes for.
    #[must_use]
    pub fn is_own(&self, person: &EntryId) -> bool {
        self.own.contains(person)
    }

    /// Whether this tab may write anything on the board.
    #[must_use]
    pub fn can_write(&self) -> bool {
        self.role != Role::Projector && self.schema == SchemaState::Current
    }

    /// Whether this tab leads the workshop.
    #[must_use]
    pub fn is_facilitator(&self) -> bool {
        self.role == Role::Facilitator
    }
}

/// Whether the workshop's title and tools are on this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Not yet: a first visit that has not met the relay.
    Awaited,
    /// They are here.
    Here,
}

/// Whether this version of the app understands the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// Yes.
    Current,
    /// A newer app has written them: they are shown as far as they can be read, passed on, and not touched.
    Newer,
}
