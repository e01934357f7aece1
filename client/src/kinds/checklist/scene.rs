//! A checklist on the large screen: the aggregate of each statement, the most disputed first.

use shared::documents::board::Check;
use shared::documents::checklist::{StatementAnswers, by_dispute, gather};
use yew::prelude::{Html, classes, component, html};

use super::bars::Bars;
use super::{checklist, found, statement, word};
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, use_texts};
use crate::views::projector::side::Side;

/// Statements that fit in a column, and beside each other.
const COLUMN: usize = 6;
const MOST: usize = COLUMN * 2;

/// Draws the statements of a group, or of the whole list.
#[component]
pub(super) fn ChecklistScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(checklist) = checklist(at) else { return Html::default() };
    let group = props.step.as_deref().and_then(|step| found(at, step));
    let is_meant = |answers: &&StatementAnswers| {
        group.is_none_or(|group| group.statements.iter().any(|statement| statement.id == answers.statement))
    };
    let answers = gather(&props.board, at.instance, at.id(), checklist);
    let meant: Vec<&StatementAnswers> = by_dispute(&answers).into_iter().filter(is_meant).collect();
    let nobody = meant.iter().all(|one| one.choices.answered() == 0);
    let has_side = props.invitation.is_some();
    let most = if has_side { COLUMN } else { MOST };
    let row = |answers: &&StatementAnswers| {
        html! {
            <li class="screen-statement" key={answers.statement.to_string()} data-test={format!("projector-statement-{}", answers.statement)}>
                <p class="screen-statement__words">
                    { statement(at, &answers.statement).map(|statement| words(&statement.text, texts)).unwrap_or_default() }
                </p>
                <Bars answers={(*answers).clone()} />
            </li>
        }
    };
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="checklist-scene">
                <p class="screen-legend">
                    { for Check::ALL.map(|check| html! {
                        <span class="screen-legend__entry"><span class={format!("screen-legend__shape screen-legend__shape--{}", check.code())}></span>{ texts.get(word(check)) }</span>
                    }) }
                    if nobody && checklist.alone_first { <span class="screen-legend__word">{ texts.get(Key::ChecklistScreenAlone) }</span> }
                </p>
                <ol class={classes!("screen-statements", (meant.len() > COLUMN && !has_side).then_some("screen-statements--many"))}>
                    { for meant.iter().take(most).map(row) }
                </ol>
                if meant.len() > most { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(meant.len() - most) }</p> }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} is_invite_large=true /> }
        </div>
    }
}
