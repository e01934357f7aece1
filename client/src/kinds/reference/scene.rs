//! A text on the large screen: what is in it, or one section of it.

use shared::content::Section;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::sections;
use crate::kinds::{SceneProps, words};
use crate::texts::use_texts;
use crate::views::projector::side::Side;
use crate::views::projector::waiting::Waiting;

/// Letters up to which a section is set in each size, from the largest; what is longer is set in the smallest, in two
/// columns.
const SIZES: [(usize, &str); 3] =
    [(320, "screen-text--grand"), (700, "screen-text--large"), (1_150, "screen-text--medium")];
/// What the way in leaves room for, of these.
const BESIDE_INVITE: f64 = 0.6;

/// Draws what is in the text; where that is one section alone, what the tool is for.
#[component]
pub(super) fn ContentsScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let sections = sections(&props.at);
    if sections.len() < 2 {
        return html! { <Waiting words={words(&props.at.tool.summary, texts)} invitation={props.invitation.clone()} /> };
    }
    html! {
        <div class="screen__body screen__body--with-side">
            <ol class="screen-contents">
                { for sections.iter().enumerate().map(|(place, section)| html! {
                    <li class="screen-contents__section" key={section.id.to_string()}>
                        <span class="screen-agenda__number">{ place + 1 }</span>
                        <span class="screen-agenda__title">{ words(&section.title, texts) }</span>
                    </li>
                }) }
            </ol>
            <Side invitation={props.invitation.clone()} is_invite_large=true />
        </div>
    }
}

/// See [`SectionScene`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SectionSceneProps {
    /// The section.
    pub(super) section: Section,
    /// The way in.
    pub(super) invitation: Option<AttrValue>,
}

/// Draws a section, as large as all of it has room.
#[component]
pub(super) fn SectionScene(props: &SectionSceneProps) -> Html {
    let texts = use_texts();
    let Section { paragraphs, items, .. } = &props.section;
    let pieces: Vec<AttrValue> = paragraphs.iter().chain(items).map(|entry| words(&entry.text, texts)).collect();
    // A piece takes a line of its own besides its letters.
    let letters: usize = pieces.iter().map(|words| words.chars().count() + 40).sum();
    let share = if props.invitation.is_some() { BESIDE_INVITE } else { 1.0 };
    let size = SIZES.iter().find(|(most, _)| letters as f64 <= *most as f64 * share);
    let size = size.map_or("screen-text--small", |(_, size)| size);
    let body = html! {
        <div class={classes!("screen-text", size)}>
            { for pieces.iter().take(paragraphs.len()).map(|words| html! { <p class="screen-text__piece">{ words }</p> }) }
            if !items.is_empty() {
                <ul class="screen-text__items">{ for pieces.iter().skip(paragraphs.len()).map(|words| html! { <li class="screen-text__piece">{ words }</li> }) }</ul>
            }
        </div>
    };
    if props.invitation.is_none() {
        return html! { <div class="screen__body">{ body }</div> };
    }
    html! { <div class="screen__body screen__body--with-side">{ body }<Side invitation={props.invitation.clone()} /></div> }
}
