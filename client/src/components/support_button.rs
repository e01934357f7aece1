//! One person's support of an entry, and how many stand behind it.

use shared::documents::EntryId;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, classes, component, html, use_callback, use_state_eq};

use super::icon::Icon;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`SupportButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SupportButtonProps {
    /// The entry.
    pub target: EntryId,
    /// What it says, for a screen reader.
    pub about: AttrValue,
}

/// Draws the button with the number of those who support it; pressed where this person does.
#[component]
pub fn SupportButton(props: &SupportButtonProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let fault = use_state_eq(|| None::<String>);
    let supporters: Vec<EntryId> = snapshot.board.supporters(props.target).collect();
    let is_given = snapshot.me.is_some_and(|me| supporters.contains(&me));
    let can_give = snapshot.can_write() && snapshot.me.is_some();
    let used = (session, props.target, is_given, fault.clone(), texts);
    let onclick = use_callback(used, |_: MouseEvent, (session, target, is_given, fault, texts)| {
        let done = session.support(*target, u8::from(!is_given));
        fault.set(done.err().map(|error| words(&error, *texts)));
    });
    let count = supporters.len();
    let label = format!(
        "{}: {}. {}",
        texts.get(if is_given { Key::QuestionsSupportTake } else { Key::QuestionsSupportGive }),
        props.about,
        texts.questions_support(count)
    );
    html! {
        <>
            <button class={classes!("support", is_given.then_some("support--given"))} type="button" disabled={!can_give} {onclick}
                aria-pressed={is_given.to_string()} aria-label={label} data-test="support" data-count={count.to_string()}>
                { Icon::Support.image() }<span>{ count }</span>
            </button>
            if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
        </>
    }
}
