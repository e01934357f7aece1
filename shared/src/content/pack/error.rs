//! Why a pack was refused.

use crate::content::{Language, ToolId};

/// One fault of a pack. Each message names the file, the entry and the mend.
///
/// An entry is named by the ids on the way to it, such as `support/active/what-comes-first`; where an id is missing,
/// by its list and its place in it, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A folder of tools without the file that makes it a pack.
    #[error("{folder}: no pack.toml; add one with `id`, `version`, `languages` and a `[source]`")]
    NoManifest {
        /// The folder, as the paths have it.
        folder: String,
    },
    /// The file is not TOML; the source has the line.
    #[error("{file}: not TOML; mend the line that the cause shows")]
    Syntax {
        /// The file's path.
        file: String,
        /// What the parser met, with line and column.
        #[source]
        source: toml::de::Error,
    },
    /// A field is of the wrong type, or one without which nothing can be read is missing.
    #[error("{file}: `{entry}` cannot be read; mend the field that the cause names")]
    Shape {
        /// The file's path.
        file: String,
        /// The part, or the file's own head.
        entry: String,
        /// Which field, and what was expected there.
        #[source]
        source: toml::de::Error,
    },
    /// A key that the model does not have, often a slip of the keyboard.
    #[error("{file}: `{entry}` has a key `{key}` that means nothing here; mend its spelling or remove it")]
    UnknownKey {
        /// The file's path.
        file: String,
        /// The entry that holds the key.
        entry: String,
        /// The key.
        key: String,
    },
    /// A text is not there in a language that the pack promises.
    #[error(
        "{file}: `{entry}` has no text in `{language}`; write it, or take `{language}` out of the pack's `languages`"
    )]
    MissingText {
        /// The file's path.
        file: String,
        /// The text's entry.
        entry: String,
        /// The language it lacks.
        language: Language,
    },
    /// Something that must have an id has none.
    #[error("{file}: `{entry}` has no `id`; give it one of lower-case words with hyphens")]
    MissingId {
        /// The file's path.
        file: String,
        /// The entry, by list and place.
        entry: String,
    },
    /// An id is written in a form that keys and links do not have.
    #[error("{file}: the id `{id}` is not {form}; rename it")]
    BadId {
        /// The file's path.
        file: String,
        /// The id.
        id: String,
        /// What it should look like.
        form: &'static str,
    },
    /// Two entries of one tool bear the same id.
    #[error("{file}: the id `{id}` stands at `{first}` and again at `{second}`; give one of them another")]
    DuplicateId {
        /// The file's path.
        file: String,
        /// The id.
        id: String,
        /// The entry that has it first.
        first: String,
        /// The entry that has it again.
        second: String,
    },
    /// Two tools bear the same id.
    #[error("{file}: the tool `{tool}` is in {other} already; give one of them another id")]
    DuplicateTool {
        /// The file's path.
        file: String,
        /// The tool's id.
        tool: ToolId,
        /// The file or pack that has it first.
        other: String,
    },
    /// Two packs bear the same id.
    #[error("{file}: the pack `{id}` is in {other} already; give one of them another id")]
    DuplicatePack {
        /// The manifest's path.
        file: String,
        /// The pack's id.
        id: String,
        /// The manifest that has it first.
        other: String,
    },
    /// A list that must hold something is empty.
    #[error("{file}: `{entry}` has nothing under `{list}`; add at least one")]
    EmptyList {
        /// The file's path.
        file: String,
        /// The entry that has the list.
        entry: String,
        /// The list's key.
        list: &'static str,
    },
    /// Something that its kind asks for is not as it should be.
    #[error("{file}: `{entry}` needs {what}; content/README.md tells what each kind holds")]
    Needs {
        /// The file's path.
        file: String,
        /// The entry.
        entry: String,
        /// What it needs.
        what: &'static str,
    },
    /// Levels do not run from 1 upwards.
    #[error(
        "{file}: the levels of `{entry}` have the values {found:?}; list at least two, from 1 upwards without a gap"
    )]
    Levels {
        /// The file's path.
        file: String,
        /// The part.
        entry: String,
        /// The values in their order.
        found: Vec<u8>,
    },
    /// A role that no view knows.
    #[error("{file}: `{entry}` has `{key} = \"{role}\"`; use one of: {known}")]
    UnknownRole {
        /// The file's path.
        file: String,
        /// The column or prompt.
        entry: String,
        /// The key that holds it.
        key: &'static str,
        /// What stands there; empty if nothing does.
        role: String,
        /// What may stand there.
        known: String,
    },
    /// A role that must be there once is missing.
    #[error("{file}: `{entry}` has no column with `role = \"{role}\"`; add it")]
    MissingRole {
        /// The file's path.
        file: String,
        /// The part.
        entry: String,
        /// The role.
        role: &'static str,
    },
    /// A role that may be there once is there again.
    #[error("{file}: `{entry}` has the role `{role}` more than once under `{list}`; keep one")]
    RepeatedRole {
        /// The file's path.
        file: String,
        /// The part.
        entry: String,
        /// The list's key.
        list: &'static str,
        /// The role.
        role: &'static str,
    },
    /// A step names a phase that is not there.
    #[error("{file}: `{entry}` belongs to the phase `{phase}`, which is not under `phases`; add it or name another")]
    UnknownPhase {
        /// The file's path.
        file: String,
        /// The step.
        entry: String,
        /// The phase it names.
        phase: String,
    },
    /// A text is longer than its place on the screen.
    #[error("{file}: `{entry}` is {length} characters in `{language}`, at most {limit}; shorten it")]
    TooLong {
        /// The file's path.
        file: String,
        /// The text's entry.
        entry: String,
        /// The language it is too long in.
        language: Language,
        /// Its length, in UTF-16 code units.
        length: usize,
        /// The limit, in UTF-16 code units.
        limit: usize,
    },
    /// The source is not named, so that nobody could find the original.
    #[error("{file}: the source has no `{field}`; name it under `[source]`")]
    MissingSource {
        /// The file's path.
        file: String,
        /// The field of the source.
        field: &'static str,
    },
}
