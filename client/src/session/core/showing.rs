//! What views see.

use std::rc::Rc;

use shared::access::{Role, link};
use shared::documents::{Kind, Schema};

use super::super::delivery::Delivery;
use super::super::outbox::Counts;
use super::super::progress::Progress;
use super::super::snapshot::{Arrival, SchemaState, Snapshot};
use super::super::subscription::Shown;
use super::{Core, Moment};

impl Core {
    /// The session as it stands. Costs what was touched since the last time, and no more; where a half of it is as it
    /// was, it is the same `Rc` as before.
    pub(in super::super) fn shown(&mut self, now: Moment) -> Shown {
        let before = match &self.shown {
            Some((version, shown)) if *version == self.version => return shown.clone(),
            before => before.as_ref().map(|(_, shown)| shown.clone()),
        };
        self.read_views();
        let (snapshot, progress) = (self.snapshot(), self.progress(now));
        let shown = match before {
            None => Shown { snapshot: Rc::new(snapshot), progress: Rc::new(progress) },
            Some(Shown { snapshot: old, progress: gone }) => Shown {
                snapshot: if snapshot.shows_what(&old) { old } else { Rc::new(snapshot) },
                progress: if progress == *gone { gone } else { Rc::new(progress) },
            },
        };
        self.shown = Some((self.version, shown.clone()));
        shown
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            version: self.version,
            workshop: self.capability.workshop,
            role: self.capability.role,
            is_local_only: self.line.is_local_only(),
            control: Rc::clone(&self.control_view),
            board: Rc::clone(&self.board_view),
            own_board: Rc::clone(&self.own_board_view),
            arrival: match self.schema_of(Kind::Control) {
                Schema::Missing => Arrival::Awaited,
                Schema::Current | Schema::Newer(_) => Arrival::Here,
            },
            me: self.me,
            own: Rc::clone(&self.own),
            presence: self.roster.shown(),
            schema: self.schema_state(),
            invitation: self.invitation(),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
        }
    }

    /// How far what was done here has come.
    pub(in super::super) fn progress(&self, now: Moment) -> Progress {
        let (delivery, waiting, refused) = (self.delivery(now), self.outbox.waiting(), self.outbox.refusals());
        Progress { delivery, waiting, refused }
    }

    /// Brings the board's view up to date; control's is brought up to date with every change.
    pub(super) fn read_views(&mut self) {
        let touched = std::mem::take(&mut self.board.touched);
        if touched.everything || !touched.entries.is_empty() {
            Rc::make_mut(&mut self.board_view).update(self.board.sync.doc(), &touched);
        }
    }

    /// Whether something is on its way into the storage.
    pub(in super::super) fn is_keeping(&self) -> bool {
        self.outbox.counts().keeping > 0
    }

    fn delivery(&self, now: Moment) -> Delivery {
        let Counts { keeping, on_device, sent, received, refused } = self.outbox.counts();
        let wait = |due: shared::sync::Millis| i64::try_from(due.since(now.steady).0).unwrap_or(i64::MAX);
        Delivery {
            keeping,
            on_device,
            sent_waiting: sent,
            received,
            last_heard: self.last_heard,
            next_try: self.line.next_try().map(|due| now.wall.saturating_add(wait(due))),
            line: self.line.state(),
            is_slow: self.line.is_slow(),
            relay: self.line.relay(),
            stored: self.is_kept(),
            relay_keeps: [Kind::Control, Kind::Board].into_iter().all(|kind| self.replica(kind).is_kept_there),
            refused,
        }
    }

    fn schema_state(&self) -> SchemaState {
        // Control speaks for all documents.
        match self.schema_of(Kind::Control) {
            Schema::Newer(_) => SchemaState::Newer,
            Schema::Current | Schema::Missing => SchemaState::Current,
        }
    }

    /// The participants' link, while the way in is shown.
    fn invitation(&self) -> Option<Rc<str>> {
        let participant = match self.capability.role {
            Role::Facilitator if self.invites => self.capability.weaken(Role::Participant),
            Role::Projector => self.invited.as_ref().map(|(participant, ..)| *participant),
            Role::Facilitator | Role::Site | Role::Participant => None,
        };
        participant.map(|participant| link::to_url(&self.link_origin, &participant).into())
    }

    /// The link of a role that this tab may give away.
    pub(in super::super) fn link(&self, role: Role) -> Option<String> {
        let given = self.capability.weaken(role).filter(|_| !self.line.is_local_only());
        given.map(|capability| link::to_url(&self.link_origin, &capability))
    }
}
