//! By when: a date or a number of months, and words of one's own.

use shared::content::PromptRole;
use shared::documents::AnswerKey;
use shared::documents::text::TextTarget;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::fault::words;
use super::time_settle::TimeSettle;
use crate::components::date_field::DateField;
use crate::components::notice::{Notice, Weight};
use crate::components::shared_text::SharedText;
use crate::hooks::{use_session, use_snapshot};
use crate::table::Table;
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;

/// See [`TimeFrameField`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TimeFrameFieldProps {
    /// The table.
    pub table: Table,
}

/// Draws the choices; two that met are both shown until somebody chooses.
#[component]
pub fn TimeFrameField(props: &TimeFrameFieldProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let answers = props.table.answers(&snapshot.control, &snapshot.board);
    let key = answers.time_frame_key.clone();
    let set = use_callback(
        (session.clone(), key.clone(), fault.clone(), texts),
        |value: String, (session, key, fault, texts)| {
            fault.set(session.set_register(key, &value).err().map(|error| words(&error, *texts)));
        },
    );
    let on_clear = use_callback(set.clone(), |_: MouseEvent, set| set.emit(String::new()));
    let chosen = answers.time_frame.settled().and_then(|stamped| TimeFrame::parse(&stamped.value));
    let can_write = snapshot.can_write();
    let prompt = props.table.maturity().prompt(PromptRole::TimeFrame);
    let date = chosen.filter(|frame| matches!(frame, TimeFrame::By(_))).map(TimeFrame::value).unwrap_or_default();
    html! {
        <div class="time-frame">
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <TimeSettle {answers} />
            <DateField label={texts.get(Key::TableTimeDate)} value={date} is_disabled={!can_write} on_date={set.clone()} test="time-date" />
            <div class="field" role="group" aria-label={texts.get(Key::TableTimeMonths)}>
                <span class="field__label">{ texts.get(Key::TableTimeMonths) }</span>
                <div class="choice-group">
                    { for TimeFrame::OFFERED.map(|months| html! {
                        <Months key={months} {months} is_chosen={chosen == Some(TimeFrame::Months(months))} on_choose={set.clone()} is_disabled={!can_write} />
                    }) }
                </div>
            </div>
            if chosen.is_some() && can_write {
                <button class="text-button" type="button" onclick={on_clear} data-test="time-clear">{ texts.get(Key::TableTimeClear) }</button>
            }
            <div class="field">
                <span class="field__label">{ texts.get(Key::TableTimeWords) }</span>
                { words_field(&key, prompt.map(|prompt| AttrValue::from(prompt.placeholder.get(texts.language).to_owned())), texts.get(Key::TableTimeWords), !can_write) }
            </div>
        </div>
    }
}

fn words_field(key: &AnswerKey, placeholder: Option<AttrValue>, label: &'static str, is_read_only: bool) -> Html {
    html! {
        <SharedText key={key.to_string()} target={TextTarget::Field(key.clone())} {label} {placeholder} {is_read_only} rows=3 test="time-words" />
    }
}

/// See [`Months`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct MonthsProps {
    months: u8,
    is_chosen: bool,
    is_disabled: bool,
    on_choose: Callback<String>,
}

#[component]
fn Months(props: &MonthsProps) -> Html {
    let texts = use_texts();
    let value = if props.is_chosen { String::new() } else { TimeFrame::Months(props.months).value() };
    let onclick = use_callback((props.on_choose.clone(), value), |_: MouseEvent, (on_choose, value)| {
        on_choose.emit(value.clone())
    });
    html! {
        <button class="choice-group__choice" type="button" aria-pressed={props.is_chosen.to_string()} disabled={props.is_disabled} {onclick}
            data-test={format!("months-{}", props.months)}>{ texts.table_months(usize::from(props.months)) }</button>
    }
}
