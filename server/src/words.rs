//! What the relay says to people, out of `words/words.toml`.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::LazyLock;

use serde::Deserialize;
use shared::content::{Language, Localized};

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../words/words.toml")).expect("the embedded words are read by a test of this file")
});

/// All words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    /// What went wrong, by its code.
    pub(crate) problem: BTreeMap<String, ProblemWords>,
    /// What stands in the terminal.
    pub(crate) terminal: TerminalWords,
    /// What stops a command, by its code.
    pub(crate) error: BTreeMap<String, Localized>,
    /// What `dialogtavle check` finds, by its code.
    pub(crate) check: BTreeMap<String, Localized>,
    /// The roles.
    pub(crate) role: BTreeMap<String, Localized>,
}

/// What went wrong, and how to mend it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProblemWords {
    pub(crate) message: Localized,
    pub(crate) mend: Localized,
}

/// What stands in the terminal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TerminalWords {
    pub(crate) demo: Localized,
    pub(crate) demo_title: Localized,
    pub(crate) scan: Localized,
    pub(crate) network: Localized,
    pub(crate) no_network: Localized,
    pub(crate) no_address: Localized,
    pub(crate) no_https: Localized,
    pub(crate) create_open: Localized,
    pub(crate) create_token: Localized,
    pub(crate) create_none: Localized,
    pub(crate) not_taken_up: Localized,
    pub(crate) ask_delete: Localized,
    pub(crate) kept: Localized,
    pub(crate) deleted: Localized,
    pub(crate) compacted: Localized,
    pub(crate) packs_left_out: Localized,
    pub(crate) packs_none: Localized,
    pub(crate) packs_sound: Localized,
    pub(crate) packs_faulty: Localized,
    pub(crate) pack_begun: Localized,
    pub(crate) error: Localized,
}

/// The relay's words.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

/// Both languages beside each other, as the terminal shows them.
pub(crate) fn both(text: &Localized) -> String {
    format!("{} · {}", text.da, text.en)
}

/// The text with each `{name}` filled in.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// What stops a command, in both languages; `values` fill its text.
pub(crate) fn error(code: &str, values: &[(&str, &dyn Display)]) -> String {
    filled(&words().error, code, values)
}

/// What `dialogtavle check` finds, in both languages; `values` fill its text.
pub(crate) fn check(code: &str, values: &[(&str, &dyn Display)]) -> String {
    filled(&words().check, code, values)
}

fn filled(texts: &BTreeMap<String, Localized>, code: &str, values: &[(&str, &dyn Display)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.to_string())).collect();
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.get(code).map(|text| fill(&both(text), &values)).unwrap_or_default()
}

/// What went wrong and how to mend it, in both languages; `values` fill its text.
pub(crate) fn problem(code: &str, values: &[(&str, String)]) -> String {
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let Some(ProblemWords { message, mend }) = words().problem.get(code) else { return String::new() };
    fill(&format!("{} {} · {} {}", message.da, mend.da, message.en, mend.en), &values)
}

/// The language that a browser asks for first among those there are; Danish where it says nothing.
pub(crate) fn preferred(accept_language: &str) -> Language {
    accept_language
        .split(',')
        .filter_map(|item| Language::from_code(item.split(';').next().unwrap_or_default().trim()))
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_both_languages() {
        let table: toml::Table = toml::from_str(include_str!("../words/words.toml")).unwrap();
        fn check(path: &str, value: &toml::Value) {
            let toml::Value::Table(table) = value else { panic!("{path} is no text") };
            if table.contains_key("da") || table.contains_key("en") {
                for language in Language::ALL {
                    let text = table.get(language.code()).and_then(toml::Value::as_str).unwrap_or_default();
                    assert!(!text.is_empty(), "{path} has no {language}");
                }
            } else {
                table.iter().for_each(|(key, value)| check(&format!("{path}.{key}"), value));
            }
        }
        check("", &toml::Value::Table(table));
        assert!(words().role.contains_key("projector"));
    }

    #[test]
    fn the_language_is_the_first_that_there_is() {
        assert_eq!(preferred("de, en-GB;q=0.8, da;q=0.5"), Language::English);
        assert_eq!(preferred(""), Language::Danish);
    }
}
