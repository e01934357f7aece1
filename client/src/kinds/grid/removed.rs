//! Rows that were taken off the table, and the way back.

use std::rc::Rc;

use shared::documents::board::{Row, RowKind};
use shared::documents::grid::rows_field;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::part::PartAt;
use crate::session::AnswerSheet;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`RemovedRows`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct RemovedRowsProps {
    /// The part.
    pub(super) at: PartAt,
}

/// Draws them folded away; nothing where there are none. It stands in a place of its own: a sheet that comes after it goes in
/// the moment in which it appears.
#[component]
pub(super) fn RemovedRows(props: &RemovedRowsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let field = rows_field(props.at.id());
    let is_here =
        |row: &&Rc<Row>| row.kind == RowKind::Grid && row.place.tool == props.at.instance && row.place.field == field;
    let board = seen_board(&sheet, &props.at);
    let removed: Vec<&Rc<Row>> = board.removed_rows.values().filter(is_here).collect();
    html! {
        <div>
        if !removed.is_empty() && snapshot.can_write() { <details class="disclosure" data-test="rows-removed">
            <summary class="disclosure__summary">{ texts.grid_removed_some(removed.len()) }</summary>
            <ul class="removed-actions">
                { for removed.into_iter().map(|row| html! { <Removed key={row.id.to_string()} sheet={sheet.clone()} row={Rc::clone(row)} /> }) }
            </ul>
        </details> }
        </div>
    }
}

/// See [`Removed`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct RemovedProps {
    sheet: AnswerSheet,
    row: Rc<Row>,
}

#[component]
fn Removed(props: &RemovedProps) -> Html {
    let texts = use_texts();
    let fault = use_state_eq(|| None::<String>);
    let used = (props.sheet.clone(), props.row.id, fault.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (sheet, id, fault, texts)| {
        fault.set(sheet.restore(*id).err().map(|error| words(&error, *texts)));
    });
    let first = props.row.texts.values().map(|text| text.trim()).find(|text| !text.is_empty());
    let first = first.map_or(AttrValue::Static(texts.get(Key::ActionsWithoutWords)), |text| text.to_owned().into());
    html! {
        <li class="removed-actions__one">
            <span dir="auto">{ &first }</span>
            <button class="button button--small" type="button" {onclick} aria-label={format!("{}: {first}", texts.get(Key::ActionsRestore))} data-test="row-restore">
                { texts.get(Key::ActionsRestore) }
            </button>
            if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
        </li>
    }
}
