//! What can be promised of what is written here, said before the first word is.

use yew::prelude::{AttrValue, Html, Properties, component, html};

use super::copy_button::CopyButton;
use super::notice::{Notice, Weight};
use crate::hooks::use_storage_state;
use crate::platform::environment;
use crate::session::StorageState;
use crate::texts::{Key, use_texts};

/// See [`StorageNotice`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct StorageNoticeProps {
    /// The link to open elsewhere, out of a browser that will forget it.
    #[prop_or_default]
    pub link: Option<AttrValue>,
}

/// Draws a notice where something may be lost, and nothing where all is well.
#[component]
pub fn StorageNotice(props: &StorageNoticeProps) -> Html {
    let texts = use_texts();
    let state = use_storage_state();
    if environment::in_app_browser().is_some() {
        return html! {
            <Notice weight={Weight::Attention} title={texts.get(Key::StorageInAppTitle)} test="in-app">
                <p>{ texts.get(Key::StorageInApp) }</p>
                if let Some(link) = &props.link { <CopyButton text={link.clone()} label={texts.get(Key::StorageInAppCopy)} /> }
            </Notice>
        };
    }
    match state {
        StorageState::Unavailable => html! {
            <Notice weight={Weight::Attention} title={texts.get(Key::StoragePrivateTitle)} test="storage-unavailable">
                <p>{ texts.get(Key::StoragePrivate) }</p>
            </Notice>
        },
        StorageState::Full => html! {
            <Notice weight={Weight::Attention} title={texts.get(Key::StorageFullTitle)} test="storage-full">
                <p>{ texts.get(Key::StorageFull) }</p>
            </Notice>
        },
        StorageState::Lasting | StorageState::Evictable => Html::default(),
    }
}
