//! The style of all that no first screen draws, in a sheet of its own: the page names it, and does not fetch it.

use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

/// What the page names it by, and the attribute's value once it is here.
const LINK: &str = "data-later";
const HERE: &str = "here";

/// Has the browser fetch it unless it is here. Says whether it is; if not, a later call tries again.
pub async fn fetch() -> bool {
    let Some(link) = link() else { return false };
    if link.get_attribute(LINK).as_deref() == Some(HERE) {
        return true;
    }
    let answer = Promise::new(&mut |resolve, reject| {
        // An element takes any listener.
        let _ = link.add_event_listener_with_callback("load", &resolve);
        let _ = link.add_event_listener_with_callback("error", &reject);
    });
    if !link.has_attribute("rel") {
        let _ = link.set_attribute("rel", "stylesheet");
    }
    let is_here = JsFuture::from(answer).await.is_ok();
    let _ = if is_here { link.set_attribute(LINK, HERE) } else { link.remove_attribute("rel") };
    is_here
}

fn link() -> Option<Element> {
    web_sys::window()?.document()?.query_selector(&format!("link[{LINK}]")).ok()?
}
