//! The page: its address, its history, and what it can ask of the browser.

use shared::access::Capability;
use shared::access::link::{self, LinkError};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, NodeList};

use super::database::to_stores;
use super::listener::Listener;
use crate::session::records::{Record, Store};

/// Scheme and host of the page, without a slash at the end.
#[must_use]
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The address of the relay's websocket: always the page's own.
#[must_use]
pub fn sync_url() -> String {
    let origin = origin();
    let socket = origin.strip_prefix("http").map(|rest| format!("ws{rest}")).unwrap_or(origin);
    format!("{socket}/sync")
}

/// Takes the capability out of the address, if the page was opened by a link. Call it before anything else.
///
/// The secret leaves the address bar at once: screens are projected, and histories are synced to other devices. When the
/// page itself was opened by a link, `head.js` has moved it into the state of this entry of the history.
#[must_use]
pub fn take_link() -> Option<Result<Capability, LinkError>> {
    let found = link::parse(&link_text());
    if found == Err(LinkError::NotALink) {
        return None;
    }
    replace_route("/");
    Some(found)
}

/// Whether there is a link that [`take_link`] has not taken yet.
#[must_use]
pub fn has_link() -> bool {
    link::parse(&link_text()) != Err(LinkError::NotALink)
}

fn link_text() -> String {
    let state = history().and_then(|history| history.state().ok());
    let link = state.and_then(|state| js_sys::Reflect::get(&state, &"link".into()).ok());
    link.and_then(|link| link.as_string()).unwrap_or_else(fragment)
}

/// The route: what follows `#` in the address, `/` when nothing does.
#[must_use]
pub fn route() -> String {
    let fragment = fragment();
    if fragment.is_empty() { "/".to_owned() } else { fragment }
}

fn fragment() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Goes to a route, so that 'back' comes back from it.
pub fn push_route(route: &str) {
    if let Some(history) = history() {
        // Refused only when a page does this hundreds of times a minute.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&format!("#{route}")));
    }
}

/// Changes the route in place: 'back' does not come here.
pub fn replace_route(route: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("#{route}")));
    }
}

fn history() -> Option<web_sys::History> {
    web_sys::window()?.history().ok()
}

/// Calls `then` with the new route whenever the person goes back or forward, or opens a link in this tab.
#[must_use]
pub fn on_route(then: impl Fn(String) + 'static) -> Option<Listener> {
    Listener::on_window("popstate", move |_| then(route()))
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// Copies `text`, and says whether it worked: without https there is no clipboard.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Sets the page's title, language and theme, which the app's own element cannot reach.
pub fn set_document(title: &str, language: &str, theme: Option<&str>) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    document.set_title(title);
    let Some(root) = document.document_element() else { return };
    let _ = root.set_attribute("lang", language);
    let _ = match theme {
        Some(theme) => root.set_attribute("data-theme", theme),
        None => root.remove_attribute("data-theme"),
    };
}

/// Fills the screen with the page, or gives it back.
pub fn set_full_screen(full: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    if full {
        // Refused where the browser has no such thing, such as on an iPhone; the page then stays as it is.
        let _ = document.document_element().map(|root| root.request_fullscreen());
    } else if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    }
}

/// What the guard in `boot.js` says of a newer version: `none`, `waiting` or `taken`.
#[must_use]
pub fn update_state() -> String {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("data-update")).unwrap_or_default()
}

/// Calls `then` whenever [`update_state`] changed.
#[must_use]
pub fn on_worker(then: impl Fn() + 'static) -> Option<Listener> {
    Listener::on_window("dialogtavle:worker", move |_| then())
}

/// Takes the new version that waits; the page is loaded anew.
pub fn activate_update() {
    let Some(window) = web_sys::window() else { return };
    if let Ok(event) = web_sys::Event::new("dialogtavle:activate-update") {
        let _ = window.dispatch_event(&event);
    }
}

/// Remembers a word for as long as this tab is open, also when it is loaded anew.
pub fn remember_in_tab(name: &str, word: &str) {
    let storage = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
    if let Some(storage) = storage {
        // Full or forbidden: a tab that is loaded anew then begins as one that is opened.
        let _ = storage.set_item(name, word);
    }
}

/// The word that [`remember_in_tab`] was given.
#[must_use]
pub fn remembered_in_tab(name: &str) -> Option<String> {
    web_sys::window()?.session_storage().ok()??.get_item(name).ok()?
}

/// Has the guard in `boot.js` write all that the device holds into a file; `unkept` is what its database does not hold.
pub fn export(unkept: &[(Store, Record)]) {
    let Some(window) = web_sys::window() else { return };
    let init = web_sys::CustomEventInit::new();
    init.set_detail(&to_stores(unkept));
    if let Ok(event) = web_sys::CustomEvent::new_with_event_init_dict("dialogtavle:export", &init) {
        let _ = window.dispatch_event(&event);
    }
}

/// How the last [`export`] went: `done`, `empty` or `failed`; nothing before.
#[must_use]
pub fn export_state() -> String {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    root.and_then(|root| root.get_attribute("data-export")).unwrap_or_default()
}

/// Calls `then` when an [`export`] has gone as [`export_state`] says.
#[must_use]
pub fn on_exported(then: impl Fn() + 'static) -> Option<Listener> {
    Listener::on_window("dialogtavle:exported", move |_| then())
}

/// Calls `then` whenever the browser says that there is a network again.
#[must_use]
pub fn on_online(then: impl Fn() + 'static) -> Option<Listener> {
    Listener::on_window("online", move |_| then())
}

/// Whether the relay answers now. What it answers here never comes from the service worker.
pub async fn reaches_relay() -> bool {
    fetch_bytes("/healthz").await.is_some()
}

/// Changes to the newest version of the app that there is.
pub fn take_newest() {
    if update_state() == "waiting" { activate_update() } else { reload() }
}

/// Keeps language and theme where the page finds them before the app is there.
pub fn remember_look(language: Option<&str>, theme: Option<&str>) {
    let Some(storage) = local_storage() else { return };
    for (name, value) in [(LANGUAGE, language), (THEME, theme)] {
        // Full or forbidden: the first picture is then Danish and as the device, and the app's own settings hold.
        let _ = match value {
            Some(value) => storage.set_item(name, value),
            None => storage.remove_item(name),
        };
    }
}

/// Asks the relay for a text that stands under `name` in the JSON at `path`; `None` where it does not answer so.
pub async fn fetch_word(path: &str, name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(path)).await.ok()?.unchecked_into();
    let json = JsFuture::from(response.json().ok()?).await.ok()?;
    js_sys::Reflect::get(&json, &name.into()).ok()?.as_string()
}

/// The language that was chosen on the page before the app was there.
#[must_use]
pub fn remembered_language() -> Option<String> {
    local_storage()?.get_item(LANGUAGE).ok().flatten()
}

const LANGUAGE: &str = "dialogtavle.language";
const THEME: &str = "dialogtavle.theme";

fn local_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Fetches a file of this origin, such as a pack; `None` without a network or cache.
pub async fn fetch_bytes(path: &str) -> Option<Vec<u8>> {
    let window = web_sys::window()?;
    let response: web_sys::Response = JsFuture::from(window.fetch_with_str(path)).await.ok()?.unchecked_into();
    if !response.ok() {
        return None;
    }
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Moves the focus to the content of the screen, past what is the same on each.
pub fn focus_content() {
    let content = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("content"))
        .and_then(|content| content.dyn_into::<HtmlElement>().ok());
    if let Some(content) = content {
        let _ = content.set_attribute("tabindex", "-1");
        let _ = content.focus();
    }
}

/// Whether `element` has the focus.
#[must_use]
pub fn has_focus(element: &HtmlElement) -> bool {
    focused().is_some_and(|focused| focused.is_same_node(Some(element)))
}

/// Which of `list`'s items the focus is in, counted from 0.
#[must_use]
pub fn focused_item(list: &HtmlElement) -> Option<u32> {
    let focused = focused()?;
    // Asked with every drawing: a list is long, and the focus is mostly elsewhere.
    if !list.contains(Some(&focused)) {
        return None;
    }
    let items = items(list)?;
    (0..items.length()).find(|place| items.get(*place).is_some_and(|item| item.contains(Some(&focused))))
}

/// Moves the focus, if it is nowhere, to the first thing to press in the item at `place`, or in the last one before it;
/// where there is none, to the content of the screen.
pub fn focus_item(list: &HtmlElement, place: u32) {
    if focused().is_some_and(|focused| focused.tag_name() != "BODY") {
        return;
    }
    let item = items(list).and_then(|items| items.get(place.min(items.length().saturating_sub(1))));
    let button = item
        .and_then(|item| item.dyn_into::<Element>().ok())
        .and_then(|item| item.query_selector("button, a[href]").ok().flatten())
        .and_then(|button| button.dyn_into::<HtmlElement>().ok());
    match button {
        Some(button) => {
            let _ = button.focus();
        }
        None => focus_content(),
    }
}

fn focused() -> Option<Element> {
    web_sys::window()?.document()?.active_element()
}

fn items(list: &HtmlElement) -> Option<NodeList> {
    list.query_selector_all(":scope > li").ok()
}

/// Begins a mail in the device's mail app. The text goes nowhere else.
pub fn mail(subject: &str, text: &str) {
    let (subject, text) = (js_sys::encode_uri_component(subject), js_sys::encode_uri_component(text));
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_href(&format!("mailto:?subject={subject}&body={text}"));
    }
}
