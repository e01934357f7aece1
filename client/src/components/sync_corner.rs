//! The sync word with the sheet behind it, always in the same corner.

use yew::prelude::{Html, component, html, use_callback, use_state_eq};

use super::sync_sheet::SyncSheet;
use super::sync_word::SyncWord;
use crate::hooks::{use_progress, use_session, use_snapshot, use_storage_state};
use crate::session::Progress;

/// Draws the word of the workshop that is open.
#[component]
pub fn SyncCorner() -> Html {
    let session = use_session();
    let snapshot = use_snapshot();
    let Progress { delivery, refused, .. } = use_progress((), |progress, ()| progress.clone());
    let storage = use_storage_state();
    let is_open = use_state_eq(|| false);
    let on_open = use_callback(is_open.clone(), |(), is_open| is_open.set(true));
    let on_close = use_callback(is_open.clone(), |(), is_open| is_open.set(false));
    let on_try = use_callback(session.clone(), |(), session| session.try_now());
    let on_say_again = use_callback(session, |(), session| session.say_again());
    html! {
        <>
            <SyncWord delivery={delivery.clone()} schema={snapshot.schema} {on_open} />
            if *is_open {
                <SyncSheet {delivery} schema={snapshot.schema} {storage} {refused} {on_close} {on_try} {on_say_again} />
            }
        </>
    }
}
