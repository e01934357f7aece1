//! Fields that a person has typed in, and that the session has not read yet.
//!
//! A field is the browser's own: a letter is on the screen without us, and reading it before that would only keep it from
//! there. So a field is read once the frame that shows its letter is drawn, and in any case before whatever else the
//! person does, before anything is drawn by us, and before the page is hidden or left. What comes in from others
//! meanwhile does no harm: what was typed is spliced in at the heads that the field showed.

use std::cell::{Cell, RefCell};
use std::fmt;

use super::SessionHandle;
use crate::platform::environment;
use crate::platform::timer::AfterFrame;

type Read = Box<dyn FnOnce()>;

/// What is to be read, and when.
#[derive(Default)]
pub(super) struct Unread {
    reads: RefCell<Vec<Read>>,
    after_frame: RefCell<Option<AfterFrame>>,
    /// A drawing of ours has waited for a letter's frame; it waits for one, and no more.
    has_waited: Cell<bool>,
}

impl fmt::Debug for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unread").field("count", &self.reads.borrow().len()).finish_non_exhaustive()
    }
}

impl Unread {
    /// What is done once a frame with a letter is drawn.
    pub(super) fn after_frame(&self, then: impl Fn() + 'static) {
        self.after_frame.replace(Some(AfterFrame::new(then)));
    }

    /// Whether a drawing should wait: the frame that it would be drawn in is the one that shows a letter.
    pub(super) fn goes_first(&self) -> bool {
        let waits = !self.reads.borrow().is_empty() && !self.has_waited.get();
        self.has_waited.set(waits);
        waits
    }
}

impl SessionHandle {
    /// Reads a field by `read` once the letter that was typed in it is on the screen; at once on a page that is not seen.
    ///
    /// Whatever must not happen before it comes after [`SessionHandle::read_fields`], as everything does that a person
    /// does by this session.
    pub fn read_after_frame(&self, read: impl FnOnce() + 'static) {
        if !environment::is_visible() {
            read();
            return;
        }
        self.0.unread.reads.borrow_mut().push(Box::new(read));
        if let Some(after_frame) = self.0.unread.after_frame.borrow().as_ref() {
            after_frame.ask();
        }
    }

    /// Reads now what was typed and is not read yet.
    pub fn read_fields(&self) {
        let reads = self.0.unread.reads.take();
        for read in reads {
            read();
        }
    }

    /// Reads what was typed once it is on the screen, and has drawn what waited for that.
    pub(super) fn letter_is_drawn(&self) {
        self.read_fields();
        self.ask_for_drawing();
    }
}
