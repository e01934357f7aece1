//! Keeping a projector's screen awake, where the browser can.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::environment;
use super::listener::Listener;

/// The screen stays awake while this is held. The browser takes the lock away whenever the page is hidden, so it is
/// asked for again whenever the page is seen.
#[derive(Debug)]
pub struct WakeLock {
    held: Held,
    _listener: Option<Listener>,
}

/// The lock while the browser grants it.
type Held = Rc<RefCell<Option<JsValue>>>;

impl WakeLock {
    /// Asks for it; does nothing where the browser has no such thing.
    #[must_use]
    pub fn hold() -> Self {
        let held = Held::default();
        spawn_local(ask(Rc::downgrade(&held)));
        let again = Rc::downgrade(&held);
        let listener = Listener::on_document("visibilitychange", move |_| {
            if environment::is_visible() {
                spawn_local(ask(again.clone()));
            }
        });
        Self { held, _listener: listener }
    }
}

impl Drop for WakeLock {
    fn drop(&mut self) {
        if let Some(lock) = self.held.take() {
            release(&lock);
        }
    }
}

fn release(lock: &JsValue) {
    let release = Reflect::get(lock, &"release".into()).ok().and_then(|found| found.dyn_into::<Function>().ok());
    // A lock that the browser has taken away already is what we want.
    let _ = release.map(|release| release.call0(lock));
}

async fn ask(held: Weak<RefCell<Option<JsValue>>>) {
    let asked = || -> Option<Promise> {
        let navigator: JsValue = web_sys::window()?.navigator().into();
        let lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(|lock| !lock.is_undefined())?;
        let request: Function = Reflect::get(&lock, &"request".into()).ok()?.dyn_into().ok()?;
        request.call1(&lock, &"screen".into()).ok()?.dyn_into().ok()
    };
    if let Some(promise) = asked() {
        // Refused when the battery is low; a screen that sleeps then is what its owner wants.
        let Ok(lock) = JsFuture::from(promise).await else { return };
        match held.upgrade() {
            Some(held) => drop(held.replace(Some(lock))),
            // Let go of before the browser had answered.
            None => release(&lock),
        }
    }
}
