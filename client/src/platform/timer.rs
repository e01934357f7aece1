//! Waiting: for a time, or for the next time that the screen is drawn, before or after.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use shared::sync::Millis;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// One thing to be done later; dropping it, or setting it again, takes the former back.
#[derive(Debug, Default)]
pub struct Alarm(Option<Timeout>);

impl Alarm {
    /// Does `then` once, `wait` from now.
    pub fn set(&mut self, wait: Millis, then: impl FnOnce() + 'static) {
        self.0 = Some(Timeout::new(u32::try_from(wait.0).unwrap_or(u32::MAX), then));
    }

    /// Takes it back.
    pub fn clear(&mut self) {
        self.0 = None;
    }
}

/// Something that is done before the screen is drawn next, once, however often it is asked for. Dropping it takes it back.
pub struct Frame {
    asked: Rc<Cell<Option<i32>>>,
    callback: Closure<dyn FnMut()>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame").field("asked", &self.asked).finish_non_exhaustive()
    }
}

impl Frame {
    /// Prepares `draw`; nothing is done until [`Frame::ask`].
    #[must_use]
    pub fn new(mut draw: impl FnMut() + 'static) -> Self {
        let asked = Rc::new(Cell::new(None));
        let answered = Rc::clone(&asked);
        let callback = Closure::new(move || {
            answered.set(None);
            draw();
        });
        Self { asked, callback }
    }

    /// Asks for it before the next drawing. A hidden page is not drawn, so it waits until the page is seen again.
    pub fn ask(&self) {
        if self.asked.get().is_some() {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        self.asked.set(window.request_animation_frame(self.callback.as_ref().unchecked_ref()).ok());
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        // The browser would otherwise call a function that is gone.
        if let (Some(window), Some(asked)) = (web_sys::window(), self.asked.get()) {
            let _ = window.cancel_animation_frame(asked);
        }
    }
}

/// Something that is done once the screen has been drawn next, at least once for each time that it was asked for. Dropping
/// it takes it back.
pub struct AfterFrame {
    frame: Frame,
    alarm: Rc<RefCell<Alarm>>,
    then: Rc<dyn Fn()>,
}

impl std::fmt::Debug for AfterFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AfterFrame").field("frame", &self.frame).finish_non_exhaustive()
    }
}

impl AfterFrame {
    /// A browser that draws nothing for so long is not waited for.
    const LATEST: Millis = Millis(100);

    /// Prepares `then`; nothing is done until [`AfterFrame::ask`].
    #[must_use]
    pub fn new(then: impl Fn() + 'static) -> Self {
        let (alarm, then) = (Rc::new(RefCell::new(Alarm::default())), Rc::new(then));
        let (after, drawn) = (Rc::clone(&alarm), Rc::clone(&then));
        // A frame's callbacks and its drawing are one task of the browser, and a timer is another.
        let frame = Frame::new(move || {
            let then = Rc::clone(&drawn);
            after.borrow_mut().set(Millis(0), move || then());
        });
        Self { frame, alarm, then }
    }

    /// Asks for it after the next drawing, or in a tenth of a second.
    pub fn ask(&self) {
        let then = Rc::clone(&self.then);
        self.alarm.borrow_mut().set(Self::LATEST, move || then());
        self.frame.ask();
    }
}
