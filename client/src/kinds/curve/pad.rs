//! Draws one's own curve: by finger or mouse over the months, or month by month with a slider.

use std::rc::Rc;

use shared::content::Curve;
use shared::documents::curve::{CurveAnswers, CurvePoint, HIGHEST, PersonCurve};
use web_sys::{Element, Event, FocusEvent, HtmlInputElement, InputEvent, PointerEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_node_ref, use_state_eq,
};

use super::chart::{Chart, at, axis};
use crate::platform::pointer;
use crate::texts::{Key, use_texts};

/// Heights by month.
pub(super) type Heights = Vec<(u8, u8)>;

/// Where a slider begins that has no point yet.
const MIDDLE: u8 = 50;

/// See [`Pad`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct PadProps {
    /// What is asked.
    pub(super) curve: Rc<Curve>,
    /// One's own curve as it is kept.
    pub(super) own: PersonCurve,
    /// Sets the heights of months, as one thing done.
    pub(super) on_heights: Callback<Heights>,
}

/// Draws the chart. What is being drawn is seen at once, and kept when the finger lets go.
#[component]
pub(super) fn Pad(props: &PadProps) -> Html {
    let texts = use_texts();
    let pad = use_node_ref();
    let drawn = use_state_eq(Heights::new);
    let is_down = use_state_eq(|| false);
    let focus = use_state_eq(|| None::<u8>);
    let months = props.curve.months;
    let follow = use_callback((pad.clone(), drawn.clone(), months), |event: PointerEvent, (pad, drawn, months)| {
        let drawing = pad.cast::<Element>().and_then(|pad| pad.query_selector("svg").ok().flatten());
        let Some(place) = drawing.and_then(|drawing| pointer::place_in(&event, &drawing)) else { return };
        let (month, height) = at(place, *months);
        drawn.set(with(drawn, month, height));
    });
    let onpointerdown =
        use_callback((pad.clone(), is_down.clone(), follow.clone()), |event: PointerEvent, (pad, is_down, follow)| {
            if event.button() == 0
                && let Some(pad) = pad.cast::<Element>()
            {
                pointer::hold(&event, &pad);
                is_down.set(true);
                follow.emit(event);
            }
        });
    let onpointermove = use_callback((is_down.clone(), follow), |event: PointerEvent, (is_down, follow)| {
        if **is_down {
            follow.emit(event);
        }
    });
    let used = (drawn.clone(), is_down.clone(), props.on_heights.clone());
    let onpointerup = use_callback(used, |_: PointerEvent, (drawn, is_down, on_heights)| {
        if **is_down {
            on_heights.emit((**drawn).clone());
        }
        is_down.set(false);
        drawn.set(Heights::new());
    });
    let onpointercancel = use_callback((drawn.clone(), is_down), |_: PointerEvent, (drawn, is_down)| {
        is_down.set(false);
        drawn.set(Heights::new());
    });
    let on_slide =
        use_callback(drawn.clone(), |(month, height): (u8, u8), drawn| drawn.set(with(drawn, month, height)));
    let used = (drawn.clone(), props.on_heights.clone());
    let on_slid = use_callback(used, |slid: (u8, u8), (drawn, on_heights)| {
        on_heights.emit(vec![slid]);
        drawn.set(Heights::new());
    });
    let on_focus = use_callback(focus.clone(), |month: Option<u8>, focus| focus.set(month));
    let mut own = props.own.clone();
    for (month, height) in drawn.iter() {
        if let Some(point) = own.points.get_mut(usize::from(*month)) {
            *point = CurvePoint { heights: vec![*height], turns: point.turns.clone() };
        }
    }
    let nobody = Rc::new(CurveAnswers { curves: Vec::new(), skipped: 0 });
    html! {
        <div class="curve-pad">
            <div class="curve-pad__field" ref={pad} {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} data-test="curve-pad">
                <Chart curve={Rc::clone(&props.curve)} answers={nobody} own={own.clone()} focus={*focus} />
            </div>
            <p class="sheet__small">{ texts.get(Key::CurvePad) }</p>
            <div class="curve-pad__sliders" role="group" aria-label={texts.get(Key::CurveSliders)}>
                { for (0..months).zip(axis(months, texts)).map(|(month, label)| html! {
                    <Slider key={month} {month} {label} height={own.points.get(usize::from(month)).and_then(CurvePoint::height)}
                        on_slide={on_slide.clone()} on_slid={on_slid.clone()} on_focus={on_focus.clone()} />
                }) }
            </div>
        </div>
    }
}

fn with(drawn: &Heights, month: u8, height: u8) -> Heights {
    let mut then: Heights = drawn.iter().copied().filter(|(known, _)| *known != month).collect();
    then.push((month, height));
    then
}

/// See [`Slider`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct SliderProps {
    month: u8,
    label: AttrValue,
    height: Option<u8>,
    on_slide: Callback<(u8, u8)>,
    on_slid: Callback<(u8, u8)>,
    on_focus: Callback<Option<u8>>,
}

/// A month's point for keys and screen readers: its place is in the drawing, where it has the focus's ring.
#[component]
fn Slider(props: &SliderProps) -> Html {
    let texts = use_texts();
    let oninput = use_callback((props.month, props.on_slide.clone()), |event: InputEvent, (month, on_slide)| {
        if let Some(height) = event.target_dyn_into().and_then(|field| height(&field)) {
            on_slide.emit((*month, height));
        }
    });
    let onchange = use_callback((props.month, props.on_slid.clone()), |event: Event, (month, on_slid)| {
        if let Some(height) = event.target_dyn_into().and_then(|field| height(&field)) {
            on_slid.emit((*month, height));
        }
    });
    let onfocus = use_callback((props.month, props.on_focus.clone()), |_: FocusEvent, (month, on_focus)| {
        on_focus.emit(Some(*month))
    });
    let onblur = use_callback(props.on_focus.clone(), |_: FocusEvent, on_focus| on_focus.emit(None));
    let said = match props.height {
        Some(height) => height.to_string(),
        None => texts.get(Key::PositionUnplaced).to_owned(),
    };
    html! {
        <label>
            <span>{ &props.label }</span>
            <input type="range" min="1" max={HIGHEST.to_string()} step="1" value={props.height.unwrap_or(MIDDLE).to_string()} aria-valuetext={said}
                {oninput} {onchange} {onfocus} {onblur} data-test={format!("point-{}", props.month)} />
        </label>
    }
}

fn height(field: &HtmlInputElement) -> Option<u8> {
    field.value().parse().ok().filter(|height| (1..=HIGHEST).contains(height))
}
