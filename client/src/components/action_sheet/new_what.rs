//! What is to be done: a draft on this device until it is put on the list.

use shared::content::Audience;
use shared::documents::EntryId;
use shared::documents::actions::NewAction;
use shared::documents::control::ToolInstance;
use shared::limits;
use web_sys::{HtmlTextAreaElement, InputEvent, MouseEvent};
use yew::prelude::{
    Callback, Html, Properties, TargetCast, component, html, use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::counter::Counter;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`NewWhat`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NewWhatProps {
    /// What it begins as.
    pub(super) action: NewAction,
    /// Called when it is on the list.
    pub(super) on_added: Callback<EntryId>,
}

/// Draws the field with the button that puts the action on the list.
#[component]
pub(super) fn NewWhat(props: &NewWhatProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let field = use_node_ref();
    let length = use_state_eq(|| 0_usize);
    let fault = use_state_eq(|| None::<String>);
    let draft = draft_place(&props.action);
    let is_own = |tool: &ToolInstance| tool.tool.audience == Audience::Own;
    let is_of_own = use_snapshot().control.tool(props.action.place.tool).is_some_and(is_own);
    use_effect_with(field.clone(), {
        let (session, draft, length, begins) =
            (session.clone(), draft.clone(), length.clone(), props.action.what.clone());
        move |field| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let kept = session.draft(&draft);
                let text = if kept.is_empty() { begins } else { kept };
                field.set_value(&text);
                length.set(limits::utf16_len(&text));
                let _ = field.focus();
            }
        }
    });
    let oninput = use_callback(
        (session.clone(), draft.clone(), length.clone(), fault.clone()),
        |event: InputEvent, (session, draft, length, fault)| {
            let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
            let text = field.value();
            length.set(limits::utf16_len(&text));
            // A text past the limit is kept too: it may be made shorter another day.
            session.set_draft(draft, &text);
            fault.set(None);
        },
    );
    let on_add = use_callback(
        (session, (props.clone(), is_of_own), draft, field.clone(), fault.clone(), texts),
        |_: MouseEvent, (session, (props, is_of_own), draft, field, fault, texts)| {
            let what = field.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            if what.trim().is_empty() {
                fault.set(Some(texts.get(Key::ActionsWhatEmpty).to_owned()));
                return;
            }
            let mut action = NewAction { what, ..props.action.clone() };
            if *is_of_own {
                // Of what is one's own the words that were seen here leave the device, and nothing beside them.
                (action.who, action.by) = (None, String::new());
            }
            // Who makes it and when is filled in by the session.
            let row = action.row(None, 0);
            match session.add_row(row) {
                Ok(id) => {
                    session.set_draft(draft, "");
                    props.on_added.emit(id);
                }
                Err(error) => fault.set(Some(words(&error, *texts))),
            }
        },
    );
    html! {
        <>
            <label class="field">
                <span class="field__label">{ texts.get(Key::ActionsWhat) }</span>
                <textarea class="input input--text" ref={field} {oninput} rows="3" dir="auto" data-test="action-draft"
                    aria-invalid={fault.is_some().to_string()} />
                <Counter length={*length} limit={limits::NOTE} />
            </label>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if is_of_own { <p class="sheet__small" data-test="action-of-own">{ texts.get(Key::ActionsOfOwn) }</p> }
            <p class="sheet__small">{ texts.get(Key::ActionsThen) }</p>
            <div class="actions">
                <button class="button button--main" type="button" onclick={on_add} data-test="action-add">{ texts.get(Key::ActionsAdd) }</button>
            </div>
        </>
    }
}

/// Where the draft is kept: by where the action came up.
fn draft_place(action: &NewAction) -> String {
    let source = action.source.map(|source| source.to_string()).unwrap_or_default();
    format!("action/{}/{source}", action.place)
}
