//! Prompts for a talk, one at a time, each with the answers of many and who stands behind them.

mod scene;
mod step;

use std::fmt::Write as _;

use shared::content::{Body, Entry, Part, QuestionGroup, Questions};
use shared::documents::questions::{QuestionAnswers, SupportedNote, question_field};
use yew::prelude::{AttrValue, Html, html};

use self::scene::{OverviewScene, QuestionScene};
use self::step::QuestionStep;
use super::alone::board_of;
use super::{
    Asked, PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, WriteButton,
    entries, words,
};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct QuestionsViews;

impl StepViews for QuestionsViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let step = |(_, question): (&QuestionGroup, &Entry)| Step {
            code: question.id.to_string().into(),
            title: words(&question.text, texts),
            asks: true,
        };
        asked(at).map(step).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let (_, question) = found(at, step)?;
        let answers =
            QuestionAnswers::gather(&snapshot.control, board_of(at, snapshot), at.instance, at.id(), &question.id)
                .answers
                .len();
        (answers > 0).then(|| texts.questions_answers(answers))
    }

    fn write_button(&self, asked: &Asked<'_>) -> Option<WriteButton> {
        let (_, question) = found(asked.at, asked.step)?;
        let key = asked.at.key(question_field(asked.at.id(), &question.id));
        Some(asked.write(&key, None, Key::QuestionsAnswer, "add-note"))
    }

    fn phone(&self, props: StepProps) -> Html {
        html! { <QuestionStep ..props /> }
    }
}

impl SceneViews for QuestionsViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let question = props.step.as_deref().and_then(|step| found(&props.at, step));
        let title = match question {
            Some((_, question)) => Some(words(&question.text, texts)),
            None => props.at.part().title.as_ref().map(|title| words(title, texts)),
        };
        let body = if question.is_some() {
            html! { <QuestionScene ..props /> }
        } else {
            html! { <OverviewScene ..props /> }
        };
        Scene { title, body, has_legend: false }
    }
}

impl PaperViews for QuestionsViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Questions(questions) = &part.body else { return Html::default() };
        let Some(questions) = questions.get() else { return Html::default() };
        let group = |group: &QuestionGroup| entries(group.title.as_ref(), group.hint.as_ref(), &group.questions, texts);
        questions.groups.iter().map(group).collect()
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let mut text = String::new();
        let question = |(_, question): (&QuestionGroup, &Entry)| {
            let answers = gather(&props.at, question, props);
            let asked = words(&question.text, props.texts);
            // Writing to a string does not fail.
            let _ = writeln!(text, "\n{asked}");
            if answers.answers.is_empty() {
                let _ = writeln!(text, "{}", props.texts.get(Key::ResultNothing));
            }
            for answer in answers.by_support() {
                let _ = writeln!(text, "- {}{}", answer.note.text.replace('\n', "\n  "), support(answer, props.texts));
            }
            question_form(&asked, &answers, props.texts)
        };
        let form = asked(&props.at).map(question).collect();
        Some(PartResult { form, text })
    }
}

fn question_form(asked: &AttrValue, answers: &QuestionAnswers, texts: Texts) -> Html {
    html! {
        <section class="result__prompt" key={answers.question.to_string()}>
            <h3>{ asked }</h3>
            if answers.answers.is_empty() { <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p> }
            <ul class="result__notes">
                { for answers.by_support().into_iter().map(|answer| html! {
                    <li key={answer.note.id.to_string()} dir="auto">{ &answer.note.text }{ support(answer, texts) }</li>
                }) }
            </ul>
        </section>
    }
}

/// How many stand behind an answer, after its words; nothing where nobody does.
fn support(answer: &SupportedNote, texts: Texts) -> String {
    match answer.supporters.len() {
        0 => String::new(),
        count => format!(" ({})", texts.questions_support(count)),
    }
}

fn questions(at: &PartAt) -> Option<&Questions> {
    if let Body::Questions(questions) = at.body() { questions.get() } else { None }
}

/// Every question of a part with its group, in order.
fn asked(at: &PartAt) -> impl Iterator<Item = (&QuestionGroup, &Entry)> {
    let groups = questions(at).map(|questions| questions.groups.as_slice()).unwrap_or_default();
    groups.iter().flat_map(|group| group.questions.iter().map(move |question| (group, question)))
}

/// The question that a step asks.
fn found<'a>(at: &'a PartAt, step: &str) -> Option<(&'a QuestionGroup, &'a Entry)> {
    asked(at).find(|(_, question)| question.id.as_str() == step)
}

fn gather(at: &PartAt, question: &Entry, props: &ResultProps) -> QuestionAnswers {
    QuestionAnswers::gather(&props.control, &props.board, at.instance, at.id(), &question.id)
}
