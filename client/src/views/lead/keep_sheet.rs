//! 'Keep this link': without it, nobody leads the workshop.

use shared::access::Role;
use web_sys::MouseEvent;
use yew::prelude::{AttrValue, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::copy_button::CopyButton;
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::platform::page;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};

/// Where the notebook holds whether the link was kept.
const DRAFT: &str = "facilitator-link";
const KEPT: &str = "kept";
const LATER: &str = "later";

/// See [`KeepSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct KeepSheetProps {
    /// Where this is; the sheet opens by itself where the workshop was just made.
    pub(super) place: Place,
}

/// Draws the sheet, and a reminder for those who chose 'later'.
#[component]
pub(super) fn KeepSheet(props: &KeepSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let state = use_state_eq(|| session.draft(DRAFT));
    let is_open = use_state_eq(|| props.place.screen == Screen::Keep && state.is_empty());
    let close = use_callback(
        (session.clone(), state.clone(), is_open.clone(), props.place.clone()),
        |word: AttrValue, (session, state, is_open, place)| {
            // In memory it holds until the page closes, also where the device keeps nothing.
            session.set_draft(DRAFT, &word);
            state.set(word.to_string());
            is_open.set(false);
            page::replace_route(&Route::Workshop(place.on(Screen::Start)).to_string());
        },
    );
    let on_open = use_callback(is_open.clone(), |_: MouseEvent, is_open| is_open.set(true));
    let on_later = use_callback(close.clone(), |(), close| close.emit(LATER.into()));
    let later_click = use_callback(close.clone(), |_: MouseEvent, close| close.emit(LATER.into()));
    let kept_click = use_callback(close, |_: MouseEvent, close| close.emit(KEPT.into()));
    let Some(link) = session.link(Role::Facilitator) else { return Html::default() };
    let subject = texts.lead_keep_subject(&snapshot.control.title_text());
    let on_mail = use_callback((subject, link.clone()), |_: MouseEvent, (subject, link)| page::mail(subject, link));
    html! {
        <>
            if !*is_open && state.as_str() == LATER {
                <aside class="keep-reminder" data-test="keep-reminder">
                    <p>{ texts.get(Key::LeadKeepReminder) }</p>
                    <button class="button button--small" type="button" onclick={on_open}>{ texts.get(Key::LeadKeepTitle) }</button>
                </aside>
            }
            if *is_open {
                <Sheet title={texts.get(Key::LeadKeepTitle)} on_close={on_later} test="keep-sheet">
                    <p class="sheet__lead">{ texts.get(Key::LeadKeepText) }</p>
                    <div class="actions">
                        <CopyButton text={link} label={texts.get(Key::LeadKeepCopy)} class="button--main" test="keep-copy" />
                        <button class="button" type="button" onclick={on_mail} data-test="keep-mail">{ texts.get(Key::LeadKeepMail) }</button>
                    </div>
                    <div class="actions">
                        <button class="text-button" type="button" onclick={later_click} data-test="keep-later">{ texts.get(Key::LeadKeepLater) }</button>
                        <button class="text-button" type="button" onclick={kept_click} data-test="keep-done">{ texts.get(Key::LeadKeepDone) }</button>
                    </div>
                </Sheet>
            }
        </>
    }
}
