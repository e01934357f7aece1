//! The rounds of a barometer, on the desk and where one fills it in alone: the way to begin a new one.

use shared::documents::EntryId;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, component, html, use_callback, use_state_eq};

use crate::components::confirm::Confirm;
use crate::hooks::{use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`BeginRound`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct BeginRoundProps {
    /// The tool instance.
    pub(super) tool: EntryId,
}

/// Draws the button, and asks before the marks become those of an earlier round.
#[component]
pub(super) fn BeginRound(props: &BeginRoundProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let is_alone = use_snapshot().is_local_only;
    let asks = use_state_eq(|| false);
    let fault = use_state_eq(|| None::<String>);
    let onclick = use_callback(asks.clone(), |_: MouseEvent, asks| asks.set(true));
    let on_no = use_callback(asks.clone(), |(), asks| asks.set(false));
    let used = (session, props.tool, asks.clone(), fault.clone(), texts);
    let on_yes = use_callback(used, |(), (session, tool, asks, fault, texts)| {
        fault.set(session.begin_round(*tool).err().map(|error| words(&error, *texts)));
        asks.set(false);
    });
    html! {
        <>
            <div class="actions"><button class="button" type="button" {onclick} data-test="begin-round">{ texts.get(Key::ScaleBegin) }</button></div>
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if *asks {
                <Confirm title={texts.get(Key::ScaleBeginTitle)} yes={texts.get(Key::ScaleBegin)} no={texts.get(Key::ScaleBeginNo)} {on_yes} {on_no}>
                    <p>{ texts.get(if is_alone { Key::ScaleBeginAlone } else { Key::ScaleBeginText }) }</p>
                </Confirm>
            }
        </>
    }
}
