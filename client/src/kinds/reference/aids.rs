//! What is in a text, and where something stands in it.

use shared::content::Section;
use web_sys::InputEvent;
use yew::prelude::{AttrValue, Html, Properties, TargetCast as _, component, html, use_callback, use_state_eq};

use super::sections;
use crate::hooks::use_snapshot;
use crate::kinds::words;
use crate::library::search::has_words;
use crate::part::{PartAt, Spot};
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, Texts, use_texts};

/// Places that are named; who finds more looks for more.
const MOST: usize = 20;

/// See [`Aids`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct AidsProps {
    /// The part.
    pub(super) at: PartAt,
    /// The section that is open.
    pub(super) step: AttrValue,
}

/// A place where something stands.
struct Found {
    spot: Spot,
    section: AttrValue,
    words: AttrValue,
}

/// Draws the tool's table of contents, folded, with a search through all of its text.
#[component]
pub(super) fn Aids(props: &AidsProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let sought = use_state_eq(String::new);
    let oninput = use_callback(sought.clone(), |event: InputEvent, sought| {
        if let Some(field) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
            sought.set(field.value());
        }
    });
    let parts: Vec<PartAt> = snapshot.control.tool(props.at.instance).into_iter().flat_map(PartAt::all).collect();
    let address = |spot: Spot| {
        let place = Place { workshop: snapshot.workshop, role: snapshot.role, screen: Screen::Step(spot) };
        format!("#{}", Route::Workshop(place))
    };
    let line = |at: &PartAt, section: &Section| {
        let here = at.index == props.at.index && section.id.as_str() == props.step.as_str();
        let spot = at.spot(&section.id.to_string().into());
        html! {
            <li key={format!("{}/{}", at.id(), section.id)}>
                <a href={address(spot)} aria-current={here.then_some("page")} data-test="contents-section">{ words(&section.title, texts) }</a>
            </li>
        }
    };
    let is_searching = !sought.trim().is_empty();
    let found = if is_searching { find(&parts, &sought, texts) } else { Vec::new() };
    html! {
        <details class="disclosure reading__aids" data-test="reading-aids">
            <summary class="disclosure__summary">{ texts.get(Key::ReferenceAids) }</summary>
            <input class="input" type="search" {oninput} aria-label={texts.get(Key::ReferenceSearch)} placeholder={texts.get(Key::ReferenceSearch)}
                enterkeyhint="search" autocomplete="off" data-test="reading-search" />
            if is_searching {
                <p role="status" data-test="reading-found" data-count={found.len().to_string()}>
                    { if found.is_empty() { texts.get(Key::ReferenceNothing).to_owned() } else { texts.reference_found(found.len()) } }
                </p>
                <ul class="reading__found">
                    { for found.into_iter().take(MOST).map(|place| html! {
                        <li>
                            <a href={address(place.spot)}>{ place.section }</a>
                            <p>{ place.words }</p>
                        </li>
                    }) }
                </ul>
            } else {
                <ol class="reading__contents" aria-label={texts.get(Key::ReferenceContents)}>
                    { for parts.iter().flat_map(|at| sections(at).iter().map(move |section| (at, section))).map(|(at, section)| line(at, section)) }
                </ol>
            }
        </details>
    }
}

/// Every piece of the tool's texts that has all the words that are sought, or stands under a heading that has.
fn find(parts: &[PartAt], sought: &str, texts: Texts) -> Vec<Found> {
    let mut found = Vec::new();
    for at in parts {
        for section in sections(at) {
            let title = words(&section.title, texts);
            let spot = at.spot(&section.id.to_string().into());
            let pieces = section.paragraphs.iter().chain(&section.items).map(|entry| words(&entry.text, texts));
            let before = found.len();
            found.extend(pieces.filter(|piece| has_words(piece, sought)).map(|words| Found {
                spot: spot.clone(),
                section: title.clone(),
                words,
            }));
            if found.len() == before && has_words(&title, sought) {
                found.push(Found { spot, section: title, words: AttrValue::Static("") });
            }
        }
    }
    found
}
