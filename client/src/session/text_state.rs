//! A shared text as a field shows it.

use std::rc::Rc;

use automerge::ChangeHash;

/// A text with the heads at which it reads so. An edit names these heads, so that its offsets are understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextState {
    /// The text.
    pub text: String,
    /// The heads of its document.
    pub heads: Rc<[ChangeHash]>,
}
