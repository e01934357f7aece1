//! A meeting's steps, with minutes and purpose.

mod scene;
mod step;

use shared::content::{Agenda, Body, Moment, Part, Phase, Step as AgendaStep};
use yew::prelude::{AttrValue, Html, component, html};

use self::scene::AgendaScene;
use self::step::MeetingStep;
use super::{PaperViews, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, Surface, list, words};
use crate::components::heading::Heading;
use crate::library::{Library, WithLibrary, use_library};
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct AgendaViews;

/// The step where all of it is read. No step's id begins so.
const READ: AttrValue = AttrValue::Static("_read");

fn title(at: &PartAt, texts: Texts) -> AttrValue {
    at.part().title.as_ref().map_or(AttrValue::Static(texts.get(Key::TableGuide)), |title| words(title, texts))
}

impl StepViews for AgendaViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let all = Step { code: READ, title: title(at, texts), asks: false };
        let step = |step: &AgendaStep| Step {
            code: step.id.to_string().into(),
            title: words(&step.title, texts),
            asks: false,
        };
        let steps = agenda(at.body()).into_iter().flat_map(|agenda| agenda.steps_at(Moment::Meeting));
        std::iter::once(all).chain(steps.map(step)).collect()
    }

    fn state(&self, _: &PartAt, _: &str, _: &Snapshot, _: Texts) -> Option<String> {
        None
    }

    fn phone(&self, props: StepProps) -> Html {
        if READ == props.step {
            html! { <WithLibrary><AgendaReadStep ..props /></WithLibrary> }
        } else {
            html! { <WithLibrary><MeetingStep ..props /></WithLibrary> }
        }
    }
}

impl SceneViews for AgendaViews {
    fn scene(&self, props: SceneProps, _: Texts) -> Scene {
        let here = props.step.as_deref().and_then(|step| place_of(&props.at, step));
        let scene = |agenda: &Agenda| {
            html! { <AgendaScene agenda={agenda.clone()} {here} invitation={props.invitation.clone()} /> }
        };
        Scene { title: None, body: agenda(props.at.body()).map(scene).unwrap_or_default(), has_legend: false }
    }
}

impl PaperViews for AgendaViews {
    fn read(&self, part: &Part, library: &Library, texts: Texts) -> Html {
        agenda(&part.body).map(|agenda| read(agenda, library, texts)).unwrap_or_default()
    }
}

/// Draws the agenda on a phone.
#[component]
fn AgendaReadStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let Some(agenda) = agenda(props.at.body()) else { return Html::default() };
    html! {
        <>
            <Heading text={title(&props.at, texts)} is_section={props.surface == Surface::Desk} />
            <div class="read">{ read(agenda, &library, texts) }</div>
        </>
    }
}

fn agenda(body: &Body) -> Option<&Agenda> {
    if let Body::Agenda(agenda) = body { agenda.get() } else { None }
}

/// Which of the meeting's steps a step is, counted from 0.
fn place_of(at: &PartAt, step: &str) -> Option<usize> {
    agenda(at.body())?.steps_at(Moment::Meeting).position(|found| found.id.as_str() == step)
}

/// What the meeting is called, with how long it takes where the tool says that.
fn meeting(agenda: &Agenda, texts: Texts) -> String {
    match agenda.meeting_minutes {
        0 => texts.get(Key::ReadMeetingUntimed).to_owned(),
        minutes => texts.read_meeting(usize::from(minutes)),
    }
}

/// Why a step is done, what to do, and which tools it leads to.
fn body(step: &AgendaStep, library: &Library, texts: Texts) -> Html {
    let name_of =
        |id: &str| library.tool(id).map_or_else(|| id.to_owned(), |tool| tool.title.get(texts.language).to_owned());
    html! {
        <>
            <p class="read__gist">{ words(&step.purpose, texts) }</p>
            { list(&step.tasks, texts) }
            if !step.points_to.is_empty() {
                <p class="read__hint">
                    { format!("{}: {}", texts.get(Key::ReadLeadsTo), step.points_to.iter().map(|id| name_of(id.as_str())).collect::<Vec<_>>().join(", ")) }
                </p>
            }
        </>
    }
}

fn read(agenda: &Agenda, library: &Library, texts: Texts) -> Html {
    let title = |step: &AgendaStep| {
        html! {
            <>
                { words(&step.title, texts) }
                if let Some(minutes) = step.minutes { <span class="read__minutes">{ texts.home_minutes(usize::from(minutes)) }</span> }
            </>
        }
    };
    let step = |is_grouped: bool, step: &AgendaStep| {
        html! {
            <li class="read__step">
                if is_grouped { <h4 class="read__step-title">{ title(step) }</h4> } else { <h3 class="read__step-title">{ title(step) }</h3> }
                { body(step, library, texts) }
            </li>
        }
    };
    let moment = |moment: Moment| {
        let heading = match moment {
            Moment::Preparation if agenda.preparation_minutes == 0 => texts.get(Key::ReadPreparationUntimed).to_owned(),
            Moment::Preparation => texts.read_preparation(usize::from(agenda.preparation_minutes)),
            Moment::Meeting => meeting(agenda, texts),
        };
        let phases: Vec<&Phase> = agenda.phases.iter().filter(|phase| phase.moment == moment).collect();
        html! {
            <section class="read__section">
                <h2>{ heading }</h2>
                if phases.len() > 1 {
                    <ol class="read__steps">{ for agenda.steps_at(moment).filter(|step| step.phase.is_none()).map(|found| step(false, found)) }</ol>
                    { for phases.into_iter().map(|phase| html! {
                        <>
                            <h3 class="read__phase">{ words(&phase.title, texts) }</h3>
                            <ol class="read__steps">
                                { for agenda.steps_at(moment).filter(|step| step.phase.as_ref() == Some(&phase.id)).map(|found| step(true, found)) }
                            </ol>
                        </>
                    }) }
                } else {
                    <ol class="read__steps">{ for agenda.steps_at(moment).map(|found| step(false, found)) }</ol>
                }
            </section>
        }
    };
    html! {
        <>
            <section class="read__section"><h2>{ texts.get(Key::ReadAim) }</h2><p>{ words(&agenda.aim, texts) }</p></section>
            <section class="read__section"><h2>{ texts.get(Key::ReadParticipants) }</h2>{ list(&agenda.participants, texts) }</section>
            if agenda.steps_at(Moment::Preparation).next().is_some() { { moment(Moment::Preparation) } }
            { moment(Moment::Meeting) }
        </>
    }
}
