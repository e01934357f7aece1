//! Questions on the large screen: one with its answers, the most supported first; or all of them with how far the group is.

use std::rc::Rc;

use shared::documents::board::Note;
use shared::documents::questions::QuestionAnswers;
use yew::prelude::{Html, classes, component, html};

use super::{asked, found};
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, use_texts};
use crate::views::projector::quote::Quote;
use crate::views::projector::room::Room;
use crate::views::projector::side::Side;

/// Units that the wall has at the least from top to bottom, and a text's words from edge to edge: beside the way in, and
/// across the screen.
const HEIGHT: usize = 760;
const WIDTH: usize = 510;
const WIDE: usize = 800;
/// The line under an answer that says how many stand behind it.
const SUPPORT: usize = 40;
/// Questions that have room for large letters.
const FEW: usize = 5;
/// Questions that fit in one column.
const COLUMN: usize = 8;
/// Questions that fit on the screen.
const MOST: usize = 18;

/// Draws one question's answers as a wall.
#[component]
pub(super) fn QuestionScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some((_, question)) = props.step.as_deref().and_then(|step| found(at, step)) else { return Html::default() };
    let answers = QuestionAnswers::gather(&props.control, &props.board, at.instance, at.id(), &question.id);
    let notes: Vec<Rc<Note>> = answers.by_support().into_iter().map(|answer| Rc::clone(&answer.note)).collect();
    let has_side = props.invitation.is_some();
    // Every text may have a line of support under it, as high as a writer's.
    let height = HEIGHT.saturating_sub(if props.names { SUPPORT * 3 } else { 0 });
    let room = |columns, width| Room { height, width, columns, has_writers: true };
    let few = if has_side { room(2, WIDTH).choose_grand(&notes) } else { room(2, WIDE).choose_grand(&notes) };
    let chosen = few.unwrap_or_else(|| room(if has_side { 2 } else { 3 }, WIDTH).choose(&notes));
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="question-scene">
                if notes.is_empty() {
                    <div class="screen-empty screen-empty--wall">
                        <p class="screen-empty__title">{ texts.get(Key::QuestionsFirst) }</p>
                    </div>
                } else {
                    <div class="screen-wall__columns">
                        { for chosen.columns.iter().enumerate().map(|(place, column)| html! {
                            <div class="screen-wall__column" key={place}>
                                { for column.iter().map(|(note, size)| html! {
                                    <Quote key={note.id.to_string()} note={Rc::clone(note)} size={*size} board={Rc::clone(&props.board)}
                                        names={props.names} support={props.board.supporters(note.id).count()} />
                                }) }
                            </div>
                        }) }
                    </div>
                    if chosen.more > 0 { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(chosen.more) }</p> }
                }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// Draws every question with the number of its answers.
#[component]
pub(super) fn OverviewScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let count = asked(at).count();
    let has_side = props.invitation.is_some();
    let question = |(_, question): (&shared::content::QuestionGroup, &shared::content::Entry)| {
        let answers = QuestionAnswers::gather(&props.control, &props.board, at.instance, at.id(), &question.id);
        let number = answers.answers.len();
        html! {
            <li class={classes!("screen-question", (number > 0).then_some("screen-question--answered"))} key={question.id.to_string()}
                data-test={format!("projector-question-{}", question.id)} data-count={number.to_string()}>
                <span class="screen-question__words">{ words(&question.text, texts) }</span>
                <span class="screen-question__count">{ number }</span>
            </li>
        }
    };
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall">
                <ol class={classes!("screen-questions", (count > COLUMN).then_some("screen-questions--many"), (count <= FEW).then_some("screen-questions--few"))}>
                    { for asked(at).take(MOST).map(question) }
                </ol>
                if count > MOST { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(count - MOST) }</p> }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} /> }
        </div>
    }
}
