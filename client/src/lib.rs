//! The app of Dialogtavle, as one wasm module that `boot.js` loads.
//!
//! The page is readable before this arrives; [`start`] then takes its place inside the element marked `data-app`.

pub mod app;
pub mod components;
pub mod hooks;
pub mod library;
pub mod local_time;
pub mod people;
pub mod platform;
pub mod preferences;
pub mod route;
pub mod session;
pub mod table;
pub mod texts;
pub mod time_frame;
pub mod views;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::app::App;

/// Starts the app; the browser calls it once the module is instantiated.
///
/// # Errors
/// If the page has no element marked `data-app` to draw in.
#[wasm_bindgen(start)]
pub fn start() -> Result<(), JsValue> {
    std::panic::set_hook(Box::new(tell_guard));
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("[data-app]").ok().flatten())
        .ok_or("the page has no element marked data-app")?;
    yew::Renderer::<App>::with_root(place).render();
    Ok(())
}

/// Tells the guard in `boot.js` where the app panicked.
///
/// A module that panicked is half way through a change and cannot be used again, so what happens next is decided
/// outside it: the guard starts the app anew, and after two panics at one place offers what the device holds as a file.
fn tell_guard(panic: &std::panic::PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let detail = js_sys::Array::of2(&place.into(), &panic.to_string().into());
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&detail);
    let Some(window) = web_sys::window() else { return };
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("dialogtavle:panic", &init) {
        // A panic hook has nobody left to tell if the page refuses the event.
        let _ = window.dispatch_event(&event);
    }
}
