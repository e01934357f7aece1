//! One action of the workshop's list: begun, or opened to be changed. One field is open at a time.

mod by_field;
mod listed;
mod new_what;

use shared::documents::EntryId;
use shared::documents::actions::NewAction;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use self::listed::Listed;
use self::new_what::NewWhat;
use super::sheet::Sheet;
use crate::texts::{Key, use_texts};

/// Which action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionSubject {
    /// One that is not on the list yet.
    New(NewAction),
    /// One that is.
    Listed(EntryId),
}

/// See [`ActionSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ActionSheetProps {
    /// The action.
    pub subject: ActionSubject,
    /// Closes the sheet.
    pub on_close: Callback<()>,
}

/// Draws the sheet. A new action is on the list as soon as it says what is to be done; who and by when come after, each
/// kept at once.
#[component]
pub fn ActionSheet(props: &ActionSheetProps) -> Html {
    let texts = use_texts();
    let added = use_state_eq(|| None::<EntryId>);
    let on_added = use_callback(added.clone(), |id: EntryId, added| added.set(Some(id)));
    let title = match (&props.subject, *added) {
        (ActionSubject::New(_), None) => Key::ActionsNew,
        _ => Key::ActionsOne,
    };
    html! {
        <Sheet title={texts.get(title)} on_close={props.on_close.clone()} test="action-sheet">
            { match (&props.subject, *added) {
                (ActionSubject::New(action), None) => html! { <NewWhat action={action.clone()} {on_added} /> },
                (ActionSubject::New(action), Some(id)) => html! {
                    <Listed action={id} asks_on=true has_who={action.who.is_some()} on_done={props.on_close.clone()} />
                },
                (ActionSubject::Listed(id), _) => html! { <Listed action={*id} on_done={props.on_close.clone()} /> },
            } }
        </Sheet>
    }
}
