//! Routes: the app's files, what the relay takes, one call that makes workshops, the websocket, and a line for where it
//! does not get through.

mod create;
mod files;
mod headers;
mod line;
mod origin;
mod packs;
mod problem;
mod sync;

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::{any, get, post};
use axum::{Json, Router};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::content::Content;
use crate::hub::Hub;
use crate::metrics::{MEDIA_TYPE, Metrics};
pub(crate) use line::OpenLines;
pub(crate) use origin::CreateRule;
pub(crate) use packs::OwnPacks;
use problem::Problem;

/// What the routes work with.
#[derive(Debug, Clone)]
pub struct AppState {
    pub(crate) hub: Arc<Hub>,
    pub(crate) content: Arc<Content>,
    pub(crate) own_packs: Arc<OwnPacks>,
    pub(crate) create: CreateRule,
    /// What links begin with, if it was said; else the address that was asked for.
    pub(crate) public_origin: Option<Arc<str>>,
    pub(crate) is_https: bool,
    /// How the relay is called, as clients show it.
    pub(crate) name: Arc<str>,
    /// Room for lines, over websockets and HTTP.
    pub(crate) sockets: Arc<Semaphore>,
    pub(crate) lines: Arc<OpenLines>,
    pub(crate) shutdown: CancellationToken,
}

/// The relay's routes.
pub fn app(state: AppState) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/api/workshops", post(create::workshop).fallback(wrong_method))
        .route("/api/relay", get(relay))
        .route("/sync", get(sync::upgrade))
        .route("/sync/line", post(line::open).fallback(wrong_method))
        .route("/sync/line/up", post(line::up).fallback(wrong_method))
        .route("/sync/line/down", post(line::down).fallback(wrong_method))
        .route("/sync/line/end", post(line::end).fallback(wrong_method))
        .route("/packs/{file}", any(packs::serve))
        .fallback(files::serve)
        .layer(middleware::from_fn_with_state(state.clone(), headers::add))
        .with_state(state)
}

/// What is told on an address of its own: numbers, for whoever watches the relay.
pub(crate) fn metrics(metrics: Arc<Metrics>) -> Router {
    let text = async move || {
        let headers = [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")];
        (headers, metrics.text())
    };
    Router::new().route("/metrics", get(text))
}

async fn healthz() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

/// What the app says of this relay before a workshop is made: who may make one. Nothing else is told to strangers.
async fn relay(State(state): State<AppState>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(serde_json::json!({ "create": state.create.name() })))
}

async fn wrong_method(headers: axum::http::HeaderMap) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method").for_reader(&headers)
}
