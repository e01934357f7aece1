//! By when it is done: a day soon, or any other.

use std::rc::Rc;

use shared::documents::actions::{BY, days};
use shared::documents::board::Row;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use crate::actions::day_words;
use crate::components::date_field::DateField;
use crate::components::settle::Met;
use crate::components::settle_codes::SettleCodes;
use crate::local_time::LocalTime;
use crate::platform::clock;
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// The days that are offered, by how far they are off.
const OFFERED: [(i64, Key); 4] =
    [(7, Key::ActionsWeek), (14, Key::ActionsWeeks), (30, Key::ActionsMonth), (91, Key::ActionsQuarter)];

/// See [`ByField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ByFieldProps {
    /// The action.
    pub(super) row: Rc<Row>,
    /// The values that met.
    pub(super) met: Vec<(AttrValue, Met)>,
    /// Called with the day, or with nothing.
    pub(super) on_by: Callback<AttrValue>,
}

/// Draws the days.
#[component]
pub(super) fn ByField(props: &ByFieldProps) -> Html {
    let texts = use_texts();
    let on_date = use_callback(props.on_by.clone(), |day: String, on_by| on_by.emit(day.into()));
    let on_clear = use_callback(props.on_by.clone(), |_: MouseEvent, on_by| on_by.emit(AttrValue::Static("")));
    let days = days(&props.row);
    let now = clock::wall();
    let this_year = LocalTime::at(now).year;
    html! {
        <>
            <SettleCodes about={texts.get(Key::ActionsBy)} met={props.met.clone()} on_choose={props.on_by.clone()} test={format!("settle-{BY}")} />
            <div class="action-days">
                { for OFFERED.iter().enumerate().map(|(place, (off, words))| {
                    let day = AttrValue::from(TimeFrame::By(LocalTime::at(now + off * DAY)).value());
                    html! {
                        <OfferedDay key={place} {place} words={texts.get(*words)} date={day_words(&day, texts, this_year)} is_chosen={days == [day.to_string()]}
                            {day} on_by={props.on_by.clone()} />
                    }
                }) }
            </div>
            <DateField label={texts.get(Key::TableTimeDate)} value={if let [day] = days.as_slice() { day.clone() } else { String::new() }} {on_date} test="action-day" />
            if !days.is_empty() {
                <button class="text-button" type="button" onclick={on_clear} data-test="action-no-day">{ texts.get(Key::ActionsByClear) }</button>
            }
        </>
    }
}

/// See [`OfferedDay`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OfferedDayProps {
    place: usize,
    words: AttrValue,
    date: AttrValue,
    day: AttrValue,
    is_chosen: bool,
    on_by: Callback<AttrValue>,
}

#[component]
fn OfferedDay(props: &OfferedDayProps) -> Html {
    let onclick =
        use_callback((props.on_by.clone(), props.day.clone()), |_: MouseEvent, (on_by, day)| on_by.emit(day.clone()));
    html! {
        <button class="action-day" type="button" aria-pressed={props.is_chosen.to_string()} {onclick} data-test={format!("action-day-{}", props.place)}>
            <span>{ &props.words }</span><span class="action-day__date">{ &props.date }</span>
        </button>
    }
}
