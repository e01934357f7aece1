//! One step of a tool: what its kind draws, and the buttons that lead on.

use shared::content::Audience;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq};

use super::frame::Frame;
use super::{around, key_of};
use crate::components::part_intro::PartIntro;
use crate::components::undo_button::UndoButton;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::{Asked, StepProps, Stop, Surface, stops, with_surroundings, words};
use crate::part::Spot;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};

/// Steps up to which each has a bar in the header; more would be too thin to be told apart.
const BARS: usize = 12;

/// See [`StepScreen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct StepScreenProps {
    /// Where this is.
    pub place: Place,
    /// The step.
    pub stop: Stop,
}

/// Draws the step.
#[component]
pub fn StepScreen(props: &StepScreenProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let go = use_go();
    let is_writing = use_state_eq(|| false);
    let on_write = use_callback(is_writing.clone(), |_: MouseEvent, is_writing| is_writing.set(true));
    let on_written = use_callback(is_writing.clone(), |(), is_writing| is_writing.set(false));
    let StepScreenProps { place, stop } = props;
    let (at, step, spot) = (&stop.at, &stop.step, stop.spot());
    // Which of one's own questions one is at is nobody else's business.
    let position = (at.tool.audience != Audience::Own).then(|| key_of(&spot));
    use_effect_with((session.clone(), position), |(session, position)| {
        session.set_position(position.clone());
    });
    let all = snapshot.control.tool(at.instance).map(|instance| stops(instance, texts)).unwrap_or_default();
    let (before, after) = around(&all, &spot);
    let has_more = after.is_some();
    let to = |spot: Option<Spot>| Route::Workshop(place.on(spot.map_or(Screen::Overview, Screen::Step)));
    let on_back = use_callback((go.clone(), to(before)), |(), (go, route)| go.emit(route.clone()));
    let on_next = use_callback((go.clone(), to(after)), |_: MouseEvent, (go, route)| go.emit(route.clone()));
    let back_click = use_callback(on_back.clone(), |_: MouseEvent, on_back| on_back.emit(()));
    let Some(views) = stop.views() else { return Html::default() };
    let can_write = snapshot.can_write() && snapshot.me.is_some();
    let asked = Asked { at, step: &step.code, surface: Surface::Phone, session: &session, snapshot: &snapshot, texts };
    let write = can_write.then(|| views.write_button(&asked)).flatten();
    let buttons = html! {
        <>
            if can_write { <UndoButton /> }
            if let Some(write) = write {
                <button class="button" type="button" onclick={on_write} data-test={write.test}>{ write.words }</button>
            } else if !step.asks {
                <button class="button" type="button" onclick={back_click} data-test="previous">{ texts.get(Key::AppBack) }</button>
            }
            <button class="button button--main phone__next" type="button" onclick={on_next} data-test="next">
                { texts.get(if has_more { Key::TableNext } else { Key::TableOverview }) }
            </button>
        </>
    };
    let in_part: Vec<&Stop> = all.iter().filter(|other| other.at.index == at.index).collect();
    let place_in_part = in_part.iter().position(|other| other.step.code == step.code).unwrap_or(0);
    let counted = texts.table_step_of(in_part.len(), place_in_part + 1);
    let line = match &at.part().title {
        Some(title) if at.tool.parts.len() > 1 && in_part.len() > 1 => format!("{} · {counted}", words(title, texts)),
        Some(title) if at.tool.parts.len() > 1 => words(title, texts).to_string(),
        _ => counted,
    };
    let progress = (2..=BARS).contains(&in_part.len()).then_some((place_in_part, in_part.len()));
    let inner = views.phone(StepProps {
        at: at.clone(),
        step: step.code.clone(),
        surface: Surface::Phone,
        is_writing: *is_writing,
        on_written,
    });
    html! {
        <Frame title={words(&at.tool.short_title, texts)} line={AttrValue::from(line)} {on_back} {progress} names_writer=true {buttons}
            step={AttrValue::from(format!("{}.{}", at.id(), step.code))}>
            { with_surroundings(at, &step.code, inner) }
            if place_in_part == 0 { <PartIntro at={at.clone()} /> }
        </Frame>
    }
}
