//! The stages one under the other, with who stands at each: to choose among, or to look at.

use std::rc::Rc;

use shared::content::{Position, Shape, Stage};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::position::{PositionAnswers, StageAnswers};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::drawing::course;
use crate::components::person_mark::person_mark;
use crate::kinds::{paragraphs, words};
use crate::people;
use crate::texts::{Key, Texts, use_texts};

/// Markers that are drawn at a stage; everyone is counted.
const DRAWN: usize = 24;

/// See [`StageList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct StageListProps {
    /// What is asked.
    pub(super) position: Rc<Position>,
    /// Where everyone stands.
    pub(super) answers: Rc<PositionAnswers>,
    /// Who chooses here.
    #[prop_or_default]
    pub(super) person: Option<EntryId>,
    /// Whether others' markers are seen.
    pub(super) shows_group: bool,
    /// Who is who, where everyone's marker is their own sign.
    #[prop_or_default]
    pub(super) signs: Option<Rc<BoardView>>,
    /// Chooses a stage, from 0; the stage that one stands at again to take the marker back.
    #[prop_or_default]
    pub(super) on_stage: Callback<u8>,
}

/// Draws the stages as buttons, with what marks each of them.
#[component]
pub(super) fn StageList(props: &StageListProps) -> Html {
    let texts = use_texts();
    let row = |(index, (stage, standing)): (u8, (&Stage, &StageAnswers))| {
        let is_own = props.person.is_some_and(|me| standing.people.contains(&me));
        html! {
            <li class="stand" key={stage.id.to_string()}>
                <StageButton {index} title={words(&stage.title, texts)} shape={props.position.shape} {is_own} on_stage={props.on_stage.clone()}>
                    if props.shows_group { { markers(standing, props.signs.as_deref(), texts) } }
                </StageButton>
                { about(stage, texts) }
            </li>
        }
    };
    html! { <ol class="stands">{ for (0..).zip(props.position.stages.iter().zip(&props.answers.stages)).map(row) }</ol> }
}

/// See [`StageButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct StageButtonProps {
    index: u8,
    title: AttrValue,
    shape: Shape,
    is_own: bool,
    on_stage: Callback<u8>,
    children: Html,
}

#[component]
fn StageButton(props: &StageButtonProps) -> Html {
    let onclick =
        use_callback((props.on_stage.clone(), props.index), |_: MouseEvent, (on_stage, index)| on_stage.emit(*index));
    html! {
        <button class="stand__button" type="button" aria-pressed={props.is_own.to_string()} {onclick} data-test={format!("stage-{}", props.index)}>
            if props.shape == Shape::Courses {
                { course(usize::from(props.index)) }
            } else {
                <span class="stand__number" aria-hidden="true">{ props.index + 1 }</span>
            }
            <span class="stand__title">{ &props.title }</span>
            { props.children.clone() }
        </button>
    }
}

/// Who stands at a stage: a marker for each, and how many.
pub(super) fn markers(standing: &StageAnswers, signs: Option<&BoardView>, texts: Texts) -> Html {
    let count = standing.people.len();
    if count == 0 {
        return Html::default();
    }
    let marker = |person: &EntryId| match signs {
        Some(board) => person_mark(people::mark(board, *person), Some("stand__sign")),
        None => html! { <span class="stand__dot"></span> },
    };
    html! {
        <span class="stand__people">
            <span class="stand__markers" aria-hidden="true">{ for standing.people.iter().take(DRAWN).map(marker) }</span>
            if count > DRAWN { <span aria-hidden="true">{ texts.app_and_more(count - DRAWN) }</span> }
            <span class="hidden-words">{ texts.result_people(count) }</span>
        </span>
    }
}

/// What marks a stage, folded; nothing where the tool says nothing of it.
fn about(stage: &Stage, texts: Texts) -> Html {
    if stage.text.is_empty() && stage.says.is_empty() && stage.thinks.is_empty() {
        return Html::default();
    }
    html! {
        <details class="disclosure stand__about">
            <summary class="disclosure__summary">{ texts.get(Key::PositionAbout) }<span class="hidden-words">{ ": " }{ words(&stage.title, texts) }</span></summary>
            <div class="disclosure__words">
                { paragraphs(&stage.text, texts) }
                { said_and_thought(stage, texts) }
            </div>
        </details>
    }
}

/// What is said at a stage, and beside each what is thought: they belong together in order.
pub(super) fn said_and_thought(stage: &Stage, texts: Texts) -> Html {
    if stage.says.is_empty() && stage.thinks.is_empty() {
        return Html::default();
    }
    let pairs = stage.says.len().max(stage.thinks.len());
    let cell = |entries: &[shared::content::Entry], place: usize| {
        entries.get(place).map(|entry| words(&entry.text, texts)).unwrap_or_default()
    };
    html! {
        <table class="said">
            <thead><tr><th scope="col">{ texts.get(Key::PositionSaid) }</th><th scope="col">{ texts.get(Key::PositionThought) }</th></tr></thead>
            <tbody>
                { for (0..pairs).map(|place| html! { <tr key={place}><td>{ cell(&stage.says, place) }</td><td>{ cell(&stage.thinks, place) }</td></tr> }) }
            </tbody>
        </table>
    }
}
