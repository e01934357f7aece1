//! Finding tools by words, in both languages, however they are typed.

use std::rc::Rc;

use shared::content::{Language, Localized, Tool};

use super::words::{layer_word, theme_word};
use crate::texts::Texts;

/// Two ways in which a text is compared: `ø` as `oe` and as `o`, and so with `å` and `æ`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Folded([String; 2]);

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self(Default::default());
        for letter in text.chars().flat_map(char::to_lowercase) {
            let [long, short] = match letter {
                'æ' | 'ä' => ["ae", "a"],
                'ø' | 'ö' => ["oe", "o"],
                'å' => ["aa", "a"],
                'é' | 'è' | 'ê' | 'ë' => ["e", "e"],
                'ü' => ["ue", "u"],
                // An accent that is written by itself, as some devices do.
                '\u{300}'..='\u{36f}' | '\u{ad}' => ["", ""],
                other => {
                    folded.0.iter_mut().for_each(|text| text.push(other));
                    continue;
                }
            };
            folded.0[0].push_str(long);
            folded.0[1].push_str(short);
        }
        folded
    }

    /// Whether `word` stands in it, in any of the ways.
    fn has(&self, word: &Self) -> bool {
        self.0.iter().any(|text| word.0.iter().any(|word| text.contains(word.as_str())))
    }
}

/// Whether every one of the words that are sought stands in `text`, however they are typed.
#[must_use]
pub fn has_words(text: &str, sought: &str) -> bool {
    let text = Folded::new(text);
    sought.split_whitespace().map(Folded::new).all(|word| text.has(&word))
}

/// What tools are found by. Made once for a library, asked with every letter.
#[derive(Debug, PartialEq, Eq)]
pub struct SearchIndex(Vec<Searched>);

#[derive(Debug, PartialEq, Eq)]
struct Searched {
    /// What it is called.
    title: Folded,
    /// Whatever else it says of itself.
    all: Folded,
}

impl SearchIndex {
    /// An index of `tools`, in their order.
    #[must_use]
    pub fn new(tools: &[Rc<Tool>]) -> Self {
        Self(tools.iter().map(|tool| Searched::new(tool)).collect())
    }

    /// The places of the tools that have every word of `words`: first those that are called so, each in their order.
    #[must_use]
    pub fn find(&self, words: &str) -> Vec<usize> {
        let words: Vec<Folded> = words.split_whitespace().map(Folded::new).collect();
        let is_in = |text: &Folded| words.iter().all(|word| text.has(word));
        let mut found: Vec<usize> = (0..self.0.len()).filter(|place| is_in(&self.0[*place].all)).collect();
        found.sort_by_key(|place| !is_in(&self.0[*place].title));
        found
    }
}

impl Searched {
    fn new(tool: &Tool) -> Self {
        let mut title = tool.id.to_string();
        let both = |text: &mut String, said: &Localized| {
            Language::ALL.iter().for_each(|language| text.extend([" ", said.get(*language)]));
        };
        both(&mut title, &tool.title);
        both(&mut title, &tool.short_title);
        let mut all = title.clone();
        both(&mut all, &tool.summary);
        let parts = tool.parts.iter().filter_map(|part| part.title.as_ref());
        tool.purpose.iter().chain(parts).for_each(|said| both(&mut all, said));
        for texts in Language::ALL.map(Texts::new) {
            tool.themes.iter().for_each(|theme| all.extend([" ", texts.get(theme_word(*theme))]));
            tool.layers.iter().for_each(|layer| all.extend([" ", texts.get(layer_word(*layer))]));
        }
        Self { title: Folded::new(&title), all: Folded::new(&all) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use shared::content::{Audience, Source, Theme};

    use super::*;

    /// A tool that is called `title` and is about `summary`, in Danish and English.
    pub(crate) fn tool(id: &str, title: [&str; 2], summary: [&str; 2]) -> Tool {
        let text = |[da, en]: [&str; 2]| Localized { da: da.to_owned(), en: en.to_owned() };
        Tool {
            id: id.into(),
            title: text(title),
            short_title: text(title),
            summary: text(summary),
            minutes: 20,
            audience: Audience::Group,
            purpose: None,
            parts: Vec::new(),
            source: Source::default(),
            also: Vec::new(),
            themes: vec![Theme::Balance],
            layers: Vec::new(),
            actions: false,
            people: None,
        }
    }

    #[test]
    fn tools_are_found_in_both_languages_however_they_are_typed() {
        let tools = [
            tool(
                "A1",
                ["Social støtte", "Social support"],
                ["Kan I regne med hinanden?", "Can you count on each other?"],
            ),
            tool("E9", ["Sådan går det", "How it goes"], ["Ærlig snak om støtte", "Honest talk"]),
        ];
        let index = SearchIndex::new(&tools.map(Rc::new));
        for words in ["støtte", "STØTTE", "stoette", "stotte", "sto\u{308}tte"] {
            assert_eq!(index.find(words), [0, 1], "{words}");
        }
        for words in ["sådan", "saadan", "sadan", "sa\u{30a}dan", "ærlig", "aerlig", "honest", "e9", "goes snak"] {
            assert_eq!(index.find(words), [1], "{words}");
        }
        assert_eq!(index.find("count hinanden"), [0]);
        assert_eq!(index.find("ressourcer"), [0, 1], "by what it is about");
        assert_eq!(index.find("talk støtte"), [1]);
        assert_eq!(index.find("  "), [0, 1]);
        assert!(index.find("støtte vejret").is_empty());
    }

    #[test]
    fn those_that_are_called_so_come_first() {
        let tools = [
            tool("A1", ["Ro", "Calm"], ["Om stress", "On stress"]),
            tool("A2", ["Stress", "Stress"], ["Ro på", "Calm down"]),
        ];
        assert_eq!(SearchIndex::new(&tools.map(Rc::new)).find("stress"), [1, 0]);
    }
}
