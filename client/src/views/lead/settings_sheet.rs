//! The workshop's title and language, how the app is on this device, and the workshop's end.

use shared::content::Language;
use shared::limits;
use web_sys::{HtmlInputElement, InputEvent, MouseEvent, SubmitEvent};
use yew::prelude::{AttrValue, Callback, Html, Properties, TargetCast, component, html, use_callback, use_state_eq};

use crate::components::choice_group::ChoiceGroup;
use crate::components::confirm::Confirm;
use crate::components::notice::{Notice, Weight};
use crate::components::preference_choices::{PreferenceChoices, own_name};
use crate::components::privacy_button::PrivacyButton;
use crate::components::sheet::Sheet;
use crate::hooks::{use_progress, use_session, use_snapshot};
use crate::texts::{Key, use_texts};
use crate::views::fault::words;

/// See [`SettingsSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SettingsSheetProps {
    /// Closes the sheet.
    pub(super) on_close: Callback<()>,
}

/// Draws the sheet.
#[component]
pub(super) fn SettingsSheet(props: &SettingsSheetProps) -> Html {
    let texts = use_texts();
    let session = use_session();
    let snapshot = use_snapshot();
    let title = use_state_eq(|| snapshot.control.title_text());
    let fault = use_state_eq(|| None::<String>);
    let oninput = use_callback(title.clone(), |event: InputEvent, title| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            title.set(input.value());
        }
    });
    let onsubmit = use_callback(
        (session.clone(), title.clone(), fault.clone(), props.on_close.clone(), texts),
        |event: SubmitEvent, (session, title, fault, on_close, texts)| {
            event.prevent_default();
            let wanted = title.trim();
            let length = limits::utf16_len(wanted);
            if wanted.is_empty() {
                fault.set(Some(texts.get(Key::NewNameMissing).to_owned()));
            } else if length > limits::TITLE {
                fault.set(Some(texts.lead_title_too_long(length - limits::TITLE)));
            } else {
                match session.set_title(wanted) {
                    Ok(()) => on_close.emit(()),
                    Err(error) => fault.set(Some(words(&error, *texts))),
                }
            }
        },
    );
    let on_language = use_callback(session, |place: usize, session| {
        if let Some(language) = Language::ALL.get(place) {
            // A facilitator may always choose; what the device cannot keep is said by the sync word.
            drop(session.set_language(*language));
        }
    });
    let language = snapshot.control.language.settled().copied().unwrap_or_default();
    let chosen = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
    let names: Vec<AttrValue> = Language::ALL.iter().map(|language| own_name(*language).into()).collect();
    let codes: Vec<AttrValue> = Language::ALL.iter().map(|language| language.code().into()).collect();
    html! {
        <Sheet title={texts.get(Key::LeadSettings)} on_close={props.on_close.clone()} test="settings-sheet">
            if snapshot.control.title.is_unsettled() { <Notice weight={Weight::Attention}><p>{ texts.get(Key::LeadTitleConflict) }</p></Notice> }
            <form class="settings" {onsubmit} novalidate=true>
                <label class="field">
                    <span class="field__label">{ texts.get(Key::LeadTitle) }</span>
                    <input class="input" dir="auto" value={(*title).clone()} {oninput} data-test="title-input" aria-invalid={fault.is_some().to_string()} />
                    if let Some(fault) = &*fault { <span class="field__fault" role="alert">{ fault }</span> }
                </label>
                <button class="button button--main" type="submit" data-test="title-save">{ texts.get(Key::PeopleSave) }</button>
            </form>
            <div class="field">
                <p class="field__label">{ texts.get(Key::LeadBoardLanguage) }</p>
                <ChoiceGroup label={texts.get(Key::LeadBoardLanguage)} choices={names} languages={codes} {chosen} on_choose={on_language} test="board-language" />
            </div>
            <div class="field">
                <p class="field__label">{ texts.get(Key::LeadThisDevice) }</p>
                <PreferenceChoices />
            </div>
            <PrivacyButton />
            <DeleteForAll />
        </Sheet>
    }
}

/// Ends the workshop for everyone, where the relay hears it.
#[component]
fn DeleteForAll() -> Html {
    let texts = use_texts();
    let session = use_session();
    let is_online = use_progress((), |progress, ()| progress.delivery.line.is_online());
    let asks = use_state_eq(|| false);
    let fault = use_state_eq(|| None::<String>);
    let on_ask = use_callback(asks.clone(), |_: MouseEvent, asks| asks.set(true));
    let on_keep = use_callback(asks.clone(), |(), asks| asks.set(false));
    let on_delete = use_callback((session, asks.clone(), fault.clone(), texts), |(), (session, asks, fault, texts)| {
        fault.set(session.delete_for_all().err().map(|error| words(&error, *texts)));
        asks.set(false);
    });
    html! {
        <div class="field">
            <button class="button button--refused" type="button" onclick={on_ask} disabled={!is_online} data-test="delete-for-all">{ texts.get(Key::LeadDelete) }</button>
            if !is_online { <p class="field__hint">{ texts.get(Key::LeadDeleteAway) }</p> }
            if let Some(fault) = &*fault { <p class="field__fault" role="alert">{ fault }</p> }
            if *asks {
                <Confirm title={texts.get(Key::LeadDeleteTitle)} yes={texts.get(Key::LeadDeleteYes)} no={texts.get(Key::LeadDeleteNo)} on_yes={on_delete} on_no={on_keep}>
                    <p>{ texts.get(Key::LeadDeleteText) }</p>
                </Confirm>
            }
        </div>
    }
}
