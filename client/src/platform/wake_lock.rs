//! Keeping a projector's screen awake, where the browser can.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::environment;
use super::listener::Listener;

/// The screen stays awake while this is held. The browser takes the lock away whenever the page is hidden, so it is
/// asked for again whenever the page is seen.
#[derive(Debug)]
pub struct WakeLock {
    _listener: Option<Listener>,
}

impl WakeLock {
    /// Asks for it; does nothing where the browser has no such thing.
    #[must_use]
    pub fn hold() -> Self {
        spawn_local(ask());
        let listener = Listener::on_document("visibilitychange", |_| {
            if environment::is_visible() {
                spawn_local(ask());
            }
        });
        Self { _listener: listener }
    }
}

async fn ask() {
    let asked = || -> Option<Promise> {
        let navigator: JsValue = web_sys::window()?.navigator().into();
        let lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(|lock| !lock.is_undefined())?;
        let request: Function = Reflect::get(&lock, &"request".into()).ok()?.dyn_into().ok()?;
        request.call1(&lock, &"screen".into()).ok()?.dyn_into().ok()
    };
    if let Some(promise) = asked() {
        // Refused when the battery is low; a screen that sleeps then is what its owner wants.
        let _ = JsFuture::from(promise).await;
    }
}
