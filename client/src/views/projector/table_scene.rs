//! What the scenes of a table are drawn from.

use std::rc::Rc;

use shared::documents::board::BoardView;
use shared::documents::maturity::MaturityAnswers;
use yew::prelude::{AttrValue, Properties};

use crate::table::{Step, Table};

/// A table on the large screen.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TableSceneProps {
    /// The table.
    pub(super) table: Table,
    /// The question that is talked about; `None` shows all of the table.
    pub(super) step: Option<Step>,
    /// What is answered.
    pub(super) answers: Rc<MaturityAnswers>,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
    /// Whether names stand at the marks and writers are named.
    pub(super) names: bool,
    /// The way in.
    pub(super) invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}
