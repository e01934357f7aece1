//! Which group one is in, on the overview; and what the other groups have filled in, to be read.

use shared::documents::control::ToolInstance;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::choice_group::ChoiceGroup;
use crate::components::notice::{Notice, Weight};
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::has_result;
use crate::people;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`OwnGroup`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct OwnGroupProps {
    /// Where this is.
    pub place: Place,
}

/// Asks which group one is in, as long as nothing is said; then says which.
#[component]
pub fn OwnGroup(props: &OwnGroupProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    // The person whose group is being changed: another one is asked anew.
    let changing = use_state_eq(|| None);
    let fault = use_state_eq(|| None::<String>);
    let me = snapshot.me;
    let mine = snapshot.my_group();
    let ids: Vec<_> = snapshot.control.groups.iter().map(|group| group.id).collect();
    let names: Vec<AttrValue> = snapshot.control.groups.iter().map(|group| group.name().into()).collect();
    let chosen = mine.and_then(|mine| ids.iter().position(|id| *id == mine.id));
    let on_choose = use_callback(
        (session, me, ids, changing.clone(), fault.clone(), texts),
        |place: usize, (session, me, ids, changing, fault, texts)| {
            let (Some(me), Some(group)) = (me, ids.get(place)) else { return };
            fault.set(session.set_group(*me, *group).err().map(|error| words(&error, *texts)));
            changing.set(None);
        },
    );
    let on_change = use_callback((changing.clone(), me), |_: MouseEvent, (changing, me)| changing.set(*me));
    let is_others = |instance: &&ToolInstance| {
        let of = snapshot.control.group_of(instance);
        of.is_some_and(|of| mine.is_none_or(|mine| mine.id != of.id))
    };
    let others: Vec<ToolInstance> = snapshot.control.tools.iter().filter(is_others).cloned().collect();
    let name = me.filter(|_| snapshot.own.len() > 1).map(|me| people::name(&snapshot.board, me, texts));
    let asked = name.map_or_else(|| texts.get(Key::GroupsWhich).to_owned(), |name| texts.groups_which_of(&name));
    let is_asked = me.is_some() && snapshot.can_write() && (chosen.is_none() || *changing == me);
    html! {
        <section class="card own-group" data-test="own-group">
            if is_asked {
                <h2 class="card__title" dir="auto">{ asked.clone() }</h2>
                <ChoiceGroup label={asked} choices={names} chosen={chosen.unwrap_or(usize::MAX)} {on_choose} test="own-group" />
            } else if let Some(mine) = mine {
                <div class="own-group__mine">
                    <p class="own-group__name" dir="auto" data-test="own-group-name">{ texts.groups_mine(&mine.name()) }</p>
                    if snapshot.can_write() {
                        <button class="button button--small" type="button" onclick={on_change} data-test="own-group-change">{ texts.get(Key::GroupsChange) }</button>
                    }
                </div>
            }
            if let Some(fault) = &*fault { <Notice weight={Weight::Refused}><p>{ fault }</p></Notice> }
            if !others.is_empty() { <Others tools={others} has_own={mine.is_some()} place={props.place.clone()} /> }
        </section>
    }
}

/// See [`Others`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct OthersProps {
    tools: Vec<ToolInstance>,
    has_own: bool,
    place: Place,
}

/// What groups have filled in that one is not in, folded.
#[component]
fn Others(props: &OthersProps) -> Html {
    let texts = use_texts();
    let control = use_snapshot().control.clone();
    let screen = |instance: &ToolInstance| {
        let has_any_result = instance.tool.parts.iter().any(|part| has_result(part.kind()));
        if has_any_result { Screen::Result(instance.id) } else { Screen::Read(instance.id) }
    };
    let title_of = |instance: &ToolInstance| {
        let group = control.group_name(instance).unwrap_or_default();
        format!("{group} · {}", instance.tool.title.get(texts.language))
    };
    let words = texts.get(if props.has_own { Key::GroupsOthers } else { Key::GroupsAll });
    html! {
        <details class="own-group__others" data-test="other-groups">
            <summary class="own-group__summary">{ words }</summary>
            <ul class="own-group__tools">
                { for props.tools.iter().map(|instance| html! {
                    <li key={instance.id.to_string()}>
                        <a href={format!("#{}", Route::Workshop(props.place.on(screen(instance))))} dir="auto" data-test="other-tool">
                            { title_of(instance) }
                        </a>
                    </li>
                }) }
            </ul>
        </details>
    }
}
