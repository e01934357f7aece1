//! The large screen out of plain values.

use std::rc::Rc;

use shared::content::PromptRole;
use shared::documents::board::BoardView;
use shared::documents::control::ControlView;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::agenda_scene::AgendaScene;
use super::foot::Foot;
use super::head::Head;
use super::ladder_scene::LadderScene;
use super::result_scene::ResultScene;
use super::scene::Scene;
use super::side::Side;
use super::table_scene::TableSceneProps;
use super::wall_scene::WallScene;
use crate::people::present;
use crate::session::{Arrival, Line};
use crate::table::{Step, Table};
use crate::texts::{Key, use_texts};

/// See [`Screen`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ScreenProps {
    /// What facilitators decided.
    pub(super) control: Rc<ControlView>,
    /// What everyone wrote.
    pub(super) board: Rc<BoardView>,
    /// Whether the workshop is here.
    pub(super) arrival: Arrival,
    /// How the line stands.
    pub(super) line: Line,
    /// The participants' link, while a facilitator shows the way in.
    pub(super) invitation: Option<AttrValue>,
    /// The year that dates are said without.
    pub(super) this_year: u32,
}

/// Draws the screen in all its states: not here yet, nothing chosen, a scene, closed.
#[component]
pub(super) fn Screen(props: &ScreenProps) -> Html {
    let texts = use_texts();
    let workshop = AttrValue::from(props.control.title_text());
    let scene = Scene::of(&props.control);
    let (title, above, body) = match &scene {
        _ if matches!(props.line, Line::Closed(_)) => (texts.get(Key::ScreenGone).into(), workshop, Html::default()),
        _ if props.arrival == Arrival::Awaited => {
            let key =
                if matches!(props.line, Line::Refused(_)) { Key::SyncTitleRefused } else { Key::ScreenConnecting };
            (texts.get(key).into(), texts.get(Key::AppName).into(), Html::default())
        }
        Scene::Preparing => (workshop, AttrValue::Static(""), waiting(props, texts.get(preparing(&props.control)))),
        Scene::Title(tool) => {
            let summary = tool.summary.get(texts.language).to_owned();
            (tool.title.get(texts.language).to_owned().into(), workshop, waiting(props, &summary))
        }
        Scene::Agenda(tool, agenda) => {
            let body = html! { <AgendaScene agenda={agenda.clone()} invitation={props.invitation.clone()} /> };
            (tool.title.get(texts.language).to_owned().into(), workshop, body)
        }
        Scene::Table(table, step) => {
            let tool = table.tool.title.get(texts.language).to_owned();
            let above = |above: &str| AttrValue::from(format!("{workshop} · {above}"));
            let body = table_scene(props, table, *step);
            match step {
                None | Some(Step::Place(_)) => (tool.into(), workshop, body),
                Some(Step::Agreed) => (texts.get(Key::TableAgreed).into(), above(&tool), body),
                Some(Step::Prompt(role)) => {
                    let title =
                        table.maturity().prompt(*role).map(|prompt| prompt.title.get(texts.language).to_owned());
                    (title.unwrap_or_default().into(), above(&tool), body)
                }
            }
        }
    };
    html! {
        <main class="screen" id="content" lang={texts.language.code()} data-test="projector">
            <Head {title} {above} />
            { body }
            <Foot people={present(&props.board).into_iter().cloned().collect::<Vec<_>>()} line={props.line.clone()}
                has_legend={matches!(scene, Scene::Table(_, None | Some(Step::Place(_))))} />
        </main>
    }
}

fn table_scene(props: &ScreenProps, table: &Table, step: Option<Step>) -> Html {
    let answers = table.answers(&props.control, &props.board);
    let names = props.control.names_shown.values().iter().all(|shown| *shown) && !props.control.names_shown.is_empty();
    let scene = TableSceneProps {
        table: table.clone(),
        step,
        answers,
        board: Rc::clone(&props.board),
        names,
        invitation: props.invitation.clone(),
        this_year: props.this_year,
    };
    match step {
        None | Some(Step::Place(_)) => html! { <LadderScene ..scene /> },
        Some(Step::Prompt(PromptRole::TimeFrame) | Step::Agreed) => html! { <ResultScene ..scene /> },
        Some(Step::Prompt(PromptRole::Obstacles | PromptRole::Signs)) => html! { <WallScene ..scene /> },
    }
}

/// Why there is no tool to show.
fn preparing(control: &ControlView) -> Key {
    if control.unread_tools == 0 { Key::ScreenNoTools } else { Key::ScreenUnread }
}

/// A word while there is nothing to show, with the way in beside it.
fn waiting(props: &ScreenProps, words: &str) -> Html {
    html! {
        <div class="screen__body screen__body--with-side">
            <p class="screen__waiting">{ words }</p>
            <Side invitation={props.invitation.clone()} is_invite_large=true />
        </div>
    }
}
