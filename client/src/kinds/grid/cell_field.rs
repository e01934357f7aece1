//! One cell, to be filled in as its column asks: words, a choice, a day, somebody, a number.

use std::rc::Rc;

use shared::content::{CellType, GridColumn};
use shared::documents::grid::{CellPlace, CellValue, GridCell};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::grid;
use super::number_field::NumberField;
use super::words::Wording;
use crate::components::choice_group::ChoiceGroup;
use crate::components::date_field::DateField;
use crate::components::notice::{Notice, Weight};
use crate::components::settle::Met;
use crate::components::settle_codes::SettleCodes;
use crate::components::who_field::WhoField;
use crate::hooks::use_snapshot;
use crate::kinds::alone::own_text::SheetText;
use crate::kinds::alone::use_answer_sheet;
use crate::kinds::words as said;
use crate::local_time::LocalTime;
use crate::part::PartAt;
use crate::people::stamp;
use crate::platform::clock;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// Levels up to which each has a button.
const BUTTONS: i32 = 10;

/// See [`CellField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CellFieldProps {
    /// The part.
    pub(super) at: PartAt,
    /// The column, counted from 0.
    pub(super) column: usize,
    /// The cell.
    pub(super) cell: GridCell,
}

/// Draws the field; values that met are shown above it until somebody chooses.
#[component]
pub(super) fn CellField(props: &CellFieldProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let fault = use_state_eq(|| None::<String>);
    let used = (sheet, props.cell.place.clone(), fault.clone(), texts);
    let set = use_callback(used, |code: AttrValue, (sheet, place, fault, texts)| {
        let done = match place {
            CellPlace::OfRow(row, column) => sheet.set_cell(*row, column, &code),
            CellPlace::Shared(key) => sheet.set_register(key, &code),
            // Words are typed in their own field.
            CellPlace::Words(_) => Ok(()),
        };
        fault.set(done.err().map(|error| words(&error, *texts)));
    });
    let on_day = use_callback(set.clone(), |day: String, set| set.emit(day.into()));
    let on_clear = use_callback(set.clone(), |_: MouseEvent, set| set.emit(AttrValue::Static("")));
    let Some(grid) = grid(&props.at) else { return Html::default() };
    let Some(column) = grid.columns.get(props.column) else { return Html::default() };
    let now = clock::wall();
    let wording = Wording { grid, board: &snapshot.board, texts, this_year: LocalTime::at(now).year };
    let label = said(&column.title, texts);
    let cell = &props.cell;
    let code = AttrValue::from(cell.settled().map(CellValue::code).unwrap_or_default());
    let met = if cell.is_unsettled() {
        let met = |stamped: &shared::documents::Stamped<CellValue>| {
            let value = wording.value(column, &stamped.value).into();
            let stamp = stamp(&snapshot.board, stamped, now, texts).into();
            (AttrValue::from(stamped.value.code()), Met { value, name: AttrValue::Static(""), stamp })
        };
        cell.values.iter().map(met).collect()
    } else {
        Vec::new()
    };
    let settle =
        html! { <SettleCodes about={label.clone()} met={met.clone()} on_choose={set.clone()} test="settle-cell" /> };
    let clear = html! {
        if !cell.is_empty() {
            <button class="text-button" type="button" onclick={on_clear} data-test="cell-clear">{ texts.get(Key::GridClear) }</button>
        }
    };
    let body = match (&cell.place, column.cell) {
        (CellPlace::Words(target), _) => html! {
            <SheetText key={format!("{target:?}")} at={props.at.clone()} target={target.clone()} {label} rows=3 test="cell-text" />
        },
        (_, CellType::Person) => {
            let chosen: Vec<AttrValue> = cell.values.iter().map(|stamped| stamped.value.code().into()).collect();
            html! { <WhoField {label} {chosen} {met} on_who={set} /> }
        }
        (_, CellType::Date) => html! {
            <>{ settle }<DateField label={texts.get(Key::TableTimeDate)} value={code.to_string()} on_date={on_day} test="cell-day" />{ clear }</>
        },
        _ => match options(column, &wording) {
            Some(options) => {
                html! { <>{ settle }<Options {label} options={Rc::from(options)} chosen={code} on_choose={set} />{ clear }</> }
            }
            None => {
                html! { <>{ settle }<NumberField column={column.clone()} {label} value={code} on_number={set} /></> }
            }
        },
    };
    html! {
        <div class="cell-field">
            if let Some(hint) = &column.hint { <p class="field__hint">{ said(hint, texts) }</p> }
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            { body }
        </div>
    }
}

/// What can be chosen, by what it puts into the cell; `None` where a number is typed.
fn options(column: &GridColumn, wording: &Wording<'_>) -> Option<Vec<(AttrValue, AttrValue)>> {
    let option = |value: CellValue| (AttrValue::from(value.code()), AttrValue::from(wording.value(column, &value)));
    match (column.cell, column.min, column.max) {
        (CellType::Choice, ..) => {
            Some(column.choices.iter().map(|choice| option(CellValue::Choice(choice.id.clone()))).collect())
        }
        (CellType::Level, Some(min), Some(max)) if max.saturating_sub(min) < BUTTONS => {
            Some((min..=max).map(|number| option(CellValue::Number(number))).collect())
        }
        _ => None,
    }
}

/// See [`Options`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OptionsProps {
    label: AttrValue,
    options: Rc<[(AttrValue, AttrValue)]>,
    chosen: AttrValue,
    on_choose: Callback<AttrValue>,
}

#[component]
fn Options(props: &OptionsProps) -> Html {
    let choose =
        use_callback((props.options.clone(), props.on_choose.clone()), |place: usize, (options, on_choose)| {
            if let Some((code, _)) = options.get(place) {
                on_choose.emit(code.clone());
            }
        });
    let chosen = props.options.iter().position(|(code, _)| *code == props.chosen).unwrap_or(props.options.len());
    html! {
        <ChoiceGroup label={props.label.clone()} choices={props.options.iter().map(|(_, words)| words.clone()).collect::<Vec<_>>()}
            {chosen} on_choose={choose} test="cell-choice" />
    }
}
