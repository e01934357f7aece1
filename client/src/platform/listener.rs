//! Listening to the page's events for as long as somebody holds on.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

/// One event that is listened to; dropping it ends the listening.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listener").field("event", &self.event).finish_non_exhaustive()
    }
}

impl Listener {
    /// Calls `then` whenever `event` reaches `target`.
    #[must_use]
    pub fn new(target: &EventTarget, event: &'static str, then: impl Fn(Event) + 'static) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(then);
        // The name of an event and a function are all that is asked for: this cannot be refused.
        let _ = target.add_event_listener_with_callback(event, callback.as_ref().unchecked_ref());
        Self { target: target.clone(), event, callback }
    }

    /// Calls `then` whenever `event` reaches the window.
    #[must_use]
    pub fn on_window(event: &'static str, then: impl Fn(Event) + 'static) -> Option<Self> {
        Some(Self::new(&web_sys::window()?.into(), event, then))
    }

    /// Calls `then` whenever `event` reaches the document.
    #[must_use]
    pub fn on_document(event: &'static str, then: impl Fn(Event) + 'static) -> Option<Self> {
        Some(Self::new(&web_sys::window()?.document()?.into(), event, then))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.event, self.callback.as_ref().unchecked_ref());
    }
}
