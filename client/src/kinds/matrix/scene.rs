//! The matrix on the large screen: four quadrants with their notes.

use std::rc::Rc;

use shared::content::{Matrix, Quadrant};
use shared::documents::matrix::MatrixAnswers;
use yew::prelude::{Html, classes, component, html};

use super::{as_drawn, matrix, sorted, wall};
use crate::kinds::{SceneProps, words};
use crate::texts::{Texts, use_texts};
use crate::views::projector::quote::Quote;
use crate::views::projector::room::Size;
use crate::views::projector::side::Side;

/// Draws the plane. A note that two moved apart stands in both places, until it is settled.
#[component]
pub(super) fn MatrixScene(props: &SceneProps) -> Html {
    let texts = use_texts();
    let at = &props.at;
    let Some(matrix) = matrix(at) else { return Html::default() };
    let plane = MatrixAnswers::gather(&props.control, &props.board, at.instance, at.id());
    let has_side = props.invitation.is_some();
    html! {
        <div class={classes!("screen__body", has_side.then_some("screen__body--with-side"))}>
            <section class="screen-matrix" data-test="matrix-scene">
                { ends(matrix, texts) }
                { for as_drawn(matrix).into_iter().map(|quadrant| cell(quadrant, &plane, props, texts)) }
            </section>
            if has_side { <Side invitation={props.invitation.clone()} /> }
        </div>
    }
}

fn ends(matrix: &Matrix, texts: Texts) -> Html {
    let ends = [("top", &matrix.y.high), ("bottom", &matrix.y.low), ("left", &matrix.x.low), ("right", &matrix.x.high)];
    html! {
        { for ends.into_iter().map(|(side, text)| html! {
            <p class={format!("screen-matrix__end screen-matrix__end--{side}")} key={side}>{ words(text, texts) }</p>
        }) }
    }
}

fn cell(quadrant: &Quadrant, plane: &MatrixAnswers, props: &SceneProps, texts: Texts) -> Html {
    let entries = sorted(plane.in_quadrant(quadrant));
    let wall::Cells { columns, cells, more } = wall::set(quadrant, &entries);
    // Names take a line of each note: with many notes there is none to spare.
    let is_few = cells.len() <= 4;
    let size = if is_few { Size::Large } else { Size::Small };
    html! {
        <section class={format!("screen-quadrant screen-quadrant--{columns}-{}", cells.len() / columns)} key={quadrant.id.to_string()}
            data-test={format!("projector-quadrant-{}", quadrant.id)} data-count={entries.len().to_string()}>
            <h2 class="screen-quadrant__title">
                { words(&quadrant.title, texts) }
                if more > 0 { <span class="screen__more" data-test="projector-more">{ texts.app_and_more(more) }</span> }
            </h2>
            { for cells.into_iter().enumerate().map(|(place, note)| match note {
                Some(note) => html! {
                    <Quote key={note.id.to_string()} note={Rc::clone(&note)} {size} board={Rc::clone(&props.board)} names={props.names && is_few} />
                },
                None => html! { <span key={place} /> },
            }) }
        </section>
    }
}
