//! Waiting: for a time, or for the next time that the screen is drawn.

use std::cell::Cell;
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
