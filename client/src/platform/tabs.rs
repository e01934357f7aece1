//! The other tabs of this device: what they write is here at once, also without a network.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::listener::Listener;

/// A channel to the other tabs that are open on the same workshop.
#[derive(Debug)]
pub struct Tabs {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Tabs {
    /// Opens the channel `name`; `None` where the browser has none.
    #[must_use]
    pub fn open(name: &str, hear: impl Fn(Vec<u8>) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = Listener::new(&channel, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            if let Some(bytes) = data.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
                hear(bytes.to_vec());
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Tells all other tabs.
    pub fn tell(&self, bytes: &[u8]) {
        let _ = self.channel.post_message(&Uint8Array::from(bytes));
    }
}

impl Drop for Tabs {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Marks this tab as alive on a workshop until it is closed, and gives the number of other tabs that are.
///
/// `web-sys` has Web Locks only behind an unstable cfg; they are missing without https, and then nothing is known.
pub async fn mark_alive(name: &str) -> Option<u32> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| !locks.is_undefined())?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
    let others = held(&query.call0(&locks).ok()?.dyn_into().ok()?, name).await;
    let options = js_sys::Object::new();
    Reflect::set(&options, &"mode".into(), &"shared".into()).ok()?;
    // Held for the tab's life by a promise that never resolves.
    let hold = Closure::once_into_js(|| Promise::new(&mut |_, _| {}));
    let _ = request.call3(&locks, &name.into(), &options, &hold);
    others
}

async fn held(query: &Promise, name: &str) -> Option<u32> {
    let snapshot = wasm_bindgen_futures::JsFuture::from(query.clone()).await.ok()?;
    let locks = Array::from(&Reflect::get(&snapshot, &"held".into()).ok()?);
    let is_named = |lock: &JsValue| {
        Reflect::get(lock, &"name".into()).ok().and_then(|found| found.as_string()).is_some_and(|found| found == name)
    };
    u32::try_from(locks.iter().filter(is_named).count()).ok()
}
