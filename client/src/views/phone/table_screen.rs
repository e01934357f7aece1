//! One step of a table: its question, and the buttons that lead on.

use shared::content::PromptRole;
use shared::documents::AnswerKey;
use shared::documents::maturity::{column_field, obstacles_field, signs_field};
use web_sys::MouseEvent;
use yew::prelude::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_effect_with, use_state_eq,
};

use super::agreed_step::AgreedStep;
use super::around;
use super::frame::Frame;
use super::place_step::PlaceStep;
use super::prompt_step::PromptStep;
use crate::components::heading::Heading;
use crate::components::undo_button::UndoButton;
use crate::hooks::{use_session, use_snapshot};
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::table::{Step, Table};
use crate::texts::{Key, Texts, use_texts};
use crate::views::time_frame_field::TimeFrameField;

/// See [`TableScreen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct TableScreenProps {
    /// Where this is.
    pub place: Place,
    /// The table.
    pub table: Table,
    /// The step.
    pub step: Step,
}

/// Draws the step.
#[component]
pub fn TableScreen(props: &TableScreenProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let go = use_go();
    let is_writing = use_state_eq(|| false);
    let on_write = use_callback(is_writing.clone(), |_: MouseEvent, is_writing| is_writing.set(true));
    let on_written = use_callback(is_writing.clone(), |(), is_writing| is_writing.set(false));
    let TableScreenProps { place, table, step } = props.clone();
    use_effect_with((session.clone(), table.instance, step), |(session, tool, step)| {
        session.set_position(Some(format!("{tool}/{}", step.code())));
    });
    let (before, after) = around(&table, step);
    let to = |step: Option<Step>| {
        Route::Workshop(place.on(step.map_or(Screen::Overview, |step| Screen::Step(table.instance, step))))
    };
    let on_back = use_callback((go.clone(), to(before)), |(), (go, route)| go.emit(route.clone()));
    let on_next = use_callback((go.clone(), to(after)), |_: MouseEvent, (go, route)| go.emit(route.clone()));
    let back_click = use_callback(on_back.clone(), |_: MouseEvent, on_back| on_back.emit(()));
    let steps = table.steps();
    let at = steps.iter().position(|known| *known == step).unwrap_or(0);
    let maturity = table.maturity();
    let can_write = snapshot.can_write() && snapshot.me.is_some();
    let level = match step {
        Step::Place(column) => {
            let answers = table.answers(&snapshot.control, &snapshot.board);
            snapshot.me.and_then(|me| answers.column(column).level_of(me))
        }
        Step::Prompt(_) | Step::Agreed => None,
    };
    // What lies in the notebook for this question is one tap away.
    let add = |key: AnswerKey, level: Option<u8>, words: Key| {
        let has_draft = !session.note_draft(&session.begin_note(&key, level)).is_empty();
        texts.get(if has_draft { Key::TableDraftWaits } else { words })
    };
    let part = table.part().id.as_str();
    let second = match step {
        Step::Place(column) if can_write && level.is_some() => {
            let key = AnswerKey::shared(table.instance, column_field(part, column));
            write_button(on_write, add(key, level, Key::TableAddExample), "add-example")
        }
        Step::Prompt(role @ (PromptRole::Obstacles | PromptRole::Signs)) if can_write => {
            let field = if role == PromptRole::Obstacles { obstacles_field(part) } else { signs_field(part) };
            write_button(
                on_write,
                add(AnswerKey::shared(table.instance, field), None, Key::TableAddObstacle),
                "add-note",
            )
        }
        Step::Agreed => html! {
            <button class="button" type="button" onclick={back_click} data-test="previous">{ texts.get(Key::AppBack) }</button>
        },
        _ => Html::default(),
    };
    let buttons = html! {
        <>
            if can_write { <UndoButton /> }
            { second }
            <button class="button button--main phone__next" type="button" onclick={on_next} data-test="next">
                { texts.get(if after.is_some() { Key::TableNext } else { Key::TableOverview }) }
            </button>
        </>
    };
    let inner = match step {
        Step::Place(column) => {
            html! { <PlaceStep table={table.clone()} {column} is_writing={*is_writing} {on_written} /> }
        }
        Step::Prompt(PromptRole::TimeFrame) => html! {
            <>
                { maturity.prompt(PromptRole::TimeFrame).map(|prompt| heading(prompt, texts)).unwrap_or_default() }
                <TimeFrameField table={table.clone()} />
            </>
        },
        Step::Prompt(role) => {
            html! { <PromptStep table={table.clone()} {role} is_writing={*is_writing} {on_written} /> }
        }
        Step::Agreed => html! { <AgreedStep table={table.clone()} /> },
    };
    html! {
        <Frame title={table.tool.short_title.get(texts.language).to_owned()} line={AttrValue::from(texts.table_step_of(steps.len(), at + 1))}
            {on_back} progress={(at, steps.len())} names_writer=true {buttons}>
            { inner }
        </Frame>
    }
}

fn write_button(onclick: Callback<MouseEvent>, words: &'static str, test: &'static str) -> Html {
    html! { <button class="button" type="button" {onclick} data-test={test}>{ words }</button> }
}

fn heading(prompt: &shared::content::Prompt, texts: Texts) -> Html {
    let text = |text: &shared::content::Localized| AttrValue::from(text.get(texts.language).to_owned());
    html! { <Heading text={text(&prompt.title)} hint={text(&prompt.hint)} /> }
}
