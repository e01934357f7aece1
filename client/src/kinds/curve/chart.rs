//! Curves as a drawing: the months from left to right, heavier further up.

use std::rc::Rc;

use shared::content::Curve;
use shared::documents::board::BoardView;
use shared::documents::curve::{CurveAnswers, HIGHEST, PersonCurve};
use yew::prelude::{AttrValue, Html, Properties, classes, component, html};

use crate::components::marker::number;
use crate::components::person_mark::colour_class;
use crate::kinds::words;
use crate::people;
use crate::texts::{Key, Texts, use_texts};

/// The drawing's width and height, and where the highest and the lowest point are.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 340.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 316.0;

/// See [`Chart`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ChartProps {
    /// What is asked.
    pub(super) curve: Rc<Curve>,
    /// The curves that are shared.
    pub(super) answers: Rc<CurveAnswers>,
    /// The person's own as it is being drawn, over the others.
    #[prop_or_default]
    pub(super) own: Option<PersonCurve>,
    /// The month whose point has the focus.
    #[prop_or_default]
    pub(super) focus: Option<u8>,
    /// Who is who, where curves are to be in people's own colours.
    #[prop_or_default]
    pub(super) signs: Option<Rc<BoardView>>,
}

/// Draws the curves between what the highest and the lowest point mean. In words it stands beside the months.
#[component]
pub(super) fn Chart(props: &ChartProps) -> Html {
    let texts = use_texts();
    let curve = &props.curve;
    let months = curve.months;
    let line = |person: &PersonCurve, class: &'static str| {
        let heights: Vec<Option<u8>> = person.points.iter().map(|point| point.height()).collect();
        let colour = props.signs.as_ref().map(|board| colour_class(people::mark(board, person.person)));
        html! { <path key={person.person.to_string()} class={classes!(class, colour)} d={path(&heights)} /> }
    };
    let middle: Vec<Option<u8>> = (0..months).map(|month| Some(props.answers.spread(month)?.1)).collect();
    let has_middle = props.own.is_none() && props.answers.curves.len() > 2;
    let points = props.own.iter().flat_map(|own| (0..months).zip(&own.points));
    let point = |(month, point): (u8, &shared::documents::curve::CurvePoint)| {
        let class = classes!("curve__point", (props.focus == Some(month)).then_some("curve__point--focus"));
        point.height().map(|height| {
            html! { <circle key={month} {class} cx={number(x_of(months, month))} cy={number(y_of(height))} r="13" /> }
        })
    };
    let others =
        props.answers.curves.iter().filter(|other| props.own.as_ref().is_none_or(|own| own.person != other.person));
    html! {
        <div class="curve">
            <p class="curve__end">{ words(&curve.high, texts) }</p>
            <svg class="curve__drawing" viewBox={format!("0 0 {} {}", number(WIDTH), number(HEIGHT))} preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="curve__high" width={number(WIDTH)} height={number(HEIGHT / 3.0)} rx="14" />
                <path class="curve__ground" d={format!("M0 {0}H{1}M0 {2}H{1}", number(HEIGHT * 2.0 / 3.0), number(WIDTH), number(HEIGHT - 1.0))} />
                { for (0..months).map(|month| html! { <path key={month} class="curve__month" d={format!("M{} 0V{}", number(x_of(months, month)), number(HEIGHT))} /> }) }
                if has_middle { <path class="curve__middle" d={path(&middle)} /> }
                { for others.map(|other| line(other, "curve__line")) }
                if let Some(own) = &props.own { { line(own, "curve__line curve__line--own") } }
                { for points.filter_map(point) }
            </svg>
            <p class="curve__end">{ words(&curve.low, texts) }</p>
            <ol class="curve__axis" aria-hidden="true">
                { for axis_short(months, texts).into_iter().map(|ago| html! { <li key={ago.to_string()}>{ ago }</li> }) }
            </ol>
        </div>
    }
}

/// What each month is called, the oldest first.
pub(super) fn axis(months: u8, texts: Texts) -> Vec<AttrValue> {
    let ago = |month: u8| match months - 1 - month {
        0 => AttrValue::Static(texts.get(Key::CurveNow)),
        ago => AttrValue::from(texts.curve_ago(usize::from(ago))),
    };
    (0..months).map(ago).collect()
}

/// The same as short as it can be, under the drawing.
fn axis_short(months: u8, texts: Texts) -> Vec<AttrValue> {
    let ago = |month: u8| match months - 1 - month {
        0 => AttrValue::Static(texts.get(Key::CurveNow)),
        ago => AttrValue::from(texts.curve_ago_short(usize::from(ago))),
    };
    (0..months).map(ago).collect()
}

/// Where a month lies: in the middle of its column.
fn x_of(months: u8, month: u8) -> f64 {
    (f64::from(month) + 0.5) / f64::from(months.max(1)) * WIDTH
}

fn y_of(height: u8) -> f64 {
    BOTTOM - (BOTTOM - TOP) * f64::from(height.saturating_sub(1)) / f64::from(HIGHEST - 1)
}

/// The month and the height at a place in the drawing, from left and from the top, 0 to 1; beyond it the nearest.
pub(super) fn at((x, y): (f64, f64), months: u8) -> (u8, u8) {
    let month = (0..months).rev().find(|month| x >= f64::from(*month) / f64::from(months)).unwrap_or(0);
    let share = ((BOTTOM - y * HEIGHT) / (BOTTOM - TOP)).clamp(0.0, 1.0);
    let height =
        (1..=HIGHEST).rev().find(|height| f64::from(*height) - 1.5 <= share * f64::from(HIGHEST - 1)).unwrap_or(1);
    (month, height)
}

/// A line through the heights that are there, broken where a month has none; never beyond what it goes between.
fn path(heights: &[Option<u8>]) -> String {
    let months = u8::try_from(heights.len()).unwrap_or(u8::MAX);
    let mut path = String::new();
    let mut before: Option<(f64, f64)> = None;
    for (month, height) in (0..months).zip(heights) {
        let here = height.map(|height| (x_of(months, month), y_of(height)));
        if let Some((x, y)) = here {
            let [here_x, here_y] = [number(x), number(y)];
            match before {
                Some((before_x, before_y)) => {
                    let half = number(f64::midpoint(before_x, x));
                    path.push_str(&format!("C{half} {} {half} {here_y} {here_x} {here_y}", number(before_y)));
                }
                // No length, which a round end makes a dot: a month may stand alone.
                None => path.push_str(&format!("M{here_x} {here_y}h0")),
            }
        }
        before = here;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_found_again_where_it_is_drawn() {
        for months in [2, 6, 12] {
            for month in 0..months {
                for height in 1..=HIGHEST {
                    let place = (x_of(months, month) / WIDTH, y_of(height) / HEIGHT);
                    assert_eq!(at(place, months), (month, height));
                }
            }
        }
        assert_eq!((at((-1.0, -1.0), 6), at((2.0, 2.0), 6)), ((0, HIGHEST), (5, 1)));
    }

    #[test]
    fn a_line_is_broken_where_a_month_has_no_point() {
        let line = path(&[Some(1), Some(50), None, Some(100), None, Some(3)]);
        assert_eq!((line.matches('M').count(), line.matches('C').count(), line.matches("h0").count()), (3, 1, 3));
        assert_eq!(path(&[None, None]), "");
    }
}
