//! The barometer as a drawing: numbers on an arc, everyone's marks outside it, those of earlier rounds inside it as rings,
//! the older the fainter, and a needle at the one in the middle.

use std::f64::consts::PI;
use std::rc::Rc;

use shared::content::Scale;
use shared::documents::EntryId;
use shared::documents::board::{BoardView, Mark};
use shared::documents::scale::ScaleRound;
use yew::prelude::{Html, Properties, classes, component, html};

use crate::components::marker::number;
use crate::components::person_mark::{colour_class, glyph};
use crate::people;

/// The middle of the arc, its inner and its outer edge.
const MIDDLE: (f64, f64) = (0.0, 0.0);
const INNER: f64 = 220.0;
const OUTER: f64 = 330.0;
/// How far out marks may stand: the drawing is as large as it can be for the people there are.
const REACHES: [f64; 3] = [390.0, 450.0, 510.0];
/// What lies under the middle.
const BELOW: f64 = 32.0;
/// How far in the rings of earlier rounds may stand.
const NEAREST: f64 = 110.0;
/// Most earlier rounds that are drawn.
const ROUNDS: usize = 3;
/// The largest step from mark to mark.
const LARGEST: f64 = 34.0;

/// See [`Barometer`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct BarometerProps {
    /// What is asked.
    pub(super) scale: Scale,
    /// The round that is shown.
    pub(super) round: ScaleRound,
    /// The rounds before it, the latest first.
    pub(super) earlier: Vec<ScaleRound>,
    /// The number that this person chose.
    #[prop_or_default]
    pub(super) own: Option<u8>,
    /// Who is who, where everyone's mark is to be their own sign.
    #[prop_or_default]
    pub(super) signs: Option<Rc<BoardView>>,
}

/// Draws it. What it shows stands beside it in words.
#[component]
pub(super) fn Barometer(props: &BarometerProps) -> Html {
    let scale = &props.scale;
    let steps = f64::from(scale.max.saturating_sub(scale.min)) + 1.0;
    let wedge = PI / steps;
    let from = |mark: u8| PI - f64::from(mark.saturating_sub(scale.min)) * wedge;
    let segment = |mark: u8| {
        let (left, right) = (from(mark), from(mark) - wedge);
        let gap = 0.008;
        let path = ring_path(left - gap, right + gap);
        let (x, y) = point(left - wedge / 2.0, f64::midpoint(INNER, OUTER));
        // From the warm end over paper to the calm one, -1 to 1; the numbers say the same.
        let calm = 2.0 * f64::from(mark.saturating_sub(scale.min)) / (steps - 1.0).max(1.0) - 1.0;
        let is_own = props.own == Some(mark);
        html! {
            <g key={mark}>
                <path class="barometer__middle" d={path.clone()} />
                <path class={if calm < 0.0 { "barometer__warm" } else { "barometer__calm" }} d={path.clone()} fill-opacity={number(calm.abs())} />
                if is_own { <path class="barometer__own" d={path} /> }
                <text class={classes!("barometer__number", is_own.then_some("barometer__number--own"))} x={number(x)} y={number(y)}>{ mark }</text>
            </g>
        }
    };
    let most = |round: &ScaleRound| round.marks.people.values().map(Vec::len).max().unwrap_or(0);
    let (reach, size) = reach_and_size(most(&props.round), wedge);
    let marks = |round: &ScaleRound, strip: Strip, size: f64, draw: &dyn Fn(EntryId, f64, f64) -> Html| {
        let each = round.marks.people.iter().flat_map(|(mark, people)| {
            let places = strip.places(people.len(), from(*mark) - wedge / 2.0, wedge, size);
            places.into_iter().zip(people).map(|((x, y), person)| draw(*person, x, y)).collect::<Vec<_>>()
        });
        each.collect::<Html>()
    };
    let now = marks(&props.round, Strip { from: OUTER, to: reach }, size, &|person, x, y| match &props.signs {
        None => circle("barometer__mark", x, y, size, 1.0),
        Some(board) => sign(people::mark(board, person), x, y, size),
    });
    let drawn = &props.earlier[..props.earlier.len().min(ROUNDS)];
    let earlier = strips(drawn.len()).zip(drawn).map(|((strip, strength), round)| {
        let size = strip.size_for(most(round), wedge, LARGEST * 0.8);
        marks(round, strip, size, &|_, x, y| circle("barometer__earlier", x, y, size, strength))
    });
    let needle = props.round.spread().map(|(_, middle, _)| {
        let (x, y) = point(from(middle) - wedge / 2.0, INNER - 18.0);
        html! { <line class="barometer__needle" x1={number(MIDDLE.0)} y1={number(MIDDLE.1)} x2={number(x)} y2={number(y)} /> }
    });
    html! {
        <svg class="barometer" viewBox={format!("-{reach} -{reach} {} {}", reach * 2.0, reach + BELOW)} aria-hidden="true" focusable="false">
            { for (scale.min..=scale.max).map(segment) }
            { for earlier }
            { now }
            if let Some(needle) = needle { { needle }<circle class="barometer__hub" cx={number(MIDDLE.0)} cy={number(MIDDLE.1)} r="20" /> }
        </svg>
    }
}

/// A point of the drawing, by its angle and how far it is from the middle.
fn point(angle: f64, radius: f64) -> (f64, f64) {
    (MIDDLE.0 + radius * angle.cos(), MIDDLE.1 - radius * angle.sin())
}

fn ring_path(left: f64, right: f64) -> String {
    let corner = |angle, radius| {
        let (x, y) = point(angle, radius);
        format!("{} {}", number(x), number(y))
    };
    format!(
        "M{} A{OUTER} {OUTER} 0 0 1 {} L{} A{INNER} {INNER} 0 0 0 {}Z",
        corner(left, OUTER),
        corner(right, OUTER),
        corner(right, INNER),
        corner(left, INNER)
    )
}

/// How many marks of a size stand beside each other within a wedge at a radius.
fn per_row(wedge: f64, radius: f64, size: f64) -> usize {
    // A wedge at a radius holds a small positive number of marks.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let fit = (wedge * radius * 0.92 / size) as usize;
    fit.max(1)
}

/// A strip along the arc that marks stand in, in rows from one radius to another: outside the arc, or inside it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Strip {
    from: f64,
    to: f64,
}

impl Strip {
    /// The radius of the row with this number.
    fn row_radius(self, row: usize, size: f64) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "few rows")]
        let off = (row as f64 + 0.5) * size + 12.0;
        if self.to < self.from { self.from - off } else { self.from + off }
    }

    /// The largest size, up to `largest`, with which `most` marks fit into a wedge of it.
    fn size_for(self, most: usize, wedge: f64, largest: f64) -> f64 {
        let mut size = largest;
        while size > 5.0 {
            let is_inside = |row: &usize| {
                let off = (self.row_radius(*row, size) - self.from).abs();
                off + size / 2.0 <= (self.to - self.from).abs()
            };
            let room: usize =
                (0..).take_while(is_inside).map(|row| per_row(wedge, self.row_radius(row, size), size)).sum();
            if room >= most {
                break;
            }
            size -= 1.0;
        }
        size
    }

    /// Where `count` marks stand around an angle: row by row from its beginning, each row in its middle.
    fn places(self, count: usize, angle: f64, wedge: f64, size: f64) -> Vec<(f64, f64)> {
        let mut places = Vec::with_capacity(count);
        let mut row = 0;
        while places.len() < count {
            let radius = self.row_radius(row, size);
            let in_row = per_row(wedge, radius, size).min(count - places.len());
            for place in 0..in_row {
                #[allow(clippy::cast_precision_loss, reason = "few marks in a row")]
                let off = (place as f64 - (in_row as f64 - 1.0) / 2.0) * size / radius;
                places.push(point(angle - off, radius));
            }
            row += 1;
        }
        places
    }
}

/// The strips of `rounds` earlier rounds, from the arc inwards, with how strong each is drawn.
fn strips(rounds: usize) -> impl Iterator<Item = (Strip, f64)> {
    #[allow(clippy::cast_precision_loss, reason = "few rounds")]
    let (count, of) = (rounds.max(1) as f64, move |round: usize| round as f64);
    let depth = (INNER - NEAREST) / count;
    (0..rounds).map(move |round| {
        let from = INNER - of(round) * depth;
        (Strip { from, to: from - depth }, 1.0 - of(round) * 0.3)
    })
}

/// The least reach with which `most` marks fit into a wedge in their largest size, or else the last one, and the size.
fn reach_and_size(most: usize, wedge: f64) -> (f64, f64) {
    let fitting = REACHES.into_iter().map(|to| (to, Strip { from: OUTER, to }.size_for(most, wedge, LARGEST)));
    let mut last = (OUTER, LARGEST);
    for (reach, size) in fitting {
        last = (reach, size);
        if size >= LARGEST {
            break;
        }
    }
    last
}

fn circle(class: &'static str, x: f64, y: f64, size: f64, strength: f64) -> Html {
    html! { <circle {class} cx={number(x)} cy={number(y)} r={number(size * 0.41)} opacity={number(strength)} /> }
}

/// A person's own sign.
fn sign(mark: Mark, x: f64, y: f64, size: f64) -> Html {
    let side = number(size * 0.94);
    html! {
        <svg class={colour_class(mark)} x={number(x - size * 0.47)} y={number(y - size * 0.47)} width={side.clone()} height={side} viewBox="0 0 24 24">
            { glyph(mark) }
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_two_hundred_marks_of_one_number_stay_inside_the_drawing_and_off_their_neighbours() {
        for steps in [5_u8, 10] {
            let wedge = PI / f64::from(steps);
            for count in [1, 2, 7, 30, 200] {
                let (reach, size) = reach_and_size(count, wedge);
                for segment in 0..steps {
                    let angle = PI - (f64::from(segment) + 0.5) * wedge;
                    let places = Strip { from: OUTER, to: reach }.places(count, angle, wedge, size);
                    assert_eq!(places.len(), count);
                    for (x, y) in places {
                        assert!(x.abs() <= reach && (-reach..=BELOW).contains(&y), "{steps} {count} {x} {y}");
                        let off = ((MIDDLE.1 - y).atan2(x - MIDDLE.0) - angle).abs();
                        assert!(off <= wedge / 2.0, "{steps} {count}: {off}");
                    }
                }
            }
        }
    }

    #[test]
    fn rounds_stand_one_inside_the_other_and_the_older_is_the_fainter() {
        let wedge = PI / 10.0;
        for rounds in 1..=ROUNDS {
            let strips: Vec<(Strip, f64)> = strips(rounds).collect();
            assert_eq!(strips.len(), rounds);
            for pair in strips.windows(2) {
                assert!(pair[1].0.from <= pair[0].0.to + 1e-9 && pair[1].1 < pair[0].1);
            }
            for (strip, strength) in strips {
                assert!(strip.to >= NEAREST - 1e-9 && strip.from <= INNER && strength > 0.0);
                // As many as come to most workshops; more stand closer to the middle.
                for count in [1, 3] {
                    let size = strip.size_for(count, wedge, LARGEST * 0.8);
                    for (x, y) in strip.places(count, PI / 2.0, wedge, size) {
                        let radius = (x - MIDDLE.0).hypot(y - MIDDLE.1);
                        assert!(
                            radius - size / 2.0 >= strip.to - 1.0 && radius <= strip.from,
                            "{rounds} {count} {radius}"
                        );
                    }
                }
            }
        }
    }
}
