//! Actions one under the other: what, who, by when and how far, each to be opened and changed.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::actions::{Status, Who, days, statuses, whos};
use shared::documents::board::Row;
use web_sys::MouseEvent;
use yew::prelude::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_node_ref, use_state_eq,
};

use super::action_sheet::{ActionSheet, ActionSubject};
use super::note_card::NoteState;
use super::person_mark::person_mark;
use crate::actions;
use crate::hooks::{use_list_focus, use_progress, use_snapshot};
use crate::local_time::LocalTime;
use crate::people;
use crate::platform::clock;
use crate::texts::{Key, use_texts};
use crate::time_frame::TimeFrame;

/// See [`ActionList`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ActionListProps {
    /// The actions, in order.
    pub actions: Vec<Rc<Row>>,
    /// Opens one; without it the list opens them itself.
    #[prop_or_default]
    pub on_open: Option<Callback<EntryId>>,
    /// Whether each says where it came up.
    #[prop_or_default]
    pub tells_origin: bool,
}

/// Draws the actions; nothing where there are none.
#[component]
pub fn ActionList(props: &ActionListProps) -> Html {
    let snapshot = use_snapshot();
    let list = use_node_ref();
    use_list_focus(&list);
    let open = use_state_eq(|| None::<EntryId>);
    let on_own = use_callback(open.clone(), |id: EntryId, open| open.set(Some(id)));
    let on_close = use_callback(open.clone(), |(), open| open.set(None));
    let on_open = snapshot.can_write().then(|| props.on_open.clone().unwrap_or(on_own));
    html! {
        <>
            if !props.actions.is_empty() {
                <ul class="action-list" ref={list}>
                    { for props.actions.iter().map(|action| html! {
                        <ListedAction key={action.id.to_string()} action={Rc::clone(action)} on_open={on_open.clone()} tells_origin={props.tells_origin} />
                    }) }
                </ul>
            }
            if let Some(id) = *open { <ActionSheet key={id.to_string()} subject={ActionSubject::Listed(id)} {on_close} /> }
        </>
    }
}

/// See [`ListedAction`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ListedActionProps {
    action: Rc<Row>,
    on_open: Option<Callback<EntryId>>,
    tells_origin: bool,
}

#[component]
fn ListedAction(props: &ListedActionProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let row = &props.action;
    let onclick = use_callback((props.on_open.clone(), row.id), |_: MouseEvent, (on_open, id)| {
        if let Some(on_open) = on_open {
            on_open.emit(*id);
        }
    });
    let state = use_progress(row.id, |progress, id| NoteState::in_progress(progress, *id));
    let today = LocalTime::at(clock::wall());
    let is_done = actions::is_done(row);
    let takers = whos(row);
    let people = takers.iter().map(|taker| {
        let mark = if let Who::Person(person) = taker { person_mark(people::mark(&snapshot.board, *person), None) } else { Html::default() };
        html! { <span class="action__taker">{ mark }<span dir="auto">{ actions::who(&snapshot.board, taker, texts) }</span></span> }
    });
    let days = days(row);
    let is_past = !is_done && days.iter().any(|day| *day < TimeFrame::By(today).value());
    let origin = props.tells_origin.then(|| actions::origin(&snapshot.control, &snapshot.board, row, texts)).flatten();
    let status = statuses(row);
    let inner = html! {
        <>
            <span class="action__what" dir="auto">{ actions::what(row, texts) }</span>
            <span class="action__who">
                { for people }
                if takers.is_empty() { <span class="action__nobody">{ texts.get(Key::ActionsNobody) }</span> }
            </span>
            <span class={classes!("action__by", is_past.then_some("action__by--past"))}>
                if days.is_empty() {
                    { texts.get(Key::ActionsNoDay) }
                } else {
                    { texts.table_before_date(&actions::all_days(row, texts, today.year)) }
                    if is_past { { format!(" · {}", texts.get(Key::ActionsPast)) } }
                }
            </span>
            <span class={classes!("action__status", format!("action__status--{}", code(&status)))}>{ actions::all_statuses(row, texts) }</span>
            if let Some(origin) = origin { <span class="action__origin" dir="auto">{ origin }</span> }
            if actions::is_unsettled(row) { <span class="action__note">{ texts.get(Key::ActionsUnsettled) }</span> }
            if row.outlived_removal { <span class="action__note">{ texts.get(Key::TableOutlived) }</span> }
            if let Some(state) = state { <span class="action__note">{ texts.get(state.word()) }</span> }
        </>
    };
    let class = classes!("action", is_done.then_some("action--done"));
    let data_status = AttrValue::Static(code(&status));
    html! {
        <li data-test="action" data-status={data_status}>
            if props.on_open.is_some() {
                <button {class} type="button" {onclick} data-test="action-open">{ inner }</button>
            } else {
                <div {class}>{ inner }</div>
            }
        </li>
    }
}

/// The one status, or a word for that several met.
fn code(statuses: &[Status]) -> &'static str {
    if let [status] = statuses { status.code() } else { "met" }
}
