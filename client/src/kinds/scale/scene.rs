//! The barometer on the large screen, with people's words beside it.

use std::rc::Rc;

use shared::documents::scale::ScaleAnswers;
use yew::prelude::{Html, component, html};

use super::barometer::Barometer;
use super::{scale, spread_words};
use crate::kinds::own_words::quotes;
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, use_texts};
use crate::views::projector::side::Side;

/// Draws the barometer so that it is read at once: where the middle is, how far apart people are, and where it was before.
#[component]
pub(super) fn ScaleScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(scale) = scale(at) else { return Html::default() };
    let answers = ScaleAnswers::gather(&props.control, &props.board, at.instance, at.id(), scale);
    let round = answers.current();
    let earlier = answers.earlier().next();
    html! {
        <div class="screen__body screen__body--with-side">
            <section class="screen-scale" data-test="scale-scene" data-count={round.marks.answered().to_string()}>
                <Barometer scale={scale.clone()} round={round.clone()} earlier={answers.earlier().cloned().collect::<Vec<_>>()}
                    signs={props.names.then(|| Rc::clone(&props.board))} />
                <div class="screen-scale__ends">
                    <p>{ words(&scale.low, texts) }</p>
                    <p class="screen-scale__spread" data-test="projector-spread">{ spread_words(round, earlier, texts) }</p>
                    <p>{ words(&scale.high, texts) }</p>
                </div>
            </section>
            <Side invitation={props.invitation.clone()} notes={Some(quotes(&round.words, &round.key))} empty={texts.get(Key::ScaleNoWords)}
                board={Rc::clone(&props.board)} names={props.names} />
        </div>
    }
}
