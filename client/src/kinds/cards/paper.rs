//! The deck to read, and what the group takes home of it.

use std::fmt::Write as _;

use shared::content::{Card, Cards, Entry};
use shared::documents::board::Row;
use shared::documents::cards::{CardAnswers, CardsAnswers, TaskAnswers};
use shared::documents::questions::QuestionAnswers;
use yew::prelude::{Html, html};

use super::{asks, content, place_words};
use crate::actions;
use crate::kinds::{PartResult, ResultProps, list, words};
use crate::texts::{Key, Texts};

/// Every card with what it says and asks.
pub(super) fn read(content: &Cards, texts: Texts) -> Html {
    let told = |title: Key, entries: &[Entry]| {
        html! { if !entries.is_empty() { <h3 class="read__phase">{ texts.get(title) }</h3>{ list(entries, texts) } }
        }
    };
    let card = |card: &Card| {
        let place = place_words(&content.axes, card, texts);
        html! {
            <section class="read__section" key={card.id.to_string()}>
                <h2>{ words(&card.title, texts) }</h2>
                if !place.is_empty() { <p class="read__hint">{ place }</p> }
                { list(&card.text, texts) }
                { told(Key::CardsGoals, &card.goals) }
                { told(Key::CardsTasks, &card.tasks) }
                { told(Key::CardsQuestions, &card.questions) }
            </section>
        }
    };
    content.cards.iter().map(card).collect()
}

/// The cards that were talked about, each with its answers and with who takes which task; then how many were not.
pub(super) fn result(props: &ResultProps) -> Option<PartResult> {
    let (at, texts) = (&props.at, props.texts);
    let content = content(at)?;
    let deck = CardsAnswers::gather(&props.control, &props.board, at.instance, at.id(), content);
    let all = content.cards.iter().zip(&deck.cards).filter(|(card, _)| asks(card));
    let (silent, talked): (Vec<_>, Vec<_>) = all.partition(|(_, answers)| answers.is_empty());
    let mut text = String::new();
    let cards: Html =
        talked.iter().map(|(card, answers)| taken_home(card, answers, content, props, &mut text)).collect();
    let left = (!silent.is_empty()).then(|| texts.cards_silent(silent.len()));
    if let Some(left) = &left {
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{left}");
    }
    let form = html! { <>{ cards }if let Some(left) = left { <p class="result__nothing">{ left }</p> }</> };
    Some(PartResult { form, text })
}

fn taken_home(card: &Card, answers: &CardAnswers, content: &Cards, props: &ResultProps, text: &mut String) -> Html {
    let texts = props.texts;
    let (title, place) = (words(&card.title, texts), place_words(&content.axes, card, texts));
    let _ = writeln!(text, "\n{title}");
    if !place.is_empty() {
        let _ = writeln!(text, "{place}");
    }
    let questions: Html = card
        .questions
        .iter()
        .zip(&answers.questions)
        .map(|(asked, found)| question(asked, found, text, texts))
        .collect();
    let tasks: Html =
        card.tasks.iter().zip(&answers.tasks).map(|(asked, found)| task(asked, found, props, text)).collect();
    html! {
        <section class="result__prompt result-card" key={card.id.to_string()}>
            <h3>{ title }</h3>
            if !place.is_empty() { <p class="result__made">{ place }</p> }
            { questions }
            { tasks }
        </section>
    }
}

fn question(asked: &Entry, answers: &QuestionAnswers, text: &mut String, texts: Texts) -> Html {
    let asked = words(&asked.text, texts);
    let _ = writeln!(text, "\n  {asked}");
    let support =
        |count: usize| if count > 0 { format!(" ({})", texts.questions_support(count)) } else { String::new() };
    let said: Vec<String> = answers
        .by_support()
        .into_iter()
        .map(|answer| format!("{}{}", answer.note.text, support(answer.supporters.len())))
        .collect();
    for one in &said {
        let _ = writeln!(text, "  - {}", one.replace('\n', "\n    "));
    }
    html! {
        <div key={answers.question.to_string()}>
            <p class="result-card__asked">{ asked }</p>
            if said.is_empty() { <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p> }
            <ul class="result__notes">{ for said.into_iter().map(|one| html! { <li dir="auto">{ one }</li> }) }</ul>
        </div>
    }
}

fn task(asked: &Entry, answers: &TaskAnswers, props: &ResultProps, text: &mut String) -> Html {
    let texts = props.texts;
    let asked = words(&asked.text, texts);
    let _ = writeln!(text, "\n  {}: {asked}", texts.get(Key::CardsTask));
    let agreed: Vec<String> = answers.actions.iter().map(|row| agreed(row, &asked, props)).collect();
    for one in &agreed {
        let _ = writeln!(text, "  - {}", one.replace('\n', "\n    "));
    }
    if agreed.is_empty() {
        let _ = writeln!(text, "  {}", texts.get(Key::ActionsNobody));
    }
    html! {
        <div key={answers.task.to_string()}>
            <p class="result-card__asked"><strong>{ texts.get(Key::CardsTask) }{ ": " }</strong>{ asked }</p>
            if agreed.is_empty() { <p class="result__nothing">{ texts.get(Key::ActionsNobody) }</p> }
            <ul class="result__notes">{ for agreed.into_iter().map(|one| html! { <li dir="auto">{ one }</li> }) }</ul>
        </div>
    }
}

/// Who does it, by when, and how far it is; what is done, where it is said otherwise than the task.
fn agreed(row: &Row, asked: &str, props: &ResultProps) -> String {
    let texts = props.texts;
    let who = actions::all_who(&props.board, row, texts);
    let who = if who.is_empty() { texts.get(Key::ActionsNobody).to_owned() } else { who };
    let days = actions::all_days(row, texts, props.this_year);
    let days = (!days.is_empty()).then(|| texts.table_before_date(&days));
    let what = actions::what(row, texts);
    let what = (what.as_str() != asked).then(|| what.to_string());
    let said = what.into_iter().chain([who]).chain(days).chain([actions::all_statuses(row, texts)]);
    said.collect::<Vec<_>>().join(" · ")
}
