//! Where in a drawing we are: a spiral, a triangle or three courses, with everyone's marker and why.

mod drawing;
mod pad;
mod scene;
mod shapes;
mod stage_list;
mod step;

use std::fmt::Write as _;
use std::rc::Rc;

use shared::content::{Body, Part, Position, Shape, Stage};
use shared::documents::position::{Place, PositionAnswers, STEPS};
use yew::prelude::{AttrValue, Html, html};

use self::drawing::Drawing;
use self::scene::PositionScene;
use self::stage_list::said_and_thought;
use self::step::PositionStep;
use super::alone::board_of;
use super::{
    PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, paragraphs, words,
};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct PositionViews;

/// The only step.
const PLACE: AttrValue = AttrValue::Static("place");

impl StepViews for PositionViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let title = position(at).map(|position| words(&position.question, texts)).unwrap_or_default();
        vec![Step { code: PLACE, title, asks: true }]
    }

    fn state(&self, at: &PartAt, _: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let position = position(at)?;
        let answers = PositionAnswers::gather(board_of(at, snapshot), at.instance, at.id(), position);
        Some(place_words(position, answers.places.of(snapshot.me?)?, texts))
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <PositionStep ..props /> }
    }
}

impl SceneViews for PositionViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let title = position(&props.at).map(|position| words(&position.question, texts));
        Scene { title, body: html! { <PositionScene ..props /> }, has_legend: false }
    }
}

impl PaperViews for PositionViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Position(position) = &part.body else { return Html::default() };
        let Some(position) = position.get() else { return Html::default() };
        let stage = |stage: &Stage| {
            html! {
                <section class="read__section" key={stage.id.to_string()}>
                    <h3>{ words(&stage.title, texts) }</h3>
                    { paragraphs(&stage.text, texts) }
                    { said_and_thought(stage, texts) }
                </section>
            }
        };
        html! {
            <>
                <section class="read__section">
                    <h2>{ words(&position.question, texts) }</h2>
                    <p>{ words(&position.why_prompt, texts) }</p>
                </section>
                { for position.stages.iter().map(stage) }
            </>
        }
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let (at, texts) = (&props.at, props.texts);
        let position = position(at)?;
        let answers = PositionAnswers::gather(&props.board, at.instance, at.id(), position);
        let question = words(&position.question, texts);
        let own = answers.places.each().next().filter(|_| props.is_own);
        let spread = match own {
            Some((place, _)) => place_words(position, place, texts),
            None => spread_words(position, &answers, texts),
        };
        let mut text = format!("\n{question}\n{spread}\n");
        let counted = || position.stages.iter().zip(&answers.stages).filter(|_| !props.is_own);
        for (stage, standing) in counted() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {}: {}", words(&stage.title, texts), texts.result_people(standing.people.len()));
        }
        for why in answers.whys.values() {
            let _ = writeln!(text, "  - {}", why.replace('\n', "\n    "));
        }
        let form = html! {
            <section class="result__prompt">
                <h3>{ question }</h3>
                <div class="result__drawing"><Drawing position={Rc::new(position.clone())} answers={Rc::new(answers.clone())} /></div>
                <p>{ spread }</p>
                <ul class="result__notes">
                    { for counted().map(|(stage, standing)| html! {
                        <li key={stage.id.to_string()}>{ words(&stage.title, texts) }{ ": " }{ texts.result_people(standing.people.len()) }</li>
                    }) }
                </ul>
                <ul class="result__notes">
                    { for answers.whys.iter().map(|(person, why)| html! { <li key={person.to_string()} dir="auto">{ why }</li> }) }
                </ul>
            </section>
        };
        Some(PartResult { form, text })
    }
}

fn position(at: &PartAt) -> Option<&Position> {
    if let Body::Position(position) = at.body() { position.get() } else { None }
}

/// Where a marker stands, in a few words.
fn place_words(position: &Position, place: Place, texts: Texts) -> String {
    let title = |stage: usize| position.stages.get(stage).map(|stage| words(&stage.title, texts)).unwrap_or_default();
    match place {
        Place::Stage(stage) => title(usize::from(stage)).to_string(),
        Place::Between(pulls) => {
            let mut corners = [0, 1, 2];
            corners.sort_by_key(|corner| std::cmp::Reverse(pulls[*corner]));
            let [first, second, third] = corners;
            if pulls[first] * 3 >= STEPS * 2 {
                title(first).to_string()
            } else if pulls[third] * 5 <= STEPS {
                texts.position_between(&title(first), &title(second))
            } else {
                texts.get(Key::PositionMiddle).to_owned()
            }
        }
    }
}

/// Where people stand, in a few words: on a spiral from where to where, else where most are.
fn spread_words(position: &Position, answers: &PositionAnswers, texts: Texts) -> String {
    let all = answers.places.answered();
    if all == 0 {
        return texts.get(Key::PositionNobody).to_owned();
    }
    if position.shape == Shape::Spiral {
        let stages: Vec<usize> = answers
            .places
            .each()
            .filter_map(|(place, _)| place.stages().first().map(|stage| usize::from(*stage) + 1))
            .collect();
        let (low, high) = (stages.iter().min().copied().unwrap_or(0), stages.iter().max().copied().unwrap_or(0));
        let middle = stages[(stages.len() - 1) / 2].to_string();
        return if low == high {
            texts.scale_all_at(&middle)
        } else {
            texts.scale_spread(&high.to_string(), &low.to_string(), &middle)
        };
    }
    let most = answers.stages.iter().map(|standing| standing.people.len()).max().unwrap_or(0);
    let there = position.stages.iter().zip(&answers.stages).filter(|(_, standing)| standing.people.len() == most);
    let titles: Vec<String> = there.map(|(stage, _)| words(&stage.title, texts).to_string()).collect();
    texts.position_most(&titles.join(" / "))
}
