//! What holds for every kind of part alike: languages, ids, and keys that mean nothing.
//!
//! The typed value is written back to TOML and walked beside the file it came from. So a new kind of part is
//! surveyed without a line of its own: an unknown key is one that did not come back.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Fault, report::Report};
use crate::content::{Language, id::is_kebab_case};

/// Walks one file.
#[derive(Debug)]
pub(super) struct Survey<'r, 'f> {
    report: &'r mut Report<'f>,
    languages: &'r [Language],
    /// Where each id was first seen.
    seen: BTreeMap<String, String>,
    /// How many entries have been named the same so far.
    named: BTreeMap<String, usize>,
}

impl<'r, 'f> Survey<'r, 'f> {
    pub(super) fn new(report: &'r mut Report<'f>, languages: &'r [Language]) -> Self {
        Self { report, languages, seen: BTreeMap::new(), named: BTreeMap::new() }
    }

    /// Walks the table at `trail`: `written` as it stands in the file, `read` as it was understood.
    pub(super) fn table(&mut self, trail: &str, written: &Table, read: &Table) {
        for key in written.keys().filter(|key| !read.contains_key(*key)) {
            self.report.push_at(trail, &join(trail, key), 0, Fault::UnknownKey { key: key.clone() });
        }
        self.texts(trail, read);
        for (key, value) in read {
            let written = written.get(key);
            match value {
                Value::Table(read) => {
                    self.table(&join(trail, key), written.and_then(Value::as_table).unwrap_or(&Table::new()), read);
                }
                Value::Array(items) => self.list(trail, key, written.and_then(Value::as_array), items),
                _ => {}
            }
        }
    }

    fn list(&mut self, trail: &str, key: &str, written: Option<&Vec<Value>>, read: &[Value]) {
        for (index, item) in read.iter().enumerate() {
            let Some(table) = item.as_table() else { continue };
            let trail = join(trail, &name_of(|key| table.get(key)?.as_str(), key, index));
            self.id(&trail, table);
            let written = written.and_then(|list| list.get(index)).and_then(Value::as_table);
            self.table(&trail, written.unwrap_or(&Table::new()), table);
        }
    }

    fn texts(&mut self, trail: &str, read: &Table) {
        for &language in self.languages {
            let text = read.get(language.code()).and_then(Value::as_str);
            if text.is_some_and(|text| text.trim().is_empty()) {
                self.report.push(trail, Fault::MissingText { language });
            }
        }
    }

    fn id(&mut self, trail: &str, read: &Table) {
        let nth = self.named.entry(trail.to_owned()).or_default();
        let (nth, _) = (*nth, *nth += 1);
        let Some(id) = read.get("id").and_then(Value::as_str) else { return };
        if id.is_empty() {
            self.report.push(trail, Fault::MissingId);
        } else if !is_kebab_case(id) {
            self.report.push(trail, Fault::BadId { id: id.to_owned() });
        } else if let Some(first) = self.seen.get(id) {
            let line = self.report.outline().line(first, 0);
            let fault = Fault::DuplicateId { id: id.to_owned(), first: first.clone(), line };
            self.report.push_at(trail, trail, nth, fault);
        } else {
            self.seen.insert(id.to_owned(), trail.to_owned());
        }
    }
}

/// What an item of `list` is called in a message: its id, else its role, else its place. `get` gives its texts.
pub(super) fn name_of<'a>(get: impl Fn(&str) -> Option<&'a str>, list: &str, index: usize) -> String {
    let named = |key| get(key).filter(|name| !name.is_empty());
    named("id").or_else(|| named("role")).map_or_else(|| format!("{list} {}", index + 1), str::to_owned)
}

/// The trail one step further.
pub(super) fn join(trail: &str, step: &str) -> String {
    if trail.is_empty() { step.to_owned() } else { format!("{trail}/{step}") }
}
