//! Adds tools to the workshop and takes them out; their answers stay on the board.

use std::rc::Rc;

use shared::documents::EntryId;
use shared::documents::control::{Group, ToolInstance};
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::components::tool_finder::ToolFinder;
use crate::groups::{missing, set_of, title};
use crate::hooks::{Visit, use_session, use_snapshot};
use crate::kinds::has_result;
use crate::library::filter::Filter;
use crate::library::use_library;
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`ToolsSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ToolsSheetProps {
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws what is in the programme, what was taken out, and what can be added.
#[component]
pub(super) fn ToolsSheet(props: &ToolsSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let library = use_library();
    let fault = use_state_eq(|| None::<String>);
    // A sheet has no address of its own.
    let filter = use_state_eq(Filter::default);
    let on_filter = use_callback(filter.setter(), |(wanted, _): (Filter, Visit), filter| filter.set(wanted));
    let on_add = use_callback(
        (session, library.clone(), fault.clone(), props.on_close.clone(), texts),
        |id: AttrValue, (session, library, fault, on_close, texts)| {
            let Some(tool) = library.tool(&id) else { return };
            match session.add_tool(&tool) {
                Ok(_) => on_close.emit(()),
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <Sheet title={texts.get(Key::LeadTools)} on_close={props.on_close.clone()} test="tools-sheet">
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <ul class="links">
                { for snapshot.control.tools.iter().map(|instance| html! {
                    <InProgramme key={instance.id.to_string()} instance={instance.clone()} is_out=false />
                }) }
                { for snapshot.control.removed_tools.iter().map(|(instance, _)| html! {
                    <InProgramme key={instance.id.to_string()} instance={instance.clone()} is_out=true />
                }) }
            </ul>
            <h3 class="links__title">{ texts.get(Key::LeadToolsAdd) }</h3>
            <ToolFinder filter={(*filter).clone()} {on_filter} chosen={Rc::new(Vec::new())} on_toggle={on_add} />
        </Sheet>
    }
}

/// See [`InProgramme`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct InProgrammeProps {
    instance: ToolInstance,
    is_out: bool,
}

#[component]
fn InProgramme(props: &InProgrammeProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let is_asking = use_state_eq(|| false);
    let instance = props.instance.id;
    let onclick = use_callback(
        (session.clone(), is_asking.clone(), props.is_out, instance),
        |_: MouseEvent, (session, is_asking, is_out, id)| {
            if *is_out {
                // Someone else may have brought it back meanwhile; then it is done.
                drop(session.restore_tool(*id));
            } else {
                is_asking.set(true);
            }
        },
    );
    let fault = use_state_eq(|| None::<String>);
    let on_divide = use_callback(
        (session.clone(), instance, fault.clone(), texts),
        |_: MouseEvent, (session, instance, fault, texts)| {
            fault.set(session.fill_in_per_group(*instance).err().map(|error| words(&error, *texts)));
        },
    );
    let on_no: Callback<()> = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((session, is_asking.clone(), instance), |(), (session, is_asking, id)| {
        is_asking.set(false);
        // Someone else may have taken it out meanwhile; then it is done.
        drop(session.remove_tool(*id));
    });
    let name = title(&snapshot.control, &props.instance, texts);
    let new: Vec<EntryId> = missing(&snapshot.control, &props.instance);
    let set = snapshot.control.set(set_of(&props.instance));
    let is_first = props.instance.of.is_none() || set.first().is_some_and(|(_, first)| first.id == instance);
    let is_divisible = props.instance.tool.parts.iter().any(|part| has_result(part.kind()));
    let divide = match (props.instance.of, new.is_empty()) {
        _ if props.is_out || !is_first || !is_divisible => None,
        (_, true) => None,
        (None, false) => Some(texts.get(Key::GroupsDivide).to_owned()),
        (Some(_), false) => {
            let names = snapshot.control.groups.iter().filter(|group| new.contains(&group.id)).map(Group::name);
            Some(texts.groups_divide_more(&names.collect::<Vec<_>>().join(", ")))
        }
    };
    html! {
        <li class="links__item">
            <div>
                <p class="links__title" dir="auto">{ &name }</p>
                if props.is_out { <p class="field__hint">{ texts.get(Key::LeadToolsRemoved) }</p> }
            </div>
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            <div class="links__ways">
                if let Some(words) = divide {
                    <button class="button button--small" type="button" onclick={on_divide} data-test="tool-per-group">
                        { words }<span class="hidden-words">{ format!(": {name}") }</span>
                    </button>
                }
                <button class="button button--small" type="button" {onclick} data-test={if props.is_out { "tool-restore" } else { "tool-remove" }}>
                    { texts.get(if props.is_out { Key::AppUndo } else { Key::LeadToolsRemove }) }
                    <span class="hidden-words">{ format!(": {name}") }</span>
                </button>
            </div>
            if *is_asking {
                <Confirm title={texts.lead_tools_remove_title(&name)} yes={texts.get(Key::LeadToolsRemove)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(Key::LeadToolsRemoveText) }</p>
                </Confirm>
            }
        </li>
    }
}
