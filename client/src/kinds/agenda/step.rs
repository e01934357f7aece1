//! One step of a meeting on a phone and on the desk: where the group is, what for, and what to do.

use shared::content::Moment;
use yew::prelude::{AttrValue, Html, component, html};

use super::{agenda, body, place_of};
use crate::components::heading::Heading;
use crate::hooks::use_snapshot;
use crate::kinds::{StepProps, Surface, words};
use crate::library::use_library;
use crate::texts::{Key, use_texts};

/// Draws the step.
#[component]
pub(super) fn MeetingStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let snapshot = use_snapshot();
    let at = &props.at;
    let (Some(agenda), Some(place)) = (agenda(at.body()), place_of(at, &props.step)) else { return Html::default() };
    let Some(step) = agenda.steps_at(Moment::Meeting).nth(place) else { return Html::default() };
    let shown = snapshot.control.focus.settled().filter(|focus| focus.tool == at.instance);
    let here = shown.and_then(|focus| place_of(at, &at.step_in(focus.field.as_ref()?)?));
    let count = agenda.steps_at(Moment::Meeting).count();
    let minutes = step.minutes.map(|minutes| texts.home_minutes(usize::from(minutes)));
    html! {
        <>
            <Heading text={words(&step.title, texts)} hint={minutes.map(AttrValue::from)} is_section={props.surface == Surface::Desk} />
            if let Some(here) = here {
                <p class="agenda-here" data-test="agenda-here">
                    { if here == place { texts.get(Key::AgendaHere).to_owned() } else { texts.agenda_group_at(count, here + 1) } }
                </p>
            }
            <div class="read"><div class="read__section">{ body(step, &library, texts) }</div></div>
        </>
    }
}
