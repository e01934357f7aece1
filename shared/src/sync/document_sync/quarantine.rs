//! Changes that were being applied when Automerge panicked.

use std::collections::BTreeSet;

use automerge::ChangeHash;

/// Changes that may make Automerge panic, carried from a document that was given up to its next loading.
///
/// A suspect is stored and applied alone, so that it shows whether it was the one; one that panicked alone is banned,
/// and refused from then on (S25).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quarantine {
    pub(super) suspects: BTreeSet<ChangeHash>,
    pub(super) banned: BTreeSet<ChangeHash>,
}
