//! The way in as a code on the facilitator's own screen, as large as it can be.

use shared::access::Role;
use web_sys::MouseEvent;
use yew::prelude::{Callback, Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::copy_button::CopyButton;
use crate::components::qr_code::QrCode;
use crate::components::sheet::Sheet;
use crate::hooks::use_session;
use crate::platform::page;
use crate::texts::{Key, use_texts};

/// See [`QrSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct QrSheetProps {
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the code; on the whole screen if wanted.
#[component]
pub(super) fn QrSheet(props: &QrSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let is_full = use_state_eq(|| false);
    let on_full = use_callback(is_full.clone(), |_: MouseEvent, is_full| {
        let wanted = !**is_full;
        is_full.set(wanted);
        page::set_full_screen(wanted);
    });
    let on_close = use_callback((props.on_close.clone(), is_full.clone()), |(), (on_close, is_full)| {
        if **is_full {
            page::set_full_screen(false);
        }
        on_close.emit(());
    });
    let Some(link) = session.link(Role::Participant) else { return Html::default() };
    html! {
        <Sheet title={texts.get(Key::LeadQrTitle)} {on_close} test="qr-sheet">
            <p class="sheet__lead">{ texts.get(Key::LeadQrLead) }</p>
            <div class={if *is_full { "qr-full" } else { "qr-sheet" }}>
                if *is_full { <p class="qr-full__words">{ texts.get(Key::LeadQrTitle) }</p> }
                <div class={if *is_full { "qr-full__code" } else { "qr-sheet__code" }}>
                    <QrCode text={link.clone()} label={texts.get(Key::LeadQrLead)} test="qr" />
                </div>
                <button class="button" type="button" onclick={on_full} data-test="qr-full">
                    { texts.get(if *is_full { Key::AppClose } else { Key::LeadFullScreen }) }
                </button>
            </div>
            <div class="actions"><CopyButton text={link} label={texts.get(Key::LeadCopyLink)} /></div>
        </Sheet>
    }
}
