//! What is gathered while one file is checked, so that all faults are told at once.

use super::PackError;
use crate::content::{Language, Localized, Source};
use crate::limits::utf16_len;

/// The faults of one file so far.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) file: &'a str,
    pub(super) errors: Vec<PackError>,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, errors: Vec::new() }
    }

    pub(super) fn file(&self) -> String {
        self.file.to_owned()
    }

    pub(super) fn push(&mut self, error: PackError) {
        self.errors.push(error);
    }

    /// Reports `list` of `entry` if `items` is empty.
    pub(super) fn require<T>(&mut self, entry: &str, list: &'static str, items: &[T]) {
        if items.is_empty() {
            self.push(PackError::EmptyList { file: self.file(), entry: entry.to_owned(), list });
        }
    }

    /// Reports that `entry` needs `what`, unless it `holds`.
    pub(super) fn expect(&mut self, entry: &str, what: &'static str, holds: bool) {
        if !holds {
            self.push(PackError::Needs { file: self.file(), entry: entry.to_owned(), what });
        }
    }

    /// Reports each language in which `text` is longer than `limit`.
    pub(super) fn limit(&mut self, entry: &str, text: &Localized, limit: usize) {
        for language in Language::ALL {
            let length = utf16_len(text.exact(language));
            if length > limit {
                let entry = entry.to_owned();
                self.push(PackError::TooLong { file: self.file(), entry, language, length, limit });
            }
        }
    }

    /// Reports what `source` leaves out.
    pub(super) fn source(&mut self, source: &Source) {
        for (field, text) in [("title", &source.title), ("publisher", &source.publisher)] {
            if text.trim().is_empty() {
                self.push(PackError::MissingSource { file: self.file(), field });
            }
        }
    }
}
