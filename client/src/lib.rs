//! The app of Dialogtavle, as one wasm module that `boot.js` loads.
//!
//! The page is readable before this arrives; [`start`] then takes its place inside the element marked `data-app`.
//!
//! A module that panicked is half way through a change and cannot be used again. So a panic is a bare trap, and what
//! happens next is decided outside, by the guard in `boot.js`.

pub mod actions;
pub mod app;
pub mod components;
pub mod groups;
pub mod hooks;
pub mod kinds;
pub mod library;
pub mod local_time;
pub mod modules;
pub mod part;
pub mod people;
pub mod platform;
pub mod preferences;
pub mod query;
mod route;
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
    let place = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector("[data-app]").ok().flatten())
        .ok_or("the page has no element marked data-app")?;
    yew::Renderer::<App>::with_root(place).render();
    Ok(())
}
