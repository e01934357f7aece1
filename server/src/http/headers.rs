//! Headers of every answer: what the page may load, and what nobody learns from it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::problem::Code;
use super::{AppState, origin};

/// Nothing from elsewhere, no inline script or style. `wasm-unsafe-eval` lets the browser compile the app's wasm.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                      img-src 'self' data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'";

const FIXED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "screen-wake-lock=(self), clipboard-write=(self), camera=(), geolocation=(), microphone=(), payment=(), usb=(), \
         web-share=()",
    ),
];

pub(super) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let policy = policy(request.headers());
    let mut response = next.run(request).await;
    if let Some(Code(code)) = response.extensions().get() {
        state.hub.common().metrics.problem(code);
    }
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if state.is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// The policy, with our own websocket: the older browsers among those we serve do not count it as 'self'.
fn policy(headers: &HeaderMap) -> HeaderValue {
    let own = origin::host(headers).map(|host| format!("{POLICY} ws://{host} wss://{host}"));
    own.and_then(|own| HeaderValue::from_str(&own).ok()).unwrap_or_else(|| HeaderValue::from_static(POLICY))
}
