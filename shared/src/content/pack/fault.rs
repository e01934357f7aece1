//! What is wrong with a pack, told to whoever writes it.

use std::fmt;
use std::sync::LazyLock;

use serde::Serialize;
use toml::{Table, Value};

use crate::content::{Language, Localized, PackId, ToolId};

/// The words of every fault, by its code; `{…}` is filled in.
static WORDS: LazyLock<Table> =
    LazyLock::new(|| include_str!("faults.toml").parse().expect("a test of this file reads the words"));

/// One fault of a pack. Its words name the file, the line, the entry and the mend.
///
/// An entry is named by the ids on the way to it, such as `support/active/what-comes-first`; where an id is missing,
/// by its list and its place in it, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    /// The file's path as it was given.
    pub file: String,
    /// The line, from 1; `None` if the fault is the whole file's.
    pub line: Option<usize>,
    /// The entry; empty for the file's head.
    pub entry: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with an entry or a file. How each is told, with its mend, stands in `faults.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "each field fills the place of its name in the words")]
pub enum Fault {
    /// A folder of tools without the file that makes it a pack.
    NoManifest,
    /// A file or folder that the system does not give.
    Unreadable { cause: String },
    /// The file is not TOML.
    Syntax { cause: String },
    /// A value is of the wrong type, or one without which nothing can be read is missing.
    Shape { cause: String },
    /// Something without which the rest means nothing.
    MissingKey { key: &'static str },
    /// A key that the model does not have, often a slip of the keyboard.
    UnknownKey { key: String },
    /// A part of a kind that there is not.
    UnknownKind { kind: String, known: String },
    /// A text is not there in a language that the pack promises.
    MissingText { language: Language },
    /// Something that must have an id has none.
    MissingId,
    /// The id of a pack or an entry has letters that it must not have, or too many.
    BadId { id: String },
    /// The id of a tool has letters that it must not have.
    BadToolId { id: String },
    /// Two entries of one tool bear the same id.
    DuplicateId { id: String, first: String, line: usize },
    /// Two tools bear the same id.
    DuplicateTool { tool: ToolId, other: String },
    /// Two packs bear the same id.
    DuplicatePack { pack: PackId, other: String },
    /// The tool's id is that of one that comes with Dialogtavle.
    ShippedTool { tool: ToolId },
    /// The pack's id is that of one that comes with Dialogtavle.
    ShippedPack { pack: PackId },
    /// A list that must hold something is empty.
    EmptyList { list: &'static str },
    /// The pack has no number that could rise.
    Version,
    /// The tool takes no time.
    Minutes,
    /// Not a number of people, or the most is less than the fewest.
    People,
    /// A programme names a tool that is not there.
    NoSuchTool { tool: ToolId },
    /// A programme plans a tool to take no time or more than a day, or to be taken too often.
    Planned { tool: ToolId, minutes: u16, times: u8 },
    /// A part that only several can fill in, in a tool that is one's own.
    NotAlone { kind: &'static str },
    /// A card is not at one value of each axis.
    CardPlace,
    /// A card holds nothing.
    CardEmpty,
    /// A balance has not its two pans.
    Sides,
    /// A mark for the entries of a side that is not there.
    FollowUpSide,
    /// A table without rows.
    GridRows,
    /// Choices are missing, or stand where nothing is chosen.
    Choices,
    /// A level has no ends.
    LevelEnds,
    /// Not four quadrants, each pair of ends once.
    Quadrants,
    /// A scale without length.
    ScaleEnds,
    /// A stretch that is not on its scale.
    Band,
    /// A section holds nothing.
    SectionEmpty,
    /// A curve of a single point.
    Months,
    /// Levels do not run from 1 upwards.
    Levels { found: Vec<u8> },
    /// A column that must be there is missing.
    MissingRole { role: &'static str },
    /// A role that may be there once is there again.
    RepeatedRole { list: &'static str, role: &'static str },
    /// A step names a phase that is not there.
    UnknownPhase { phase: String },
    /// A text is longer than its place on the screen; lengths in UTF-16 code units.
    TooLong { language: Language, length: usize, limit: usize },
    /// The tool does not fit into a workshop.
    TooLarge { bytes: usize, limit: usize },
    /// The source is not named, so that nobody could find the original.
    MissingSource { field: &'static str },
}

impl PackError {
    /// The whole line for a person: where it is, what is wrong, and the mend.
    #[must_use]
    pub fn told(&self, language: Language) -> String {
        format!("{}: {}", self.place(), self.text(language))
    }

    /// The file, and the line if it is one's.
    #[must_use]
    pub fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }

    /// What is wrong, and the mend.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let values = Table::try_from(&self.fault).expect("a fault has only values that TOML has");
        let code = values.get("code").and_then(Value::as_str).unwrap_or_default();
        let entry =
            if self.entry.is_empty() { words("head").get(language).to_owned() } else { format!("`{}`", self.entry) };
        let text = words(code).get(language).replace("{entry}", &entry);
        values.iter().fold(text, |text, (name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.replace(&format!("{{{name}}}"), &value)
        })
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(Language::English))
    }
}

impl std::error::Error for PackError {}

fn words(code: &str) -> Localized {
    WORDS.get(code).and_then(|words| words.clone().try_into().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places that are filled in.
    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<_> = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    #[test]
    fn every_fault_has_words_in_both_languages_with_the_same_values() {
        for (code, _) in WORDS.iter() {
            let Localized { da, en } = words(code);
            assert!(!da.is_empty() && !en.is_empty() && da != en, "{code}");
            assert_eq!(places(&da), places(&en), "{code}");
        }
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_all_its_values() {
        let fault = Fault::TooLong { language: Language::Danish, length: 33, limit: 24 };
        let error = PackError { file: "own/n1.toml".into(), line: Some(7), entry: "short_title".into(), fault };
        assert_eq!(error.to_string(), "own/n1.toml:7: `short_title` is 33 characters in `da`, at most 24; shorten it");
        let levels =
            PackError { line: None, entry: String::new(), fault: Fault::Levels { found: vec![1, 3] }, ..error };
        assert!(levels.told(Language::Danish).starts_with("own/n1.toml: trinene i filens hoved har tallene [1, 3]"));
    }
}
