//! Where we are, and where we want to be, on a ladder of levels.

use std::rc::Rc;

use shared::content::{Body, Level, Localized, Maturity, Part, PromptRole};
use shared::documents::maturity::{MaturityAnswers, column_field, obstacles_field, signs_field};
use yew::prelude::{AttrValue, Html, component, html};

use super::{
    Asked, GroupScene, PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews,
    Surface, WriteButton, list, paragraphs, words,
};
use crate::components::heading::Heading;
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::table::{Step as TableStep, Table};
use crate::texts::{Key, Texts, use_texts};
use crate::views::lead::column_board::ColumnBoard;
use crate::views::phone::agreed_step::AgreedStep;
use crate::views::phone::place_step::PlaceStep;
use crate::views::phone::prompt_step::PromptStep;
use crate::views::projector::beside_ladder::{BesideLadder, GroupLadder};
use crate::views::projector::table_scene::{TableSceneProps, table_scene};
use crate::views::result::comparison::{self, Comparison, GroupReport};
use crate::views::result::{Report, ResultForm};
use crate::views::time_frame_field::TimeFrameField;

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct MaturityViews;

impl StepViews for MaturityViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let Some(table) = Table::of_part(at) else { return Vec::new() };
        let step = |step: TableStep| Step {
            code: AttrValue::Static(step.code()),
            title: title_of(table.maturity(), step, texts).into(),
            asks: step != TableStep::Agreed,
        };
        table.steps().into_iter().map(step).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let (table, step) = found(at, step)?;
        let answers = table.answers(&snapshot.control, &snapshot.board);
        let counted = |count: usize| (count > 0).then(|| texts.table_count_notes(count));
        let done = || texts.get(Key::TableDone).to_owned();
        match step {
            TableStep::Place(column) => {
                let level = snapshot.me.and_then(|me| answers.column(column).level_of(me));
                level.map(|level| texts.table_you_chose(usize::from(level)))
            }
            TableStep::Prompt(PromptRole::Obstacles) => counted(answers.obstacles.len()),
            TableStep::Prompt(PromptRole::Signs) => counted(answers.signs.len()),
            TableStep::Prompt(PromptRole::TimeFrame) => {
                let is_set = answers.time_frame.values().iter().any(|stamped| !stamped.value.is_empty());
                let is_worded = !answers.time_frame_words.trim().is_empty();
                (is_set || is_worded).then(done)
            }
            TableStep::Agreed => answers.gap().is_some().then(done),
        }
    }

    fn write_button(&self, asked: &Asked<'_>) -> Option<WriteButton> {
        let at = asked.at;
        let (table, step) = found(at, asked.step)?;
        match step {
            // The desk has the group's examples, and none of its own.
            TableStep::Place(_) if asked.surface == Surface::Desk => None,
            TableStep::Place(column) => {
                let answers = table.answers(&asked.snapshot.control, &asked.snapshot.board);
                let level = asked.snapshot.me.and_then(|me| answers.column(column).level_of(me))?;
                let key = at.key(column_field(at.id(), column));
                Some(asked.write(&key, Some(level), Key::TableAddExample, "add-example"))
            }
            TableStep::Prompt(role @ (PromptRole::Obstacles | PromptRole::Signs)) => {
                let field = if role == PromptRole::Obstacles { obstacles_field } else { signs_field };
                Some(asked.write(&at.key(field(at.id())), None, Key::TableAddObstacle, "add-note"))
            }
            TableStep::Prompt(PromptRole::TimeFrame) | TableStep::Agreed => None,
        }
    }

    fn phone(&self, props: StepProps) -> Html {
        let Some((table, step)) = found(&props.at, &props.step) else { return Html::default() };
        match step {
            TableStep::Place(column) => {
                html! { <PlaceStep {table} {column} is_writing={props.is_writing} on_written={props.on_written} /> }
            }
            TableStep::Prompt(PromptRole::TimeFrame) => html! { <TimeStep ..props /> },
            TableStep::Prompt(role) => {
                html! { <PromptStep {table} {role} is_writing={props.is_writing} on_written={props.on_written} /> }
            }
            TableStep::Agreed => html! { <AgreedStep {table} /> },
        }
    }
}

impl SceneViews for MaturityViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let Some(table) = Table::of_part(&props.at) else {
            return Scene { title: None, body: Html::default(), has_legend: false };
        };
        let step = props.step.as_deref().and_then(TableStep::from_code);
        let title = match step {
            None | Some(TableStep::Place(_)) => None,
            Some(step) => Some(title_of(table.maturity(), step, texts).into()),
        };
        let has_legend = matches!(step, None | Some(TableStep::Place(_)));
        let answers = table.answers(&props.control, &props.board);
        let SceneProps { board, names, invitation, this_year, .. } = props;
        let body = table_scene(TableSceneProps { table, step, answers, board, names, invitation, this_year });
        Scene { title, body, has_legend }
    }

    fn beside(&self, groups: &[GroupScene], texts: Texts) -> Option<Scene> {
        let step = groups.first()?.scene.step.as_deref();
        if !is_compared(step) {
            return None;
        }
        let column = match step.and_then(TableStep::from_code) {
            Some(TableStep::Place(column)) => Some(column),
            _ => None,
        };
        let mut title = None;
        let mut ladders = Vec::new();
        for group in groups {
            let table = Table::of_part(&group.scene.at)?;
            let answers = table.answers(&group.scene.control, &group.scene.board);
            title = column.map(|column| title_of(table.maturity(), TableStep::Place(column), texts).into());
            ladders.push(GroupLadder { name: group.name.clone(), answered: group.answered, table, answers });
        }
        Some(Scene { title, body: html! { <BesideLadder {ladders} {column} /> }, has_legend: true })
    }
}

/// Whether a step, or all of the table, is one picture for several groups: the ladder with what each of them says.
pub(super) fn is_compared(step: Option<&str>) -> bool {
    !matches!(step.and_then(TableStep::from_code), Some(TableStep::Prompt(_)))
}

impl PaperViews for MaturityViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        if let Body::Maturity(maturity) = &part.body { read(maturity, texts) } else { Html::default() }
    }

    fn comparison(&self, groups: &[(AttrValue, ResultProps)]) -> Option<PartResult> {
        let group = |(name, props): &(AttrValue, ResultProps)| {
            Some(GroupReport { name: name.clone(), report: report_of(props)? })
        };
        let groups = groups.iter().map(group).collect::<Option<Vec<_>>>()?;
        let text = comparison::text(&groups);
        Some(PartResult { form: html! { <Comparison {groups} /> }, text })
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let report = report_of(props)?;
        let text = report.text();
        Some(PartResult { form: html! { <ResultForm {report} /> }, text })
    }
}

fn report_of(props: &ResultProps) -> Option<Report> {
    let table = Table::of_part(&props.at)?;
    let answers: Rc<MaturityAnswers> = table.answers(&props.control, &props.board);
    Some(Report { answers, table, texts: props.texts, year: props.this_year })
}

/// A step on the desk: a column is placed and agreed there; the rest is as on a phone.
pub(super) fn desk(props: StepProps) -> Html {
    match found(&props.at, &props.step) {
        Some((table, TableStep::Place(column))) => html! { <ColumnBoard {table} {column} /> },
        _ => MaturityViews.phone(props),
    }
}

fn found(at: &PartAt, step: &str) -> Option<(Table, TableStep)> {
    Some((Table::of_part(at)?, TableStep::from_code(step)?))
}

/// What a step asks, in the tool's own words.
fn title_of(maturity: &Maturity, step: TableStep, texts: Texts) -> String {
    let title = match step {
        TableStep::Place(column) => maturity.column(column).map(|column| &column.title),
        TableStep::Prompt(role) => maturity.prompt(role).map(|prompt| &prompt.title),
        TableStep::Agreed => None,
    };
    title.map_or(texts.get(Key::TableAgreed), |title| title.get(texts.language)).to_owned()
}

/// Draws the question by when.
#[component]
fn TimeStep(props: &StepProps) -> Html {
    let texts = use_texts();
    let Some(table) = Table::of_part(&props.at) else { return Html::default() };
    let prompt = table.maturity().prompt(PromptRole::TimeFrame);
    let heading = prompt.map(|prompt| {
        html! {
            <Heading text={words(&prompt.title, texts)} hint={words(&prompt.hint, texts)} is_section={props.surface == Surface::Desk} />
        }
    });
    html! { <>{ heading.unwrap_or_default() }<TimeFrameField {table} /></> }
}

fn read(maturity: &Maturity, texts: Texts) -> Html {
    let level = |level: &Level| {
        html! {
            <section class="read__level">
                <h3 class="read__level-title"><span class="read__number">{ level.value }</span>{ words(&level.name, texts) }</h3>
                <p class="read__gist">{ words(&level.gist, texts) }</p>
                { list(&level.characteristics, texts) }
            </section>
        }
    };
    let question = |title: &Localized, hint: &Localized| {
        html! { <li><span class="read__strong">{ words(title, texts) }</span><span class="read__hint">{ words(hint, texts) }</span></li> }
    };
    html! {
        <>
            <section class="read__section"><h2>{ texts.get(Key::ReadDefinition) }</h2>{ paragraphs(&maturity.definition, texts) }</section>
            <section class="read__section"><h2>{ texts.get(Key::ReadConsequences) }</h2>{ paragraphs(&maturity.consequences, texts) }</section>
            <section class="read__section">
                <h2>{ texts.read_levels(maturity.levels.len()) }</h2>
                { for maturity.levels.iter().rev().map(level) }
            </section>
            <section class="read__section">
                <h2>{ texts.get(Key::ReadQuestions) }</h2>
                <ul class="read__questions">
                    { for maturity.columns.iter().map(|column| question(&column.title, &column.hint)) }
                    { for maturity.prompts.iter().map(|prompt| question(&prompt.title, &prompt.hint)) }
                </ul>
            </section>
        </>
    }
}
