//! The whole table: cards on a phone, a table where there is room; in an order of one's own, and what one looks for.

use shared::documents::EntryId;
use shared::documents::grid::GridRowAnswers;
use web_sys::{HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use super::new_row::NewRow;
use super::removed::RemovedRows;
use super::row_sheet::RowSheet;
use super::table::GridTable;
use super::words::Wording;
use super::{gather, grid};
use crate::components::heading::Heading;
use crate::components::sheet::Sheet;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::{StepProps, Surface, words};
use crate::local_time::LocalTime;
use crate::platform::clock;
use crate::texts::{Key, use_texts};

/// Rows from which one may look for some of them.
const MANY: usize = 4;

/// How the rows are ordered: by a column, counted from 0, from its end or its beginning.
pub(super) type Sorting = Option<(usize, bool)>;

/// Draws the table. The order that one chooses is one's own; the rows' is everybody's.
#[component]
pub(super) fn TableStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let snapshot = use_snapshot();
    let open = use_state_eq(|| None::<String>);
    let sorting = use_state_eq(Sorting::default);
    let wanted = use_state_eq(String::new);
    let on_open = use_callback(open.clone(), |row: String, open| open.set(Some(row)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_written = props.on_written.clone();
    // Its other cells come next, in the same place.
    let on_added = use_callback((open.clone(), on_written.clone()), |id: EntryId, (open, on_written)| {
        open.set(Some(id.to_string()));
        on_written.emit(());
    });
    let on_sorting = use_callback(sorting.clone(), |wanted: Sorting, sorting| sorting.set(wanted));
    let on_look = use_callback(wanted.clone(), |event: InputEvent, wanted| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            wanted.set(field.value());
        }
    });
    let at = &props.at;
    let (grid, table) = (grid(at), gather(at, &snapshot.control, &seen_board(&sheet, at)));
    let order = table.clone();
    let none = if sheet.is_alone() { Key::AloneEmpty } else { Key::GridNone };
    let on_key = use_callback((sheet, order), |(event, row): (KeyboardEvent, EntryId), (sheet, table)| {
        let Some(table) = table else { return };
        let place = table.added().position(|other| other.id == row);
        let index = match (event.key().as_str(), place) {
            ("ArrowUp", Some(place)) if event.alt_key() => place.checked_sub(1),
            ("ArrowDown", Some(place)) if event.alt_key() => Some(place + 1),
            _ => None,
        };
        if let Some(order) = index.and_then(|index| table.order_at(row, index)) {
            event.prevent_default();
            // A row that is gone meanwhile is not there to be moved.
            drop(sheet.move_row(row, &order));
        }
    });
    let (Some(grid), Some(table)) = (grid, table) else { return Html::default() };
    let wording = Wording { grid, board: &snapshot.board, texts, this_year: LocalTime::at(clock::wall()).year };
    let rows: Vec<&GridRowAnswers> = match *sorting {
        Some((column, is_descending)) => table.sorted(column, is_descending),
        None => table.rows.iter().collect(),
    };
    let looked_for = wanted.trim().to_lowercase();
    let fits = |row: &&GridRowAnswers| {
        looked_for.is_empty()
            || wording.row(row).to_lowercase().contains(&looked_for)
            || wording.cells(row).iter().any(|words| words.to_lowercase().contains(&looked_for))
    };
    let shown: Vec<GridRowAnswers> = rows.into_iter().filter(fits).cloned().collect();
    let title = at.part().title.as_ref().unwrap_or(&at.tool.short_title);
    html! {
        <>
            <Heading text={words(title, texts)} is_section={props.surface == Surface::Desk} />
            if table.rows.is_empty() { <p class="phone__empty">{ texts.get(none) }</p> }
            if table.rows.len() >= MANY {
                <div class="grid-tools">
                    <Sorter titles={grid.columns.iter().map(|column| words(&column.title, texts)).collect::<Vec<_>>()} sorting={*sorting} on_sorting={on_sorting.clone()} />
                    <label class="field">
                        <span class="field__label">{ texts.get(Key::GridFind) }</span>
                        <input class="input" type="search" oninput={on_look} data-test="grid-find" />
                    </label>
                </div>
            }
            if !table.rows.is_empty() && shown.is_empty() { <p class="phone__empty" role="status">{ texts.get(Key::GridNoneFound) }</p> }
            <GridTable at={at.clone()} rows={shown} board={snapshot.board.clone()} sorting={*sorting} {on_sorting}
                on_open={snapshot.can_write().then_some(on_open)} on_key={on_key} />
            <RemovedRows at={at.clone()} />
            if props.is_writing { <NewRow at={at.clone()} {on_added} on_close={on_written} /> }
            if let Some(row) = (*open).clone().filter(|_| !props.is_writing) {
                <RowSheet key={row.clone()} at={at.clone()} row={row.clone()} {on_close} />
            }
        </>
    }
}

/// See [`Sorter`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct SorterProps {
    titles: Vec<AttrValue>,
    sorting: Sorting,
    on_sorting: Callback<Sorting>,
}

/// Says how the rows are ordered, and leads to the other orders.
#[component]
fn Sorter(props: &SorterProps) -> Html {
    let texts = use_texts();
    let is_open = use_state_eq(|| false);
    let onclick = use_callback(is_open.clone(), |_: MouseEvent, is_open| is_open.set(true));
    let on_close = use_callback(is_open.clone(), |(), is_open| is_open.set(false));
    let on_choose =
        use_callback((is_open.clone(), props.on_sorting.clone()), |wanted: Sorting, (is_open, on_sorting)| {
            is_open.set(false);
            on_sorting.emit(wanted);
        });
    let own = AttrValue::Static(texts.get(Key::GridOrderOwn));
    let title = props.sorting.and_then(|(column, _)| props.titles.get(column)).unwrap_or(&own);
    let orders = [(None, own.clone())]
        .into_iter()
        .chain(props.titles.iter().enumerate().map(|(column, title)| (Some((column, false)), title.clone())));
    html! {
        <>
            <button class="action-field" type="button" {onclick} data-test="grid-order">
                <span class="action-field__label">{ texts.get(Key::GridOrder) }</span>
                <span class="action-field__value">{ title }</span>
            </button>
            if *is_open {
                <Sheet title={texts.get(Key::GridOrder)} {on_close} test="order-sheet">
                    <ul class="people">
                        { for orders.enumerate().map(|(place, (order, title))| html! {
                            <Order key={place} {place} {title} is_chosen={order == props.sorting} {order} on_choose={on_choose.clone()} />
                        }) }
                    </ul>
                </Sheet>
            }
        </>
    }
}

/// See [`Order`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OrderProps {
    place: usize,
    title: AttrValue,
    order: Sorting,
    is_chosen: bool,
    on_choose: Callback<Sorting>,
}

#[component]
fn Order(props: &OrderProps) -> Html {
    let onclick = use_callback((props.on_choose.clone(), props.order), |_: MouseEvent, (on_choose, order)| {
        on_choose.emit(*order)
    });
    html! {
        <li>
            <button class="people__person" type="button" aria-pressed={props.is_chosen.to_string()} {onclick} data-test={format!("grid-order-{}", props.place)}>
                { &props.title }
            </button>
        </li>
    }
}
