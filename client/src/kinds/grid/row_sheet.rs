//! One row in a sheet: its cells, what came of it, where it stands, and the way off the table.

use shared::documents::EntryId;
use shared::documents::grid::{GridAnswers, GridRowAnswers, GridRowId};
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::row_fields::RowFields;
use super::{code, gather, grid};
use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::words as said;
use crate::part::PartAt;
use crate::session::AnswerSheet;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`RowSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct RowSheetProps {
    /// The part.
    pub(super) at: PartAt,
    /// The row, by its code.
    pub(super) row: String,
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the sheet.
#[component]
pub(super) fn RowSheet(props: &RowSheetProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let table = gather(&props.at, &snapshot.control, &seen_board(&sheet, &props.at));
    let row = table.as_ref().and_then(|table| table.rows.iter().find(|row| code(row) == props.row));
    let added = row.and_then(|row| if let GridRowId::Added(id) = row.id { Some(id) } else { None });
    let on_remove = use_callback(
        (sheet.clone(), added, fault.clone(), props.on_close.clone(), texts),
        |_: MouseEvent, (sheet, added, fault, on_close, texts)| {
            let Some(id) = added else { return };
            match sheet.remove_row(*id) {
                Ok(()) => on_close.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    let on_done = use_callback(props.on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    let Some(grid) = grid(&props.at) else { return Html::default() };
    html! {
        <Sheet title={said(&grid.row_title, texts)} on_close={props.on_close.clone()} test="row-sheet">
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            if let (Some(row), Some(table)) = (row, &table) {
                <RowFields key={props.row.clone()} at={props.at.clone()} row={row.clone()} />
                { footing(&sheet, row, table) }
                <ActionList actions={row.actions.clone()} />
                if sheet.makes_actions() { <ActionButton action={row.action(grid)} /> }
            } else {
                <Notice weight={Weight::Attention}><p>{ texts.get(Key::GridRemoved) }</p></Notice>
            }
            <div class="actions">
                if added.is_some() {
                    <button class="button" type="button" onclick={on_remove} data-test="row-remove">{ texts.get(Key::GridRemove) }</button>
                }
                <button class="button button--main" type="button" onclick={on_done} data-test="row-done">{ texts.get(Key::TableEditDone) }</button>
            </div>
        </Sheet>
    }
}

/// Where the row stands among those that people added.
fn footing(sheet: &AnswerSheet, row: &GridRowAnswers, table: &GridAnswers) -> Html {
    let GridRowId::Added(id) = row.id else { return Html::default() };
    let Some(place) = table.added().position(|other| other.id == id) else { return Html::default() };
    if table.added().count() < 2 {
        return Html::default();
    }
    let to = |index: Option<usize>| index.filter(|index| *index < table.added().count());
    let order = |index: Option<usize>| to(index).and_then(|index| table.order_at(id, index));
    html! {
        <div class="actions">
            <Mover sheet={sheet.clone()} row={id} order={order(place.checked_sub(1))} words={Key::GridUp} test="row-up" />
            <Mover sheet={sheet.clone()} row={id} order={order(Some(place + 1))} words={Key::GridDown} test="row-down" />
        </div>
    }
}

/// See [`Mover`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct MoverProps {
    sheet: AnswerSheet,
    row: EntryId,
    /// The key by which it comes to stand there; `None` where it stands at that end.
    order: Option<String>,
    words: Key,
    test: &'static str,
}

#[component]
fn Mover(props: &MoverProps) -> Html {
    let texts = use_texts();
    let used = (props.sheet.clone(), props.row, props.order.clone());
    let onclick = use_callback(used, |_: MouseEvent, (sheet, row, order)| {
        if let Some(order) = order {
            // A row that is gone meanwhile is said to be by the sheet.
            drop(sheet.move_row(*row, order));
        }
    });
    html! {
        <button class="button button--small" type="button" disabled={props.order.is_none()} {onclick} data-test={props.test}>
            { texts.get(props.words) }
        </button>
    }
}
