//! A checklist on a phone and on the desk: a group of statements, and all answers together.

use shared::documents::actions::{NewAction, actions_of};
use shared::documents::checklist::{StatementAnswers, by_dispute, gather, statement_field};
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::bars::Bars;
use super::own_list::OwnStatement;
use super::share::Share;
use super::{checklist, found, group_title, said, statement, together_word};
use crate::components::action_button::ActionButton;
use crate::components::action_list::ActionList;
use crate::components::heading::Heading;
use crate::components::notice::Notice;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{board_of_result, is_alone};
use crate::kinds::{StepProps, Surface, words};
use crate::part::PartAt;
use crate::texts::{Key, Texts, use_texts};

/// Draws a group of statements to answer; for who does not answer, what the group says to them.
#[component]
pub(super) fn GroupStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let (Some(checklist), Some(group)) = (checklist(at), found(at, &props.step)) else { return Html::default() };
    let person = snapshot.me.filter(|_| snapshot.can_write());
    let hint = words(&checklist.hint, texts);
    let answers = gather(&snapshot.board, at.instance, at.id(), checklist);
    let of_group = answers.iter().filter(|one| group.statements.iter().any(|statement| statement.id == one.statement));
    html! {
        <>
            <Heading text={group_title(at, group, texts)} hint={(!hint.is_empty()).then_some(hint)} is_section={props.surface == Surface::Desk} />
            if let Some(person) = person {
                if is_alone(at) && !snapshot.is_local_only { <Notice><p>{ texts.get(Key::ChecklistAlone) }</p></Notice> }
                <ul class="statements">
                    { for group.statements.iter().map(|statement| html! {
                        <OwnStatement key={statement.id.to_string()} at={at.clone()} statement={statement.clone()} {person} />
                    }) }
                </ul>
            } else {
                { listed(at, of_group, texts) }
            }
            if let Some(note) = &group.note { <p class="statements__note">{ words(&note.text, texts) }</p> }
        </>
    }
}

/// Draws what all say, the most disputed first; before that, what this person has yet to share.
#[component]
pub(super) fn TogetherStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let Some(checklist) = checklist(at) else { return Html::default() };
    if snapshot.is_local_only {
        let answers = gather(&board_of_result(at, &snapshot), at.instance, at.id(), checklist);
        return html! { <><Heading text={texts.get(Key::ChecklistYours)} />{ own_list(at, &answers, texts) }</> };
    }
    let answers = gather(&snapshot.board, at.instance, at.id(), checklist);
    let person = snapshot.me.filter(|_| snapshot.can_write() && is_alone(at));
    let nobody = answers.iter().all(|one| one.choices.answered() == 0);
    html! {
        <>
            <Heading text={texts.get(together_word(at))} hint={AttrValue::Static(texts.get(Key::ChecklistTogetherHint))}
                is_section={props.surface == Surface::Desk} />
            if let Some(person) = person { <Share at={at.clone()} {person} /> }
            if nobody {
                <p class="phone__empty">{ texts.get(Key::ChecklistNobody) }</p>
            } else {
                { listed(at, by_dispute(&answers).into_iter(), texts) }
            }
        </>
    }
}

/// See [`StatementActions`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StatementActionsProps {
    at: PartAt,
    statement: shared::content::EntryId,
}

/// What the group agreed to do about a statement, and the way to agree on more.
#[component]
fn StatementActions(props: &StatementActionsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let StatementActionsProps { at, statement: id } = props;
    let place = at.key(statement_field(at.id(), id));
    let actions = actions_of(&snapshot.control, &snapshot.board, &place);
    let about = statement(at, id).map(|statement| words(&statement.text, texts)).unwrap_or_default();
    let action = NewAction { place, source: None, what: about.to_string(), who: None, by: String::new() };
    html! { <><ActionList {actions} /><ActionButton {action} {about} /></> }
}

/// What somebody answered for themselves alone.
fn own_list(at: &PartAt, answers: &[StatementAnswers], texts: Texts) -> Html {
    let row = |answers: &StatementAnswers| {
        html! {
            <li class="statement" key={answers.statement.to_string()}>
                <p class="statement__words">{ statement(at, &answers.statement).map(|statement| words(&statement.text, texts)).unwrap_or_default() }</p>
                <p data-test={format!("said-{}", answers.statement)}>{ said(answers, texts) }</p>
            </li>
        }
    };
    html! { <ul class="statements">{ for answers.iter().map(row) }</ul> }
}

fn listed<'a>(at: &PartAt, answers: impl Iterator<Item = &'a StatementAnswers>, texts: Texts) -> Html {
    let row = |answers: &StatementAnswers| {
        html! {
            <li class="statement" key={answers.statement.to_string()}>
                <p class="statement__words">{ statement(at, &answers.statement).map(|statement| words(&statement.text, texts)).unwrap_or_default() }</p>
                <Bars answers={answers.clone()} />
                if at.tool.actions { <StatementActions at={at.clone()} statement={answers.statement.clone()} /> }
            </li>
        }
    };
    html! { <ul class="statements">{ for answers.map(row) }</ul> }
}
