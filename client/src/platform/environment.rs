//! What kind of browser this is, as far as it matters for what people are told.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::texts::DeviceKind;

/// A browser inside another app, which forgets everything when it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InAppBrowser {
    /// Facebook or Messenger.
    Facebook,
    /// Instagram.
    Instagram,
    /// LinkedIn.
    LinkedIn,
    /// Snapchat.
    Snapchat,
    /// TikTok.
    TikTok,
    /// Some other app, such as a QR reader.
    Other,
}

/// Which app's browser this is, if it is one; told by what the browser says of itself.
#[must_use]
pub fn in_app_browser() -> Option<InAppBrowser> {
    let agent = web_sys::window()?.navigator().user_agent().ok()?;
    in_app_browser_of(&agent)
}

fn in_app_browser_of(agent: &str) -> Option<InAppBrowser> {
    const NAMES: [(&str, InAppBrowser); 11] = [
        ("FBAN/", InAppBrowser::Facebook),
        ("FBAV/", InAppBrowser::Facebook),
        ("FB_IAB", InAppBrowser::Facebook),
        ("Instagram", InAppBrowser::Instagram),
        ("LinkedInApp", InAppBrowser::LinkedIn),
        ("Snapchat", InAppBrowser::Snapchat),
        ("musical_ly", InAppBrowser::TikTok),
        ("BytedanceWebview", InAppBrowser::TikTok),
        ("TikTok", InAppBrowser::TikTok),
        ("GSA/", InAppBrowser::Other),
        ("; wv)", InAppBrowser::Other),
    ];
    NAMES.into_iter().find(|(name, _)| agent.contains(name)).map(|(_, app)| app)
}

/// What kind of device this is, by what its browser says of itself and by whether it can be touched.
#[must_use]
pub fn device_kind() -> DeviceKind {
    let Some(navigator) = web_sys::window().map(|window| window.navigator()) else { return DeviceKind::Other };
    device_kind_of(&navigator.user_agent().unwrap_or_default(), navigator.max_touch_points() > 1)
}

/// Only what is sure is named: a tablet may say that it is a computer (iPads do, and any browser that was asked for a
/// page as on one), so what can be touched and names no system of computers alone is a device.
fn device_kind_of(agent: &str, is_touched: bool) -> DeviceKind {
    let says = |word: &str| agent.contains(word);
    if says("iPhone") || (says("Android") && says("Mobile")) {
        DeviceKind::Phone
    } else if says("Windows NT") || says("CrOS") || (!is_touched && (says("Macintosh") || says("X11"))) {
        DeviceKind::Computer
    } else {
        DeviceKind::Other
    }
}

/// Whether the app runs from the home screen.
#[must_use]
pub fn is_installed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let standalone = window.match_media("(display-mode: standalone)").ok().flatten();
    // Safari on iOS says it in a word of its own.
    let apple = Reflect::get(&window.navigator(), &"standalone".into()).is_ok_and(|value| value.is_truthy());
    apple || standalone.is_some_and(|query| query.matches())
}

/// Whether the browser believes that there is a network. A false one is to be believed, a true one says nothing.
#[must_use]
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the page is seen.
#[must_use]
pub fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| !document.hidden())
}

/// The code of the language that the browser prefers.
#[must_use]
pub fn preferred_language() -> Option<String> {
    web_sys::window()?.navigator().language()
}

/// Asks the browser to keep what lies here also when it wants room, and says whether it will.
///
/// Some browsers have no such question; then nothing is promised.
pub async fn ask_to_persist() -> bool {
    storage_call("persist").await.unwrap_or(false)
}

/// Whether the browser has promised to keep what lies here.
pub async fn is_persisted() -> bool {
    storage_call("persisted").await.unwrap_or(false)
}

/// Calls a method of `navigator.storage`, which is missing without https and in some engines.
async fn storage_call(method: &str) -> Option<bool> {
    let navigator = web_sys::window()?.navigator();
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    let function: js_sys::Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
    let promise: Promise = function.call0(&storage).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.as_bool()
}

/// The build id of the page.
#[must_use]
pub fn build_id() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let meta = document.and_then(|document| document.query_selector("meta[name=dialogtavle-build]").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_only_where_it_is_sure() {
        for (agent, is_touched, kind) in [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
                true,
                DeviceKind::Phone,
            ),
            ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0.0.0 Mobile Safari/537.36", true, DeviceKind::Phone),
            ("Mozilla/5.0 (Android 13; Mobile; rv:121.0) Gecko/121.0 Firefox/121.0", true, DeviceKind::Phone),
            // A tablet with Android.
            ("Mozilla/5.0 (Linux; Android 10; K) Chrome/120.0.0.0 Safari/537.36", true, DeviceKind::Other),
            // A Mac, and an iPad that calls itself one.
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15",
                false,
                DeviceKind::Computer,
            ),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.0 Safari/605.1.15", true, DeviceKind::Other),
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0.0.0 Safari/537.36", true, DeviceKind::Computer),
            ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36", false, DeviceKind::Computer),
            // A phone that was asked for the page as on a computer.
            ("Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0 Safari/537.36", true, DeviceKind::Other),
            ("", false, DeviceKind::Other),
        ] {
            assert_eq!(device_kind_of(agent, is_touched), kind, "{agent}, {is_touched}");
        }
    }

    #[test]
    fn apps_browsers_are_told_from_browsers() {
        let facebook = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                        Mobile/15E148 [FBAN/FBIOS;FBAV/450.0.0.38.108]";
        let webview = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UQ1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) \
                       Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36";
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 \
                      Mobile Safari/537.36";
        assert_eq!(in_app_browser_of(facebook), Some(InAppBrowser::Facebook));
        assert_eq!(in_app_browser_of(webview), Some(InAppBrowser::Other));
        assert_eq!(in_app_browser_of(chrome), None);
    }
}
