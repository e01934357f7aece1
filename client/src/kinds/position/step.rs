//! The position on a phone and on the desk: a stage or a place in the triangle, why, and where the group stands.

use std::rc::Rc;

use shared::documents::position::{Place, PositionAnswers, is_triangle};
use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::drawing::Drawing;
use super::pad::Pad;
use super::stage_list::StageList;
use super::{position, spread_words};
use crate::components::heading::Heading;
use crate::components::notice::{Notice, Weight};
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::own_words::OwnWords;
use crate::kinds::{StepProps, Surface, words};
use crate::texts::{Key, use_texts};
use crate::views::fault;

/// Draws the step. Where others stand is shown once one has chosen, so that nobody just follows.
#[component]
pub(super) fn PositionStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let at = &props.at;
    let is_desk = props.surface == Surface::Desk;
    let board = seen_board(&sheet, at);
    let person = snapshot.me.filter(|_| snapshot.can_write());
    let found = position(at).map(|position| {
        let answers = PositionAnswers::gather(&board, at.instance, at.id(), position);
        (Rc::new(position.clone()), Rc::new(answers))
    });
    let own = person.and_then(|me| found.as_ref()?.1.places.of(me));
    let key = found.as_ref().map(|(_, answers)| answers.key.clone());
    let used = (sheet.clone(), key, refused.clone(), texts);
    let on_place = use_callback(used, |place: Option<Place>, (sheet, key, refused, texts)| {
        let Some(key) = key else { return };
        refused.set(sheet.place(key, place.map(Place::mark)).err().map(|error| fault::words(&error, *texts)));
    });
    let on_stage = use_callback((own, on_place.clone()), |stage: u8, (own, on_place)| {
        // The stage that one stands at is tapped again to take the marker back.
        let wanted = Some(Place::Stage(stage)).filter(|wanted| Some(*wanted) != *own);
        on_place.emit(wanted);
    });
    let Some((position, answers)) = found else { return Html::default() };
    let is_undecided = person.is_some_and(|me| answers.places.undecided.contains(&me));
    let shows_group = !sheet.is_alone() && (is_desk || person.is_none() || own.is_some());
    let drawing = |is_own_alone| {
        html! { <Drawing position={Rc::clone(&position)} answers={Rc::clone(&answers)} own={person} {is_own_alone} /> }
    };
    let why = person.filter(|_| own.is_some()).map(|me| answers.why_of(at.id(), me));
    let others: Vec<_> = answers.whys.iter().filter(|(writer, _)| Some(**writer) != person).collect();
    html! {
        <>
            <Heading text={words(&position.question, texts)} is_section={is_desk} />
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            if is_undecided { <Notice weight={Weight::Attention}><p>{ texts.get(Key::PositionUndecided) }</p></Notice> }
            if let (true, Some(person)) = (is_triangle(&position), person) {
                <Pad position={Rc::clone(&position)} answers={Rc::clone(&answers)} {person} {shows_group} {on_place} />
            } else {
                { drawing(!shows_group) }
                if !is_triangle(&position) {
                    <StageList position={Rc::clone(&position)} answers={Rc::clone(&answers)} {person} {shows_group} {on_stage} />
                }
            }
            if let Some(place) = why {
                <OwnWords key={place.to_string()} sheet={sheet.clone()} place={place.clone()} label={words(&position.why_prompt, texts)} />
            }
            if shows_group {
                <section class="phone__section">
                    <h2 class="phone__section-title">{ texts.get(Key::ScaleGroup) }</h2>
                    <p data-test="position-spread">{ spread_words(&position, &answers, texts) }</p>
                    if !others.is_empty() {
                        <ul class="scale__words">
                            { for others.into_iter().map(|(writer, why)| html! { <li key={writer.to_string()} dir="auto">{ why }</li> }) }
                        </ul>
                    }
                </section>
            }
        </>
    }
}
