//! The other tabs of this device: what they write is here at once, also without a network.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
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
