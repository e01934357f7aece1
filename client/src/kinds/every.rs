//! Every kind that the app draws, a line of each in each list: the one place that knows them all.
//!
//! Each list belongs to other modules (`client/src/modules.rs`), and takes what it leads to with it. So nothing that a
//! phone fetches first may name them.

use shared::content::Kind;
use yew::prelude::Html;

use super::agenda::AgendaViews;
use super::around::around;
use super::cards::CardsViews;
use super::checklist::ChecklistViews;
use super::curve::CurveViews;
use super::grid::GridViews;
use super::matrix::MatrixViews;
use super::maturity::{self, MaturityViews};
use super::position::PositionViews;
use super::questions::QuestionsViews;
use super::reference::ReferenceViews;
use super::scale::ScaleViews;
use super::two_sided::TwoSidedViews;
use super::{PaperViews, SceneViews, StepProps, StepViews};

/// What phones draw a kind with.
#[must_use]
pub fn steps(kind: Kind) -> &'static dyn StepViews {
    match kind {
        Kind::Maturity => &MaturityViews,
        Kind::Agenda => &AgendaViews,
        Kind::Reference => &ReferenceViews,
        Kind::Questions => &QuestionsViews,
        Kind::Scale => &ScaleViews,
        Kind::Checklist => &ChecklistViews,
        Kind::TwoSided => &TwoSidedViews,
        Kind::Grid => &GridViews,
        Kind::Position => &PositionViews,
        Kind::Curve => &CurveViews,
        Kind::Cards => &CardsViews,
        Kind::Matrix => &MatrixViews,
    }
}

/// A step on the facilitator's desk. A kind that has something of its own there has a line; the others are as on a phone.
pub fn desk(kind: Kind, props: StepProps) -> Html {
    let (at, step) = (props.at.clone(), props.step.clone());
    let inner = match kind {
        Kind::Maturity => maturity::desk(props),
        kind => steps(kind).phone(props),
    };
    around(&at, &step, inner)
}

/// What the large screen draws a kind with.
#[must_use]
pub fn scenes(kind: Kind) -> &'static dyn SceneViews {
    match kind {
        Kind::Maturity => &MaturityViews,
        Kind::Agenda => &AgendaViews,
        Kind::Reference => &ReferenceViews,
        Kind::Questions => &QuestionsViews,
        Kind::Scale => &ScaleViews,
        Kind::Checklist => &ChecklistViews,
        Kind::TwoSided => &TwoSidedViews,
        Kind::Grid => &GridViews,
        Kind::Position => &PositionViews,
        Kind::Curve => &CurveViews,
        Kind::Cards => &CardsViews,
        Kind::Matrix => &MatrixViews,
    }
}

/// What a kind is read and taken home as.
#[must_use]
pub fn papers(kind: Kind) -> &'static dyn PaperViews {
    match kind {
        Kind::Maturity => &MaturityViews,
        Kind::Agenda => &AgendaViews,
        Kind::Reference => &ReferenceViews,
        Kind::Questions => &QuestionsViews,
        Kind::Scale => &ScaleViews,
        Kind::Checklist => &ChecklistViews,
        Kind::TwoSided => &TwoSidedViews,
        Kind::Grid => &GridViews,
        Kind::Position => &PositionViews,
        Kind::Curve => &CurveViews,
        Kind::Cards => &CardsViews,
        Kind::Matrix => &MatrixViews,
    }
}
