//! What is gathered while one file is checked, so that all faults are told at once.

use std::collections::BTreeSet;

use super::outline::Outline;
use super::survey::join;
use super::{Fault, PackError};
use crate::content::{Language, Localized, Source};
use crate::limits::utf16_len;

/// The faults of one file so far.
#[derive(Debug)]
pub(super) struct Report<'a> {
    file: &'a str,
    errors: Vec<PackError>,
    outline: Outline,
    /// Entries of which it was told that they cannot be read: nothing more is said of them.
    unreadable: BTreeSet<String>,
}

impl<'a> Report<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, errors: Vec::new(), outline: Outline::default(), unreadable: BTreeSet::new() }
    }

    /// The faults, in the order in which they stand in the file.
    pub(super) fn faults(mut self) -> Vec<PackError> {
        self.errors.sort_by_key(|error| error.line);
        self.errors
    }

    /// From now on lines are found in `outline`.
    pub(super) fn set_outline(&mut self, outline: Outline) {
        self.outline = outline;
    }

    pub(super) fn outline(&self) -> &Outline {
        &self.outline
    }

    /// Reports a fault of `entry`.
    pub(super) fn push(&mut self, entry: &str, fault: Fault) {
        self.push_at(entry, entry, 0, fault);
    }

    /// Reports a fault of `entry` that shows at the `nth` of those that are named `place`.
    pub(super) fn push_at(&mut self, entry: &str, place: &str, nth: usize, fault: Fault) {
        let hides = |hidden: &String| {
            place.strip_prefix(hidden.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !self.unreadable.iter().any(hides) {
            let line = Some(self.outline.line(place, nth));
            self.errors.push(PackError { file: self.file.to_owned(), line, entry: entry.to_owned(), fault });
        }
    }

    /// Reports that `entry`, which begins at `line`, cannot be read.
    pub(super) fn push_unreadable(&mut self, entry: String, line: usize, fault: Fault) {
        if !entry.is_empty() {
            self.unreadable.insert(entry.clone());
        }
        self.errors.push(PackError { file: self.file.to_owned(), line: Some(line), entry, fault });
    }

    /// Reports `list` of `entry` if `items` is empty.
    pub(super) fn require<T>(&mut self, entry: &str, list: &'static str, items: &[T]) {
        if items.is_empty() {
            self.push_at(entry, &join(entry, list), 0, Fault::EmptyList { list });
        }
    }

    /// Reports `fault` of `entry`, unless what it asks for `holds`.
    pub(super) fn expect(&mut self, entry: &str, fault: Fault, holds: bool) {
        if !holds {
            self.push(entry, fault);
        }
    }

    /// Reports each language in which `text` is longer than `limit`.
    pub(super) fn limit(&mut self, entry: &str, text: &Localized, limit: usize) {
        for language in Language::ALL {
            let length = utf16_len(text.exact(language));
            self.expect(entry, Fault::TooLong { language, length, limit }, length <= limit);
        }
    }

    /// Reports what `source` leaves out.
    pub(super) fn source(&mut self, source: &Source) {
        for (field, text) in [("title", &source.title), ("publisher", &source.publisher)] {
            self.expect("source", Fault::MissingSource { field }, !text.trim().is_empty());
        }
    }
}
