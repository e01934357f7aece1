//! Time frames that met: all of them, and the way to settle them.

use shared::documents::maturity::MaturityAnswers;
use std::rc::Rc;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use super::fault::words;
use crate::components::notice::{Notice, Weight};
use crate::components::settle::{Met, Settle};
use crate::hooks::{use_session, use_snapshot};
use crate::local_time::LocalTime;
use crate::people::stamp;
use crate::platform::clock;
use crate::table::ColumnRole;
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;

/// See [`TimeSettle`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TimeSettleProps {
    /// What is answered.
    pub answers: Rc<MaturityAnswers>,
}

/// Draws them while there are several, and nothing otherwise. Everyone who writes may choose.
#[component]
pub fn TimeSettle(props: &TimeSettleProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let register = &props.answers.time_frame;
    let values: Vec<String> = register.values().iter().map(|stamped| stamped.value.clone()).collect();
    let on_choose = use_callback(
        (session, props.answers.time_frame_key.clone(), values, fault.clone(), texts),
        |place: usize, (session, key, values, fault, texts)| {
            if let Some(value) = values.get(place) {
                fault.set(session.set_register(key, value).err().map(|error| words(&error, *texts)));
            }
        },
    );
    if !register.is_unsettled() {
        return Html::default();
    }
    let now = clock::wall();
    let this_year = LocalTime::at(now).year;
    let met = register.values().iter().map(|stamped| {
        let frame = TimeFrame::parse(&stamped.value);
        let value = frame.map_or(texts.get(Key::TableTimeNone).to_owned(), |frame| frame.words(texts, this_year));
        Met {
            value: value.into(),
            name: AttrValue::Static(""),
            stamp: stamp(&snapshot.board, stamped, now, texts).into(),
        }
    });
    html! {
        <>
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <Settle about={texts.get(Key::TableTimeBy)} column={ColumnRole::Ambition} values={met.collect::<Vec<_>>()}
                test="settle-time" on_choose={snapshot.can_write().then_some(on_choose)} />
        </>
    }
}
