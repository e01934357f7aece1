//! Adds tools to the workshop and takes them out; their answers stay on the board.

use std::rc::Rc;

use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::components::tool_choice::ToolChoice;
use crate::hooks::{use_session, use_snapshot};
use crate::library::{Library, use_library};
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
            if library == Library::Failed { <p class="field__fault">{ texts.get(Key::HomeLibraryFailed) }</p> }
            <div class="tool-choices">
                { for library.tools().iter().map(|tool| html! {
                    <ToolChoice key={tool.id.to_string()} tool={Rc::clone(tool)} is_chosen={Some(false)} on_toggle={on_add.clone()} />
                }) }
            </div>
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
    let on_no: Callback<()> = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((session, is_asking.clone(), instance), |(), (session, is_asking, id)| {
        is_asking.set(false);
        // Someone else may have taken it out meanwhile; then it is done.
        drop(session.remove_tool(*id));
    });
    let name = props.instance.tool.title.get(texts.language).to_owned();
    html! {
        <li class="links__item">
            <div>
                <p class="links__title">{ &name }</p>
                if props.is_out { <p class="field__hint">{ texts.get(Key::LeadToolsRemoved) }</p> }
            </div>
            <button class="button button--small" type="button" {onclick} data-test={if props.is_out { "tool-restore" } else { "tool-remove" }}>
                { texts.get(if props.is_out { Key::AppUndo } else { Key::LeadToolsRemove }) }
                <span class="hidden-words">{ format!(": {name}") }</span>
            </button>
            if *is_asking {
                <Confirm title={texts.lead_tools_remove_title(&name)} yes={texts.get(Key::LeadToolsRemove)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(Key::LeadToolsRemoveText) }</p>
                </Confirm>
            }
        </li>
    }
}
