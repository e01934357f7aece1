//! Makes something an action of the workshop's one list.

use shared::documents::actions::NewAction;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use super::action_sheet::{ActionSheet, ActionSubject};
use crate::hooks::use_snapshot;
use crate::texts::{Key, use_texts};

/// See [`ActionButton`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ActionButtonProps {
    /// What it begins as. `what` may be empty; the sheet asks for it either way.
    pub action: NewAction,
    /// The button's words; 'Aftal en handling' unless said otherwise.
    #[prop_or_default]
    pub words: Option<AttrValue>,
    /// What it is about, for a screen reader, where several such buttons stand on a screen.
    #[prop_or_default]
    pub about: Option<AttrValue>,
}

/// Draws the button, and the sheet once it is pressed; nothing for those who only read.
///
/// ```ignore
/// <ActionList actions={answers.tasks[i].actions.clone()} />
/// <ActionButton action={answers.tasks[i].take(words, None, "")} />
/// ```
#[component]
pub fn ActionButton(props: &ActionButtonProps) -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    // As it was when the button was pressed: what others do meanwhile changes nothing in the sheet.
    let begun = use_state_eq(|| None::<NewAction>);
    let onclick = use_callback((begun.clone(), props.action.clone()), |_: MouseEvent, (begun, action)| {
        begun.set(Some(action.clone()));
    });
    let on_close = use_callback(begun.clone(), |(), begun| begun.set(None));
    if !snapshot.can_write() {
        return Html::default();
    }
    let words = props.words.clone().unwrap_or(AttrValue::Static(texts.get(Key::ActionsMake)));
    let label = props.about.as_ref().map(|about| AttrValue::from(format!("{words}: {about}")));
    html! {
        <>
            <button class="text-button action-button" type="button" {onclick} aria-label={label} data-test="make-action">{ words }</button>
            if let Some(action) = (*begun).clone() { <ActionSheet subject={ActionSubject::New(action)} {on_close} /> }
        </>
    }
}
