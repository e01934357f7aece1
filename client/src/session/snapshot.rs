//! What a view sees of a workshop at one moment.

use std::collections::BTreeSet;
use std::rc::Rc;

use shared::access::{Role, WorkshopId};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::control::{ControlView, Group, ToolInstance};

use super::action::ActionLabel;
use super::roster::Presence;

/// A workshop at one moment. Two are equal if nothing that they show changed between them; how far what was done here
/// has come is told apart, by [`Progress`](super::Progress).
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Rises with everything that changes.
    pub(super) version: u64,
    /// The workshop.
    pub workshop: WorkshopId,
    /// What this tab is in it.
    pub role: Role,
    /// Whether nothing of it ever leaves this device: it is one person's own, and nobody else's.
    pub is_local_only: bool,
    /// What facilitators decided; empty until [`Arrival::Here`].
    pub control: Rc<ControlView>,
    /// What everyone wrote.
    pub board: Rc<BoardView>,
    /// What was answered alone on this device and is not shared.
    pub own_board: Rc<BoardView>,
    /// Whether the workshop's title and tools have reached this device.
    pub arrival: Arrival,
    /// The person this tab writes for; `None` until they joined.
    pub me: Option<EntryId>,
    /// Everyone this device writes for: its owner, and people beside them without a phone.
    pub own: Rc<BTreeSet<EntryId>>,
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
    /// A workshop in which nobody has done anything, as `me` sees it.
    #[cfg(test)]
    pub(crate) fn of_nothing(workshop: WorkshopId, me: EntryId) -> Self {
        Self {
            version: 0,
            workshop,
            role: Role::Participant,
            is_local_only: false,
            control: Rc::default(),
            board: Rc::default(),
            own_board: Rc::default(),
            arrival: Arrival::Here,
            me: Some(me),
            own: Rc::new(BTreeSet::from([me])),
            presence: Rc::default(),
            schema: SchemaState::Current,
            invitation: None,
            can_undo: None,
            can_redo: None,
        }
    }

    /// Whether `other` shows the same. The documents are compared by where they lie: what nobody touched lies where it lay.
    pub(super) fn shows_what(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.control, &other.control)
            && Rc::ptr_eq(&self.board, &other.board)
            && Rc::ptr_eq(&self.own_board, &other.own_board)
            && Rc::ptr_eq(&self.own, &other.own)
            && Rc::ptr_eq(&self.presence, &other.presence)
            && (self.arrival, self.schema, self.me) == (other.arrival, other.schema, other.me)
            && (self.can_undo, self.can_redo) == (other.can_undo, other.can_redo)
            && self.invitation == other.invitation
    }

    /// What was answered alone on this device, or else what everyone wrote.
    #[must_use]
    pub fn answers(&self, is_alone: bool) -> &Rc<BoardView> {
        if is_alone { &self.own_board } else { &self.board }
    }

    /// Whether `person` is somebody this device writes for.
    #[must_use]
    pub fn is_own(&self, person: &EntryId) -> bool {
        self.own.contains(person)
    }

    /// The group of the person this tab writes for, if they said one that is there.
    #[must_use]
    pub fn my_group(&self) -> Option<&Group> {
        self.control.group(self.board.people.get(&self.me?)?.group?)
    }

    /// The tools that the person this tab writes for fills in: everyone's and their group's.
    pub fn my_tools(&self) -> impl Iterator<Item = &ToolInstance> {
        let group = self.my_group().map(|group| group.id);
        self.control.tools.iter().filter(move |instance| self.control.is_for(instance, group))
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
