//! Who asks, and under which address: what links begin with, and who may make workshops.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};

use super::AppState;
use super::problem::Problem;

/// Who may make workshops over HTTP.
#[derive(Debug, Clone)]
pub(crate) enum CreateRule {
    /// Everyone.
    Open,
    /// Who presents the token of which this is the hash.
    Token(Arc<blake3::Hash>),
    /// Nobody.
    None,
}

impl CreateRule {
    /// The rule for whoever presents `token`.
    pub(crate) fn token(token: &str) -> Self {
        Self::Token(Arc::new(blake3::hash(token.as_bytes())))
    }

    /// What `--create` calls the rule.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Token(_) => "token",
            Self::None => "none",
        }
    }

    /// Checks a request against the rule.
    pub(crate) fn check(&self, headers: &HeaderMap) -> Result<(), Problem> {
        match self {
            Self::Open => Ok(()),
            Self::None => Err(Problem::new(StatusCode::FORBIDDEN, "create-none")),
            Self::Token(expected) => {
                let given = text(headers, header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
                // Hashes are compared in constant time.
                match given.map(|token| blake3::hash(token.trim().as_bytes())) {
                    Some(given) if given == **expected => Ok(()),
                    _ => Err(Problem::new(StatusCode::UNAUTHORIZED, "create-token")),
                }
            }
        }
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The host and port that the request names, if it is nothing else.
pub(super) fn host(headers: &HeaderMap) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    text(headers, header::HOST).filter(|host| !host.is_empty() && host.chars().all(is_plain))
}

/// What links begin with.
pub(super) fn own_origin(state: &AppState, headers: &HeaderMap) -> String {
    match &state.public_origin {
        Some(origin) => origin.to_string(),
        None => {
            let scheme = if state.is_https { "https" } else { "http" };
            format!("{scheme}://{}", host(headers).unwrap_or("localhost"))
        }
    }
}

/// Refuses what a page of another site sent.
///
/// There are no cookies, so that no page could borrow anybody's rights; but `--create open` on loopback is open to
/// whoever reaches loopback, and that is every page in this machine's browser. A page is known by its `Origin`, and
/// JSON it could not send without asking first, which is never granted.
pub(super) fn refuse_other_sites(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let asked = host(headers).unwrap_or_default();
    let is_own = own_origin(state, headers) == origin
        || ["http://", "https://"].iter().any(|scheme| origin.strip_prefix(scheme) == Some(asked));
    if is_own { Ok(()) } else { Err(Problem::new(StatusCode::FORBIDDEN, "wrong-origin")) }
}
