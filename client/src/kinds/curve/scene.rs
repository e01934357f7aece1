//! The curves of those who shared theirs, one over the other, on the large screen.

use std::rc::Rc;

use shared::documents::curve::CurveAnswers;
use yew::prelude::{Html, classes, component, html};

use super::chart::Chart;
use super::turns::turns_below;
use super::{curve, shared_words};
use crate::kinds::SceneProps;
use crate::texts::{Key, use_texts};
use crate::views::projector::side::Side;

/// Draws the curves, and what happened under each month.
#[component]
pub(super) fn CurveScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(found) = curve(at) else { return Html::default() };
    let answers = Rc::new(CurveAnswers::gather(&props.board, at.instance, at.id(), found));
    let has_side = props.invitation.is_some();
    let is_empty = answers.curves.is_empty();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-curve" data-test="curve-scene" data-count={answers.curves.len().to_string()}>
                <Chart curve={Rc::new(found.clone())} answers={Rc::clone(&answers)} signs={props.names.then(|| Rc::clone(&props.board))} />
                { turns_below(found, &answers, texts) }
                <p class="screen-position__spread">{ if is_empty { texts.get(Key::CurveScreenAlone).to_owned() } else { shared_words(&answers, texts) } }</p>
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}
