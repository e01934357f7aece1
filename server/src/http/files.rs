//! The app's files, out of the binary.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../target/client/dist"]
struct Files;

const MISSING: &str = include_str!("../../pages/client_missing.html");
const NOT_FOUND: &str = include_str!("../../pages/not_found.html");

/// Answers with the file of this path, in the smallest form that the browser takes.
pub(super) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method").for_reader(&headers).into_response();
    }
    let path = match uri.path().trim_start_matches('/') {
        "" => "index.html",
        path => path,
    };
    // Compressed forms stand beside their file and are not asked for by name.
    let is_form = path.ends_with(".br") || path.ends_with(".gz");
    match Files::get(path).filter(|_| !is_form) {
        Some(file) => answer(path, smallest(path, file, &headers), &headers),
        None if path == "index.html" => page(StatusCode::SERVICE_UNAVAILABLE, MISSING),
        None if path.starts_with("api/") || !wants_page(&headers) => {
            Problem::new(StatusCode::NOT_FOUND, "not-found").for_reader(&headers).into_response()
        }
        None => page(StatusCode::NOT_FOUND, NOT_FOUND),
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html"))
}

fn page(status: StatusCode, html: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

/// A file in one of the forms that browsers take.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) bytes: Bytes,
    /// Tells these bytes from all others: each form has its own.
    pub(super) tag: String,
    pub(super) encoding: Option<&'static str>,
}

/// The embedded file of this path as it is.
pub(super) fn plain(path: &str) -> Option<Bytes> {
    Files::get(path).map(|file| form(file, None).bytes)
}

/// Answers with a file, or that the browser has it already.
pub(super) fn answer(path: &str, form: Form, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", form.tag);
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind(path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if let Some(encoding) = form.encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, form.bytes).into_response()
}

fn smallest(path: &str, plain: EmbeddedFile, asked: &HeaderMap) -> Form {
    let taken = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
        if takes(taken, encoding)
            && let Some(file) = Files::get(&format!("{path}.{extension}"))
        {
            return form(file, Some(encoding));
        }
    }
    form(plain, None)
}

fn form(file: EmbeddedFile, encoding: Option<&'static str>) -> Form {
    let tag = hex(&file.metadata.sha256_hash()[..12]);
    let bytes = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Form { bytes, tag, encoding }
}

/// Whether an `Accept-Encoding` takes `encoding`: named, and not with a quality of zero.
pub(super) fn takes(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
        named && !refused
    })
}

/// What is named by its content may be kept for ever; the rest is asked for anew each time.
fn caching(path: &str) -> &'static str {
    let is_named_by_content = path.starts_with("assets/") || (path.starts_with("packs/") && path != "packs/index.cbor");
    if is_named_by_content { "public, max-age=31536000, immutable" } else { "no-cache" }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "cbor" => "application/cbor",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_taken_when_it_is_named_and_not_refused() {
        assert!(takes("gzip, deflate, br", "br"));
        assert!(takes("br;q=0.5", "br"));
        assert!(!takes("gzip, br;q=0", "br"));
        assert!(!takes("", "gzip"));
    }

    #[test]
    fn only_what_is_named_by_its_content_is_kept_for_ever() {
        assert!(caching("assets/style.1234.css").contains("immutable"));
        assert!(caching("packs/own.1234.cbor").contains("immutable"));
        for path in ["index.html", "service_worker.js", "packs/index.cbor", "manifest.webmanifest"] {
            assert_eq!(caching(path), "no-cache", "{path}");
        }
    }
}
