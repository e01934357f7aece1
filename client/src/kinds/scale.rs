//! The barometer: a mark of one's own from one number to another, with a few words, taken again over time.

mod barometer;
mod rounds;
mod scene;
mod step;

use std::fmt::Write as _;

use shared::content::{Band, Body, Part, Scale};
use shared::documents::scale::{ScaleAnswers, ScaleRound};
use yew::prelude::{AttrValue, Html, html};

use self::barometer::Barometer;
use self::scene::ScaleScene;
use self::step::ScaleStep;
use super::alone::board_of;
use super::{PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, words};
use crate::library::Library;
use crate::local_time::{LocalTime, date};
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct ScaleViews;

/// The only step.
const MARK: AttrValue = AttrValue::Static("mark");

impl StepViews for ScaleViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let title = scale(at).map(|scale| words(&scale.question, texts)).unwrap_or_default();
        vec![Step { code: MARK, title, asks: true }]
    }

    fn state(&self, at: &PartAt, _: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let answers = ScaleAnswers::gather(&snapshot.control, board_of(at, snapshot), at.instance, at.id(), scale(at)?);
        let own = answers.current().marks.of(snapshot.me?)?;
        Some(texts.scale_yours(usize::from(own)))
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <ScaleStep ..props /> }
    }
}

impl SceneViews for ScaleViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let title = scale(&props.at).map(|scale| words(&scale.question, texts));
        Scene { title, body: html! { <ScaleScene ..props /> }, has_legend: false }
    }
}

impl PaperViews for ScaleViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Scale(scale) = &part.body else { return Html::default() };
        let Some(scale) = scale.get() else { return Html::default() };
        let band = |band: &Band| {
            html! { <li><span class="read__strong">{ format!("{}–{}", band.from, band.to) }</span> { words(&band.title, texts) }</li> }
        };
        html! {
            <section class="read__section">
                <h2>{ words(&scale.question, texts) }</h2>
                <p>{ words(&scale.hint, texts) }</p>
                <ul class="read__list">
                    <li><span class="read__strong">{ scale.min }</span>{ " " }{ words(&scale.low, texts) }</li>
                    <li><span class="read__strong">{ scale.max }</span>{ " " }{ words(&scale.high, texts) }</li>
                    { for scale.bands.iter().map(band) }
                </ul>
                <p>{ words(&scale.word_prompt, texts) }</p>
            </section>
        }
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let (at, texts) = (&props.at, props.texts);
        let scale = scale(at)?;
        let answers = ScaleAnswers::gather(&props.control, &props.board, at.instance, at.id(), scale);
        let question = words(&scale.question, texts);
        let where_people_stand = |round: &ScaleRound| match round.spread() {
            Some((_, middle, _)) if props.is_own => middle.to_string(),
            _ => spread_words(round, None, texts),
        };
        let mut text = format!("\n{question}\n");
        let rounds: Vec<(String, &ScaleRound)> = answers
            .rounds
            .iter()
            .enumerate()
            .filter(|(place, round)| round.marks.answered() > 0 || place + 1 == answers.rounds.len())
            .map(|(place, round)| (name_of(round, place, props.this_year, texts), round))
            .collect();
        for (name, round) in &rounds {
            // Writing to a string does not fail.
            let _ = writeln!(text, "{name}: {}", where_people_stand(round));
            for (mark, people) in round.marks.people.iter().filter(|_| !props.is_own) {
                let _ = writeln!(text, "  {mark}: {}", texts.result_people(people.len()));
            }
            for words in round.words.values() {
                let _ = writeln!(text, "  - {}", words.replace('\n', "\n    "));
            }
        }
        let latest = rounds.last().map(|(_, round)| *round)?;
        let form = html! {
            <section class="result__prompt">
                <h3>{ question }</h3>
                <div class="result__drawing"><Barometer scale={scale.clone()} round={latest.clone()} earlier={answers.earlier().cloned().collect::<Vec<_>>()} /></div>
                { for rounds.iter().rev().map(|(name, round)| html! {
                    <div key={name.clone()}>
                        <p><strong>{ name }</strong>{ ": " }{ where_people_stand(round) }</p>
                        <ul class="result__notes">
                            { for round.words.iter().map(|(person, words)| html! { <li key={person.to_string()} dir="auto">{ words }</li> }) }
                        </ul>
                    </div>
                }) }
            </section>
        };
        Some(PartResult { form, text })
    }
}

fn scale(at: &PartAt) -> Option<&Scale> {
    if let Body::Scale(scale) = at.body() { scale.get() } else { None }
}

/// Where people stand, in a few words: the one in the middle, how far apart they are, and where the middle was before.
fn spread_words(round: &ScaleRound, before: Option<&ScaleRound>, texts: Texts) -> String {
    let Some((low, middle, high)) = round.spread() else { return texts.get(Key::ScaleNobody).to_owned() };
    let [low, middle, high] = [low, middle, high].map(|mark| mark.to_string());
    let mut said = if low == high { texts.scale_all_at(&middle) } else { texts.scale_spread(&high, &low, &middle) };
    if let Some((_, middle, _)) = before.and_then(ScaleRound::spread) {
        said = format!("{said} · {}", texts.scale_before(&middle.to_string()));
    }
    said
}

/// What a round is called: when it was begun, or that it was the first.
fn name_of(round: &ScaleRound, place: usize, this_year: u32, texts: Texts) -> String {
    match round.at {
        Some(at) => date(texts, LocalTime::at(at), this_year),
        None => texts.scale_round(place + 1),
    }
}
