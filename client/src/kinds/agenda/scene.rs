//! A meeting's steps, with their minutes.

use std::cmp::Ordering;

use shared::content::{Agenda, Moment};
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use super::meeting;
use crate::texts::{Key, use_texts};
use crate::views::projector::side::Side;

/// Steps up to which each also says why it is done.
const ROOMY: usize = 6;

/// See [`AgendaScene`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct AgendaSceneProps {
    /// The agenda.
    pub(super) agenda: Agenda,
    /// The step that the group is at, counted from 0.
    pub(super) here: Option<usize>,
    /// The way in.
    pub(super) invitation: Option<AttrValue>,
}

/// Draws the steps of the meeting; what is done ahead of it is not the wall's.
#[component]
pub(super) fn AgendaScene(props: &AgendaSceneProps) -> Html {
    let texts = use_texts();
    let agenda = &props.agenda;
    let has_room = agenda.steps_at(Moment::Meeting).count() <= ROOMY;
    html! {
        <div class="screen__body screen__body--with-side">
            <section class="screen-agenda">
                <ol class="screen-agenda__steps">
                    { for agenda.steps_at(Moment::Meeting).enumerate().map(|(place, step)| html! {
                        <li class={classes!("screen-agenda__step", class_of(place, props.here))} key={place}
                            aria-current={(props.here == Some(place)).then_some("step")} data-test="agenda-step">
                            <span class="screen-agenda__number">{ place + 1 }</span>
                            <span class="screen-agenda__words">
                                <span class="screen-agenda__title">{ step.title.get(texts.language).to_owned() }</span>
                                if has_room { <span class="screen-agenda__purpose">{ step.purpose.get(texts.language).to_owned() }</span> }
                            </span>
                            if let Some(word) = word_of(place, props.here) { <span class="screen-agenda__word">{ texts.get(word) }</span> }
                            if let Some(minutes) = step.minutes {
                                <span class="screen-agenda__minutes">{ texts.home_minutes(usize::from(minutes)) }</span>
                            }
                        </li>
                    }) }
                </ol>
            </section>
            <Side invitation={props.invitation.clone()}>
                <div class="screen-aim">
                    <p class="screen-aim__minutes">{ meeting(agenda, texts) }</p>
                    <p class="screen-aim__text">{ agenda.aim.get(texts.language).to_owned() }</p>
                </div>
            </Side>
        </div>
    }
}

/// How a step looks where the group is at step `here`.
fn class_of(place: usize, here: Option<usize>) -> Option<&'static str> {
    match place.cmp(&here?) {
        Ordering::Less => Some("screen-agenda__step--done"),
        Ordering::Equal => Some("screen-agenda__step--here"),
        Ordering::Greater => None,
    }
}

/// The same in words, which do not depend on seeing colours.
fn word_of(place: usize, here: Option<usize>) -> Option<Key> {
    match place.cmp(&here?) {
        Ordering::Less => Some(Key::AgendaDone),
        Ordering::Equal => Some(Key::AgendaNow),
        Ordering::Greater => None,
    }
}
