//! The programme that is built: its tools in order, and how long all of it takes.

use std::collections::BTreeMap;
use std::rc::Rc;

use shared::content::{Planned, Tool};
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use super::draft::{Draft, total};
use super::plan_row::{Edit, PlanRow, Way};
use crate::library::use_library;
use crate::library::words::duration;
use crate::texts::{Key, use_texts};

/// See [`Plan`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct PlanProps {
    /// What is built.
    pub(super) draft: Draft,
    /// Builds it otherwise.
    pub(super) on_draft: Callback<Draft>,
}

/// Draws the programme, or how it begins.
#[component]
pub(super) fn Plan(props: &PlanProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let moved = use_state_eq(|| None::<(usize, Way)>);
    let rows = props.draft.here(&library);
    let used = (props.draft.clone(), rows.clone(), props.on_draft.clone(), moved.setter());
    let on_edit = use_callback(used, |(place, edit): (usize, Edit), (draft, rows, on_draft, moved)| {
        let mut tools: Vec<Planned> = rows.iter().map(|(planned, _)| planned.clone()).collect();
        moved.set(None);
        match edit {
            Edit::Move(way) => {
                let other = match way {
                    Way::Up => place.checked_sub(1),
                    Way::Down => Some(place + 1).filter(|other| *other < tools.len()),
                };
                let Some(other) = other else { return };
                tools.swap(place, other);
                moved.set(Some((other, way)));
            }
            Edit::Plan(planned) => tools[place] = planned,
            Edit::Remove => drop(tools.remove(place)),
        }
        on_draft.emit(Draft { tools, ..draft.clone() });
    });
    if rows.is_empty() {
        return html! { <p class="plan__empty" data-test="plan-empty">{ texts.get(Key::BuildEmpty) }</p> };
    }
    let count = rows.len();
    let said = moved.and_then(|(place, _)| {
        let (_, tool) = rows.get(place)?;
        Some(texts.build_moved(count, place + 1, tool.title.get(texts.language)))
    });
    let all = duration(total(&rows), texts);
    html! {
        <>
            <ol class="plan" data-test="plan">
                { for keyed(&rows).into_iter().zip(&rows).enumerate().map(|(place, (key, (planned, tool)))| html! {
                    <PlanRow {key} planned={planned.clone()} tool={Rc::clone(tool)} {place} {count} on_edit={on_edit.clone()}
                        moved={moved.filter(|(at, _)| *at == place).map(|(_, way)| way)} />
                }) }
            </ol>
            if let Some(all) = all { <p class="plan__total" data-test="plan-total">{ texts.build_total(&all) }</p> }
            <p class="field__hint">{ texts.get(Key::BuildKeys) }</p>
            <p class="hidden-words" role="status">{ said.unwrap_or_default() }</p>
        </>
    }
}

/// A key for each row that goes along when it is moved: a tool may be there more than once.
fn keyed(rows: &[(Planned, Rc<Tool>)]) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut key = |(planned, _): &(Planned, Rc<Tool>)| {
        let nth: &mut usize = seen.entry(planned.tool.clone()).or_default();
        *nth += 1;
        format!("{} {nth}", planned.tool)
    };
    rows.iter().map(&mut key).collect()
}
