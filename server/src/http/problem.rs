//! What went wrong, as JSON in the reader's language: `{"error":{"code","message","mend"}}`.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::json;
use shared::content::Language;

use crate::words::{fill, preferred, words};

/// The code of the problem that an answer tells of, for whoever counts them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code(pub(super) &'static str);

/// An answer that says what went wrong and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    values: Vec<(&'static str, String)>,
    language: Language,
}

impl Problem {
    /// A problem whose words stand under `code`.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, values: Vec::new(), language: Language::default() }
    }

    /// Fills `{name}` in its words.
    pub(crate) fn with(mut self, name: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Chooses the language that the request asks for.
    pub(crate) fn for_reader(mut self, headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        self.language = preferred(wanted.unwrap_or_default());
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (message, mend) = words().problem.get(self.code).map_or_else(Default::default, |found| {
            (fill(found.message.get(self.language), &values), fill(found.mend.get(self.language), &values))
        });
        let body = json!({ "error": { "code": self.code, "message": message, "mend": mend } });
        let headers = [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_LANGUAGE, self.language.code())];
        (self.status, Extension(Code(self.code)), headers, Json(body)).into_response()
    }
}
