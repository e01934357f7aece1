//! Cards: a deck that is gone through card by card, with questions to answer and tasks to take.

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::{Entry, EntryId, Localized};

/// A deck.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Cards {
    /// What the cards are ordered by, such as layer and stage; empty if they are not.
    #[n(0)]
    pub axes: Vec<Axis>,
    /// The cards, in the order of the deck.
    #[n(1)]
    pub cards: Vec<Card>,
}

/// Something that cards are ordered by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Axis {
    /// Names the axis.
    #[n(0)]
    pub id: EntryId,
    /// What it is called.
    #[n(1)]
    pub title: Localized,
    /// Its values, in order.
    #[n(2)]
    pub values: Vec<Entry>,
}

/// One card.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
pub struct Card {
    /// Names the card.
    #[n(0)]
    pub id: EntryId,
    /// What it is about.
    #[n(1)]
    pub title: Localized,
    /// The value it has on each axis, by the axis' id.
    #[n(2)]
    pub place: BTreeMap<String, EntryId>,
    /// What matters, to read first.
    #[n(3)]
    pub text: Vec<Entry>,
    /// What is to be reached.
    #[n(4)]
    pub goals: Vec<Entry>,
    /// What somebody takes on.
    #[n(5)]
    pub tasks: Vec<Entry>,
    /// What the group answers.
    #[n(6)]
    pub questions: Vec<Entry>,
}
