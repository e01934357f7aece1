//! Says that another version of the app is needed: to write, or to show a tool.

use yew::prelude::{Html, component, html};

use super::notice::{Notice, Weight};
use crate::hooks::use_snapshot;
use crate::session::SchemaState;
use crate::texts::{Key, use_texts};

/// Draws what this version cannot do with the workshop, and nothing where it can do all.
#[component]
pub fn VersionNotice() -> Html {
    let texts = use_texts();
    let snapshot = use_snapshot();
    let unread = snapshot.control.unread_tools;
    html! {
        <>
            if snapshot.schema == SchemaState::Newer {
                <Notice weight={Weight::Attention} title={texts.get(Key::StorageNewerTitle)} test="newer">
                    <p>{ texts.get(Key::StorageNewer) }</p>
                </Notice>
            }
            if unread > 0 {
                <Notice weight={Weight::Attention} title={texts.get(Key::StorageUnreadTitle)} test="unread-tools">
                    <p>{ texts.table_tools_unread(unread) }</p>
                </Notice>
            }
        </>
    }
}
