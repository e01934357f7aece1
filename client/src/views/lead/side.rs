//! The right of the desk: who is here, what the large screen shows of them, and the ways in.

use shared::access::Role;
use web_sys::{Event, HtmlInputElement, MouseEvent};
use yew::prelude::{Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use super::links_sheet::LinksSheet;
use super::people_list::PeopleList;
use super::qr_sheet::QrSheet;
use crate::components::copy_button::CopyButton;
use crate::hooks::{use_session, use_snapshot};
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};

/// See [`Side`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SideProps {
    /// Where this is.
    pub(super) place: Place,
}

/// Which sheet is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    None,
    Qr,
    Links,
}

/// Draws the side.
#[component]
pub(super) fn Side(props: &SideProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let open = use_state_eq(|| Open::None);
    let on_qr = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Qr));
    let on_links = use_callback(open.clone(), |_: MouseEvent, open| open.set(Open::Links));
    let on_close = use_callback(open.clone(), |(), open| open.set(Open::None));
    let on_names = use_callback(session.clone(), |event: Event, session| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            // A facilitator may always choose; what the device cannot keep is said by the sync word.
            drop(session.show_names(input.checked()));
        }
    });
    let is_invited = snapshot.invitation.is_some();
    let on_invite = use_callback((session.clone(), !is_invited), |_: MouseEvent, (session, shown)| {
        // Only refused to those who are no facilitators.
        drop(session.invite(*shown));
    });
    let shows_names = snapshot.control.names_shown.settled().copied().unwrap_or(false);
    let answer = format!("#{}", Route::Workshop(props.place.on(Screen::Overview)));
    html! {
        <section class="lead__side" aria-label={texts.get(Key::LeadSide)}>
            <PeopleList />
            <label class="check">
                <input class="check__box" type="checkbox" checked={shows_names} onchange={on_names} data-test="show-names" />
                <span>{ texts.get(Key::LeadNames) }<span class="field__hint lead__names">{ texts.get(if shows_names { Key::LeadNamesOn } else { Key::LeadNamesOff }) }</span></span>
            </label>
            <div class="lead__ways">
                <button class="button" type="button" onclick={on_invite} aria-pressed={is_invited.to_string()} data-test="invite">
                    { texts.get(if is_invited { Key::LeadInviteOff } else { Key::LeadInviteOn }) }
                </button>
                <div class="actions">
                    <button class="button" type="button" onclick={on_qr} data-test="show-qr">{ texts.get(Key::LeadShowQr) }</button>
                    if let Some(link) = session.link(Role::Participant) {
                        <CopyButton text={link} label={texts.get(Key::LeadCopyLink)} test="copy-link" />
                    }
                </div>
                <div class="lead__others">
                    <button class="text-button" type="button" onclick={on_links} data-test="links">{ texts.get(Key::LeadLinks) }</button>
                    <a class="text-button" href={answer} data-test="participate">{ texts.get(Key::LeadParticipate) }</a>
                </div>
            </div>
            if *open == Open::Qr { <QrSheet on_close={on_close.clone()} /> }
            if *open == Open::Links { <LinksSheet {on_close} /> }
        </section>
    }
}
