//! A workshop on a phone: one question a screen, back and forward, and an overview.

pub mod agreed_step;
pub mod frame;
pub mod hide_note;
pub mod note_editor;
pub mod note_list;
pub mod note_writer;
pub mod overview;
pub mod people_sheet;
pub mod place_step;
pub mod progress;
pub mod prompt_step;
pub mod table_screen;
mod taken_off;
mod tool_card;
mod writer;

use shared::documents::EntryId;
use web_sys::KeyboardEvent;
use yew::prelude::{Html, Properties, component, html, use_callback};

use self::overview::Overview;
use self::table_screen::TableScreen;
use crate::components::shared_text::undo_key;
use crate::hooks::{use_session, use_snapshot};
use crate::route::{Place, Screen};
use crate::table::{Step, Table};

/// See [`Phone`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PhoneProps {
    /// Where this is.
    pub place: Place,
}

/// Draws the screen of a participant.
#[component]
pub fn Phone(props: &PhoneProps) -> Html {
    let session = use_session();
    let snapshot = use_snapshot();
    let on_step = use_callback(session.clone(), |is_redo: bool, session| {
        // Nothing to take back is no fault.
        let _ = if is_redo { session.redo() } else { session.undo() };
    });
    let onkeydown = use_callback(on_step, |event: KeyboardEvent, on_step| undo_key(&event, on_step));
    let at = match props.place.screen {
        Screen::Step(tool, step) => table_at(&snapshot.control, tool).map(|table| (table, step)),
        _ => None,
    };
    html! {
        <div {onkeydown}>
            if let Some((table, step)) = at {
                <TableScreen key={format!("{}/{}", table.instance, step.code())} place={props.place.clone()} table={table.clone()} {step} />
            } else {
                <Overview place={props.place.clone()} />
            }
        </div>
    }
}

fn table_at(control: &shared::documents::control::ControlView, tool: EntryId) -> Option<Table> {
    control.tool(tool).and_then(Table::of)
}

/// The step after `step`, and the one before.
#[must_use]
pub fn around(table: &Table, step: Step) -> (Option<Step>, Option<Step>) {
    let steps = table.steps();
    let at = steps.iter().position(|known| *known == step).unwrap_or(0);
    let before = at.checked_sub(1).and_then(|at| steps.get(at)).copied();
    (before, steps.get(at + 1).copied())
}
