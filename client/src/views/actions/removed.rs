//! Actions that were taken off the list, and the way back.

use std::rc::Rc;

use shared::documents::board::{Row, RowKind};
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback, use_state_eq};

use crate::actions::what;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// Draws them folded away; nothing where there are none. It stands in a place of its own: what comes after it may go in the
/// moment in which it appears.
#[component]
pub(super) fn RemovedActions() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let removed: Vec<&Rc<Row>> =
        snapshot.board.removed_rows.values().filter(|row| row.kind == RowKind::Action).collect();
    html! {
        <div>
        if !removed.is_empty() && snapshot.can_write() { <details class="disclosure" data-test="actions-removed">
            <summary class="disclosure__summary">{ texts.actions_removed_some(removed.len()) }</summary>
            <ul class="removed-actions">
                { for removed.into_iter().map(|row| html! { <Removed key={row.id.to_string()} row={Rc::clone(row)} /> }) }
            </ul>
        </details> }
        </div>
    }
}

/// See [`Removed`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct RemovedProps {
    row: Rc<Row>,
}

#[component]
fn Removed(props: &RemovedProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let fault = use_state_eq(|| None::<String>);
    let what = what(&props.row, texts);
    let used = (session, props.row.id, fault.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (session, id, fault, texts)| {
        fault.set(session.restore(*id).err().map(|error| words(&error, *texts)));
    });
    html! {
        <li class="removed-actions__one">
            <span dir="auto">{ &what }</span>
            <button class="button button--small" type="button" {onclick} aria-label={format!("{}: {what}", texts.get(Key::ActionsRestore))} data-test="action-restore">
                { texts.get(Key::ActionsRestore) }
            </button>
            if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
        </li>
    }
}
