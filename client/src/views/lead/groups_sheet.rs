//! The workshop's groups: added, renamed, taken away and back.

use shared::documents::EntryId;
use shared::documents::control::Group;
use shared::limits;
use web_sys::{HtmlInputElement, MouseEvent, SubmitEvent};
use yew::prelude::{
    AttrValue, Callback, Html, Properties, component, html, use_callback, use_effect_with, use_node_ref, use_state_eq,
};

use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::groups::members;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`GroupsSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct GroupsSheetProps {
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the groups, those that were taken away, and a field for one more.
#[component]
pub(super) fn GroupsSheet(props: &GroupsSheetProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let control = &snapshot.control;
    html! {
        <Sheet title={texts.get(Key::GroupsTitle)} on_close={props.on_close.clone()} test="groups-sheet">
            <p class="sheet__lead">{ texts.get(Key::GroupsLead) }</p>
            if control.groups.is_empty() { <p class="field__hint">{ texts.get(Key::GroupsNone) }</p> }
            <ul class="links">
                { for control.groups.iter().map(|group| html! { <GroupLine key={group.id.to_string()} group={group.clone()} /> }) }
                { for control.removed_groups.iter().map(|(group, _)| html! {
                    <RemovedGroup key={group.id.to_string()} group={group.id} name={group.name()} />
                }) }
            </ul>
            // A new field for each group that was added, so that it is empty for the next.
            <NameForm key={control.groups.len()} group={None::<Group>} on_done={Callback::noop()} />
        </Sheet>
    }
}

/// See [`GroupLine`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct GroupLineProps {
    group: Group,
}

#[component]
fn GroupLine(props: &GroupLineProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let is_asking = use_state_eq(|| false);
    let is_renaming = use_state_eq(|| false);
    let on_rename = use_callback(is_renaming.clone(), |_: MouseEvent, is_renaming| is_renaming.set(!**is_renaming));
    let on_renamed = use_callback(is_renaming.clone(), |(), is_renaming| is_renaming.set(false));
    let on_ask = use_callback(is_asking.clone(), |_: MouseEvent, is_asking| is_asking.set(true));
    let on_no: Callback<()> = use_callback(is_asking.clone(), |(), is_asking| is_asking.set(false));
    let on_yes = use_callback((session, is_asking.clone(), props.group.id), |(), (session, is_asking, id)| {
        is_asking.set(false);
        // Someone else may have taken it away meanwhile; then it is done.
        drop(session.remove_group(*id));
    });
    let group = &props.group;
    let name = group.name();
    let count = members(&snapshot.board, group.id);
    html! {
        <li class="links__item" data-test="group">
            <div>
                <p class="links__title" dir="auto">{ &name }</p>
                <p class="field__hint" data-test="group-members" data-count={count.to_string()}>
                    { if count == 0 { texts.get(Key::GroupsMembersNone).to_owned() } else { texts.groups_members(count) } }
                </p>
                if group.names.len() > 1 { <Notice weight={Weight::Attention}><p>{ texts.get(Key::GroupsMet) }</p></Notice> }
            </div>
            <div class="links__ways">
                <button class="button button--small" type="button" onclick={on_rename} aria-expanded={is_renaming.to_string()} data-test="group-rename">
                    { texts.get(Key::GroupsRename) }<span class="hidden-words">{ format!(": {name}") }</span>
                </button>
                <button class="button button--small" type="button" onclick={on_ask} data-test="group-remove">
                    { texts.get(Key::GroupsRemove) }<span class="hidden-words">{ format!(": {name}") }</span>
                </button>
            </div>
            if *is_renaming { <NameForm group={group.clone()} on_done={on_renamed} /> }
            if *is_asking {
                <Confirm title={texts.groups_remove_title(&name)} yes={texts.get(Key::GroupsRemove)} no={texts.get(Key::HomeDeleteNo)} {on_yes} {on_no}>
                    <p>{ texts.get(Key::GroupsRemoveText) }</p>
                </Confirm>
            }
        </li>
    }
}

/// See [`RemovedGroup`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct RemovedGroupProps {
    group: EntryId,
    name: AttrValue,
}

#[component]
fn RemovedGroup(props: &RemovedGroupProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let onclick = use_callback((session, props.group), |_: MouseEvent, (session, group)| {
        // Someone else may have brought it back meanwhile; then it is done.
        drop(session.restore_group(*group));
    });
    html! {
        <li class="links__item">
            <div>
                <p class="links__title" dir="auto">{ &props.name }</p>
                <p class="field__hint">{ texts.get(Key::GroupsRemoved) }</p>
            </div>
            <button class="button button--small" type="button" {onclick} data-test="group-restore">
                { texts.get(Key::AppUndo) }<span class="hidden-words">{ format!(": {}", props.name) }</span>
            </button>
        </li>
    }
}

/// See [`NameForm`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct NameFormProps {
    /// The group to rename; a new one without.
    group: Option<Group>,
    on_done: Callback<()>,
}

/// A field for a group's name.
#[component]
fn NameForm(props: &NameFormProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let input = use_node_ref();
    let fault = use_state_eq(|| None::<String>);
    let id = props.group.as_ref().map(|group| group.id);
    let onsubmit = use_callback(
        (session, input.clone(), fault.clone(), props.on_done.clone(), id, texts),
        |event: SubmitEvent, (session, input, fault, on_done, id, texts)| {
            event.prevent_default();
            let Some(input) = input.cast::<HtmlInputElement>() else { return };
            let value = input.value();
            let name = value.trim();
            let length = limits::utf16_len(name);
            if name.is_empty() {
                fault.set(Some(texts.get(Key::GroupsMissing).to_owned()));
            } else if length > limits::NAME {
                fault.set(Some(texts.groups_too_long(length - limits::NAME)));
            } else {
                let done = match id {
                    Some(id) => session.rename_group(*id, name),
                    None => session.add_group(name),
                };
                fault.set(done.as_ref().err().map(|error| words(error, *texts)));
                if done.is_ok() {
                    input.set_value("");
                    on_done.emit(());
                }
            }
        },
    );
    let name = props.group.as_ref().map(Group::name).unwrap_or_default();
    // Once: what is being typed is not written over when somebody else renames the group.
    use_effect_with(input.clone(), move |input| {
        if let Some(input) = input.cast::<HtmlInputElement>() {
            input.set_value(&name);
        }
    });
    let [field, go] = if id.is_some() { ["group-new-name", "group-save"] } else { ["group-name", "group-add"] };
    html! {
        <form class="settings links__form" {onsubmit} novalidate=true>
            <label class="field">
                <span class="field__label">{ texts.get(Key::GroupsName) }</span>
                <input class="input" ref={input} dir="auto" placeholder={texts.get(Key::GroupsNameHint)} data-test={field}
                    aria-invalid={fault.is_some().to_string()} />
                if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
            </label>
            <button class="button" type="submit" data-test={go}>
                { texts.get(if id.is_some() { Key::GroupsSave } else { Key::GroupsAdd }) }
            </button>
        </form>
    }
}
