//! A deck that is gone through card by card: answers to its questions, and who takes which task.

mod card_scene;
mod card_step;
mod deck_scene;
mod deck_step;
mod filter;
mod paper;
mod takers;
mod task_item;

use shared::content::{Axis, Body, Card, Cards, Part};
use shared::documents::cards::{CardAnswers, CardsAnswers};
use yew::prelude::{AttrValue, Html, html};

use self::card_scene::CardScene;
use self::card_step::CardStep;
use self::deck_scene::DeckScene;
use self::deck_step::DeckStep;
use super::alone::board_of;
use super::{PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, words};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct CardsViews;

/// The step where the whole deck lies. No card's id begins so.
const DECK: AttrValue = AttrValue::Static("_deck");

impl StepViews for CardsViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let Some(content) = content(at) else { return Vec::new() };
        let deck = Step { code: DECK, title: AttrValue::Static(texts.get(Key::CardsDeck)), asks: false };
        let card =
            |card: &Card| Step { code: card.id.to_string().into(), title: words(&card.title, texts), asks: asks(card) };
        [deck].into_iter().chain(content.cards.iter().map(card)).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let card = found(at, step)?;
        // Only the card that is asked about.
        let alone = Cards { axes: Vec::new(), cards: vec![card.clone()] };
        let board = board_of(at, snapshot);
        let deck = CardsAnswers::gather(&snapshot.control, board, at.instance, at.id(), &alone);
        let (done, all) = how_far(deck.cards.first()?);
        (done > 0).then(|| texts.table_answered_of(all, done))
    }

    fn phone(&self, props: StepProps) -> Html {
        if DECK == props.step {
            html! { <DeckStep ..props /> }
        } else {
            html! { <CardStep ..props /> }
        }
    }
}

impl SceneViews for CardsViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let card = props.step.as_deref().and_then(|step| found(&props.at, step));
        let title = match card {
            Some(card) => Some(words(&card.title, texts)),
            None => props.at.part().title.as_ref().map(|title| words(title, texts)),
        };
        let body = if card.is_some() {
            html! { <CardScene ..props /> }
        } else {
            html! { <DeckScene ..props /> }
        };
        Scene { title, body, has_legend: false }
    }
}

impl PaperViews for CardsViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Cards(content) = &part.body else { return Html::default() };
        content.get().map(|content| paper::read(content, texts)).unwrap_or_default()
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        paper::result(props)
    }
}

fn content(at: &PartAt) -> Option<&Cards> {
    if let Body::Cards(content) = at.body() { content.get() } else { None }
}

/// The card that a step opens.
fn found<'a>(at: &'a PartAt, step: &str) -> Option<&'a Card> {
    content(at)?.cards.iter().find(|card| card.id.as_str() == step)
}

fn asks(card: &Card) -> bool {
    !card.questions.is_empty() || !card.tasks.is_empty()
}

/// How many questions of a card are answered and tasks of it taken, and how many there are.
fn how_far(answers: &CardAnswers) -> (usize, usize) {
    (answers.answered() + answers.taken(), answers.questions.len() + answers.tasks.len())
}

/// What a card is called on an axis.
fn value_on(axis: &Axis, card: &Card, texts: Texts) -> Option<AttrValue> {
    let place = card.place.get(axis.id.as_str())?;
    axis.values.iter().find(|value| value.id == *place).map(|value| words(&value.text, texts))
}

/// Where a card stands on the axes, in words; empty where the deck has none.
fn place_words<'a>(axes: impl IntoIterator<Item = &'a Axis>, card: &Card, texts: Texts) -> String {
    let values: Vec<String> =
        axes.into_iter().filter_map(|axis| value_on(axis, card, texts)).map(|value| value.to_string()).collect();
    values.join(" · ")
}
