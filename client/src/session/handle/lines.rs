//! What carries frames to the relay: a websocket, requests over HTTP, or for a moment both.

use std::cell::RefCell;

use super::super::line::Way;
use crate::platform::http_line::HttpLine;
use crate::platform::line_event::LineEvent;
use crate::platform::page;
use crate::platform::socket::Socket;

/// At most one line for each way. Dropping it closes them.
#[derive(Debug, Default)]
pub(super) struct Lines {
    socket: RefCell<Option<Socket>>,
    http: RefCell<Option<HttpLine>>,
}

impl Lines {
    /// Dials; false if the browser refuses to.
    pub(super) fn dial(&self, way: Way, report: impl Fn(LineEvent) + Clone + 'static) -> bool {
        match way {
            Way::Websocket => {
                let socket = Socket::dial(&page::sync_url(), report);
                let is_dialled = socket.is_some();
                drop(self.socket.replace(socket));
                is_dialled
            }
            Way::Http => {
                drop(self.http.replace(Some(HttpLine::dial(report))));
                true
            }
        }
    }

    pub(super) fn send(&self, way: Way, frame: Vec<u8>) {
        match way {
            Way::Websocket => {
                if let Some(socket) = self.socket.borrow().as_ref() {
                    socket.send(&frame);
                }
            }
            Way::Http => {
                if let Some(http) = self.http.borrow().as_ref() {
                    http.send(frame);
                }
            }
        }
    }

    pub(super) fn hang_up(&self, way: Way) {
        match way {
            Way::Websocket => drop(self.socket.take()),
            Way::Http => drop(self.http.take()),
        }
    }
}
