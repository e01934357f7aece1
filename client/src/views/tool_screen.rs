//! A tool of the workshop that is open, to be read whole or as its result.

use shared::documents::EntryId;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback};

use crate::components::copy_button::CopyButton;
use crate::components::sync_corner::SyncCorner;
use crate::hooks::use_snapshot;
use crate::local_time::{LocalTime, date};
use crate::platform::{clock, page};
use crate::route::{Place, Route, Screen};
use crate::table::Table;
use crate::texts::{Key, use_texts};
use crate::views::message::Message;
use crate::views::page_frame::PageFrame;
use crate::views::read::ReadTool;
use crate::views::result::{Report, ResultForm};

/// See [`ReadScreen`] and [`ResultScreen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolScreenProps {
    /// The tool instance.
    pub tool: EntryId,
}

/// Draws the tool as something to read.
#[component]
pub fn ReadScreen(props: &ToolScreenProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let back = format!(
        "#{}",
        Route::Workshop(Place { workshop: snapshot.workshop, role: snapshot.role, screen: Screen::Start })
    );
    match snapshot.control.tool(props.tool) {
        None => html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::FaultNotHereText)} /> },
        Some(instance) => html! {
            <PageFrame title={instance.tool.title.get(texts.language).to_owned()} {back} tools={html! { <SyncCorner /> }}
                lead={Some(AttrValue::from(instance.tool.summary.get(texts.language).to_owned()))}>
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
    let on_print = use_callback((), |_: MouseEvent, ()| page::print());
    let back = format!(
        "#{}",
        Route::Workshop(Place { workshop: snapshot.workshop, role: snapshot.role, screen: Screen::Start })
    );
    let Some(table) = snapshot.control.tool(props.tool).and_then(Table::of) else {
        return html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::FaultNotHereText)} /> };
    };
    let today = LocalTime::at(clock::wall());
    let report = Report {
        workshop: snapshot.control.title_text(),
        made: texts.result_made(&date(texts, today, 0)),
        answers: table.answers(&snapshot.control, &snapshot.board),
        table,
        texts,
        year: today.year,
    };
    html! {
        <PageFrame title={report.workshop.clone()} {back} tools={html! { <SyncCorner /> }}>
            <div class="actions result__actions">
                <button class="button button--main" type="button" onclick={on_print} data-test="print">{ texts.get(Key::TablePrint) }</button>
                <CopyButton text={report.text()} label={texts.get(Key::TableCopyText)} test="copy-text" />
            </div>
            <ResultForm {report} />
        </PageFrame>
    }
}
