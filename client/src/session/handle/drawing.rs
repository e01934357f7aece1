//! When views are drawn: what others did, and what the person asked for, in the next frame; what a letter changes
//! elsewhere than in its field, and how far it has come, once for all of it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use shared::sync::Millis;

use super::super::subscription::Shown;
use super::{SessionHandle, now};
use crate::platform::timer::{Alarm, Frame};

/// A letter is kept, sent and received within this time on a good line, and then drawn once.
const GATHERED: Millis = Millis(100);

/// What is drawn, and what is going to be.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    frame: RefCell<Option<Frame>>,
    alarm: RefCell<Alarm>,
    is_waiting: Cell<bool>,
    is_due: Cell<bool>,
    /// The version that was drawn whole.
    version: Cell<u64>,
    told: RefCell<Option<Shown>>,
}

impl Drawing {
    fn ask(&self) {
        if let Some(frame) = self.frame.borrow().as_ref() {
            frame.ask();
        }
    }

    /// Whether what is drawn says that something is on its way into the storage.
    fn says_keeping(&self) -> bool {
        self.told.borrow().as_ref().is_some_and(|told| told.progress.delivery.keeping > 0)
    }
}

impl SessionHandle {
    /// Prepares drawing; `draw` is to be [`SessionHandle::draw`] for as long as there is a session.
    pub(super) fn begin_drawing(&self, draw: impl FnMut() + 'static) {
        self.0.drawing.frame.replace(Some(Frame::new(draw)));
    }

    /// Has the views drawn if anything changed.
    pub(super) fn ask_for_drawing(&self) {
        let drawing = &self.0.drawing;
        let core = self.0.core.borrow();
        if core.version() == drawing.version.get() {
            return;
        }
        if core.urgent() > drawing.version.get() {
            drawing.ask();
            return;
        }
        // No word may go on saying of a letter what it said of those before it.
        if core.is_keeping() && !drawing.says_keeping() {
            drawing.ask();
        }
        if !drawing.is_waiting.replace(true) {
            let session = Rc::downgrade(&self.0);
            drawing.alarm.borrow_mut().set(GATHERED, move || {
                if let Some(session) = session.upgrade() {
                    session.drawing.is_waiting.set(false);
                    session.drawing.is_due.set(true);
                    session.drawing.ask();
                }
            });
        }
    }

    /// Tells the views what there is to draw.
    pub(super) fn draw(&self) {
        if self.0.unread.goes_first() {
            return;
        }
        // Nothing is drawn that does not count what was typed.
        self.read_fields();
        let drawing = &self.0.drawing;
        let (version, urgent) = {
            let core = self.0.core.borrow();
            (core.version(), core.urgent())
        };
        let is_due = drawing.is_due.take();
        if version == drawing.version.get() {
            return;
        }
        let told = drawing.told.take();
        let shown = match told {
            Some(told) if !is_due && urgent <= drawing.version.get() => {
                Shown { progress: Rc::new(self.0.core.borrow().progress(now())), ..told }
            }
            _ => {
                drawing.version.set(version);
                self.shown()
            }
        };
        drawing.told.replace(Some(shown.clone()));
        self.0.listeners.tell(&shown);
    }
}
