//! The balance to read, and as the form that a group takes home.

use std::fmt::Write as _;

use shared::content::{FollowUp, Side, SideGroup, TwoSided};
use shared::documents::board::Row;
use shared::documents::two_sided::{FollowUpAnswers, TwoSidedAnswers};
use yew::prelude::{Html, html};

use super::balance::{Balance, SMALL};
use super::pans::{Pan, pans, said};
use super::together_step::PanList;
use super::{content, marked, verdict};
use crate::actions;
use crate::kinds::{PartResult, ResultProps, list, words};
use crate::texts::{Key, Texts};

/// Both sides with what they offer, and what is marked afterwards.
pub(super) fn read(content: &TwoSided, texts: Texts) -> Html {
    let group = |side: &Side, group: &SideGroup| {
        html! {
            <>
                if side.groups.len() > 1 { <h3 class="read__phase">{ words(&group.title, texts) }</h3> }
                { list(&group.examples, texts) }
            </>
        }
    };
    html! {
        <>
            { for content.sides.iter().map(|side| html! {
                <section class="read__section" key={side.id.to_string()}>
                    <h2>{ words(&side.title, texts) }</h2>
                    <p class="read__hint">{ words(&side.hint, texts) }</p>
                    { for side.groups.iter().map(|found| group(side, found)) }
                </section>
            }) }
            { for content.follow_ups.iter().map(|follow_up| html! {
                <section class="read__section" key={follow_up.id.to_string()}>
                    <h2>{ words(&follow_up.title, texts) }</h2>
                    <p>{ words(&follow_up.hint, texts) }</p>
                </section>
            }) }
        </>
    }
}

/// The balance with both lists, and what came of it.
pub(super) fn result(props: &ResultProps) -> Option<PartResult> {
    let (at, texts) = (&props.at, props.texts);
    let content = content(at)?;
    let balance = TwoSidedAnswers::gather(&props.control, &props.board, at.instance, at.id(), content);
    let pans = pans(content, &balance, texts);
    let verdict = verdict(content, balance.sums(), texts);
    let mut text = pans.iter().map(|pan| said_of(pan, texts)).collect::<String>();
    if let Some(verdict) = &verdict {
        // Writing to a string does not fail.
        let _ = writeln!(text, "\n{verdict}");
    }
    let follow_ups = content.follow_ups.iter().map(|one| follow_up(props, &balance, one, &mut text));
    let follow_ups: Html = follow_ups.collect();
    let form = html! {
        <section class="result__prompt">
            <div class="result__drawing"><Balance form={SMALL} tilt={balance.tilt()} label={said(&pans)} pans={pans.clone()} /></div>
            if let Some(verdict) = verdict { <p class="balance-verdict">{ verdict }</p> }
            <div class="balance-pans">{ for pans.iter().map(|pan| html! { <PanList key={pan.side.clone()} pan={pan.clone()} is_under_part=true /> }) }</div>
            { follow_ups }
        </section>
    };
    Some(PartResult { form, text })
}

fn said_of(pan: &Pan, texts: Texts) -> String {
    let mut text = format!("\n{} ({})\n", pan.title, pan.sum);
    if pan.weights.is_empty() {
        let _ = writeln!(text, "{}", texts.get(Key::ResultNothing));
    }
    for weight in &pan.weights {
        let band = pan.bands.get(weight.band).map(|band| format!(", {band}")).unwrap_or_default();
        let _ = writeln!(text, "- {} ({}{band})", weight.words.replace('\n', "\n  "), weight.sum);
    }
    text
}

fn follow_up(props: &ResultProps, balance: &TwoSidedAnswers, follow_up: &FollowUp, text: &mut String) -> Html {
    let texts = props.texts;
    let title = words(&follow_up.title, texts);
    let entries = marked(&props.at, balance, follow_up, texts);
    let _ = writeln!(text, "\n{title}");
    if entries.is_empty() {
        let _ = writeln!(text, "{}", texts.get(Key::ResultNothing));
    }
    let named = |words: &str, mark: &FollowUpAnswers| match props.is_own {
        true => words.to_owned(),
        false => format!("{words} ({})", texts.balance_marked_by(mark.people.len())),
    };
    for (words, _, mark) in &entries {
        let _ = writeln!(text, "- {}", named(words, mark).replace('\n', "\n  "));
        for action in &mark.actions {
            let _ = writeln!(text, "  - {}", agreed(action, props).replace('\n', "\n    "));
        }
    }
    html! {
        <section class="result__prompt" key={follow_up.id.to_string()}>
            <h3>{ title }</h3>
            if entries.is_empty() { <p class="result__nothing">{ texts.get(Key::ResultNothing) }</p> }
            <ul class="result__notes">
                { for entries.iter().map(|(words, _, mark)| html! {
                    <li key={mark.key.to_string()} dir="auto">
                        { named(words, mark) }
                        if !mark.actions.is_empty() {
                            <ul class="result__notes">{ for mark.actions.iter().map(|action| html! { <li dir="auto">{ agreed(action, props) }</li> }) }</ul>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// What is to be done, who does it, by when, and how far it is.
fn agreed(row: &Row, props: &ResultProps) -> String {
    let texts = props.texts;
    let days = actions::all_days(row, texts, props.this_year);
    let days = if days.is_empty() { days } else { texts.table_before_date(&days) };
    let said = [actions::what(row, texts).to_string(), actions::all_who(&props.board, row, texts), days];
    let status = actions::all_statuses(row, texts);
    said.into_iter().filter(|words| !words.is_empty()).chain([status]).collect::<Vec<_>>().join(" · ")
}
