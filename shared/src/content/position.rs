//! The position: a marker at one of the named stages of a drawing, with why.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// A drawing with named stages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Position {
    /// What is drawn.
    #[n(0)]
    pub shape: Shape,
    /// What is asked.
    #[n(1)]
    pub question: Localized,
    /// Asks why one stands there.
    #[n(2)]
    pub why_prompt: Localized,
    /// The stages, in order.
    #[n(3)]
    pub stages: Vec<Stage>,
}

/// A stage, corner or course.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Stage {
    /// Names the stage.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Localized,
    /// What marks it.
    #[n(2)]
    pub text: Vec<Entry>,
    /// What one says there.
    #[n(3)]
    pub says: Vec<Entry>,
    /// What one thinks there, each beside what one says.
    #[n(4)]
    pub thinks: Vec<Entry>,
}

/// What is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum Shape {
    /// Stages that lead down and in.
    #[default]
    #[n(0)]
    Spiral,
    /// Three corners.
    #[n(1)]
    Triangle,
    /// Three courses side by side.
    #[n(2)]
    Courses,
}
