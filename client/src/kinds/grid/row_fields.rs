//! The cells of one row, of which one is open to be filled in.

use shared::documents::grid::GridRowAnswers;
use web_sys::MouseEvent;
use yew::prelude::{
    AttrValue, Callback, Children, Html, Properties, classes, component, html, use_callback, use_effect_with,
    use_mut_ref, use_node_ref, use_state_eq,
};

use super::cell_field::CellField;
use super::grid;
use super::words::Wording;
use crate::hooks::use_snapshot;
use crate::kinds::words;
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::platform::clock;
use crate::texts::{Key, use_texts};

/// See [`RowFields`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct RowFieldsProps {
    /// The part.
    pub(super) at: PartAt,
    /// The row.
    pub(super) row: GridRowAnswers,
}

/// Draws the cells, the first empty one open; each leads on to the next.
#[component]
pub(super) fn RowFields(props: &RowFieldsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| props.row.cells.iter().position(|cell| cell.is_empty()));
    // Nobody has asked for the one that is open first, so that it takes the focus from nothing.
    let is_asked = use_mut_ref(|| false);
    let on_open = use_callback((open.clone(), is_asked.clone()), |column: usize, (open, is_asked)| {
        is_asked.replace(true);
        open.set(Some(column));
    });
    let Some(grid) = grid(&props.at) else { return Html::default() };
    let can_write = snapshot.can_write();
    let wording = Wording { grid, board: &snapshot.board, texts, this_year: LocalTime::at(clock::wall()).year };
    let takes_focus = *is_asked.borrow();
    html! {
        <div class="action-fields">
            { for grid.columns.iter().zip(&props.row.cells).enumerate().map(|(place, (column, cell))| {
                let label = words(&column.title, texts);
                if can_write && *open == Some(place) {
                    html! {
                        <OpenCell key={place} {label} {takes_focus} next={(place + 1 < grid.columns.len()).then_some(place + 1)} on_open={on_open.clone()}>
                            <CellField at={props.at.clone()} column={place} cell={cell.clone()} />
                        </OpenCell>
                    }
                } else {
                    html! {
                        <ClosedCell key={place} {place} {label} value={wording.cell(column, cell)} is_unsettled={cell.is_unsettled()}
                            on_open={can_write.then(|| on_open.clone())} test={format!("cell-{}", column.id)} />
                    }
                }
            }) }
        </div>
    }
}

/// See [`OpenCell`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OpenCellProps {
    label: AttrValue,
    takes_focus: bool,
    next: Option<usize>,
    on_open: Callback<usize>,
    children: Children,
}

#[component]
fn OpenCell(props: &OpenCellProps) -> Html {
    let texts = use_texts();
    let title = use_node_ref();
    use_effect_with((title.clone(), props.takes_focus), |(title, takes_focus)| {
        if let (true, Some(title)) = (*takes_focus, title.cast::<web_sys::HtmlElement>()) {
            // Only refused for what cannot be focused.
            let _ = title.focus();
        }
    });
    let onclick = use_callback((props.on_open.clone(), props.next), |_: MouseEvent, (on_open, next)| {
        if let Some(next) = next {
            on_open.emit(*next);
        }
    });
    html! {
        <section class="action-field action-field--open">
            <p class="action-field__title" ref={title} tabindex="-1">{ &props.label }</p>
            { props.children.clone() }
            if props.next.is_some() {
                <button class="text-button" type="button" {onclick} data-test="cell-next">{ texts.get(Key::GridNext) }</button>
            }
        </section>
    }
}

/// See [`ClosedCell`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ClosedCellProps {
    place: usize,
    label: AttrValue,
    value: AttrValue,
    is_unsettled: bool,
    on_open: Option<Callback<usize>>,
    test: AttrValue,
}

#[component]
fn ClosedCell(props: &ClosedCellProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback((props.on_open.clone(), props.place), |_: MouseEvent, (on_open, place)| {
        if let Some(on_open) = on_open {
            on_open.emit(*place);
        }
    });
    let is_empty = props.value.is_empty();
    let value = if is_empty { AttrValue::Static(texts.get(Key::GridEmpty)) } else { props.value.clone() };
    let inner = html! {
        <>
            <span class="action-field__label">{ &props.label }</span>
            <span class={classes!("action-field__value", is_empty.then_some("action-field__value--empty"))} dir="auto">{ value }</span>
            if props.is_unsettled { <span class="action__note">{ texts.get(Key::ActionsUnsettled) }</span> }
        </>
    };
    html! {
        if props.on_open.is_some() {
            <button class="action-field" type="button" {onclick} data-test={props.test.clone()}>{ inner }</button>
        } else {
            <div class="action-field">{ inner }</div>
        }
    }
}
