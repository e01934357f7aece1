//! How heavy it was, month by month: drawn alone, and laid over each other's by those who share theirs.

mod chart;
mod pad;
mod scene;
mod step;
mod turns;

use std::fmt::Write as _;
use std::rc::Rc;

use shared::content::{Body, Curve, Part};
use shared::documents::curve::{CurveAnswers, PersonCurve, Turn};
use yew::prelude::{AttrValue, Html, html};

use self::chart::{Chart, axis};
use self::scene::CurveScene;
use self::step::CurveStep;
use self::turns::turns_below;
use super::alone::board_of;
use super::{PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, words};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct CurveViews;

/// The only step.
const DRAW: AttrValue = AttrValue::Static("draw");

impl StepViews for CurveViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let title = curve(at).map(|curve| words(&curve.question, texts)).unwrap_or_default();
        vec![Step { code: DRAW, title, asks: true }]
    }

    fn state(&self, at: &PartAt, _: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let own = PersonCurve::read(board_of(at, snapshot), at.instance, at.id(), curve(at)?, snapshot.me?);
        let drawn = own.points.iter().filter(|point| point.height().is_some()).count();
        (drawn > 0).then(|| texts.curve_drawn(own.points.len(), drawn))
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <CurveStep ..props /> }
    }
}

impl SceneViews for CurveViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let title = curve(&props.at).map(|curve| words(&curve.question, texts));
        Scene { title, body: html! { <CurveScene ..props /> }, has_legend: false }
    }
}

impl PaperViews for CurveViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Curve(curve) = &part.body else { return Html::default() };
        let Some(curve) = curve.get() else { return Html::default() };
        html! {
            <section class="read__section">
                <h2>{ words(&curve.question, texts) }</h2>
                <ul class="read__list">
                    <li>{ words(&curve.high, texts) }</li>
                    <li>{ words(&curve.low, texts) }</li>
                </ul>
                <p>{ words(&curve.tag_prompt, texts) }</p>
                <ul class="read__list">{ for curve.tags.iter().map(|tag| html! { <li key={tag.id.to_string()}>{ words(&tag.text, texts) }</li> }) }</ul>
            </section>
        }
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let (at, texts) = (&props.at, props.texts);
        let curve = curve(at)?;
        let answers = Rc::new(CurveAnswers::gather(&props.board, at.instance, at.id(), curve));
        let question = words(&curve.question, texts);
        let shared = (!props.is_own).then(|| shared_words(&answers, texts));
        let mut text = format!("\n{question}\n");
        if let Some(shared) = &shared {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{shared}");
        }
        for (month, ago) in (0..curve.months).zip(axis(curve.months, texts)) {
            if let Some((low, middle, high)) = answers.spread(month) {
                let spread = if props.is_own {
                    middle.to_string()
                } else {
                    texts.scale_spread(&high.to_string(), &low.to_string(), &middle.to_string())
                };
                let _ = writeln!(text, "  {ago}: {spread}");
            }
            for turn in turns_of(curve, &answers, month, texts) {
                let _ = writeln!(text, "  - {turn}");
            }
        }
        let form = html! {
            <section class="result__prompt">
                <h3>{ question }</h3>
                <div class="result__drawing"><Chart curve={Rc::new(curve.clone())} answers={Rc::clone(&answers)} /></div>
                { turns_below(curve, &answers, texts) }
                if let Some(shared) = shared { <p>{ shared }</p> }
            </section>
        };
        Some(PartResult { form, text })
    }
}

fn curve(at: &PartAt) -> Option<&Curve> {
    if let Body::Curve(curve) = at.body() { curve.get() } else { None }
}

/// How many have shared theirs, in words.
fn shared_words(answers: &CurveAnswers, texts: Texts) -> String {
    match answers.curves.len() {
        0 => texts.get(Key::CurveNobody).to_owned(),
        count => texts.curve_shared(count),
    }
}

/// A turn in words.
fn turn_words(curve: &Curve, turn: &Turn, texts: Texts) -> String {
    match turn {
        Turn::Typical(tag) => {
            let found = curve.tags.iter().find(|known| known.id == *tag);
            found.map(|tag| words(&tag.text, texts).to_string()).unwrap_or_default()
        }
        Turn::Words(words) => words.clone(),
    }
}

/// What happened in a month, each thing once with how many say so, the most frequent first.
fn turns_of(curve: &Curve, answers: &CurveAnswers, month: u8, texts: Texts) -> Vec<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    let points = answers.curves.iter().filter_map(|curve| curve.points.get(usize::from(month)));
    for turn in points.flat_map(|point| &point.turns) {
        let said = turn_words(curve, turn, texts);
        match found.iter_mut().find(|(known, _)| *known == said) {
            Some((_, count)) => *count += 1,
            None => found.push((said, 1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let said = |(said, count): (String, usize)| if count > 1 { format!("{said} ({count})") } else { said };
    found.into_iter().map(said).collect()
}
