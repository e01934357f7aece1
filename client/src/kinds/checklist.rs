//! Statements, each answered with yes, partly or no; where the tool says so, alone first.

mod bars;
mod own_list;
mod scene;
mod share;
mod step;

use std::fmt::Write as _;

use shared::content::{Audience, Body, Checklist, Entry, Part, StatementGroup};
use shared::documents::board::Check;
use shared::documents::checklist::{
    StatementAnswers, by_dispute, gather, own_answer, shared, statement_field, unshared,
};
use shared::documents::{AnswerKey, EntryId};
use yew::prelude::{AttrValue, Html, html};

use self::bars::Bars;
use self::scene::ChecklistScene;
use self::step::{GroupStep, TogetherStep};
use super::alone::is_alone;
use super::{
    PaperViews, PartResult, ResultProps, Scene, SceneProps, SceneViews, Step, StepProps, StepViews, entries, words,
};
use crate::library::Library;
use crate::part::PartAt;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};

/// See [`StepViews`], [`SceneViews`], [`PaperViews`].
#[derive(Debug)]
pub(super) struct ChecklistViews;

/// The step where all answers are seen together. No group's id begins so.
const TOGETHER: AttrValue = AttrValue::Static("_together");

impl StepViews for ChecklistViews {
    fn steps(&self, at: &PartAt, texts: Texts) -> Vec<Step> {
        let Some(checklist) = checklist(at) else { return Vec::new() };
        let group = |group: &StatementGroup| Step {
            code: group.id.to_string().into(),
            title: group_title(at, group, texts),
            asks: true,
        };
        let together = Step {
            code: TOGETHER,
            title: AttrValue::Static(texts.get(together_word(at))),
            // What was answered alone is shared there.
            asks: is_alone(at),
        };
        checklist.groups.iter().map(group).chain([together]).collect()
    }

    fn state(&self, at: &PartAt, step: &str, snapshot: &Snapshot, texts: Texts) -> Option<String> {
        let (checklist, me) = (checklist(at)?, snapshot.me?);
        let answered = |group: &StatementGroup| {
            group.statements.iter().filter(|statement| answer_of(at, &statement.id, snapshot, me).is_some()).count()
        };
        if TOGETHER == step {
            let count: usize = checklist.groups.iter().map(answered).sum();
            let any = count > 0;
            if snapshot.is_local_only {
                let all = checklist.groups.iter().map(|group| group.statements.len()).sum();
                return any.then(|| texts.table_answered_of(all, count));
            }
            let is_shared = is_alone(at) && any && left(at, snapshot, me).is_empty();
            return is_shared.then(|| texts.get(Key::ChecklistShared).to_owned());
        }
        let group = found(at, step)?;
        let count = answered(group);
        (count > 0).then(|| texts.table_answered_of(group.statements.len(), count))
    }

    fn phone(&self, props: StepProps) -> Html {
        if TOGETHER == props.step {
            html! { <TogetherStep ..props /> }
        } else {
            html! { <GroupStep ..props /> }
        }
    }
}

impl SceneViews for ChecklistViews {
    fn scene(&self, props: SceneProps, texts: Texts) -> Scene {
        let group = props.step.as_deref().and_then(|step| found(&props.at, step));
        let title = match group {
            Some(group) => Some(group_title(&props.at, group, texts)),
            None => props.at.part().title.as_ref().map(|title| words(title, texts)),
        };
        Scene { title, body: html! { <ChecklistScene ..props /> }, has_legend: false }
    }
}

impl PaperViews for ChecklistViews {
    fn read(&self, part: &Part, _: &Library, texts: Texts) -> Html {
        let Body::Checklist(checklist) = &part.body else { return Html::default() };
        let Some(checklist) = checklist.get() else { return Html::default() };
        let group = |group: &StatementGroup| {
            let note = group.note.as_ref().map(|note| html! { <p class="read__hint">{ words(&note.text, texts) }</p> });
            html! { <>{ entries(group.title.as_ref(), None, &group.statements, texts) }{ note.unwrap_or_default() }</> }
        };
        html! {
            <>
                <p class="read__hint">{ words(&checklist.hint, texts) }</p>
                { for checklist.groups.iter().map(group) }
            </>
        }
    }

    fn result(&self, props: &ResultProps) -> Option<PartResult> {
        let texts = props.texts;
        let answers = gather(&props.board, props.at.instance, props.at.id(), checklist(&props.at)?);
        let mut text = String::new();
        let row = |answers: &StatementAnswers| {
            let statement = statement(&props.at, &answers.statement).map(|statement| words(&statement.text, texts));
            let statement = statement.unwrap_or_default();
            if props.is_own {
                let said = said(answers, texts);
                let _ = writeln!(text, "\n{statement}\n  {said}");
                return html! { <section class="result__prompt" key={answers.statement.to_string()}><h3>{ statement }</h3><p>{ said }</p></section> };
            }
            // Writing to a string does not fail.
            let _ = writeln!(text, "\n{statement}\n  {}", counted(answers, texts));
            html! {
                <section class="result__prompt" key={answers.statement.to_string()}>
                    <h3>{ statement }</h3>
                    <Bars answers={answers.clone()} />
                </section>
            }
        };
        // One's own answers disagree with nobody's: they stand as they were asked.
        let form = if props.is_own {
            answers.iter().map(row).collect()
        } else {
            by_dispute(&answers).into_iter().map(row).collect()
        };
        Some(PartResult { form, text })
    }
}

fn checklist(at: &PartAt) -> Option<&Checklist> {
    if let Body::Checklist(checklist) = at.body() { checklist.get() } else { None }
}

/// The group that a step asks about.
fn found<'a>(at: &'a PartAt, step: &str) -> Option<&'a StatementGroup> {
    checklist(at)?.groups.iter().find(|group| group.id.as_str() == step)
}

fn statement<'a>(at: &'a PartAt, id: &shared::content::EntryId) -> Option<&'a Entry> {
    checklist(at)?.groups.iter().flat_map(|group| &group.statements).find(|statement| statement.id == *id)
}

fn group_title(at: &PartAt, group: &StatementGroup, texts: Texts) -> AttrValue {
    let title = group.title.as_ref().or(at.part().title.as_ref()).unwrap_or(&at.tool.short_title);
    words(title, texts)
}

/// Where a person's answer lies, or will lie.
fn key_of(at: &PartAt, statement: &shared::content::EntryId, person: EntryId) -> AnswerKey {
    AnswerKey::personal(at.instance, statement_field(at.id(), statement), person)
}

/// What a person of this device says to a statement, shared or not.
fn answer_of(at: &PartAt, statement: &shared::content::EntryId, snapshot: &Snapshot, person: EntryId) -> Option<Check> {
    own_answer(&snapshot.own_board, &snapshot.board, &key_of(at, statement, person))
}

/// What a person of this device has not shared.
fn left(at: &PartAt, snapshot: &Snapshot, person: EntryId) -> Vec<(AnswerKey, Option<Check>)> {
    let unshared = |list| unshared(&snapshot.own_board, &snapshot.board, at.instance, at.id(), list, person);
    checklist(at).map(unshared).unwrap_or_default()
}

/// What takes back from the board what a person of this device shared; it stays with them.
fn withdrawal(at: &PartAt, snapshot: &Snapshot, person: EntryId) -> Vec<(AnswerKey, Option<Check>)> {
    let shared = |list| shared(&snapshot.own_board, &snapshot.board, at.instance, at.id(), list, person);
    checklist(at).map(shared).unwrap_or_default().into_iter().map(|key| (key, None)).collect()
}

/// What an answer is called.
fn word(check: Check) -> Key {
    match check {
        Check::Yes => Key::ChecklistYes,
        Check::Partly => Key::ChecklistPartly,
        Check::No => Key::ChecklistNo,
    }
}

/// What the step is called where all answers are seen: the group's, or one's own.
fn together_word(at: &PartAt) -> Key {
    if at.tool.audience == Audience::Own { Key::ChecklistYours } else { Key::ChecklistTogether }
}

/// What one person alone says.
fn said(answers: &StatementAnswers, texts: Texts) -> &'static str {
    let said = Check::ALL.into_iter().find(|check| answers.choices.count(*check) > 0);
    texts.get(said.map_or(Key::ChecklistUnanswered, word))
}

/// How many say what, in words.
fn counted(answers: &StatementAnswers, texts: Texts) -> String {
    let said = Check::ALL.map(|check| format!("{} {}", texts.get(word(check)), answers.choices.count(check)));
    said.join(" · ")
}
