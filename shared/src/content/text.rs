//! Text that a person reads, in each of the languages.

use minicbor::{Decode, Encode};

use super::EntryId;

/// A language that people read the app and its content in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Language {
    /// Danish: what everything is written in first.
    #[default]
    #[cfg_attr(feature = "serde", serde(rename = "da"))]
    #[n(0)]
    Danish,
    /// English: a translation of the Danish.
    #[cfg_attr(feature = "serde", serde(rename = "en"))]
    #[n(1)]
    English,
}

impl Language {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// The code of ISO 639-1, as in packs, documents and the page's `lang`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    /// The language of `code`, which may carry a region (`en-GB`), in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| language.code().eq_ignore_ascii_case(primary))
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// One text in each language.
///
/// A language that is absent reads as empty; a pack that promises it is then refused at load.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Localized {
    /// The Danish text.
    #[n(0)]
    pub da: String,
    /// The English text.
    #[n(1)]
    pub en: String,
}

impl Localized {
    /// The text in `language`, or in another one when the pack has none in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let wanted = self.exact(language);
        if wanted.is_empty() {
            Language::ALL.into_iter().map(|other| self.exact(other)).find(|text| !text.is_empty()).unwrap_or_default()
        } else {
            wanted
        }
    }

    /// The text in `language` alone, empty when the pack has none.
    #[must_use]
    pub fn exact(&self, language: Language) -> &str {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

/// One line of a tool: a characteristic, a task, a paragraph.
///
/// In a pack its languages stand beside its id: `{ id = "close-contact", da = "…", en = "…" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Names the line, unique in its tool.
    #[n(0)]
    pub id: EntryId,
    /// What it says.
    #[cfg_attr(feature = "serde", serde(flatten))]
    #[n(1)]
    pub text: Localized,
    /// Whether it is ours and not the source's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    #[n(2)]
    pub ours: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_with_its_region() {
        assert_eq!(Language::from_code("en-GB"), Some(Language::English));
        assert_eq!(Language::from_code("DA"), Some(Language::Danish));
        assert_eq!(Language::from_code("sv"), None);
        assert_eq!(Language::from_code(""), None);
    }

    #[test]
    fn a_text_without_the_wanted_language_is_read_in_the_other() {
        let text = Localized { da: "støtte".into(), en: String::new() };
        assert_eq!(text.get(Language::English), "støtte");
        assert_eq!(text.exact(Language::English), "");
    }
}
