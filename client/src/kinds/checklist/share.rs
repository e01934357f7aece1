//! Shares what a person answered alone, and takes it back. Until then it lies in their notebook and nowhere else.

use shared::documents::board::Check;
use shared::documents::{AnswerKey, EntryId};
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, UseStateHandle, component, html, use_callback, use_state_eq};

use super::{left, withdrawal};
use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::hooks::{use_session, use_snapshot};
use crate::part::PartAt;
use crate::platform::page;
use crate::session::SessionHandle;
use crate::texts::{Key, Texts, use_texts};
use crate::views::fault;

/// See [`Share`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct ShareProps {
    /// The part.
    pub(super) at: PartAt,
    /// Whose answers.
    pub(super) person: EntryId,
}

/// Draws the button with what follows from it, and the one that takes back what is shared.
#[component]
pub(super) fn Share(props: &ShareProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let refused = use_state_eq(|| None::<String>);
    let withdraws = use_state_eq(|| false);
    let waiting = left(&props.at, &snapshot, props.person);
    let shared = withdrawal(&props.at, &snapshot, props.person);
    let (count, is_shared) = (waiting.len(), !shared.is_empty());
    let on_share = use_callback((session.clone(), waiting, refused.clone(), texts), |_: MouseEvent, used| {
        let (session, waiting, refused, texts) = used;
        answer(session, waiting, refused, *texts);
    });
    let on_withdraw = use_callback(withdraws.clone(), |_: MouseEvent, withdraws| withdraws.set(true));
    let on_stay = use_callback(withdraws.clone(), |(), withdraws| withdraws.set(false));
    let used = (session, shared, refused.clone(), texts, withdraws.clone());
    let on_withdrawn = use_callback(used, |(), (session, shared, refused, texts, withdraws)| {
        withdraws.set(false);
        answer(session, shared, refused, *texts);
    });
    let withdraw = html! {
        <button class="button button--small" type="button" onclick={on_withdraw} data-test="withdraw">{ texts.get(Key::AloneWithdraw) }</button>
    };
    html! {
        <>
            if count > 0 {
                <Notice title={texts.checklist_waiting(count)} test="unshared">
                    <p>{ texts.get(Key::ChecklistWaitingText) }</p>
                    <div class="actions">
                        if is_shared { { withdraw } }
                        <button class="button button--main" type="button" onclick={on_share} data-test="share">{ texts.get(Key::ChecklistShare) }</button>
                    </div>
                </Notice>
            } else if is_shared {
                <Notice test="all-shared"><p>{ texts.get(Key::AloneShared) }</p><div class="actions">{ withdraw }</div></Notice>
            } else {
                <p class="lead__hint" data-test="all-shared">{ texts.get(Key::ChecklistAllShared) }</p>
            }
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            if *withdraws {
                <Confirm title={texts.get(Key::AloneWithdrawTitle)} yes={texts.get(Key::AloneWithdraw)} no={texts.get(Key::AloneStay)} on_yes={on_withdrawn} on_no={on_stay}>
                    <p>{ texts.get(Key::AloneWithdrawText) }</p>
                </Confirm>
            }
        </>
    }
}

/// Puts answers on the board, or takes them off it.
fn answer(
    session: &SessionHandle,
    answers: &[(AnswerKey, Option<Check>)],
    refused: &UseStateHandle<Option<String>>,
    texts: Texts,
) {
    let done = session.check(answers.to_vec());
    if done.is_ok() {
        // The button goes, and would take the focus with it.
        page::focus_content();
    }
    refused.set(done.err().map(|error| fault::words(&error, texts)));
}
