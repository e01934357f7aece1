//! One websocket to the relay.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, Event, MessageEvent, WebSocket};

use super::line_event::LineEvent;
use super::listener::Listener;

/// An open or opening socket. Dropping it closes it, and nothing is reported afterwards.
#[derive(Debug)]
pub struct Socket {
    socket: WebSocket,
    _listeners: [Listener; 3],
}

impl Socket {
    /// Dials `url`; `None` if the browser refuses to.
    #[must_use]
    pub fn dial(url: &str, report: impl Fn(LineEvent) + Clone + 'static) -> Option<Self> {
        let socket = WebSocket::new(url).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (opened, framed, closed) = (report.clone(), report.clone(), report);
        let listeners = [
            Listener::new(&socket, "open", move |_| opened(LineEvent::Opened)),
            Listener::new(&socket, "message", move |event| {
                if let Some(bytes) = frame(&event) {
                    framed(LineEvent::Frame(bytes));
                }
            }),
            Listener::new(&socket, "close", move |_| closed(LineEvent::Closed)),
        ];
        Some(Self { socket, _listeners: listeners })
    }

    /// Sends a binary frame; what the socket cannot take any more is lost with the socket, and resent on the next one.
    pub fn send(&self, bytes: &[u8]) {
        let _ = self.socket.send_with_u8_array(bytes);
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = self.socket.close();
    }
}

/// The bytes of a binary frame; text is not part of the protocol.
fn frame(event: &Event) -> Option<Vec<u8>> {
    let data = event.dyn_ref::<MessageEvent>()?.data();
    Some(Uint8Array::new(data.dyn_ref::<ArrayBuffer>()?).to_vec())
}
