//! What a relay keeps of a workshop beside its documents.

use shared::access::{Admission, Checkpoint, SignedCheckpoint, WorkshopId};

/// A workshop as it is stored. It holds no secret.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkshopRecord {
    /// Who may be let in.
    pub admission: Admission,
    /// The newest checkpoint, if any has come.
    pub checkpoint: Option<SignedCheckpoint>,
    /// Whether it is deleted: then nobody is let in, and it never comes back.
    pub deleted: bool,
}

impl WorkshopRecord {
    /// A workshop in its first epoch, without a checkpoint.
    #[must_use]
    pub fn new(admission: Admission) -> Self {
        Self { admission, checkpoint: None, deleted: false }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> WorkshopId {
        self.admission.identity.workshop_id()
    }

    /// The number of its newest checkpoint; 0 without one.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.checkpoint.as_ref().map_or(0, |signed| signed.checkpoint.number)
    }

    /// Takes a checkpoint over if it wins: the highest number does, and nothing brings a deleted workshop back.
    pub(super) fn take(&mut self, signed: SignedCheckpoint) -> Kept {
        let Checkpoint { number, deleted, .. } = signed.checkpoint;
        let signs_deletion = deleted && self.checkpoint.as_ref().is_none_or(|kept| !kept.checkpoint.deleted);
        let is_newer = number > self.number() && (deleted || !self.deleted);
        if !is_newer && !signs_deletion {
            return Kept::Older;
        }
        self.admission = signed.checkpoint.admission();
        self.deleted |= deleted;
        self.checkpoint = Some(signed);
        if self.deleted { Kept::Deleted } else { Kept::Newer }
    }
}

/// What became of a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is the newest now.
    Newer,
    /// One with the same or a higher number was there.
    Older,
    /// It is the newest now, and the workshop is deleted.
    Deleted,
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::access::FacilitatorSecret;

    fn checkpoint(number: u64, deleted: bool) -> SignedCheckpoint {
        SignedCheckpoint::sign(FacilitatorSecret::from_random([1; 16]), number, deleted, Vec::new()).unwrap()
    }

    fn record() -> WorkshopRecord {
        WorkshopRecord::new(Admission::first(FacilitatorSecret::from_random([1; 16]).identity()))
    }

    #[test]
    fn the_highest_number_wins() {
        let mut record = record();
        assert_eq!(record.take(checkpoint(2, false)), Kept::Newer);
        assert_eq!(record.take(checkpoint(2, false)), Kept::Older);
        assert_eq!(record.take(checkpoint(1, false)), Kept::Older);
        assert_eq!(record.number(), 2);
    }

    #[test]
    fn nothing_brings_a_deleted_workshop_back() {
        let mut record = record();
        assert_eq!(record.take(checkpoint(3, true)), Kept::Deleted);
        assert_eq!(record.take(checkpoint(9, false)), Kept::Older);
        assert!(record.deleted);
    }

    #[test]
    fn a_signed_deletion_wins_over_a_higher_number() {
        let mut record = record();
        record.take(checkpoint(9, false));
        assert_eq!(record.take(checkpoint(4, true)), Kept::Deleted);
    }
}
