//! The plane with a disc for each note, to be moved by a finger, a mouse or the arrow keys.

use std::rc::Rc;

use shared::content::Matrix;
use shared::documents::EntryId;
use shared::documents::matrix::Spot;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_effect_with, use_mut_ref,
    use_node_ref, use_state_eq,
};

use super::plane::{nudged, pointed, to_drawing};
use crate::kinds::words;
use crate::texts::use_texts;

/// A note in the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Disc {
    /// The note.
    pub(super) id: EntryId,
    /// Its number in the list beside the drawing.
    pub(super) number: usize,
    /// Where it stands: several places, where two moved it apart.
    pub(super) spots: Vec<Spot>,
    /// What it says.
    pub(super) text: AttrValue,
}

/// See [`Drawing`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct DrawingProps {
    /// The axes.
    pub(super) matrix: Rc<Matrix>,
    /// The notes.
    pub(super) discs: Vec<Disc>,
    /// Moves a note; without it nothing moves.
    pub(super) on_move: Option<Callback<(EntryId, Spot)>>,
}

/// A disc that is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    id: EntryId,
    /// Where the finger is.
    spot: Spot,
    /// Whether it was moved at all: a tap moves nothing.
    is_moved: bool,
}

/// Draws the axes, what their ends are called, and the discs.
#[component]
pub(super) fn Drawing(props: &DrawingProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let held = use_state_eq(|| None::<Held>);
    let on_hold = use_callback((held.setter(), props.on_move.is_some()), |(id, spot): (EntryId, Spot), (held, can)| {
        if *can {
            held.set(Some(Held { id, spot, is_moved: false }));
        }
    });
    let onpointermove = use_callback((held.clone(), field.clone()), |event: PointerEvent, (held, field)| {
        let (Some(now), Some(field)) = (**held, field.cast::<Element>()) else { return };
        let area = field.get_bounding_client_rect();
        let at = [f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top()];
        let spot = pointed(at, [area.width(), area.height()]);
        if spot != now.spot {
            held.set(Some(Held { spot, is_moved: true, ..now }));
        }
    });
    let onpointerup = use_callback((held.clone(), props.on_move.clone()), |_: PointerEvent, (held, on_move)| {
        if let (Some(Held { id, spot, is_moved: true }), Some(on_move)) = (**held, on_move) {
            on_move.emit((id, spot));
        }
        held.set(None);
    });
    let onpointercancel = use_callback(held.setter(), |_: PointerEvent, held| held.set(None));
    let end = |name: &'static str, text| html! { <span class={classes!("plane__end", format!("plane__end--{name}"))}>{ words(text, texts) }</span> };
    html! {
        <div class="plane" data-test="plane">
            { end("top", &props.matrix.y.high) }
            { end("left", &props.matrix.x.low) }
            <svg class="plane__field" viewBox="0 0 1000 1000" ref={field} {onpointermove} {onpointerup} {onpointercancel}>
                <path class="plane__axes" d="M500 0V1000M0 500H1000" />
                { for props.discs.iter().flat_map(|disc| {
                    let moving = (*held).filter(|held| held.id == disc.id && held.is_moved);
                    let spots = moving.map_or_else(|| disc.spots.clone(), |held| vec![held.spot]);
                    spots.into_iter().enumerate().map(|(nth, spot)| html! {
                        <DrawnDisc key={format!("{} {nth}", disc.id)} disc={disc.clone()} {spot} is_unsettled={disc.spots.len() > 1}
                            is_held={moving.is_some()} on_hold={on_hold.clone()} on_move={props.on_move.clone()} />
                    }).collect::<Vec<_>>()
                }) }
            </svg>
            { end("right", &props.matrix.x.high) }
            { end("bottom", &props.matrix.y.low) }
        </div>
    }
}

/// See [`DrawnDisc`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct DrawnDiscProps {
    disc: Disc,
    spot: Spot,
    is_unsettled: bool,
    is_held: bool,
    on_hold: Callback<(EntryId, Spot)>,
    on_move: Option<Callback<(EntryId, Spot)>>,
}

#[component]
fn DrawnDisc(props: &DrawnDiscProps) -> Html {
    let texts = use_texts();
    let Disc { id, number, text, .. } = &props.disc;
    let onpointerdown =
        use_callback((props.on_hold.clone(), *id, props.spot), |event: PointerEvent, (on_hold, id, spot)| {
            // The field hears of what follows, also where the finger leaves it.
            let field = event.target().and_then(|shape| shape.dyn_into::<Element>().ok()?.closest("svg").ok()?);
            if let Some(field) = field {
                let _ = field.set_pointer_capture(event.pointer_id());
            }
            on_hold.emit((*id, *spot));
        });
    // A key that is held goes faster than the screen: each stride begins where the one before ended.
    let stands = use_mut_ref(|| props.spot);
    let drawn = stands.clone();
    use_effect_with(props.spot, move |spot| *drawn.borrow_mut() = *spot);
    let onkeydown = use_callback((props.on_move.clone(), *id), move |event: KeyboardEvent, (on_move, id)| {
        let next = nudged(*stands.borrow(), &event.key());
        if let (Some(on_move), Some(spot)) = (on_move, next) {
            event.prevent_default();
            *stands.borrow_mut() = spot;
            on_move.emit((*id, spot));
        }
    });
    let [x, y] = to_drawing(props.spot);
    let class = classes!(
        "plane__disc",
        props.is_unsettled.then_some("plane__disc--unsettled"),
        props.is_held.then_some("plane__disc--held")
    );
    let can_move = props.on_move.is_some();
    html! {
        <g {class} transform={format!("translate({x} {y})")} tabindex={can_move.then_some("0")} role={if can_move { "button" } else { "img" }}
            aria-label={texts.matrix_disc(*number, text)} {onpointerdown} {onkeydown} data-test="plane-disc">
            <circle class="plane__touch" r="70" />
            <circle class="plane__shape" r="48" />
            <text class="plane__number">{ number }</text>
        </g>
    }
}
