//! The curve on a phone and on the desk: one's own to draw, and those that others shared.

use std::rc::Rc;

use shared::documents::board::Answer;
use shared::documents::curve::{CurveAnswers, PersonCurve, Turn, point_of, turn_of};
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::chart::Chart;
use super::pad::{Heights, Pad};
use super::turns::{Turns, turns_below};
use super::{curve, shared_words};
use crate::components::heading::Heading;
use crate::components::notice::{Notice, Weight};
use crate::hooks::use_snapshot;
use crate::kinds::alone::use_answer_sheet;
use crate::kinds::{StepProps, Surface, words};
use crate::texts::use_texts;
use crate::views::fault;

/// Draws the step.
#[component]
pub(super) fn CurveStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let at = &props.at;
    let person = sheet.person();
    let used = (sheet.clone(), at.clone(), refused.clone(), texts);
    let on_heights = use_callback(used.clone(), |heights: Heights, (sheet, at, refused, texts)| {
        let Some(me) = sheet.person() else { return };
        let answer = |(month, height)| Answer::Mark(point_of(at.instance, at.id(), month, me), Some(height));
        let done = sheet.answer(heights.into_iter().map(answer).collect());
        refused.set(done.err().map(|error| fault::words(&error, *texts)));
    });
    let on_turn = use_callback(used, |(month, turn): (u8, Option<Turn>), (sheet, at, refused, texts)| {
        let Some(me) = sheet.person() else { return };
        let code = turn.map(|turn| turn.code()).unwrap_or_default();
        let done = sheet.answer(vec![Answer::Value(turn_of(at.instance, at.id(), month, me), code)]);
        refused.set(done.err().map(|error| fault::words(&error, *texts)));
    });
    let Some(found) = curve(at).map(|curve| Rc::new(curve.clone())) else { return Html::default() };
    let own = person.map(|me| PersonCurve::read(sheet.board(), at.instance, at.id(), &found, me));
    let shared = Rc::new(CurveAnswers::gather(&snapshot.board, at.instance, at.id(), &found));
    let is_empty = own.as_ref().is_none_or(PersonCurve::is_empty);
    let said = shared_words(&shared, texts);
    html! {
        <>
            <Heading text={words(&found.question, texts)} is_section={props.surface == Surface::Desk} />
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            if let Some(own) = own {
                <Pad curve={Rc::clone(&found)} own={own.clone()} {on_heights} />
                if !is_empty { <Turns curve={Rc::clone(&found)} {own} {on_turn} /> }
            }
            if !shared.curves.is_empty() || person.is_none() {
                <section class="phone__section">
                    <h2 class="phone__section-title" data-test="curves-shared">{ said }</h2>
                    if !shared.curves.is_empty() {
                        <Chart curve={Rc::clone(&found)} answers={Rc::clone(&shared)} />
                        { turns_below(&found, &shared, texts) }
                    }
                </section>
            }
        </>
    }
}
