//! Waiting: for a time, or for the next time that the screen is drawn.

use std::cell::RefCell;
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

/// Something that is done before the screen is drawn next, once, however often it is asked for.
pub struct Frame {
    is_asked: Rc<RefCell<bool>>,
    callback: Closure<dyn FnMut()>,
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame").field("is_asked", &self.is_asked).finish_non_exhaustive()
    }
}

impl Frame {
    /// Prepares `draw`; nothing is done until [`Frame::ask`].
    #[must_use]
    pub fn new(mut draw: impl FnMut() + 'static) -> Self {
        let is_asked = Rc::new(RefCell::new(false));
        let asked = Rc::clone(&is_asked);
        let callback = Closure::new(move || {
            *asked.borrow_mut() = false;
            draw();
        });
        Self { is_asked, callback }
    }

    /// Asks for it before the next drawing. A hidden page is not drawn, so it waits until the page is seen again.
    pub fn ask(&self) {
        if self.is_asked.replace(true) {
            return;
        }
        let Some(window) = web_sys::window() else { return };
        if window.request_animation_frame(self.callback.as_ref().unchecked_ref()).is_err() {
            *self.is_asked.borrow_mut() = false;
        }
    }
}
