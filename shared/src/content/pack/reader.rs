//! Reads typed values out of a file; what is not as it should be is told, left out, and the rest read on.

use serde::de::DeserializeOwned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};
use toml::{Spanned, Value};

use super::outline::{Path, Step};
use super::{Fault, report::Report};

/// A table of a file, less what could not be read.
#[derive(Debug)]
pub(super) struct Reader<'t, 'i> {
    table: &'t Spanned<DeValue<'i>>,
    path: Path,
    left_out: Vec<Path>,
}

impl<'t, 'i> Reader<'t, 'i> {
    /// A reader of `table`, which stands at `path` in the file.
    pub(super) fn new(table: &'t Spanned<DeValue<'i>>, path: Path) -> Self {
        Self { table, path, left_out: Vec::new() }
    }

    /// Reads a `T`, and reports each value that stood in its way. `None` if nothing of it could be read.
    pub(super) fn read<T: DeserializeOwned>(&mut self, report: &mut Report<'_>) -> Option<T> {
        loop {
            let error = match T::deserialize(ValueDeserializer::from(self.rest())) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let span = error.span().unwrap_or_else(|| self.table.span());
            let node = report.outline().node(span);
            let path = node.path.clone();
            // That something is missing which was left out has been told.
            let is_known = self.left_out.iter().any(|left| left.starts_with(&path)) && path != self.path;
            if !is_known {
                let (trail, line) = (node.trail.clone(), report.outline().line_of(node));
                report.push_unreadable(trail, line, Fault::Shape { cause: error.message().trim().to_owned() });
            }
            if self.path.starts_with(&path) {
                return None;
            }
            self.left_out.push(path);
        }
    }

    /// Whether everything could be read so far.
    pub(super) fn is_whole(&self) -> bool {
        self.left_out.is_empty()
    }

    /// The table as it stands in the file, less what could not be read.
    pub(super) fn written(&self) -> Value {
        use serde::Deserialize as _;
        Value::deserialize(ValueDeserializer::from(self.rest())).expect("TOML is read from TOML")
    }

    fn rest(&self) -> Spanned<DeValue<'i>> {
        self.without(&self.path, self.table)
    }

    fn without(&self, path: &Path, value: &Spanned<DeValue<'i>>) -> Spanned<DeValue<'i>> {
        let at = |step: Step| path.iter().cloned().chain([step]).collect::<Path>();
        let rest = match value.get_ref() {
            DeValue::Table(table) => {
                let mut rest = DeTable::new();
                for (key, value) in table {
                    let path = at(Step::Key(key.get_ref().to_string()));
                    if !self.left_out.contains(&path) {
                        rest.insert(key.clone(), self.without(&path, value));
                    }
                }
                DeValue::Table(rest)
            }
            DeValue::Array(items) => {
                let mut rest = DeArray::new();
                for (index, item) in items.iter().enumerate() {
                    let path = at(Step::Index(index));
                    if !self.left_out.contains(&path) {
                        rest.push(self.without(&path, item));
                    }
                }
                DeValue::Array(rest)
            }
            other => other.clone(),
        };
        Spanned::new(value.span(), rest)
    }
}
