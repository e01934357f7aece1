//! A meeting's steps, with their minutes.

use shared::content::{Agenda, Moment};
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::side::Side;
use crate::texts::use_texts;

/// Steps up to which each also says why it is done.
const ROOMY: usize = 6;

/// See [`AgendaScene`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct AgendaSceneProps {
    /// The agenda.
    pub(super) agenda: Agenda,
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
                        <li class="screen-agenda__step" key={place}>
                            <span class="screen-agenda__number">{ place + 1 }</span>
                            <span class="screen-agenda__words">
                                <span class="screen-agenda__title">{ step.title.get(texts.language).to_owned() }</span>
                                if has_room { <span class="screen-agenda__purpose">{ step.purpose.get(texts.language).to_owned() }</span> }
                            </span>
                            if let Some(minutes) = step.minutes {
                                <span class="screen-agenda__minutes">{ texts.home_minutes(usize::from(minutes)) }</span>
                            }
                        </li>
                    }) }
                </ol>
            </section>
            <Side invitation={props.invitation.clone()}>
                <div class="screen-aim">
                    <p class="screen-aim__minutes">{ texts.read_meeting(usize::from(agenda.meeting_minutes)) }</p>
                    <p class="screen-aim__text">{ agenda.aim.get(texts.language).to_owned() }</p>
                </div>
            </Side>
        </div>
    }
}
