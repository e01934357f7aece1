//! The deck on the large screen: how far each of its cards is, who does what, and what nobody has taken.

use shared::content::{Axis, Card, Cards};
use shared::documents::board::BoardView;
use shared::documents::cards::{CardAnswers, CardsAnswers};
use yew::prelude::{AttrValue, Html, classes, component, html};

use super::takers::{mark_of, marks, task_words};
use super::{content, how_far};
use crate::actions;
use crate::kinds::{SceneProps, words};
use crate::texts::{Key, Texts, use_texts};
use crate::views::projector::side::Side;

/// Cards of a deck without two axes that fit on the screen.
const MOST: usize = 9;
/// People and roles that fit beside the deck, with the way in and without.
const TAKERS: usize = 8;
const TAKERS_BESIDE: usize = 4;
/// Open tasks that are named.
const NAMED: usize = 2;

/// Draws the deck as a field of its two last axes, or as a list where it has fewer.
#[component]
pub(super) fn DeckScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(content) = content(at) else { return Html::default() };
    let deck = CardsAnswers::gather(&props.control, &props.board, at.instance, at.id(), content);
    let has_tasks = deck.cards.iter().any(|card| !card.tasks.is_empty());
    let has_side = has_tasks || props.invitation.is_some();
    let picture = match content.axes.as_slice() {
        [.., columns, rows] => field(content, columns, rows, &deck, &props.board, texts),
        _ => listed(content, &deck, &props.board, texts),
    };
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-wall" data-test="deck-scene">{ picture }</section>
            if has_side {
                <Side invitation={props.invitation.clone()} is_invite_large={!has_tasks}>
                    if has_tasks { { takers(props, &deck, texts) } }
                </Side>
            }
        </div>
    }
}

/// Rows and columns with what all the cards of each place come to.
fn field(content: &Cards, columns: &Axis, rows: &Axis, deck: &CardsAnswers, board: &BoardView, texts: Texts) -> Html {
    let is_at = |card: &Card, axis: &Axis, value: &shared::content::EntryId| {
        card.place.get(axis.id.as_str()).is_some_and(|place| place == value)
    };
    let cell = |row: &shared::content::EntryId, column: &shared::content::EntryId| {
        let here = content.cards.iter().filter(|card| is_at(card, rows, row) && is_at(card, columns, column));
        let answers: Vec<&CardAnswers> = here.filter_map(|card| deck.card(&card.id)).collect();
        let (done, all) = sum(&answers);
        let mut takers = Vec::new();
        for who in answers.iter().flat_map(|card| card.takers()) {
            if !takers.contains(&who) {
                takers.push(who);
            }
        }
        html! {
            <td class={classes!("screen-deck__cell", state_class(done, all))} key={column.to_string()} data-test={format!("deck-cell-{row}-{column}")}
                data-count={done.to_string()}>
                if all > 0 {
                    <p class="screen-deck__count"><span class="screen-deck__number">{ done }</span>{ texts.cards_of(all) }</p>
                    <p class="screen-deck__takers">{ marks(board, &takers) }</p>
                }
            </td>
        }
    };
    html! {
        <table class="screen-deck">
            <thead>
                <tr>
                    <td></td>
                    { for columns.values.iter().map(|value| html! { <th scope="col" key={value.id.to_string()}>{ words(&value.text, texts) }</th> }) }
                </tr>
            </thead>
            <tbody>
                { for rows.values.iter().map(|row| html! {
                    <tr key={row.id.to_string()}>
                        <th scope="row">{ words(&row.text, texts) }</th>
                        { for columns.values.iter().map(|column| cell(&row.id, &column.id)) }
                    </tr>
                }) }
            </tbody>
        </table>
    }
}

/// Card by card.
fn listed(content: &Cards, deck: &CardsAnswers, board: &BoardView, texts: Texts) -> Html {
    let row = |(card, answers): (&Card, &CardAnswers)| {
        let (done, all) = how_far(answers);
        html! {
            <li class={classes!("screen-card", state_class(done, all))} key={card.id.to_string()} data-test={format!("deck-cell-{}", card.id)}
                data-count={done.to_string()}>
                <span class="screen-card__title">{ words(&card.title, texts) }</span>
                { marks(board, &answers.takers()) }
                if all > 0 { <span class="screen-deck__count"><span class="screen-deck__number">{ done }</span>{ texts.cards_of(all) }</span> }
            </li>
        }
    };
    let count = content.cards.len();
    html! {
        <>
            <ol class="screen-cards">{ for content.cards.iter().zip(&deck.cards).take(MOST).map(row) }</ol>
            if count > MOST { <p class="screen__more" data-test="projector-more">{ texts.app_and_more(count - MOST) }</p> }
        </>
    }
}

fn sum(answers: &[&CardAnswers]) -> (usize, usize) {
    answers.iter().map(|card| how_far(card)).fold((0, 0), |(done, all), (more, of)| (done + more, all + of))
}

/// The class that tells what is open from what is begun and what is whole.
fn state_class(done: usize, all: usize) -> Option<&'static str> {
    match done {
        0 => None,
        done if done == all => Some("is-whole"),
        _ => Some("is-begun"),
    }
}

/// Who does what, and what nobody has taken. Names stand where names are shown; a role always has its own.
fn takers(props: &SceneProps, deck: &CardsAnswers, texts: Texts) -> Html {
    use shared::documents::actions::Who;
    let most = if props.invitation.is_some() { TAKERS_BESIDE } else { TAKERS };
    let all = deck.by_taker();
    let open: Vec<AttrValue> = deck.open_tasks().map(|(_, task)| task_words(&props.at, task, texts)).collect();
    let name = |who: &Who| match who {
        Who::Person(_) if !props.names => None,
        who => Some(actions::who(&props.board, who, texts)),
    };
    html! {
        <>
            if !all.is_empty() {
                <div class="screen-takers" data-test="projector-takers">
                    <h2 class="screen-takers__title">{ texts.get(Key::CardsTakers) }</h2>
                    <ul class="screen-takers__list">
                        { for all.iter().take(most).map(|(who, tasks)| html! {
                            <li class="screen-taker" key={who.code()} data-count={tasks.len().to_string()}>
                                { mark_of(&props.board, who) }
                                <span class="screen-taker__name" dir="auto">{ name(who).unwrap_or_default() }</span>
                                <span class="screen-taker__count">{ texts.cards_tasks_count(tasks.len()) }</span>
                            </li>
                        }) }
                    </ul>
                    if all.len() > most { <p class="screen__more">{ texts.app_and_more(all.len() - most) }</p> }
                </div>
            }
            if !open.is_empty() {
                <div class="screen-open" data-test="projector-open" data-count={open.len().to_string()}>
                    <h2 class="screen-open__title">{ texts.cards_open(open.len()) }</h2>
                    if props.invitation.is_none() {
                        <ul class="screen-open__tasks">
                            { for open.iter().take(NAMED).map(|task| html! { <li class="screen-open__task">{ task }</li> }) }
                        </ul>
                    }
                </div>
            }
        </>
    }
}
