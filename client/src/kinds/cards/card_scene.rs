//! One card on the large screen: what is said to its questions, and who takes its tasks.

use shared::content::{Card, Entry};
use shared::documents::actions::{Who, whos};
use shared::documents::board::Row;
use shared::documents::cards::{CardAnswers, CardsAnswers, TaskAnswers};
use shared::documents::questions::QuestionAnswers;
use yew::prelude::{Html, classes, component, html};

use super::takers::mark_of;
use super::{content, found};
use crate::actions;
use crate::components::icon::Icon;
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, Texts, use_texts};
use crate::views::projector::side::Side;

/// Questions and tasks that fit under each other.
const MOST: usize = 8;
/// As many of either have room for large letters.
const FEW: usize = 2;
/// What was agreed about one task that is shown.
const AGREED: usize = 2;

/// Draws the card.
#[component]
pub(super) fn CardScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let card = props.step.as_deref().and_then(|step| found(at, step));
    let Some((content, card)) = content(at).zip(card) else { return Html::default() };
    let deck = CardsAnswers::gather(&props.control, &props.board, at.instance, at.id(), content);
    let Some(answers) = deck.card(&card.id) else { return Html::default() };
    let has_side = props.invitation.is_some();
    let is_stacked = has_side && !card.tasks.is_empty();
    let size = match card.questions.len().max(card.tasks.len()) {
        _ if has_side => Some("screen-one--tight"),
        0..=FEW => Some("screen-one--few"),
        _ => None,
    };
    let goals: Vec<String> = card.goals.iter().map(|goal| goal.text.get(texts.language).to_owned()).collect();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class={classes!("screen-one", size)} data-test="card-scene">
                if !goals.is_empty() { <p class="screen-one__goal"><strong>{ texts.get(Key::CardsGoals) }</strong>{ " " }{ goals.join(" ") }</p> }
                <div class={classes!("screen-one__columns", is_stacked.then_some("screen-one__columns--stacked"))}>
                    { questions(card, answers, is_stacked, texts) }
                    { tasks(card, answers, props, texts) }
                </div>
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}

/// The questions with their answers, as many as there is room for.
fn questions(card: &Card, answers: &CardAnswers, is_stacked: bool, texts: Texts) -> Html {
    let shown = match card.questions.len() {
        // Beside the way in, one stands under the other.
        _ if is_stacked => 0,
        0 | 1 => 4,
        2 => 2,
        3 | 4 => 1,
        _ => 0,
    };
    // Where no answer has room, their number stands for them.
    let hidden = (shown == 0).then_some("projector-more");
    let question = |(question, answers): (&Entry, &QuestionAnswers)| {
        let count = answers.answers.len();
        html! {
            <li class="screen-asked" key={question.id.to_string()} data-test={format!("projector-question-{}", question.id)} data-count={count.to_string()}>
                <p class="screen-asked__line"><span class="screen-asked__words">{ words(&question.text, texts) }</span><span class="screen-asked__count" data-test={hidden}>{ count }</span></p>
                { for answers.by_support().into_iter().take(shown).map(|answer| html! {
                    <p class="screen-asked__answer" key={answer.note.id.to_string()} dir="auto" data-test="projector-note">{ &answer.note.text }</p>
                }) }
                if shown > 0 && count > shown { <p class="screen__more">{ texts.app_and_more(count - shown) }</p> }
            </li>
        }
    };
    html! {
        if !card.questions.is_empty() {
            <ol class="screen-one__column">{ for card.questions.iter().zip(&answers.questions).take(MOST).map(question) }</ol>
        }
    }
}

/// The tasks with who takes each; amber where nobody does.
fn tasks(card: &Card, answers: &CardAnswers, props: &SceneProps, texts: Texts) -> Html {
    let task = |(task, answers): (&Entry, &TaskAnswers)| {
        html! {
            <li class={classes!("screen-task", answers.is_open().then_some("screen-task--open"))} key={task.id.to_string()}
                data-test={format!("projector-task-{}", task.id)} data-count={answers.takers.len().to_string()}>
                <p class="screen-task__words">{ words(&task.text, texts) }</p>
                if answers.is_open() {
                    <p class="screen-task__nobody">{ texts.get(Key::ActionsNobody) }</p>
                } else {
                    { for answers.actions.iter().take(AGREED).map(|row| agreed(row, props, texts)) }
                }
                if answers.actions.len() > AGREED { <p class="screen__more">{ texts.app_and_more(answers.actions.len() - AGREED) }</p> }
            </li>
        }
    };
    html! {
        if !card.tasks.is_empty() {
            <ol class="screen-one__column">{ for card.tasks.iter().zip(&answers.tasks).take(MOST).map(task) }</ol>
        }
    }
}

/// Who does it, by when, and how far it is.
fn agreed(row: &Row, props: &SceneProps, texts: Texts) -> Html {
    let days = actions::all_days(row, texts, props.this_year);
    let name = |who: &Who| match who {
        Who::Person(_) if !props.names => Html::default(),
        who => html! { <span dir="auto">{ actions::who(&props.board, who, texts) }</span> },
    };
    html! {
        <p class="screen-task__agreed" key={row.id.to_string()}>
            if actions::is_done(row) { { Icon::Check.image() } }
            { for whos(row).iter().map(|who| html! { <>{ mark_of(&props.board, who) }{ name(who) }</> }) }
            if !days.is_empty() { <span>{ texts.table_before_date(&days) }</span> }
            <span>{ actions::all_statuses(row, texts) }</span>
        </p>
    }
}
