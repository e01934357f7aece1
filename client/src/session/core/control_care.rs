//! Care for control: its identity, and the checkpoints by which anyone may carry it.

use std::rc::Rc;

use shared::access::{FacilitatorSecret, SignedCheckpoint};
use shared::documents::control::{self, ControlView};
use shared::documents::{Kind, Touched};
use shared::sync::Millis;
use shared::sync::message::{Checkpoint, CloseReason, Message};

use super::super::action::ActionError;
use super::super::records::WorkshopRecord;
use super::{Core, Moment};

/// The least time between two signatures of a facilitator's device: a sentence is not signed letter by letter.
const SIGN_EVERY: Millis = Millis::from_secs(1);

impl Core {
    /// Looks at control after it changed.
    pub(super) fn care_for_control(&mut self, now: Moment) {
        let touched = std::mem::take(&mut self.control.touched);
        let mut view = ControlView::clone(&self.control_view);
        view.update(self.control.sync.doc(), &Touched { everything: true, ..touched });
        if view != *self.control_view {
            self.control_view = Rc::new(view);
            self.changed();
        }
        self.keep_title();
        self.learn_identity();
        let is_behind = self.is_checkpoint_behind();
        if is_behind && FacilitatorSecret::from_capability(&self.capability).is_some() {
            // The first change of a while is signed at once: whoever decides and leaves has left nothing unsigned.
            let free = self.signed_at.map_or(now.steady, |signed| signed + SIGN_EVERY);
            if free <= now.steady {
                self.sign(now);
            } else {
                self.sign_at = self.sign_at.or(Some(free));
            }
        }
    }

    /// The workshop's identity stands in control's genesis; with it, a relay that never met the workshop can check us.
    fn learn_identity(&mut self) {
        if self.identity.is_some() {
            return;
        }
        let Some(identity) = control::identity(self.control.doc()) else { return };
        let workshop = self.capability.workshop;
        if identity.workshop_id() == workshop {
            self.identity = Some(identity);
            self.line.learn(identity.public_key);
            self.write(vec![WorkshopRecord::write_identity(workshop, &identity)]);
        }
    }

    fn is_checkpoint_behind(&self) -> bool {
        let heads: Vec<[u8; 32]> = self.control.sync.durable_heads().iter().map(|head| head.0).collect();
        let signed = self.checkpoint.as_ref().map(|signed| signed.checkpoint.heads.as_slice()).unwrap_or_default();
        !heads.is_empty() && !heads.iter().all(|head| signed.contains(head))
    }

    /// Signs what control holds, so that every device can bring it back to a relay that lost it.
    pub(super) fn sign(&mut self, now: Moment) {
        self.sign_at = None;
        if self.is_checkpoint_behind() && !self.is_deleted() {
            // Refused only with hundreds of heads, which the next change of control joins into one.
            drop(self.sign_that(now, false));
        }
    }

    /// Signs that the workshop is deleted, and sends it: whoever hears it ends, and a relay keeps nothing else. What lies on a
    /// device stays there until it is deleted there.
    ///
    /// # Errors
    /// [`ActionError::NotAllowed`] without the facilitator's secret.
    pub(in crate::session) fn delete_for_all(&mut self, now: Moment) -> Result<(), ActionError> {
        self.sign_that(now, true)
    }

    fn sign_that(&mut self, now: Moment, is_deleted: bool) -> Result<(), ActionError> {
        let Some(secret) = FacilitatorSecret::from_capability(&self.capability) else {
            return Err(ActionError::NotAllowed);
        };
        let number = self.checkpoint.as_ref().map_or(0, |signed| signed.checkpoint.number) + 1;
        let heads = self.control.sync.durable_heads().iter().map(|head| head.0).collect();
        let signed = SignedCheckpoint::sign(secret, number, is_deleted, heads).map_err(|_| ActionError::NotAllowed)?;
        self.signed_at = Some(now.steady);
        self.keep_checkpoint(signed);
        self.send_checkpoint(now);
        Ok(())
    }

    fn keep_checkpoint(&mut self, signed: SignedCheckpoint) {
        self.write(vec![WorkshopRecord::write_checkpoint(self.capability.workshop, &signed.bytes)]);
        self.checkpoint = Some(signed);
    }

    pub(super) fn send_checkpoint(&mut self, now: Moment) {
        let Some(signed) = &self.checkpoint else { return };
        let (workshop, bytes) = (self.capability.workshop.0, signed.bytes.clone());
        self.send(now, Message::Checkpoint(Checkpoint { workshop, bytes }));
    }

    /// Keeps a checkpoint that is newer than ours: the highest number wins.
    pub(super) fn hear_checkpoint(&mut self, now: Moment, bytes: &[u8]) {
        let Ok(signed) = SignedCheckpoint::decode(bytes) else { return };
        let known = self.checkpoint.as_ref().map_or(0, |known| known.checkpoint.number);
        let is_ours = signed.checkpoint.workshop() == self.capability.workshop;
        let is_newer = signed.checkpoint.number > known || (signed.checkpoint.deleted && !self.is_deleted());
        if !is_ours || !is_newer {
            return;
        }
        let deleted = signed.checkpoint.deleted;
        self.keep_checkpoint(signed);
        if deleted {
            let outputs = self.line.close_for_good(now.steady, &CloseReason::Deleted);
            self.carry_out_line(now, outputs);
            self.changed();
        } else {
            self.care_for_control(now);
        }
    }

    fn is_deleted(&self) -> bool {
        self.checkpoint.as_ref().is_some_and(|signed| signed.checkpoint.deleted)
    }

    /// Whether a document is here and may be written by this version; that a newer one is needed is said by control for
    /// all of them.
    pub(super) fn schema_of(&self, kind: Kind) -> shared::documents::Schema {
        match kind {
            Kind::Control => control::schema(self.control.doc()),
            Kind::Board => shared::documents::board::schema(self.board.doc()),
            Kind::Notebook => shared::documents::notebook::schema(self.notebook.doc()),
        }
    }
}
