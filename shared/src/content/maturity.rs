//! The maturity table: levels in order, and the questions where we are now and where we want to be.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Longest gist of a level, in UTF-16 code units: one line of the projector's ladder.
pub const GIST: usize = 40;

/// A ladder of levels with a column on each side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Maturity {
    /// What the factor means.
    #[n(0)]
    pub definition: Vec<Entry>,
    /// What follows when it is missing.
    #[n(1)]
    pub consequences: Vec<Entry>,
    /// From the lowest, value 1, upwards without a gap.
    #[n(2)]
    pub levels: Vec<Level>,
    /// One for each [`ColumnRole`], in the order they are asked.
    #[n(3)]
    pub columns: Vec<Column>,
    /// What is asked beside a column, at most one of each [`PromptRole`], in the order they are asked.
    #[n(4)]
    pub prompts: Vec<Prompt>,
}

impl Maturity {
    /// The level with `value`.
    #[must_use]
    pub fn level(&self, value: u8) -> Option<&Level> {
        self.levels.iter().find(|level| level.value == value)
    }

    /// The column in `role`.
    #[must_use]
    pub fn column(&self, role: ColumnRole) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == role)
    }

    /// The prompt in `role`, if the tool asks it.
    #[must_use]
    pub fn prompt(&self, role: PromptRole) -> Option<&Prompt> {
        self.prompts.iter().find(|prompt| prompt.role == role)
    }

    /// The prompts that belong to `column`, in order.
    pub fn prompts_of(&self, column: ColumnRole) -> impl Iterator<Item = &Prompt> {
        self.prompts.iter().filter(move |prompt| prompt.column == column)
    }
}

/// One rung of the ladder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Level {
    /// Its number, from 1.
    #[n(0)]
    pub value: u8,
    /// Names the level.
    #[n(1)]
    pub id: EntryId,
    /// What it is called.
    #[n(2)]
    pub name: Localized,
    /// It in a few words, for the projector; at most [`GIST`].
    #[n(3)]
    pub gist: Localized,
    /// What one sees at a work-place on this level.
    #[n(4)]
    pub characteristics: Vec<Entry>,
}

/// A question that each participant answers with a level.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Column {
    /// Which of the two it is.
    #[n(0)]
    pub role: ColumnRole,
    /// The question.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(1)]
    pub title: Localized,
    /// A helping line under it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(2)]
    pub hint: Localized,
    /// Asks for a concrete example of the chosen level.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(3)]
    pub example_prompt: Localized,
}

/// What a column asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum ColumnRole {
    /// Where the group is.
    #[n(0)]
    Now,
    /// Where it wants to be.
    #[n(1)]
    Ambition,
}

impl ColumnRole {
    /// Both, as they are asked.
    pub const ALL: [Self; 2] = [Self::Now, Self::Ambition];

    /// The word that stands under `role` in packs and in documents' keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Ambition => "ambition",
        }
    }

    /// The role that `code` stands for.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A question that goes with a column and is answered in words.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Prompt {
    /// Names the prompt.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(0)]
    pub id: EntryId,
    /// Which question it is, since each is answered and drawn in its own way.
    #[n(1)]
    pub role: PromptRole,
    /// The column it goes with.
    #[n(2)]
    pub column: ColumnRole,
    /// The question.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(3)]
    pub title: Localized,
    /// A helping line under it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(4)]
    pub hint: Localized,
    /// An example of an answer, shown in the empty field.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(5)]
    pub placeholder: Localized,
}

/// What a prompt asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum PromptRole {
    /// What stands in the way.
    #[n(0)]
    Obstacles,
    /// How people will notice that they got there.
    #[n(1)]
    Signs,
    /// When they want to be there.
    #[n(2)]
    TimeFrame,
}

impl PromptRole {
    /// Every role, in the order they are asked.
    pub const ALL: [Self; 3] = [Self::Obstacles, Self::Signs, Self::TimeFrame];

    /// The word that stands under `role` in packs and in documents' keys.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Obstacles => "obstacles",
            Self::Signs => "signs",
            Self::TimeFrame => "time-frame",
        }
    }

    /// The role that `code` stands for.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
