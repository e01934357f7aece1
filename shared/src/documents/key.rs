//! Keys: where an answer belongs.

use std::fmt;
use std::str::FromStr;

/// A random id of an entry, a person or a tool instance. Text form: 22 or fewer characters of base58.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId([u8; 16]);

impl EntryId {
    /// Makes an id out of 16 random bytes; the caller answers for their randomness.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The id that comes of this one and another, as random as the more random of the two: one action's id gives so each
    /// of the entries that it makes an id.
    #[must_use]
    pub fn mixed_with(self, other: Self) -> Self {
        let mut bytes = self.0;
        bytes.iter_mut().zip(other.0).for_each(|(byte, other)| *byte ^= other);
        Self(bytes)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).into_string())
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EntryId({self})")
    }
}

/// A text that is no entry id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an entry id")]
pub struct EntryIdError;

impl FromStr for EntryId {
    type Err = EntryIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 22 {
            return Err(EntryIdError);
        }
        let bytes = bs58::decode(text).into_vec().map_err(|_| EntryIdError)?;
        Ok(Self(bytes.try_into().map_err(|_| EntryIdError)?))
    }
}

/// Names a field of a tool: the part's id and what is asked there, `levels.now`. Letters, digits, `.`, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldId(String);

impl FieldId {
    /// Longest field, in characters: room for the ids of a part, a row and a column, and what keeps them apart.
    const LONGEST: usize = 160;

    /// The field `name` of the part `part`. Characters that a key cannot hold become `_`.
    #[must_use]
    pub fn new(part: &str, name: &str) -> Self {
        let clean = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') { c } else { '_' };
        Self(format!("{}.{}", part.chars().map(clean).collect::<String>(), name.chars().map(clean).collect::<String>()))
    }

    /// The field's text form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is asked there, if it is a field of the part `part`.
    #[must_use]
    pub fn name_in(&self, part: &str) -> Option<&str> {
        self.0.strip_prefix(Self::new(part, "").as_str())
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        (!text.is_empty() && text.len() <= Self::LONGEST && text.chars().all(allowed)).then(|| Self(text.to_owned()))
    }
}

/// One dimension of a key: one of many, or all of them together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// Common to all.
    #[default]
    All,
    /// One group, site, round or person.
    One(EntryId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::One(id) => id.fmt(f),
        }
    }
}

impl Scope {
    fn parse(text: &str) -> Option<Self> {
        if text == "all" { Some(Self::All) } else { text.parse().ok().map(Self::One) }
    }
}

/// Where an answer belongs, in all dimensions. Three groups' answers are three answers, not a conflict.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The tool instance.
    pub tool: EntryId,
    /// The field of the tool.
    pub field: FieldId,
    /// The group or site.
    pub group: Scope,
    /// The round.
    pub round: Scope,
    /// The person.
    pub participant: Scope,
}

impl AnswerKey {
    /// The one answer of the whole workshop.
    #[must_use]
    pub fn shared(tool: EntryId, field: FieldId) -> Self {
        Self { tool, field, group: Scope::All, round: Scope::All, participant: Scope::All }
    }

    /// One person's own answer.
    #[must_use]
    pub fn personal(tool: EntryId, field: FieldId, participant: EntryId) -> Self {
        Self { participant: Scope::One(participant), ..Self::shared(tool, field) }
    }
}

impl fmt::Display for AnswerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tool, field, group, round, participant } = self;
        write!(f, "{tool}/{}/{group}/{round}/{participant}", field.as_str())
    }
}

impl FromStr for AnswerKey {
    type Err = EntryIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('/');
        let mut next = || parts.next().ok_or(EntryIdError);
        let tool = next()?.parse()?;
        let field = FieldId::parse(next()?).ok_or(EntryIdError)?;
        let mut scope = || Scope::parse(next()?).ok_or(EntryIdError);
        let key = Self { tool, field, group: scope()?, round: scope()?, participant: scope()? };
        if parts.next().is_some() { Err(EntryIdError) } else { Ok(key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_in_all_its_dimensions() {
        let id = |n| EntryId::from_random([n; 16]);
        let shared = AnswerKey::shared(id(1), FieldId::new("levels", "now"));
        let key = AnswerKey { group: Scope::One(id(2)), participant: Scope::One(id(3)), ..shared };
        assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn nonsense_is_no_key() {
        for text in ["", "a", "a/b/c/d/e", "////", &"x/".repeat(5000)] {
            assert_eq!(text.parse::<AnswerKey>(), Err(EntryIdError), "{text:.20}");
        }
    }
}
