//! What the scenes of a table are drawn from.

use std::rc::Rc;

use shared::content::PromptRole;
use shared::documents::board::BoardView;
use shared::documents::maturity::MaturityAnswers;
use yew::prelude::{AttrValue, Html, Properties, html};

use super::ladder_scene::LadderScene;
use super::result_scene::ResultScene;
use super::wall_scene::WallScene;
use crate::table::{Step, Table};

/// A table on the large screen.
#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct TableSceneProps {
    /// The table.
    pub(crate) table: Table,
    /// The question that is talked about; `None` shows all of the table.
    pub(crate) step: Option<Step>,
    /// What is answered.
    pub(crate) answers: Rc<MaturityAnswers>,
    /// Who is who.
    pub(crate) board: Rc<BoardView>,
    /// Whether names stand at the marks and writers are named.
    pub(crate) names: bool,
    /// The way in.
    pub(crate) invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub(crate) this_year: u32,
}

/// The scene of a table's question, or of all of it.
pub(crate) fn table_scene(scene: TableSceneProps) -> Html {
    match scene.step {
        None | Some(Step::Place(_)) => html! { <LadderScene ..scene /> },
        Some(Step::Prompt(PromptRole::TimeFrame) | Step::Agreed) => html! { <ResultScene ..scene /> },
        Some(Step::Prompt(PromptRole::Obstacles | PromptRole::Signs)) => html! { <WallScene ..scene /> },
    }
}
