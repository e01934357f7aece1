//! A dialog table as a whole: what it is called, whom it is for, and the parts it is made of.

use minicbor::{Decode, Encode};

use super::{
    Agenda, Audience, Cards, Checklist, Curve, Entry, EntryId, Grid, Layer, Localized, Matrix, Maturity, People,
    Position, Questions, Reference, Scale, Theme, ToolId, TwoSided, Unread,
};

/// Longest short title, in UTF-16 code units: what a phone's header holds in one line.
pub const SHORT_TITLE: usize = 24;

/// A dialog table with everything needed to show it, whole in itself.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
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
    #[cfg_attr(feature = "serde", serde(default))]
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
    /// Who else it can be filled in by.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(9)]
    pub also: Vec<Audience>,
    /// What it is about.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(10)]
    pub themes: Vec<Theme>,
    /// The layers of the organisation that it is for; empty if it is for all.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(11)]
    pub layers: Vec<Layer>,
    /// Whether it ends in who does what by when.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(12)]
    pub actions: bool,
    /// How many people it is for; if left out, one where it is filled in alone, and else any number.
    #[n(13)]
    pub people: Option<People>,
}

impl Tool {
    /// The part named `id`.
    #[must_use]
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// How many people it is for, also where it does not say so itself.
    #[must_use]
    pub fn people(&self) -> People {
        let is_alone = self.audience == Audience::Own && self.also.is_empty();
        self.people.unwrap_or(People { from: 1, to: is_alone.then_some(1) })
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

/// Where a tool's original is found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[cfg_attr(feature = "packs", derive(schemars::JsonSchema))]
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

/// One part of a tool.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Part {
    /// Names the part, unique in its tool.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(0)]
    pub id: EntryId,
    /// What it is called, where a tool has several.
    #[n(1)]
    pub title: Option<Localized>,
    /// To read before it.
    #[cfg_attr(feature = "serde", serde(default))]
    #[n(2)]
    pub intro: Vec<Entry>,
    /// What its readers should know about it, such as what is not the source's.
    #[n(3)]
    pub note: Option<Localized>,
    /// What it asks, by kind.
    #[cfg_attr(feature = "serde", serde(flatten))]
    #[n(4)]
    pub body: Body,
}

/// What a part asks, by kind. In a pack the key `kind` tells which, in bytes a number.
///
/// A table's levels are needed wherever the table is drawn; everything else is read by the screen that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(tag = "kind", rename_all = "kebab-case")
)]
#[cbor(flat)]
pub enum Body {
    /// Ordered levels, on which the group places now and ambition.
    #[n(0)]
    Maturity(#[n(0)] Maturity),
    /// Steps of a meeting, with minutes.
    #[n(1)]
    Agenda(#[n(0)] Unread<Agenda>),
    /// Text to read.
    #[n(2)]
    Reference(#[n(0)] Unread<Reference>),
    /// A deck of cards, with questions to answer and tasks to take.
    #[n(3)]
    Cards(#[n(0)] Unread<Cards>),
    /// Two lists weighed against each other.
    #[n(4)]
    TwoSided(#[n(0)] Unread<TwoSided>),
    /// A table with typed columns.
    #[n(5)]
    Grid(#[n(0)] Unread<Grid>),
    /// Notes in four quadrants.
    #[n(6)]
    Matrix(#[n(0)] Unread<Matrix>),
    /// A mark from one number to another.
    #[n(7)]
    Scale(#[n(0)] Unread<Scale>),
    /// Statements, each answered with yes, partly or no.
    #[n(8)]
    Checklist(#[n(0)] Unread<Checklist>),
    /// Prompts for a talk.
    #[n(9)]
    Questions(#[n(0)] Unread<Questions>),
    /// How heavy the load was, month by month.
    #[n(10)]
    Curve(#[n(0)] Unread<Curve>),
    /// A marker at one of the stages of a drawing.
    #[n(11)]
    Position(#[n(0)] Unread<Position>),
}

impl Part {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.body {
            Body::Maturity(_) => Kind::Maturity,
            Body::Agenda(_) => Kind::Agenda,
            Body::Reference(_) => Kind::Reference,
            Body::Cards(_) => Kind::Cards,
            Body::TwoSided(_) => Kind::TwoSided,
            Body::Grid(_) => Kind::Grid,
            Body::Matrix(_) => Kind::Matrix,
            Body::Scale(_) => Kind::Scale,
            Body::Checklist(_) => Kind::Checklist,
            Body::Questions(_) => Kind::Questions,
            Body::Curve(_) => Kind::Curve,
            Body::Position(_) => Kind::Position,
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
    /// See [`Cards`].
    Cards,
    /// See [`TwoSided`].
    TwoSided,
    /// See [`Grid`].
    Grid,
    /// See [`Matrix`].
    Matrix,
    /// See [`Scale`].
    Scale,
    /// See [`Checklist`].
    Checklist,
    /// See [`Questions`].
    Questions,
    /// See [`Curve`].
    Curve,
    /// See [`Position`].
    Position,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Maturity,
        Self::Agenda,
        Self::Reference,
        Self::Cards,
        Self::TwoSided,
        Self::Grid,
        Self::Matrix,
        Self::Scale,
        Self::Checklist,
        Self::Questions,
        Self::Curve,
        Self::Position,
    ];

    /// The word that stands under `kind` in packs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Maturity => "maturity",
            Self::Agenda => "agenda",
            Self::Reference => "reference",
            Self::Cards => "cards",
            Self::TwoSided => "two-sided",
            Self::Grid => "grid",
            Self::Matrix => "matrix",
            Self::Scale => "scale",
            Self::Checklist => "checklist",
            Self::Questions => "questions",
            Self::Curve => "curve",
            Self::Position => "position",
        }
    }

    /// The kind that `code` stands for.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
