//! A dialog table as a whole: what it is called, whom it is for, and the parts it is made of.

use serde::{Deserialize, Serialize};

use super::{Agenda, EntryId, Localized, Maturity, Reference, ToolId};

/// Longest short title, in UTF-16 code units: what a phone's header holds in one line.
pub const SHORT_TITLE: usize = 24;

/// A dialog table with everything needed to show it, whole in itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// The inventory's name for it, such as `A1`.
    #[serde(default)]
    pub id: ToolId,
    /// Full title, as on the projector.
    #[serde(default)]
    pub title: Localized,
    /// Title for a phone's header, at most [`SHORT_TITLE`].
    #[serde(default)]
    pub short_title: Localized,
    /// One or two lines for the library.
    #[serde(default)]
    pub summary: Localized,
    /// How long a group needs together, in minutes.
    pub minutes: u16,
    /// Who fills it in.
    pub audience: Audience,
    /// What it is good for, to read before choosing it.
    pub purpose: Option<Localized>,
    /// What it consists of, in the order it is gone through.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Where the original is found: the pack's own source, unless the tool names another.
    #[serde(default)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// A work-place group, together.
    Group,
    /// One person, alone; it stays on the device unless its writer shares it.
    Own,
    /// Leaders.
    Leader,
    /// The whole organisation.
    Organisation,
}

/// Where a tool's original is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The document's title, in its own language.
    #[serde(default)]
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: String,
    /// Its web address, where the source gives one.
    pub url: Option<String>,
    /// How this text relates to the original, and what may be done with it.
    pub licence_note: Option<Localized>,
}

/// One part of a tool, by kind. In a pack and as JSON the key `kind` tells which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Part {
    /// Ordered levels, on which the group places now and ambition.
    Maturity(Maturity),
    /// Steps of a meeting, with minutes.
    Agenda(Agenda),
    /// Text to read.
    Reference(Reference),
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
