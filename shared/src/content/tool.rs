//! A dialog table as a whole: what it is called, whom it is for, and the parts it is made of.

use minicbor::{Decode, Encode};

use super::{Agenda, EntryId, Localized, Maturity, Reference, ToolId};

/// Longest short title, in UTF-16 code units: what a phone's header holds in one line.
pub const SHORT_TITLE: usize = 24;

/// A dialog table with everything needed to show it, whole in itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Tool {
    /// The inventory's name for it, such as `A1`.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(0)]
    pub id: ToolId,
    /// Full title, as on the projector.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(1)]
    pub title: Localized,
    /// Title for a phone's header, at most [`SHORT_TITLE`].
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(2)]
    pub short_title: Localized,
    /// One or two lines for the library.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(3)]
    pub summary: Localized,
    /// How long a group needs together, in minutes.
    #[n(4)]
    pub minutes: u16,
    /// Who fills it in.
    #[n(5)]
    pub audience: Audience,
    /// What it is good for, to read before choosing it.
    #[n(6)]
    pub purpose: Option<Localized>,
    /// What it consists of, in the order it is gone through.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(7)]
    pub parts: Vec<Part>,
    /// Where the original is found: the pack's own source, unless the tool names another.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(8)]
    pub source: Source,
}

impl Tool {
    /// The part named `id`.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| *part.id() == id)
    }

    /// The kinds of its parts, in order, each once.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for part in &self.parts {
            if !kinds.contains(&part.kind()) {
                kinds.push(part.kind());
            }
        }
        kinds
    }
}

/// Who fills a tool in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
#[cbor(index_only)]
pub enum Audience {
    /// A work-place group, together.
    #[n(0)]
    Group,
    /// One person, alone; it stays on the device unless its writer shares it.
    #[n(1)]
    Own,
    /// Leaders.
    #[n(2)]
    Leader,
    /// The whole organisation.
    #[n(3)]
    Organisation,
}

/// Where a tool's original is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Source {
    /// The document's title, in its own language.
    #[n(0)]
    pub title: String,
    /// Who published it.
    #[n(1)]
    pub publisher: String,
    /// Its web address, where the source gives one.
    #[n(2)]
    pub url: Option<String>,
    /// How this text relates to the original, and what may be done with it.
    #[n(3)]
    pub licence_note: Option<Localized>,
}

/// One part of a tool, by kind. In a pack the key `kind` tells which, in bytes a number.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "kebab-case")
)]
#[cbor(flat)]
pub enum Part {
    /// Ordered levels, on which the group places now and ambition.
    #[n(0)]
    Maturity(#[n(0)] Maturity),
    /// Steps of a meeting, with minutes.
    #[n(1)]
    Agenda(#[n(0)] Agenda),
    /// Text to read.
    #[n(2)]
    Reference(#[n(0)] Reference),
}

impl Part {
    /// Names the part, unique in its tool.
    #[must_use]
    pub fn id(&self) -> &EntryId {
        match self {
            Self::Maturity(maturity) => &maturity.id,
            Self::Agenda(agenda) => &agenda.id,
            Self::Reference(reference) => &reference.id,
        }
    }

    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Maturity(_) => Kind::Maturity,
            Self::Agenda(_) => Kind::Agenda,
            Self::Reference(_) => Kind::Reference,
        }
    }
}

/// The kinds of part that this version knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// See [`Maturity`].
    Maturity,
    /// See [`Agenda`].
    Agenda,
    /// See [`Reference`].
    Reference,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Maturity, Self::Agenda, Self::Reference];

    /// The word that stands under `kind` in packs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Maturity => "maturity",
            Self::Agenda => "agenda",
            Self::Reference => "reference",
        }
    }
}
