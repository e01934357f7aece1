//! The drawing of a position with everyone's markers. What it shows stands beside it in words.

use std::rc::Rc;

use shared::content::{Position, Shape};
use shared::documents::EntryId;
use shared::documents::board::BoardView;
use shared::documents::position::{Place, PositionAnswers, is_triangle};
use yew::prelude::{Html, Properties, classes, component, html};

use super::shapes::{
    CORNERS, COURSE, Point, SPIRAL, TRIANGLE, around, course_path, in_triangle, mark_size, spiral_path, spiral_stages,
};
use crate::components::marker::number;
use crate::components::person_mark::{colour_class, glyph};
use crate::kinds::words;
use crate::people;
use crate::texts::use_texts;

/// See [`Drawing`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct DrawingProps {
    /// What is asked.
    pub(super) position: Rc<Position>,
    /// Where everyone stands.
    pub(super) answers: Rc<PositionAnswers>,
    /// Whose marker is drawn as their own.
    #[prop_or_default]
    pub(super) own: Option<EntryId>,
    /// Where this person's marker is while it is being moved.
    #[prop_or_default]
    pub(super) moving: Option<Place>,
    /// Whether nobody else's marker is drawn.
    #[prop_or_default]
    pub(super) is_own_alone: bool,
    /// Who is who, where everyone's marker is to be their own sign.
    #[prop_or_default]
    pub(super) signs: Option<Rc<BoardView>>,
}

/// Draws it. Three courses are drawn where they are listed.
#[component]
pub(super) fn Drawing(props: &DrawingProps) -> Html {
    if is_triangle(&props.position) {
        html! { <Triangle ..props.clone() /> }
    } else if props.position.shape == Shape::Courses {
        Html::default()
    } else {
        html! { <Spiral ..props.clone() /> }
    }
}

/// The line of a course by its number.
pub(super) fn course(number: usize) -> Html {
    html! {
        <svg class="course" viewBox={view_box(COURSE)} aria-hidden="true" focusable="false">
            <path class="course__ground" d="M8 112H312" />
            <path class="course__line" d={course_path(number)} />
        </svg>
    }
}

#[component]
fn Spiral(props: &DrawingProps) -> Html {
    let stages = spiral_stages(props.position.stages.len());
    let stage = |(index, (point, standing)): (usize, (&Point, &shared::documents::position::StageAnswers))| {
        let is_own = props.own.is_some_and(|own| standing.people.contains(&own));
        let count = if props.is_own_alone { usize::from(is_own) } else { standing.people.len() };
        let class = classes!(
            "spiral__stage",
            (count > 0).then_some("spiral__stage--taken"),
            is_own.then_some("spiral__stage--own")
        );
        html! {
            <g key={index} {class}>
                <circle cx={number(point.0)} cy={number(point.1)} r="27" />
                <text x={number(point.0)} y={number(point.1)}>{ index + 1 }</text>
            </g>
        }
    };
    html! {
        <svg class="spiral" viewBox={view_box(SPIRAL)} aria-hidden="true" focusable="false">
            <path class="spiral__line" d={spiral_path()} />
            { for stages.iter().zip(&props.answers.stages).enumerate().map(stage) }
        </svg>
    }
}

#[component]
fn Triangle(props: &DrawingProps) -> Html {
    let texts = use_texts();
    let answers = &props.answers;
    let places = &answers.places.people;
    let size = mark_size(places.values().map(Vec::len).max().unwrap_or(1));
    let marks = places.iter().flat_map(|(place, people)| {
        let Place::Between(pulls) = *place else { return Vec::new() };
        let points = around(in_triangle(pulls), people.len(), size);
        let mark = |(person, (x, y)): (&EntryId, Point)| {
            let is_own = props.own == Some(*person);
            if (is_own && props.moving.is_some()) || (!is_own && props.is_own_alone) {
                return Html::default();
            }
            let class = classes!("triangle__mark", is_own.then_some("triangle__mark--own"));
            match &props.signs {
                Some(board) => sign(board, *person, x, y, size),
                None => html! { <circle {class} key={person.to_string()} cx={number(x)} cy={number(y)} r={number(size * 0.42)} /> },
            }
        };
        people.iter().zip(points).map(mark).collect()
    });
    let moving = props.moving.and_then(|place| match place {
        Place::Between(pulls) => Some(in_triangle(pulls)),
        Place::Stage(_) => None,
    });
    let points: Vec<String> = CORNERS.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    let corner =
        |index: usize| props.position.stages.get(index).map(|stage| words(&stage.title, texts)).unwrap_or_default();
    html! {
        <div class="triangle">
            <p class="triangle__corner triangle__corner--top" aria-hidden="true">{ corner(0) }</p>
            <svg class="triangle__drawing" viewBox={view_box(TRIANGLE)} aria-hidden="true" focusable="false">
                <polygon class="triangle__shape" points={points.join(" ")} />
                { for marks }
                if let Some((x, y)) = moving { <circle class="triangle__mark triangle__mark--own" cx={number(x)} cy={number(y)} r={number(size * 0.5)} /> }
            </svg>
            <p class="triangle__corner" aria-hidden="true">{ corner(1) }</p>
            <p class="triangle__corner triangle__corner--end" aria-hidden="true">{ corner(2) }</p>
        </div>
    }
}

/// A person's own sign.
fn sign(board: &BoardView, person: EntryId, x: f64, y: f64, size: f64) -> Html {
    let mark = people::mark(board, person);
    let side = number(size);
    html! {
        <svg class={colour_class(mark)} key={person.to_string()} x={number(x - size / 2.0)} y={number(y - size / 2.0)}
            width={side.clone()} height={side} viewBox="0 0 24 24">
            { glyph(mark) }
        </svg>
    }
}

fn view_box((width, height): Point) -> String {
    format!("0 0 {} {}", number(width), number(height))
}
