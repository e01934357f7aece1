//! The position on the large screen: the drawing with everyone's marker, and people's words beside it.

use std::rc::Rc;

use shared::content::Shape;
use shared::documents::position::{PositionAnswers, is_triangle};
use yew::prelude::{Html, classes, component, html};

use super::drawing::{Drawing, course};
use super::stage_list::markers;
use super::{position, spread_words};
use crate::kinds::own_words::quotes;
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, use_texts};
use crate::views::projector::side::Side;

/// Draws the spiral or the triangle with its stages, or the courses beside each other.
#[component]
pub(super) fn PositionScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(position) = position(at) else { return Html::default() };
    let answers = Rc::new(PositionAnswers::gather(&props.board, at.instance, at.id(), position));
    let signs = props.names.then(|| Rc::clone(&props.board));
    let is_courses = position.shape == Shape::Courses;
    let stage = |(index, (stage, standing)): (
        usize,
        (&shared::content::Stage, &shared::documents::position::StageAnswers),
    )| {
        html! {
            <li class="screen-stage" key={stage.id.to_string()} data-test={format!("projector-stage-{index}")} data-count={standing.people.len().to_string()}>
                if is_courses { { course(index) } }
                <p class="screen-stage__title">
                    if !is_courses { <span class="screen-stage__number">{ index + 1 }</span> }
                    { words(&stage.title, texts) }
                </p>
                if let (true, Some(text)) = (is_courses, stage.text.first()) { <p class="screen-stage__text">{ words(&text.text, texts) }</p> }
                { markers(standing, signs.as_deref(), texts) }
            </li>
        }
    };
    html! {
        <div class="screen__body screen__body--with-side">
            <section class={classes!("screen-position", is_courses.then_some("screen-position--courses"), is_triangle(position).then_some("screen-position--triangle"))}
                data-test="position-scene" data-count={answers.places.answered().to_string()}>
                <Drawing position={Rc::new(position.clone())} answers={Rc::clone(&answers)} signs={signs.clone()} />
                if !is_triangle(position) {
                    <ol class="screen-stages">{ for position.stages.iter().zip(&answers.stages).enumerate().map(stage) }</ol>
                }
                <p class="screen-position__spread" data-test="projector-spread">{ spread_words(position, &answers, texts) }</p>
            </section>
            <Side invitation={props.invitation.clone()} notes={Some(quotes(answers.whys.iter(), &answers.key))} empty={texts.get(Key::PositionNoWords)}
                board={Rc::clone(&props.board)} names={props.names} />
        </div>
    }
}
