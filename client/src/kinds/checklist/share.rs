//! Shares what a person answered alone, all of it or some, and takes it back. Until then it lies in their notebook and
//! nowhere else.

use std::collections::BTreeSet;

use shared::documents::board::Check;
use shared::documents::{AnswerKey, EntryId};
use web_sys::{Event, MouseEvent};
use yew::prelude::{
    Callback, Html, Properties, UseStateHandle, component, html, use_callback, use_effect_with, use_state, use_state_eq,
};

use super::{checklist, key_of, left, withdrawal, word};
use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::sheet::Sheet;
use crate::hooks::{use_session, use_snapshot};
use crate::kinds::words;
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
    let chooses = use_state_eq(|| false);
    let count = left(&props.at, &snapshot, props.person).len();
    let shared = withdrawal(&props.at, &snapshot, props.person);
    let is_shared = !shared.is_empty();
    let on_share = use_callback(chooses.clone(), |_: MouseEvent, chooses| chooses.set(true));
    let on_later = use_callback(chooses.clone(), |(), chooses| chooses.set(false));
    let times = use_state_eq(|| 0_usize);
    let on_shared = use_callback((chooses.clone(), times.clone()), |(), (chooses, times)| {
        chooses.set(false);
        times.set(**times + 1);
    });
    // The button that opened the sheet goes, and would take the focus with it.
    use_effect_with(*times, |times| {
        if *times > 0 {
            page::focus_content();
        }
    });
    let on_withdraw = use_callback(withdraws.clone(), |_: MouseEvent, withdraws| withdraws.set(true));
    let on_stay = use_callback(withdraws.clone(), |(), withdraws| withdraws.set(false));
    let used = (session, shared, refused.clone(), texts, withdraws.clone());
    let on_withdrawn = use_callback(used, |(), (session, shared, refused, texts, withdraws)| {
        withdraws.set(false);
        if answer(session, shared, refused, *texts) {
            page::focus_content();
        }
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
            if *chooses { <ShareSheet at={props.at.clone()} person={props.person} on_close={on_later} {on_shared} /> }
            if *withdraws {
                <Confirm title={texts.get(Key::AloneWithdrawTitle)} yes={texts.get(Key::AloneWithdraw)} no={texts.get(Key::AloneStay)} on_yes={on_withdrawn} on_no={on_stay}>
                    <p>{ texts.get(Key::AloneWithdrawText) }</p>
                </Confirm>
            }
        </>
    }
}

/// See [`ShareSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ShareSheetProps {
    at: PartAt,
    person: EntryId,
    on_close: Callback<()>,
    on_shared: Callback<()>,
}

/// Every answer that is not shared as it stands, each of which its owner may keep back.
#[component]
fn ShareSheet(props: &ShareSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let refused = use_state_eq(|| None::<String>);
    let kept = use_state(BTreeSet::<AnswerKey>::new);
    let ShareSheetProps { at, person, on_close, on_shared } = props;
    let waiting = left(at, &snapshot, *person);
    let on_toggle = use_callback(kept.clone(), |key: AnswerKey, kept| {
        let mut then = (**kept).clone();
        if !then.remove(&key) {
            then.insert(key);
        }
        kept.set(then);
    });
    let meant: Vec<_> = waiting.iter().filter(|(key, _)| !kept.contains(key)).cloned().collect();
    let is_empty = meant.is_empty();
    let used = (session, meant, refused.clone(), texts, on_shared.clone());
    let on_share = use_callback(used, |_: MouseEvent, (session, meant, refused, texts, on_shared)| {
        if answer(session, meant, refused, *texts) {
            on_shared.emit(());
        }
    });
    let on_later = use_callback(on_close.clone(), |_: MouseEvent, on_close| on_close.emit(()));
    let statements = checklist(at).into_iter().flat_map(|list| &list.groups).flat_map(|group| &group.statements);
    let items = statements.filter_map(|statement| {
        let key = key_of(at, &statement.id, *person);
        let (_, said) = waiting.iter().find(|(waiting, _)| *waiting == key)?;
        let said = texts.get(said.map_or(Key::ChecklistUnanswered, word));
        let label = format!("{} · {said}", words(&statement.text, texts));
        let is_chosen = !kept.contains(&key);
        Some(html! { <ShareItem key={statement.id.to_string()} answer={key} {label} {is_chosen} on_toggle={on_toggle.clone()} /> })
    });
    html! {
        <Sheet title={texts.get(Key::AloneShareTitle)} on_close={on_close.clone()} test="share-sheet">
            <p class="sheet__lead">{ texts.get(Key::ChecklistShareText) }</p>
            <ul class="share-items">{ for items }</ul>
            if let Some(refused) = &*refused { <Notice weight={Weight::Refused}><p>{ refused }</p></Notice> }
            <p class="sheet__small">{ texts.get(Key::AloneKept) }</p>
            <div class="actions">
                <button class="button" type="button" onclick={on_later} data-test="share-later">{ texts.get(Key::AloneNotNow) }</button>
                <button class="button button--main" type="button" onclick={on_share} disabled={is_empty} data-test="share-now">{ texts.get(Key::AloneShareNow) }</button>
            </div>
        </Sheet>
    }
}

/// See [`ShareItem`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ShareItemProps {
    answer: AnswerKey,
    label: String,
    is_chosen: bool,
    on_toggle: Callback<AnswerKey>,
}

#[component]
fn ShareItem(props: &ShareItemProps) -> Html {
    let onchange = use_callback((props.on_toggle.clone(), props.answer.clone()), |_: Event, (on_toggle, answer)| {
        on_toggle.emit(answer.clone());
    });
    html! {
        <li class="share-item">
            <label class="share-item__choice">
                <input type="checkbox" checked={props.is_chosen} {onchange} data-test="share-item" />
                <span>{ &props.label }</span>
            </label>
        </li>
    }
}

/// Puts answers on the board, or takes them off it; says whether that was done.
fn answer(
    session: &SessionHandle,
    answers: &[(AnswerKey, Option<Check>)],
    refused: &UseStateHandle<Option<String>>,
    texts: Texts,
) -> bool {
    let fault = session.check(answers.to_vec()).err().map(|error| fault::words(&error, texts));
    let is_done = fault.is_none();
    refused.set(fault);
    is_done
}
