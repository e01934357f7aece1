//! The whole deck on a phone and on the desk: how far each card is, and who does what.

use std::rc::Rc;

use shared::content::{Axis, Card, Cards};
use shared::documents::board::BoardView;
use shared::documents::cards::CardsAnswers;
use yew::prelude::{AttrValue, Html, classes, component, html};

use super::filter::{FilterChoices, use_filter};
use super::takers::{Takers, marks};
use super::{content, how_far, place_words, value_on};
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::kinds::alone::{seen_board, use_answer_sheet};
use crate::kinds::{StepProps, Surface};
use crate::part::PartAt;
use crate::route::{Place, Route, Screen};
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};

/// Draws the deck, under each value of its first axis the cards that have it.
#[component]
pub(super) fn DeckStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let at = &props.at;
    let sheet = use_answer_sheet(at);
    let (filter, on_filter) = use_filter(at, content(at));
    let Some(content) = content(at) else { return Html::default() };
    let board = seen_board(&sheet, at);
    let deck = Rc::new(CardsAnswers::gather(&snapshot.control, &board, at.instance, at.id(), content));
    let is_desk = props.surface == Surface::Desk;
    let shown: Vec<&Card> = content.cards.iter().filter(|card| filter.lets(card)).collect();
    let drawn = Drawn { at, content, deck: &deck, board: &board, snapshot: &snapshot, is_desk, texts };
    html! {
        <>
            <Heading text={texts.get(Key::CardsDeck)} hint={AttrValue::Static(texts.get(Key::CardsHint))} is_section={is_desk} />
            if !content.axes.is_empty() { <FilterChoices axes={content.axes.clone()} filter={filter.clone()} {on_filter} /> }
            if !filter.is_all() {
                <p class="deck__count" role="status" data-test="deck-count">{ texts.cards_shown(shown.len(), content.cards.len()) }</p>
            }
            { for grouped(content, &shown, texts).into_iter().map(|(title, cards)| html! {
                <section class="deck" key={title.as_ref().map_or_else(String::new, ToString::to_string)}>
                    if let Some(title) = title { <h2 class="phone__section-title">{ title }</h2> }
                    <ul class="deck__cards">{ for cards.into_iter().map(|card| drawn.card(card)) }</ul>
                </section>
            }) }
            <Takers at={at.clone()} {deck} board={Rc::clone(&board)} />
        </>
    }
}

/// The cards under each value of the first axis, in the order of the deck; all under none where there is no axis.
fn grouped<'a>(content: &Cards, cards: &[&'a Card], texts: Texts) -> Vec<(Option<AttrValue>, Vec<&'a Card>)> {
    let mut groups: Vec<(Option<AttrValue>, Vec<&Card>)> = Vec::new();
    for card in cards {
        let title = content.axes.first().and_then(|axis: &Axis| value_on(axis, card, texts));
        match groups.iter_mut().find(|(found, _)| *found == title) {
            Some((_, cards)) => cards.push(card),
            None => groups.push((title, vec![card])),
        }
    }
    groups
}

/// What cards of a deck are drawn from.
struct Drawn<'a> {
    at: &'a PartAt,
    content: &'a Cards,
    deck: &'a CardsAnswers,
    board: &'a BoardView,
    snapshot: &'a Snapshot,
    is_desk: bool,
    texts: Texts,
}

impl Drawn<'_> {
    /// A card of the deck; on a phone it is opened by a tap, on the desk by the programme.
    fn card(&self, card: &Card) -> Html {
        let Some(answers) = self.deck.card(&card.id) else { return Html::default() };
        let (done, all) = how_far(answers);
        let place = place_words(self.content.axes.iter().skip(1), card, self.texts);
        let inner = html! {
            <>
                <span class="deck-card__words">
                    <span class="deck-card__title">{ card.title.get(self.texts.language).to_owned() }</span>
                    if !place.is_empty() { <span class="deck-card__place">{ place }</span> }
                </span>
                <span class="deck-card__state">
                    if all > 0 { <span>{ self.texts.table_answered_of(all, done) }</span> }
                    { marks(self.board, &answers.takers()) }
                </span>
            </>
        };
        let class = classes!("deck-card", (done > 0).then_some("deck-card--begun"));
        let test = format!("deck-card-{}", card.id);
        html! {
            <li key={card.id.to_string()}>
                if self.is_desk {
                    <div {class} data-test={test}>{ inner }</div>
                } else {
                    <a {class} href={link(self.at, card, self.snapshot)} data-test={test}>{ inner }</a>
                }
            </li>
        }
    }
}

/// The address of a card.
pub(super) fn link(at: &PartAt, card: &Card, snapshot: &Snapshot) -> String {
    let spot = at.spot(&card.id.to_string().into());
    let place = Place { workshop: snapshot.workshop, role: snapshot.role, screen: Screen::Step(spot) };
    format!("#{}", Route::Workshop(place))
}
