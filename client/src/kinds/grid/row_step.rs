//! A row that the tool brings, as a screen of its own.

use yew::prelude::{Html, component, html};

use super::row_fields::RowFields;
use super::{fixed, gather, grid, row_of};
use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::{StepProps, Surface, words};
use crate::texts::use_texts;

/// Draws the row's cells, and what came of it.
#[component]
pub(super) fn RowStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let at = &props.at;
    let Some(grid) = grid(at) else { return Html::default() };
    let Some(table) = gather(at, &snapshot.control, &seen_board(&sheet, at)) else { return Html::default() };
    let (Some(fixed), Some(row)) = (fixed(grid, &props.step), row_of(&table, &props.step)) else {
        return Html::default();
    };
    html! {
        <>
            <Heading text={words(&fixed.title, texts)} hint={fixed.hint.as_ref().map(|hint| words(hint, texts))} is_section={props.surface == Surface::Desk} />
            <RowFields at={at.clone()} row={row.clone()} />
            <ActionList actions={row.actions.clone()} />
            if sheet.makes_actions() { <ActionButton action={row.action(grid)} /> }
        </>
    }
}
