//! `POST /api/workshops`: makes a workshop and gives its links out, once.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tracing::{error, info};

use super::AppState;
use super::origin::{own_origin, refuse_other_sites};
use super::problem::Problem;
use crate::store::StoreError;
use crate::workshop::{MakeError, Wanted, WorkshopAnswer, make};

/// Longest body, in bytes: 200 tools and a title take a few thousand.
const BODY_BYTES: usize = 16 << 10;

pub(super) async fn workshop(State(state): State<AppState>, headers: HeaderMap, body: Body) -> Response {
    match answer(&state, &headers, body).await {
        Ok(answer) => (StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response(),
        Err(problem) => problem.for_reader(&headers).into_response(),
    }
}

async fn answer(state: &AppState, headers: &HeaderMap, body: Body) -> Result<WorkshopAnswer, Problem> {
    refuse_other_sites(state, headers)?;
    state.create.check(headers)?;
    if !is_json(headers) {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json"));
    }
    let body = tokio::time::timeout(state.hub.common().limits.request_time, to_bytes(body, BODY_BYTES))
        .await
        .map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow"))?
        .map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long").with("limit", &BODY_BYTES))?;
    let wanted: Wanted = serde_json::from_slice(&body)
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "bad-json").with("detail", &error))?;

    let common = state.hub.common();
    let most = common.limits.workshops;
    if common.store.count().await.map_err(stored)? >= most {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-workshops").with("limit", &most));
    }
    let made = make(&state.content, &wanted).map_err(refused)?;
    let (id, secret) = (made.id(), made.secret);
    // Given out only once it is durable.
    common.store.add_workshop(made.record, made.documents).await.map_err(stored)?;
    info!(workshop = %id, tools = wanted.tools.len(), "made a workshop");
    Ok(WorkshopAnswer::new(secret, &own_origin(state, headers)))
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json")
}

#[allow(clippy::needless_pass_by_value, reason = "it is mapped over results")]
fn refused(error: MakeError) -> Problem {
    match error.problem() {
        Some((code, values)) => {
            values.iter().fold(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code), |problem, (name, value)| {
                problem.with(name, value)
            })
        }
        None => {
            error!(%error, "a workshop could not be made: {error}");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed")
        }
    }
}

#[allow(clippy::needless_pass_by_value, reason = "it is mapped over results")]
fn stored(error: StoreError) -> Problem {
    error!(%error, "a workshop could not be stored: {error}");
    match error {
        StoreError::Full | StoreError::Memory => Problem::new(StatusCode::INSUFFICIENT_STORAGE, "store-full"),
        _ => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "failed"),
    }
}
