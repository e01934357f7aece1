//! `GET /sync`: the websocket.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use shared::access::link;
use shared::sync::MAX_FRAME;
use std::sync::Arc;

use super::AppState;
use super::problem::Problem;
use crate::socket::{self, Opened};

/// The longest frame that is read at all; one over the protocol's own limit is then refused.
const READ_BYTES: usize = 2 * MAX_FRAME.0;

/// What a socket reads at a time. The buffer is written over with zeros before every read, so that the usual 128 KiB were
/// a quarter of the relay's time, and stays with the socket.
const READ_BUFFER_BYTES: usize = 8 << 10;

/// What stands in the URL. Our own client leaves it empty and presents its capability in the join, where no proxy writes
/// it into a log.
#[derive(Deserialize)]
pub(super) struct InUrl {
    /// `<workshop>/<secret>`, as in a link after `#/w/`.
    w: Option<String>,
}

pub(super) async fn upgrade(
    State(state): State<AppState>,
    Query(InUrl { w }): Query<InUrl>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Ok(permit) = Arc::clone(&state.sockets).try_acquire_owned() else {
        let full = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-sockets");
        return full.for_reader(&headers).into_response();
    };
    // One that does not read is answered like a wrong one: after the join, in words that the client understands.
    let capability = w.and_then(|capability| link::parse(&format!("/w/{capability}")).ok());
    let opened = Opened {
        hub: Arc::clone(&state.hub),
        relay: state.name.to_string(),
        capability,
        shutdown: state.shutdown.clone(),
        permit,
    };
    let sockets = state.hub.common().socket_tasks.clone();
    upgrade
        // A frame somewhat over the protocol's limit is still read: its sender hears the answer only once it has sent it.
        .max_message_size(READ_BYTES)
        .max_frame_size(READ_BYTES)
        .write_buffer_size(0)
        .read_buffer_size(READ_BUFFER_BYTES)
        .on_upgrade(move |socket| async move {
            // Waited for when the relay ends; the task that the upgrade itself runs in is not.
            let served = sockets.spawn(socket::serve(socket, opened)).await;
            if served.is_err() {
                tracing::error!("a socket's task panicked");
            }
        })
}
