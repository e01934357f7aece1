//! A typical entry that a person picks, and then gives a weight.

use shared::content::SideRole;
use shared::documents::EntryId;
use shared::documents::two_sided::BalanceEntry;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::balance::pan_class;
use super::weights::{Weights, weigh};
use crate::components::icon::Icon;
use crate::kinds::alone::use_answer_sheet;
use crate::part::PartAt;
use crate::texts::{Key, use_texts};
use crate::views::fault;

/// What an entry weighs until its picker says otherwise: the middle.
const PICKED: u8 = 3;

/// See [`EntryItem`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct EntryItemProps {
    /// The part.
    pub(super) at: PartAt,
    /// The entry with what it weighs.
    pub(super) entry: BalanceEntry,
    /// What it says.
    pub(super) words: AttrValue,
    /// What it is called in tests.
    pub(super) test: AttrValue,
    /// Which way its side pulls.
    pub(super) role: SideRole,
    /// Who picks; nobody where it is only looked at.
    pub(super) person: Option<EntryId>,
}

/// Draws the entry; its weight once it is picked.
#[component]
pub(super) fn EntryItem(props: &EntryItemProps) -> Html {
    let texts = use_texts();
    let sheet = use_answer_sheet(&props.at);
    let refused = use_state_eq(|| None::<String>);
    let entry = &props.entry;
    let own = props.person.and_then(|person| entry.weights.get(&person).copied());
    let used = (sheet, entry.of.clone(), entry.key.clone(), own, refused.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (sheet, of, key, own, refused, texts)| {
        let wanted = own.is_none().then_some(PICKED);
        refused.set(weigh(sheet, of, key, wanted).err().map(|error| fault::words(&error, *texts)));
    });
    let others = entry.weights.iter().filter(|(person, _)| Some(**person) != props.person).count();
    let is_undecided = props.person.is_some_and(|person| entry.undecided.contains(&person));
    let inner = html! {
        <>
            <span class="weigh__words">{ &props.words }</span>
            if others > 0 {
                <span class="weigh__others">
                    { if props.person.is_some() { texts.balance_others(others) } else { texts.balance_chosen_by(others) } }
                </span>
            }
        </>
    };
    html! {
        <li class={classes!("weigh", pan_class(props.role), own.is_some().then_some("weigh--picked"))} data-test={props.test.clone()}
            data-count={entry.sum().to_string()}>
            if props.person.is_some() {
                <button class="weigh__pick" type="button" {onclick} aria-pressed={own.is_some().to_string()} data-test="pick">
                    <span class="weigh__sign">{ if own.is_some() { Icon::Check.image() } else { plus() } }</span>
                    { inner }
                </button>
            } else {
                <p class="weigh__pick">{ inner }</p>
            }
            if is_undecided { <p class="weigh__undecided" role="alert">{ texts.get(Key::BalanceUndecided) }</p> }
            if own.is_some() {
                <Weights at={props.at.clone()} of={entry.of.clone()} place={entry.key.clone()} words={props.words.clone()} role={props.role} {own} />
            }
            if let Some(refused) = &*refused { <p class="field__fault" role="alert">{ refused }</p> }
        </li>
    }
}

/// Drawn here and not an [`Icon`]: those are fetched first.
fn plus() -> Html {
    html! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M12 5v14M5 12h14" /></svg> }
}
