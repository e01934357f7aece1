//! The ladder of levels on a phone, from the highest down, with where people stand.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::board::Mark;
use shared::documents::maturity::MaturityAnswers;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback};

use super::ladder_level::LadderLevel;
use crate::table::{ColumnRole, Table};

/// See [`Ladder`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct LadderProps {
    /// The table it belongs to.
    pub table: Table,
    /// Which question it answers.
    pub column: ColumnRole,
    /// What is answered so far.
    pub answers: Rc<MaturityAnswers>,
    /// Who chooses here, with their mark.
    pub person: Option<(EntryId, Mark)>,
    /// Names the question for a screen reader.
    pub label: AttrValue,
    /// Called with the level that was tapped, or `None` to withdraw. Without it the ladder is only read.
    pub on_place: Option<Callback<Option<u8>>>,
}

/// A group of radio buttons: arrow keys move, space places, and the level one stands on is tapped again to withdraw.
#[component]
pub fn Ladder(props: &LadderProps) -> Html {
    let column = props.answers.column(props.column);
    let person = props.person.map(|(person, _)| person);
    let own: Vec<u8> = person
        .map(|person| {
            column.placements.iter().filter(|(_, people)| people.contains(&person)).map(|(l, _)| *l).collect()
        })
        .unwrap_or_default();
    let highest = props.table.maturity().levels.iter().map(|level| level.value).max();
    let levels = props.table.maturity().levels.iter().rev().map(|level| {
        let is_own = own.contains(&level.value);
        let others = column.placements.get(&level.value).map_or(0, Vec::len) - usize::from(is_own);
        let is_first = own.is_empty() && Some(level.value) == highest;
        html! {
            <LadderLevel key={level.value} table={props.table.clone()} column={props.column} level={level.value} {others}
                own={is_own.then(|| props.person.map(|(_, mark)| mark)).flatten()} is_reached_by_tab={is_own || is_first}
                on_place={props.on_place.clone()} />
        }
    });
    let onkeydown = use_callback((), |event: KeyboardEvent, ()| move_focus(&event));
    html! {
        <div class="ladder" role="radiogroup" aria-label={props.label.clone()} {onkeydown}>
            { for levels }
        </div>
    }
}

/// Arrow keys go from level to level without choosing: a choice here is seen by everyone.
fn move_focus(event: &KeyboardEvent) {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => 1,
        "ArrowUp" | "ArrowLeft" => -1,
        _ => return,
    };
    let Some(group) = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Ok(radios) = group.query_selector_all("[role='radio']") else { return };
    let focused = event.target_dyn_into::<HtmlElement>();
    let radios: Vec<HtmlElement> = (0..radios.length()).filter_map(|n| radios.get(n)?.dyn_into().ok()).collect();
    let Some(at) = radios.iter().position(|radio| Some(radio) == focused.as_ref()) else { return };
    let count = i32::try_from(radios.len()).unwrap_or(1);
    let next = (i32::try_from(at).unwrap_or(0) + step).rem_euclid(count);
    event.prevent_default();
    if let Some(radio) = usize::try_from(next).ok().and_then(|next| radios.get(next)) {
        // Only fails when the element is gone, and then there is nothing to focus.
        let _ = radio.focus();
    }
}
