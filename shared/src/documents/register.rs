//! Values that only one can hold, with all that were written while apart.

use automerge::{Automerge, ObjId, ReadDoc, ScalarValue, Value};

use super::EntryId;

/// All values under a key: none yet, one, or several that met and wait for someone to settle them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register<T>(Vec<T>);

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Register<T> {
    /// Makes a register out of values; those that are the same count once, as the first of them.
    fn distinct(values: Vec<T>, is_same: impl Fn(&T, &T) -> bool) -> Self {
        let mut kept: Vec<T> = Vec::new();
        for value in values {
            if !kept.iter().any(|other| is_same(other, &value)) {
                kept.push(value);
            }
        }
        Self(kept)
    }
}

impl<T> Register<T> {
    /// All values; more than one is to be shown as such.
    #[must_use]
    pub fn values(&self) -> &[T] {
        &self.0
    }

    /// The value, if there is exactly one.
    #[must_use]
    pub fn settled(&self) -> Option<&T> {
        match self.0.as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }

    /// Whether several values met.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.0.len() > 1
    }

    /// Whether nothing was ever written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A value with who set it and when, as one scalar, so that the three can never be mixed from two writers.
///
/// Text form: `at;by;value`, `at` in milliseconds since 1970, `by` empty when nobody in particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped<T> {
    /// The value.
    pub value: T,
    /// Who set it, if they are on the board as a person.
    pub by: Option<EntryId>,
    /// When, by the clock of who set it, in milliseconds since 1970.
    pub at: i64,
}

impl<T: ToString> Stamped<T> {
    pub(super) fn to_scalar(&self) -> String {
        let by = self.by.map(|id| id.to_string()).unwrap_or_default();
        format!("{};{by};{}", self.at, self.value.to_string())
    }
}

impl Stamped<String> {
    fn parse(text: &str) -> Option<Self> {
        let (at, rest) = text.split_once(';')?;
        let (by, value) = rest.split_once(';')?;
        Some(Self { value: value.to_owned(), by: by.parse().ok(), at: at.parse().ok()? })
    }
}

impl<T> Stamped<T> {
    fn try_map<U>(self, map: impl FnOnce(T) -> Option<U>) -> Option<Stamped<U>> {
        Some(Stamped { value: map(self.value)?, by: self.by, at: self.at })
    }
}

/// Reads all scalars under `key` that `parse` takes; counts the others in `skipped`.
pub(super) fn all<T: PartialEq>(
    doc: &Automerge,
    obj: &ObjId,
    key: &str,
    skipped: &mut usize,
    parse: impl Fn(&ScalarValue) -> Option<T>,
) -> Register<T> {
    Register::distinct(read_all(doc, obj, key, skipped, parse), T::eq)
}

/// Reads all stamped values under `key` that `parse` takes; counts the others in `skipped`.
///
/// Two who said the same while apart agree: it counts once, as said by the first of them.
pub(super) fn all_stamped<T: PartialEq>(
    doc: &Automerge,
    obj: &ObjId,
    key: &str,
    skipped: &mut usize,
    parse: impl Fn(String) -> Option<T>,
) -> Register<Stamped<T>> {
    let stamped = |scalar: &ScalarValue| Stamped::parse(scalar.as_str()?)?.try_map(&parse);
    let mut values = read_all(doc, obj, key, skipped, stamped);
    values.sort_by_key(|stamped| (stamped.at, stamped.by));
    Register::distinct(values, |one, other| one.value == other.value)
}

fn read_all<T>(
    doc: &Automerge,
    obj: &ObjId,
    key: &str,
    skipped: &mut usize,
    parse: impl Fn(&ScalarValue) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    for (value, _) in doc.get_all(obj, key).unwrap_or_default() {
        let parsed = match value {
            Value::Scalar(scalar) => parse(&scalar),
            Value::Object(_) => None,
        };
        match parsed {
            Some(value) => values.push(value),
            None => *skipped += 1,
        }
    }
    values
}
