//! The matrix: notes in four quadrants of two axes.

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// Two axes and what lies between them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Matrix {
    /// From left to right.
    #[n(0)]
    pub x: MatrixAxis,
    /// From the bottom to the top.
    #[n(1)]
    pub y: MatrixAxis,
    /// The four, each pair of ends once.
    #[n(2)]
    pub quadrants: Vec<Quadrant>,
}

/// One axis.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct MatrixAxis {
    /// What it measures.
    #[n(0)]
    pub title: Localized,
    /// What its lower end is called.
    #[n(1)]
    pub low: Localized,
    /// What its upper end is called.
    #[n(2)]
    pub high: Localized,
}

/// One of the four.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Quadrant {
    /// Names the quadrant.
    #[n(0)]
    pub id: EntryId,
    /// Which end of the first axis.
    #[n(1)]
    pub x: End,
    /// Which end of the second axis.
    #[n(2)]
    pub y: End,
    /// What it is called.
    #[n(3)]
    pub title: Localized,
    /// A helping line under it.
    #[n(4)]
    pub hint: Localized,
    /// What may lie there.
    #[n(5)]
    pub examples: Vec<Entry>,
}

/// An end of an axis.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
#[cbor(index_only)]
pub enum End {
    /// Left, or the bottom.
    #[default]
    #[n(0)]
    Low,
    /// Right, or the top.
    #[n(1)]
    High,
}
