//! A tool of the workshop that is open, to be read whole or as its result.

use shared::documents::EntryId;
use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback};

use crate::components::copy_button::CopyButton;
use crate::components::sync_corner::SyncCorner;
use crate::hooks::use_snapshot;
use crate::kinds::has_result;
use crate::platform::page;
use crate::route::{Place, Route, Screen};
use crate::session::Snapshot;
use crate::texts::{Key, Texts, use_texts};
use crate::views::message::Message;
use crate::views::page_frame::PageFrame;
use crate::views::read::ReadTool;
use crate::views::result::form::{ToolResult, comparison, own_result, tool_result};

/// See [`ReadScreen`] and [`ResultScreen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolScreenProps {
    /// The tool instance.
    pub tool: EntryId,
}

/// Draws the tool as something to read, and to print.
#[component]
pub fn ReadScreen(props: &ToolScreenProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let back = format!(
        "#{}",
        Route::Workshop(Place { workshop: snapshot.workshop, role: snapshot.role, screen: Screen::Start })
    );
    let on_print = use_callback((), |_: MouseEvent, ()| page::print());
    match snapshot.control.tool(props.tool) {
        None => html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::FaultNotHereText)} /> },
        Some(instance) => html! {
            <PageFrame title={instance.tool.title.get(texts.language).to_owned()} {back} tools={html! { <SyncCorner /> }}
                lead={Some(AttrValue::from(instance.tool.summary.get(texts.language).to_owned()))}>
                <div class="actions">
                    <button class="button" type="button" onclick={on_print} data-test="print">{ texts.get(Key::TablePrint) }</button>
                </div>
                <ReadTool tool={instance.tool.clone()} />
            </PageFrame>
        },
    }
}

/// Draws the result as the paper form, to be printed or copied.
#[component]
pub fn ResultScreen(props: &ToolScreenProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    match snapshot.control.tool(props.tool) {
        None => html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::FaultNotHereText)} /> },
        Some(instance) => {
            let own = own_result(instance, &snapshot, texts);
            let all = own.into_iter().chain([tool_result(instance, &snapshot, texts)]).collect();
            results(all, &snapshot, Screen::Start, texts)
        }
    }
}

/// Draws the results of all tools, each on a page of its own when they are printed.
#[component]
pub fn ResultsScreen() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let has_any = |tool: &&ToolInstance| tool.tool.parts.iter().any(|part| has_result(part.kind()));
    let tools = snapshot.control.tools.iter().filter(has_any);
    let back = if snapshot.is_facilitator() { Screen::Summary } else { Screen::Start };
    let of_tool = |instance: &ToolInstance| {
        // Before the first of a set stands how its groups compare.
        let set = instance.of.map(|of| of.set);
        let is_first =
            set.is_some_and(|set| snapshot.control.set(set).first().is_some_and(|(_, first)| first.id == instance.id));
        let compared = set.filter(|_| is_first).and_then(|set| comparison(set, &snapshot, texts));
        compared.into_iter().chain([tool_result(instance, &snapshot, texts)])
    };
    results(tools.flat_map(of_tool).collect(), &snapshot, back, texts)
}

fn results(results: Vec<ToolResult>, snapshot: &Snapshot, back: Screen, texts: Texts) -> Html {
    // What is filled in alone is called as its tool, whose title stands on the form.
    let workshop = match snapshot.is_local_only {
        true => texts.get(Key::AloneOnMyOwn).to_owned(),
        false => snapshot.control.title_text(),
    };
    let place = Place { workshop: snapshot.workshop, role: snapshot.role, screen: back };
    let text = results.iter().fold(format!("{workshop}\n"), |text, result| format!("{text}\n{}", result.text));
    let forms: Html = results.into_iter().map(|result| result.form).collect();
    html! { <ResultPage title={workshop} back={format!("#{}", Route::Workshop(place))} {text} {forms} /> }
}

/// See [`ResultPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ResultPageProps {
    title: AttrValue,
    back: AttrValue,
    text: AttrValue,
    forms: Html,
}

/// Forms with the ways to take them along.
#[component]
fn ResultPage(props: &ResultPageProps) -> Html {
    let texts = use_texts();
    let on_print = use_callback((), |_: MouseEvent, ()| page::print());
    html! {
        <PageFrame title={props.title.clone()} back={props.back.clone()} tools={html! { <SyncCorner /> }}>
            <div class="actions result__actions">
                <button class="button button--main" type="button" onclick={on_print} data-test="print">{ texts.get(Key::TablePrint) }</button>
                <CopyButton text={props.text.clone()} label={texts.get(Key::TableCopyText)} test="copy-text" />
            </div>
            { props.forms.clone() }
        </PageFrame>
    }
}
