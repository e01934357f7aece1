//! Notes in four quadrants of two axes: put there by a finger, a menu or keys.

mod drawing;
mod plane;
mod scene;
mod step;
mod wall;

use std::fmt::Write as _;

use shared::content::{Body, End, Entry, Matrix, MatrixAxis, Part, Quadrant};
use shared::documents::matrix::{MatrixAnswers, MatrixEntry};
use yew::prelude::{AttrValue, Html, html};

use self::scene::MatrixScene;
use self::step::MatrixStep;
use super::{PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, words};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct MatrixViews;

/// The only step.
const PLANE: AttrValue = AttrValue::Static("plane");

impl StepViews for MatrixViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        vec![Step { code: PLANE, title: title(at, texts), asks: true }]
    }

    fn state(&self, at: &PartAt, _: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let plane = MatrixAnswers::gather(&snapshot.control, &snapshot.board, at.instance, at.id());
        (!plane.entries.is_empty()).then(|| texts.matrix_notes(plane.entries.len()))
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <MatrixStep ..props /> }
    }
}

impl SceneViews for MatrixViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let title = props.at.part().title.as_ref().map(|title| words(title, texts));
        Scene { title, body: html! { <MatrixScene ..props /> }, has_legend: false }
    }
}

impl PaperViews for MatrixViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Matrix(matrix) = &part.body else { return Html::default() };
        let Some(matrix) = matrix.get() else { return Html::default() };
        let axis = |axis: &MatrixAxis| {
            let [title, low, high] = [&axis.title, &axis.low, &axis.high].map(|text| words(text, texts));
            html! { <li><span class="read__strong">{ title }</span>{ format!(" {low} – {high}") }</li> }
        };
        let quadrant = |quadrant: &Quadrant| {
            super::entries(Some(&quadrant.title), Some(&quadrant.hint), &quadrant.examples, texts)
        };
        html! {
            <>
                <section class="read__section"><ul class="read__list">{ axis(&matrix.x) }{ axis(&matrix.y) }</ul></section>
                { for as_drawn(matrix).into_iter().map(quadrant) }
            </>
        }
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let (at, texts) = (&props.at, props.texts);
        let matrix = matrix(at)?;
        let plane = MatrixAnswers::gather(&props.control, &props.board, at.instance, at.id());
        let mut text = String::new();
        let mut cell = |quadrant: &Quadrant| {
            let name = words(&quadrant.title, texts);
            // Writing to a string does not fail.
            let _ = writeln!(text, "\n{name}");
            let notes = sorted(plane.in_quadrant(quadrant));
            if notes.is_empty() {
                let _ = writeln!(text, "{}", texts.get(Key::ResultNothing));
            }
            for entry in &notes {
                let _ = writeln!(text, "- {}{}", entry.note.text.replace('\n', "\n  "), support(entry, texts));
            }
            html! {
                <section class="result__quadrant" key={quadrant.id.to_string()}>
                    <h3>{ name }</h3>
                    if notes.is_empty() { <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p> }
                    <ul class="result__notes">
                        { for notes.iter().map(|entry| html! {
                            <li key={entry.note.id.to_string()} dir="auto">{ &entry.note.text }{ support(entry, texts) }</li>
                        }) }
                    </ul>
                </section>
            }
        };
        let cells: Html = as_drawn(matrix).into_iter().map(&mut cell).collect();
        let form = html! { <div class="result__matrix">{ cells }</div> };
        Some(PartResult { form, text })
    }
}

fn matrix(at: &PartAt) -> Option<&Matrix> {
    if let Body::Matrix(matrix) = at.body() { matrix.get() } else { None }
}

/// What the plane is about: the part's title, else what its axes measure.
fn title(at: &PartAt, texts: Texts) -> AttrValue {
    let axes = |matrix: &Matrix| format!("{} / {}", words(&matrix.x.title, texts), words(&matrix.y.title, texts));
    let own = at.part().title.as_ref().map(|title| words(title, texts));
    own.or_else(|| matrix(at).map(|matrix| axes(matrix).into())).unwrap_or_default()
}

/// The quadrants as they stand in the drawing: from the top, and from the left.
fn as_drawn(matrix: &Matrix) -> Vec<&Quadrant> {
    let mut quadrants: Vec<&Quadrant> = matrix.quadrants.iter().collect();
    quadrants.sort_by_key(|quadrant| (quadrant.y != End::High, quadrant.x != End::Low));
    quadrants
}

/// Those that most stand behind come first.
fn sorted<'a>(entries: impl Iterator<Item = &'a MatrixEntry>) -> Vec<&'a MatrixEntry> {
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.supporters.len()));
    entries
}

/// How many stand behind a note, after its words; nothing where nobody does.
fn support(entry: &MatrixEntry, texts: Texts) -> String {
    match entry.supporters.len() {
        0 => String::new(),
        count => format!(" ({})", texts.questions_support(count)),
    }
}

/// What may stand in a quadrant, as an example.
fn example(quadrant: &Quadrant) -> Option<&Entry> {
    quadrant.examples.first()
}
