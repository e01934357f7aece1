//! Who does what, and what nobody has taken.

use std::rc::Rc;

use shared::documents::actions::Who;
use shared::documents::board::BoardView;
use shared::documents::cards::CardsAnswers;
use shared::documents::cards::TaskAnswers;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::content;
use crate::actions;
use crate::components::person_mark::person_mark;
use crate::kinds::words;
use crate::part::PartAt;
use crate::people;
use crate::texts::{Key, Texts, use_texts};

/// See [`Takers`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TakersProps {
    /// The part.
    pub(super) at: PartAt,
    /// Its answers.
    pub(super) deck: Rc<CardsAnswers>,
    /// Who is who.
    pub(super) board: Rc<BoardView>,
}

/// Draws everyone who takes a task with what they take, and how many tasks nobody has taken; nothing for a deck without.
#[component]
pub(super) fn Takers(props: &TakersProps) -> Html {
    let texts = use_texts();
    let TakersProps { at, deck, board } = props;
    if deck.cards.iter().all(|card| card.tasks.is_empty()) {
        return Html::default();
    }
    let open = deck.open_tasks().count();
    html! {
        <section class="phone__section" data-test="takers">
            <h2 class="phone__section-title">{ texts.get(Key::CardsTakers) }</h2>
            <ul class="takers">
                { for deck.by_taker().into_iter().map(|(who, tasks)| html! {
                    <li class="taker" key={who.code()}>
                        <p class="taker__who">{ mark_of(board, who) }<span dir="auto">{ actions::who(board, who, texts) }</span></p>
                        <ul class="taker__tasks">{ for tasks.into_iter().map(|task| html! { <li>{ task_words(at, task, texts) }</li> }) }</ul>
                    </li>
                }) }
            </ul>
            if open > 0 { <p class="takers__open" data-test="open-tasks">{ texts.cards_open(open) }</p> }
        </section>
    }
}

/// A task in the tool's words.
pub(super) fn task_words(at: &PartAt, task: &TaskAnswers, texts: Texts) -> AttrValue {
    let tasks = content(at).into_iter().flat_map(|content| &content.cards).flat_map(|card| &card.tasks);
    let found = tasks.into_iter().find(|found| found.id == task.task);
    found.map(|found| words(&found.text, texts)).unwrap_or_default()
}

/// A person's mark; a ring for a role.
pub(super) fn mark_of(board: &BoardView, who: &Who) -> Html {
    match who {
        Who::Person(person) => person_mark(people::mark(board, *person), None),
        Who::Named(_) => html! { <span class="role-mark" aria-hidden="true"></span> },
    }
}

/// The marks of all who take something, beside each other.
pub(super) fn marks(board: &BoardView, takers: &[&Who]) -> Html {
    /// More are not told apart.
    const MOST: usize = 8;
    html! {
        if !takers.is_empty() { <span class="taker-marks" aria-hidden="true">{ for takers.iter().take(MOST).map(|who| mark_of(board, who)) }</span> }
    }
}
