//! A section on a phone, of which each piece can be taken along into an answer.

use shared::content::Entry;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::aids::Aids;
use super::found;
use super::quote_sheet::QuoteSheet;
use crate::components::heading::Heading;
use crate::components::icon::Icon;
use crate::hooks::use_snapshot;
use crate::kinds::{StepProps, Surface, words};
use crate::texts::{Key, use_texts};

/// Draws the section.
#[component]
pub(super) fn SectionStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let quoted = use_state_eq(|| None::<AttrValue>);
    let on_quote = use_callback(quoted.clone(), |words: AttrValue, quoted| quoted.set(Some(words)));
    let on_close = use_callback(quoted.clone(), |(), quoted| quoted.set(None));
    let can_quote = use_snapshot().can_write();
    let Some(section) = found(&props.at, &props.step) else { return Html::default() };
    let piece = |entry: &Entry, is_item: bool| {
        html! {
            <Piece key={entry.id.to_string()} id={format!("piece-{}", entry.id)} words={words(&entry.text, texts)} {is_item}
                on_quote={can_quote.then(|| on_quote.clone())} />
        }
    };
    html! {
        <>
            <Heading text={words(&section.title, texts)} is_section={props.surface == Surface::Desk} />
            <div class="reading">
                { for section.paragraphs.iter().map(|entry| piece(entry, false)) }
                { for section.items.iter().map(|entry| piece(entry, true)) }
            </div>
            <Aids at={props.at.clone()} step={props.step.clone()} />
            if let Some(words) = &*quoted { <QuoteSheet words={words.clone()} {on_close} /> }
        </>
    }
}

/// See [`Piece`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct PieceProps {
    id: AttrValue,
    words: AttrValue,
    is_item: bool,
    /// Called with the words where they can be taken along.
    on_quote: Option<Callback<AttrValue>>,
}

/// A paragraph, or an item of the list under them.
#[component]
fn Piece(props: &PieceProps) -> Html {
    let texts = use_texts();
    let onclick = use_callback((props.on_quote.clone(), props.words.clone()), |_: MouseEvent, (on_quote, words)| {
        if let Some(on_quote) = on_quote {
            on_quote.emit(words.clone());
        }
    });
    html! {
        <div class={classes!("reading__piece", props.is_item.then_some("reading__piece--item"))}>
            <p class="reading__words" id={props.id.clone()}>{ &props.words }</p>
            if props.on_quote.is_some() {
                <button class="icon-button reading__quote" type="button" {onclick} aria-label={texts.get(Key::ReferenceQuote)} aria-describedby={props.id.clone()}
                    data-test="quote">{ Icon::Quote.image() }</button>
            }
        </div>
    }
}
