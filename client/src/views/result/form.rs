//! What a group takes home of one tool: the paper form, and the same as text.

use std::rc::Rc;

use shared::content::Audience;
use shared::documents::EntryId;
use shared::documents::actions::actions;
use shared::documents::control::ToolInstance;
use yew::prelude::{AttrValue, Html, html};

use crate::groups::title;
use crate::kinds::{PartResult, ResultProps, alone, every, words};
use crate::local_time::{LocalTime, date};
use crate::part::PartAt;
use crate::platform::clock;
use crate::session::Snapshot;
use crate::texts::{Key, Texts};
use crate::views::actions::table::{ActionTable, text as action_text};

/// A tool's result.
#[derive(Debug, Clone, PartialEq)]
pub struct ToolResult {
    /// As the paper form.
    pub form: Html,
    /// As text that can be pasted anywhere; ends in a line break.
    pub text: String,
}

/// The result of a tool as the workshop stands.
#[must_use]
pub fn tool_result(instance: &ToolInstance, snapshot: &Snapshot, texts: Texts) -> ToolResult {
    let tool = &instance.tool;
    let today = LocalTime::at(clock::wall());
    let made = texts.result_made(&date(texts, today, 0));
    let parts: Vec<(PartAt, PartResult)> = PartAt::all(instance)
        .filter_map(|at| {
            let result = every::papers(at.part().kind()).result(&props_of(&at, snapshot, texts, today.year))?;
            Some((at, result))
        })
        .collect();
    let has_several = parts.len() > 1;
    let title_of = |at: &PartAt| at.part().title.as_ref().filter(|_| has_several).map(|title| words(title, texts));
    let name = title(&snapshot.control, instance, texts);
    let mut text = format!("{name}\n{made}\n");
    for (at, result) in &parts {
        if let Some(title) = title_of(at) {
            text.push_str(&format!("\n{title}\n"));
        }
        text.push_str(&result.text);
    }
    // Where nothing leaves the device, actions lie where the rest does.
    let board = if snapshot.is_local_only { alone::own_board(snapshot) } else { Rc::clone(&snapshot.board) };
    let agreed: Vec<_> =
        actions(&snapshot.control, &board).into_iter().filter(|row| row.place.tool == instance.id).collect();
    if !agreed.is_empty() {
        text.push_str(&format!("\n{}\n", texts.get(Key::ActionsTitle)));
        text.push_str(&action_text(&agreed, &board, texts, today.year));
    }
    let form = html! {
        <article class="result" key={instance.id.to_string()} data-test="result-form">
            <header class="result__head">
                <h2 class="result__title" dir="auto">{ name }</h2>
                <p class="result__made">{ made }</p>
            </header>
            { for parts.into_iter().map(|(at, result)| html! {
                <section class="result__part" key={at.index}>
                    if let Some(title) = title_of(&at) { <h2 class="result__part-title">{ title }</h2> }
                    { result.form }
                </section>
            }) }
            if !agreed.is_empty() {
                <section class="result__part">
                    <h2 class="result__part-title">{ texts.get(Key::ActionsTitle) }</h2>
                    <ActionTable actions={agreed} {board} {texts} this_year={today.year} />
                </section>
            }
            <footer class="result__source" lang="da">{ texts.read_source_line(&tool.source.publisher, &tool.source.title) }</footer>
        </article>
    };
    ToolResult { form, text }
}

/// What the person of this tab answered in a tool that is their own, shared or not; `None` where that is nothing, and
/// where nothing is shared anyway.
#[must_use]
pub fn own_result(instance: &ToolInstance, snapshot: &Snapshot, texts: Texts) -> Option<ToolResult> {
    let me = snapshot.me.filter(|_| !snapshot.is_local_only && instance.tool.audience == Audience::Own)?;
    let mut board = snapshot.own_board.of_person(instance.id, me);
    if board.is_blank() {
        return None;
    }
    board.people.clone_from(&snapshot.board.people);
    let board = Rc::new(board);
    let this_year = LocalTime::at(clock::wall()).year;
    let of_part = |at: PartAt| {
        let props = ResultProps { board: Rc::clone(&board), is_own: true, ..props_of(&at, snapshot, texts, this_year) };
        let result = every::papers(at.part().kind()).result(&props)?;
        Some((at.part().title.as_ref().map(|title| words(title, texts)), result))
    };
    let parts: Vec<_> = PartAt::all(instance).filter_map(of_part).collect();
    let name = title(&snapshot.control, instance, texts);
    let (own, note) = (texts.get(Key::AloneResult), texts.get(Key::AloneResultText));
    let mut text = format!("{name}: {own}\n{note}\n");
    for (title, result) in &parts {
        text.push_str(&title.as_ref().map(|title| format!("\n{title}\n")).unwrap_or_default());
        text.push_str(&result.text);
    }
    let form = html! {
        <article class="result" key={format!("own-{}", instance.id)} data-test="result-own">
            <header class="result__head">
                <h2 class="result__title" dir="auto">{ format!("{name}: {own}") }</h2>
                <p class="result__made">{ note }</p>
            </header>
            { for parts.into_iter().enumerate().map(|(place, (title, result))| html! {
                <section class="result__part" key={place}>
                    if let Some(title) = title { <h2 class="result__part-title">{ title }</h2> }
                    { result.form }
                </section>
            }) }
        </article>
    };
    Some(ToolResult { form, text })
}

fn props_of(at: &PartAt, snapshot: &Snapshot, texts: Texts, this_year: u32) -> ResultProps {
    ResultProps {
        at: at.clone(),
        control: Rc::clone(&snapshot.control),
        board: alone::board_of_result(at, snapshot),
        is_own: snapshot.is_local_only,
        texts,
        this_year,
    }
}

/// What the groups of a set have filled in, side by side, where a kind of table has that; `None` for what is no set of
/// several.
#[must_use]
pub fn comparison(set: EntryId, snapshot: &Snapshot, texts: Texts) -> Option<ToolResult> {
    let groups = snapshot.control.set(set);
    let [(_, first), _, ..] = groups.as_slice() else { return None };
    let this_year = LocalTime::at(clock::wall()).year;
    let of_part = |at: PartAt| {
        let same = |instance: &ToolInstance| PartAt::all(instance).find(|other| other.id() == at.id());
        let props = groups.iter().filter_map(|(group, instance)| {
            Some((AttrValue::from(group.name()), props_of(&same(instance)?, snapshot, texts, this_year)))
        });
        every::papers(at.part().kind()).comparison(&props.collect::<Vec<_>>())
    };
    let parts: Vec<PartResult> = PartAt::all(first).filter_map(of_part).collect();
    if parts.is_empty() {
        return None;
    }
    let name = texts.groups_side_by_side(&words(&first.tool.title, texts));
    let text = parts.iter().fold(format!("{name}\n"), |text, part| text + &part.text);
    let form = html! {
        <article class="result" key={format!("set-{set}")} data-test="result-comparison">
            <header class="result__head"><h2 class="result__title">{ name }</h2></header>
            { for parts.into_iter().map(|part| part.form) }
        </article>
    };
    Some(ToolResult { form, text })
}
