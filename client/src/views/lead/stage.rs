//! The middle of the desk: the question that the group is at.

use shared::content::PromptRole;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback};

use super::Spot;
use super::column_board::ColumnBoard;
use super::project_button::{ProjectButton, ProjectWholeButton};
use crate::components::heading::Heading;
use crate::components::undo_button::UndoButton;
use crate::hooks::use_snapshot;
use crate::table::{Step, Table};
use crate::texts::{Key, use_texts};
use crate::views::phone::agreed_step::AgreedStep;
use crate::views::phone::around;
use crate::views::phone::progress::title_of;
use crate::views::phone::prompt_step::PromptStep;
use crate::views::read::ReadTool;
use crate::views::time_frame_field::TimeFrameField;
use yew::prelude::use_state_eq;

/// See [`Stage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct StageProps {
    /// What stands here.
    pub(super) spot: Option<Spot>,
    /// Puts something else here.
    pub(super) on_spot: Callback<Spot>,
}

/// Draws the question with what the group has said to it.
#[component]
pub(super) fn Stage(props: &StageProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let instance = props.spot.and_then(|spot| snapshot.control.tool(spot.tool));
    let inner = match (props.spot, instance) {
        (Some(Spot { step: Some(step), .. }), Some(instance)) => match Table::of(instance) {
            Some(table) => html! {
                <TableStage key={format!("{}/{}", instance.id, step.code())} {table} {step} on_spot={props.on_spot.clone()} />
            },
            None => Html::default(),
        },
        (_, Some(instance)) => html! {
            <div class="stage__scroll">
                <div class="stage__top"><ProjectWholeButton tool={instance.id} /></div>
                <div class="stage__inner">
                    <h2 class="stage__title">{ instance.tool.title.get(texts.language) }</h2>
                    <ReadTool tool={instance.tool.clone()} />
                </div>
            </div>
        },
        (_, None) => {
            // Where there are some that cannot be shown, that is said above.
            let words = if snapshot.control.unread_tools == 0 { texts.get(Key::LeadToolsNone) } else { "" };
            html! { <div class="stage__scroll"><p class="lead__hint">{ words }</p></div> }
        }
    };
    html! { <section class="lead__stage stage" id="content" aria-label={texts.get(Key::LeadStage)}>{ inner }</section> }
}

/// See [`TableStage`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct TableStageProps {
    table: Table,
    step: Step,
    on_spot: Callback<Spot>,
}

#[component]
fn TableStage(props: &TableStageProps) -> Html {
    let texts = use_texts();
    let is_writing = use_state_eq(|| false);
    let on_write = use_callback(is_writing.clone(), |_: MouseEvent, is_writing| is_writing.set(true));
    let on_written = use_callback(is_writing.clone(), |(), is_writing| is_writing.set(false));
    let TableStageProps { table, step, on_spot } = props.clone();
    let (before, after) = around(&table, step);
    let spot = |step: Option<Step>| step.map(|step| Spot { tool: table.instance, step: Some(step) });
    let on_back = use_callback((on_spot.clone(), spot(before)), |_: MouseEvent, (on_spot, spot)| {
        if let Some(spot) = spot {
            on_spot.emit(*spot);
        }
    });
    let on_next = use_callback((on_spot, spot(after)), |_: MouseEvent, (on_spot, spot)| {
        if let Some(spot) = spot {
            on_spot.emit(*spot);
        }
    });
    let prompt = match step {
        Step::Prompt(role) => table.maturity().prompt(role),
        _ => None,
    };
    let inner = match step {
        Step::Place(column) => html! { <ColumnBoard table={table.clone()} {column} /> },
        Step::Prompt(PromptRole::TimeFrame) => html! {
            <>
                if let Some(prompt) = prompt {
                    <Heading text={prompt.title.get(texts.language).to_owned()} hint={AttrValue::from(prompt.hint.get(texts.language).to_owned())}
                        is_section=true />
                }
                <TimeFrameField table={table.clone()} />
            </>
        },
        Step::Prompt(role) => {
            html! { <PromptStep table={table.clone()} {role} is_writing={*is_writing} {on_written} /> }
        }
        Step::Agreed => html! { <AgreedStep table={table.clone()} /> },
    };
    let can_write_note = matches!(step, Step::Prompt(PromptRole::Obstacles | PromptRole::Signs));
    html! {
        <>
            <div class="stage__scroll">
                <div class="stage__top"><ProjectButton table={table.clone()} {step} /></div>
                <div class="stage__inner">{ inner }</div>
            </div>
            <footer class="stage__bar">
                <UndoButton />
                if before.is_some() {
                    <button class="button" type="button" onclick={on_back} data-test="lead-back">{ texts.get(Key::AppBack) }</button>
                }
                if can_write_note {
                    <button class="button" type="button" onclick={on_write} data-test="add-note">{ texts.get(Key::TableAddObstacle) }</button>
                }
                if let Some(after) = after {
                    <button class="button button--main stage__next" type="button" onclick={on_next} data-test="lead-next">
                        { AttrValue::from(texts.lead_next_question(&title_of(&table, after, texts))) }
                    </button>
                }
            </footer>
        </>
    }
}
