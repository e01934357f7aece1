//! `POST /sync/line`: a line for networks that let no websocket through, in requests that each end (S32–S35).

mod open_lines;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures_util::StreamExt as _;
use shared::sync::http_line::{Batch, LINE_HEADER, MAX_UP};
use tokio::sync::oneshot;

use super::AppState;
use super::origin::refuse_other_sites;
use super::problem::Problem;
use crate::settings::Limits;
use crate::socket::http::{Down, HttpPump, Times, Up};
use crate::socket::{self, Opened};
pub(crate) use open_lines::OpenLines;
use open_lines::{Line, NoRoom};

/// Longest body of a request that waits, in bytes: a number and no frames.
const DOWN_BYTES: usize = 32;

type Answer = Result<Vec<u8>, Problem>;

/// Opens a line, and answers with its name.
pub(super) async fn open(State(state): State<AppState>, headers: HeaderMap) -> Response {
    respond(&headers, begin(&state, &headers))
}

/// Takes frames.
pub(super) async fn up(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    respond(&headers, take(&state, &headers, body).await)
}

/// Answers with frames, as soon as there are any.
pub(super) async fn down(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    respond(&headers, wait(&state, &headers, body).await)
}

/// Takes the last frames, and ends the line.
pub(super) async fn end(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    let answer = take(&state, &headers, body).await;
    if answer.is_ok() {
        state.lines.remove(name(&headers));
    }
    respond(&headers, answer)
}

fn respond(headers: &HeaderMap, answer: Answer) -> Response {
    match answer {
        Ok(body) => {
            let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "application/octet-stream")];
            (StatusCode::OK, headers, body).into_response()
        }
        Err(problem) => problem.for_reader(headers).into_response(),
    }
}

fn begin(state: &AppState, headers: &HeaderMap) -> Answer {
    refuse_other_sites(state, headers)?;
    let full = |NoRoom| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-sockets");
    let permit = Arc::clone(&state.sockets).try_acquire_owned().map_err(|_| full(NoRoom))?;
    let Limits { poll, unheard, .. } = state.hub.common().limits;
    let (pump, reach) = HttpPump::open(Times { poll, unheard });
    let place = state.lines.add(reach).map_err(full)?;
    let name = place.name().as_bytes().to_vec();
    let opened = Opened {
        hub: Arc::clone(&state.hub),
        relay: state.name.to_string(),
        // Only ours comes this way, with its capability in the join.
        capability: None,
        shutdown: state.shutdown.clone(),
        permit,
    };
    state.hub.common().socket_tasks.spawn(async move {
        // Given back also when the task panics.
        let _place = place;
        socket::serve(pump, opened).await;
    });
    Ok(name)
}

async fn take(state: &AppState, headers: &HeaderMap, body: Body) -> Answer {
    refuse_other_sites(state, headers)?;
    let line = find(state, headers)?;
    // One that was given up half-way may still be read while the next one comes.
    let _turn = line.uploads.try_acquire().map_err(|_| Problem::new(StatusCode::TOO_MANY_REQUESTS, "line-busy"))?;
    let up = match read(state, body, MAX_UP.0).await? {
        None => Err(("frame-too-long", StatusCode::PAYLOAD_TOO_LARGE, Up::TooLong)),
        Some(body) => Batch::decode(&body).map_err(|_| ("not-a-batch", StatusCode::BAD_REQUEST, Up::Malformed)),
    };
    let batch = match up {
        Ok(batch) => batch,
        Err((code, status, up)) => {
            // The line is closed for it, in words that its peer understands.
            let _ = in_time(state, line.reach.ups.send(up)).await?;
            return Err(Problem::new(status, code));
        }
    };
    let (taken, answer) = oneshot::channel();
    let handing_over = async {
        line.reach.ups.send(Up::Batch { batch, taken }).await.map_err(|_| unknown())?;
        answer.await.map_err(|_| unknown())
    };
    in_time(state, handing_over).await?.map(|()| Vec::new())
}

async fn wait(state: &AppState, headers: &HeaderMap, body: Body) -> Answer {
    refuse_other_sites(state, headers)?;
    let line = find(state, headers)?;
    let body = read(state, body, DOWN_BYTES).await?;
    let batch = body.and_then(|body| Batch::decode(&body).ok());
    let taken = batch.ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "not-a-batch"))?.number;
    let (answer, waiting) = oneshot::channel();
    line.reach.downs.send(Down { taken, answer }).await.map_err(|_| unknown())?;
    // Otherwise nothing but the pump's own channel would keep a line that has ended.
    drop(line);
    waiting.await.map_err(|_| unknown())
}

/// The name that the request gives its line.
fn name(headers: &HeaderMap) -> &str {
    headers.get(LINE_HEADER).and_then(|name| name.to_str().ok()).unwrap_or_default()
}

fn find(state: &AppState, headers: &HeaderMap) -> Result<Line, Problem> {
    state.lines.get(name(headers)).ok_or_else(unknown)
}

fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "unknown-line")
}

async fn in_time<T>(state: &AppState, work: impl Future<Output = T>) -> Result<T, Problem> {
    let late = |_| Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow");
    tokio::time::timeout(state.hub.common().limits.request_time, work).await.map_err(late)
}

/// Reads a body; `None` if it is longer than `most` bytes.
async fn read(state: &AppState, body: Body, most: usize) -> Result<Option<Vec<u8>>, Problem> {
    let reading = async {
        let (mut parts, mut whole) = (body.into_data_stream(), Vec::new());
        while let Some(part) = parts.next().await {
            // One that breaks off says nothing of the line: it comes again.
            let part = part.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "not-a-batch"))?;
            if whole.len() + part.len() > most {
                return Ok(None);
            }
            whole.extend_from_slice(&part);
        }
        Ok(Some(whole))
    };
    in_time(state, reading).await?
}
