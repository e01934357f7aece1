//! The links of a workshop, each with what it allows.

use shared::access::Role;
use yew::prelude::{AttrValue, Callback, Html, Properties, component, html};

use crate::components::copy_button::CopyButton;
use crate::components::sheet::Sheet;
use crate::hooks::use_session;
use crate::texts::{Key, use_texts};

/// Who a link is for, and what it allows; the weakest first, since it is wanted most.
const LINKS: [(Role, Key, Key); 4] = [
    (Role::Participant, Key::LeadLinkParticipant, Key::LeadLinkParticipantHint),
    (Role::Projector, Key::LeadLinkProjector, Key::LeadLinkProjectorHint),
    (Role::Site, Key::LeadLinkSite, Key::LeadLinkSiteHint),
    (Role::Facilitator, Key::LeadLinkFacilitator, Key::LeadLinkFacilitatorHint),
];

/// See [`LinksSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct LinksSheetProps {
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the links. They are secrets: none stands in the page.
#[component]
pub(super) fn LinksSheet(props: &LinksSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    html! {
        <Sheet title={texts.get(Key::LeadLinks)} on_close={props.on_close.clone()} test="links-sheet">
            <p class="sheet__lead">{ texts.get(Key::LeadLinksLead) }</p>
            <ul class="links">
                { for LINKS.into_iter().filter_map(|(role, title, hint)| session.link(role).map(|link| html! {
                    <li key={role.name()} class="links__item">
                        <div>
                            <h3 class="links__title">{ texts.get(title) }</h3>
                            <p class="field__hint">{ texts.get(hint) }</p>
                        </div>
                        <CopyButton text={link} label={texts.get(Key::AppCopy)} about={AttrValue::from(texts.get(title))} class="button--small"
                            test={format!("copy-{}", role.name())} />
                    </li>
                })) }
            </ul>
        </Sheet>
    }
}
