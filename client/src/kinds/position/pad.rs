//! The triangle to place a marker in: by finger or mouse, by its corners, or by how much each corner pulls.

use std::rc::Rc;

use shared::content::Position;
use shared::documents::EntryId;
use shared::documents::position::{Place, PositionAnswers, STEPS};
use web_sys::{Element, Event, HtmlInputElement, InputEvent, MouseEvent, PointerEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_node_ref, use_state_eq,
};

use super::drawing::Drawing;
use super::shapes::{TRIANGLE, place_at};
use crate::kinds::words;
use crate::platform::pointer;
use crate::texts::{Key, use_texts};

/// See [`Pad`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct PadProps {
    /// What is asked.
    pub(super) position: Rc<Position>,
    /// Where everyone stands.
    pub(super) answers: Rc<PositionAnswers>,
    /// Who chooses.
    pub(super) person: EntryId,
    /// Whether others' markers are seen.
    pub(super) shows_group: bool,
    /// Places the marker; `None` takes it back.
    pub(super) on_place: Callback<Option<Place>>,
}

/// Draws the triangle. While the marker is moved it is drawn where it would be; it is placed when it is let go.
#[component]
pub(super) fn Pad(props: &PadProps) -> Html {
    let texts = use_texts();
    let pad = use_node_ref();
    let moving = use_state_eq(|| None::<Place>);
    let own = props.answers.places.of(props.person);
    let used = (pad.clone(), moving.clone());
    let follow = use_callback(used, |event: PointerEvent, (pad, moving)| {
        let drawing = pad.cast::<Element>().and_then(|pad| pad.query_selector("svg").ok().flatten());
        let Some((x, y)) = drawing.and_then(|drawing| pointer::place_in(&event, &drawing)) else { return };
        moving.set(Some(place_at((x * TRIANGLE.0, y * TRIANGLE.1))));
    });
    let onpointerdown = use_callback((pad.clone(), follow.clone()), |event: PointerEvent, (pad, follow)| {
        if event.button() == 0
            && let Some(pad) = pad.cast::<Element>()
        {
            pointer::hold(&event, &pad);
            follow.emit(event);
        }
    });
    let onpointermove = use_callback((moving.is_some(), follow), |event: PointerEvent, (is_moving, follow)| {
        if *is_moving {
            follow.emit(event);
        }
    });
    let used = (moving.clone(), props.on_place.clone());
    let onpointerup = use_callback(used, |_: PointerEvent, (moving, on_place)| {
        if let Some(place) = **moving {
            on_place.emit(Some(place));
        }
        moving.set(None);
    });
    let onpointercancel = use_callback(moving.clone(), |_: PointerEvent, moving| moving.set(None));
    let on_pull = use_callback(moving.clone(), |place: Place, moving| moving.set(Some(place)));
    let used = (moving.clone(), props.on_place.clone());
    let on_pulled = use_callback(used, |place: Place, (moving, on_place)| {
        on_place.emit(Some(place));
        moving.set(None);
    });
    let on_back = use_callback(props.on_place.clone(), |_: MouseEvent, on_place| on_place.emit(None));
    let pulls = match moving.or(own) {
        Some(Place::Between(pulls)) => Some(pulls),
        _ => None,
    };
    html! {
        <div class="pad">
            <div class="pad__field" ref={pad} {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} data-test="pad">
                <Drawing position={Rc::clone(&props.position)} answers={Rc::clone(&props.answers)} own={props.person}
                    moving={*moving} is_own_alone={!props.shows_group} />
            </div>
            <p class="sheet__small">{ texts.get(Key::PositionPad) }</p>
            <div class="pad__pulls">
                { for (0..3).map(|corner| html! {
                    <Pull key={corner} {corner} title={props.position.stages.get(corner).map(|stage| words(&stage.title, texts)).unwrap_or_default()}
                        {pulls} on_pull={on_pull.clone()} on_pulled={on_pulled.clone()} />
                }) }
            </div>
            if own.is_some() {
                <div class="actions"><button class="button button--small" type="button" onclick={on_back} data-test="take-back">{ texts.get(Key::PositionTakeBack) }</button></div>
            }
        </div>
    }
}

/// See [`Pull`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct PullProps {
    corner: usize,
    title: AttrValue,
    pulls: Option<[u8; 3]>,
    on_pull: Callback<Place>,
    on_pulled: Callback<Place>,
}

/// How strongly one corner pulls: a slider, which gives way to the other two in proportion.
#[component]
fn Pull(props: &PullProps) -> Html {
    let texts = use_texts();
    let used = (props.corner, props.pulls, props.on_pull.clone());
    let oninput = use_callback(used, |event: InputEvent, (corner, pulls, on_pull)| {
        if let Some(place) = event.target_dyn_into().and_then(|field| pulled(&field, *corner, *pulls)) {
            on_pull.emit(place);
        }
    });
    let used = (props.corner, props.pulls, props.on_pulled.clone());
    let onchange = use_callback(used, |event: Event, (corner, pulls, on_pulled)| {
        if let Some(place) = event.target_dyn_into().and_then(|field| pulled(&field, *corner, *pulls)) {
            on_pulled.emit(place);
        }
    });
    let value = props.pulls.map_or(0, |pulls| pulls[props.corner]);
    let said = match props.pulls {
        Some(_) => format!("{} %", u16::from(value) * 100 / u16::from(STEPS)),
        None => texts.get(Key::PositionUnplaced).to_owned(),
    };
    html! {
        <label class="pull">
            <span class="pull__title">{ &props.title }</span>
            <input class="pull__slider" type="range" min="0" max={STEPS.to_string()} value={value.to_string()} aria-valuetext={said}
                {oninput} {onchange} data-test={format!("pull-{}", props.corner)} />
        </label>
    }
}

fn pulled(field: &HtmlInputElement, corner: usize, pulls: Option<[u8; 3]>) -> Option<Place> {
    let wanted: u8 = field.value().parse().ok().filter(|wanted| *wanted <= STEPS)?;
    Some(with_pull(pulls.unwrap_or([0; 3]), corner, wanted))
}

/// The place where one corner pulls exactly so strongly, and the others share the rest as they did before.
fn with_pull(pulls: [u8; 3], corner: usize, wanted: u8) -> Place {
    let [first, second] = match corner {
        0 => [1, 2],
        1 => [0, 2],
        _ => [0, 1],
    };
    let left = STEPS - wanted;
    let rest = u16::from(pulls[first]) + u16::from(pulls[second]);
    let share = (u16::from(left) * u16::from(pulls[first])).checked_div(rest);
    let share = share.and_then(|share| u8::try_from(share).ok()).unwrap_or(left / 2);
    let mut then = [0; 3];
    then[corner] = wanted;
    then[first] = share;
    then[second] = left - share;
    Place::Between(then)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_that_pulls_more_leaves_the_others_in_proportion() {
        assert_eq!(with_pull([0, 15, 5], 0, 12), Place::Between([12, 6, 2]));
        assert_eq!(with_pull([0, 0, 0], 1, 10), Place::Between([5, 10, 5]));
        assert_eq!(with_pull([20, 0, 0], 0, 10), Place::Between([10, 5, 5]));
        assert_eq!(with_pull([3, 10, 7], 2, 20), Place::Between([0, 0, 20]));
        assert_eq!(with_pull([0, 0, 20], 2, 19), Place::Between([0, 1, 19]));
    }
}
