//! What lies behind the sync word: three counts, the last contact, the next try, and a button.

mod words;

use std::collections::BTreeMap;

use gloo_timers::callback::Interval;
use web_sys::MouseEvent;
use yew::prelude::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_callback, use_effect_with, use_force_update,
};

pub use self::words::ending;
use self::words::words;
use super::icon::Icon;
use super::save_copy::SaveCopy;
use super::sheet::Sheet;
use crate::local_time::{moment, span};
use crate::platform::clock;
use crate::session::{Delivery, Line, SchemaState, StorageState};
use crate::texts::{Key, Texts, use_texts};

/// See [`SyncSheet`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SyncSheetProps {
    /// How far things have come.
    pub delivery: Delivery,
    /// Whether this app may write the documents.
    pub schema: SchemaState,
    /// What can be promised of what lies on this device.
    pub storage: StorageState,
    /// Why the board did not take what was done here, by subject.
    pub refused: BTreeMap<String, String>,
    /// Closes the sheet.
    pub on_close: Callback<()>,
    /// Tries to reach the board now.
    pub on_try: Callback<()>,
    /// Sends again what the board did not take.
    pub on_say_again: Callback<()>,
}

/// Draws the sheet, and counts the seconds to the next try.
#[component]
pub fn SyncSheet(props: &SyncSheetProps) -> Html {
    let texts = use_texts();
    let update = use_force_update();
    use_effect_with((), move |()| {
        let interval = Interval::new(1_000, move || update.force_update());
        move || drop(interval)
    });
    let on_try = use_callback(props.on_try.clone(), |_: MouseEvent, on_try| on_try.emit(()));
    let on_say_again = use_callback(props.on_say_again.clone(), |_: MouseEvent, on_say_again| on_say_again.emit(()));
    let delivery = &props.delivery;
    let (title, said) = words(delivery, props.schema, props.storage, &props.refused);
    let on_device = if delivery.stored { Key::SyncOnDevice } else { Key::SyncInMemory };
    let now = clock::wall();
    let can_try = !matches!(delivery.line, Line::Online | Line::Closed(_));
    let title = AttrValue::from(texts.get(title));
    let lead: Html = said.into_iter().map(|key| html! { <p class="sheet__lead">{ texts.get(key) }</p> }).collect();
    if delivery.line == Line::LocalOnly {
        // Nothing waits, and nobody is called.
        return html! { <Sheet {title} on_close={props.on_close.clone()} test="sync-sheet">{ lead }<SaveCopy /></Sheet> };
    }
    html! {
        <Sheet {title} on_close={props.on_close.clone()} test="sync-sheet">
            { lead }
            <dl class="counts">
                if delivery.keeping > 0 {
                    { count(Icon::Edit, texts.get(Key::SyncRowKeeping), delivery.keeping, "count-keeping") }
                }
                { count(Icon::Edit, texts.get(on_device), delivery.on_device, "count-on-device") }
                { count(Icon::ArrowUp, texts.get(Key::SyncSent), delivery.sent_waiting, "count-sent") }
                { count(Icon::Check, texts.get(Key::SyncOnBoard), delivery.received, "count-received") }
            </dl>
            if delivery.refused > 0 {
                <p class="field__fault" data-test="count-refused">{ texts.sync_refused_count(delivery.refused) }</p>
            }
            <div class="sheet__small">
                <p data-test="last-heard">{ last_heard(delivery, now, texts) }</p>
                if let Some(next) = next_try(delivery, now, texts) { <p data-test="next-try">{ next }</p> }
                if delivery.is_slow { <p data-test="slower-line">{ texts.get(Key::SyncSlower) }</p> }
                if let Some(relay) = &delivery.relay { <p>{ texts.sync_relay(relay) }</p> }
            </div>
            if can_try {
                <div class="actions">
                    <button class="button button--main" type="button" onclick={on_try} data-test="try-now">
                        { texts.get(Key::SyncTryNow) }
                    </button>
                </div>
            }
            if delivery.refused > 0 && delivery.line.is_online() {
                <div class="actions">
                    <button class="button button--main" type="button" onclick={on_say_again} data-test="say-again">
                        { texts.get(Key::SyncSayAgain) }
                    </button>
                </div>
            }
            <SaveCopy />
        </Sheet>
    }
}

fn count(icon: Icon, words: &'static str, count: usize, test: &'static str) -> Html {
    let waits = icon == Icon::Edit && count > 0;
    html! {
        <div class={classes!("counts__row", waits.then_some("counts__row--waiting"))}>
            <dt class="counts__words"><span class="counts__icon">{ icon.image() }</span>{ words }</dt>
            <dd class="counts__number" data-test={test}>{ count }</dd>
        </div>
    }
}

fn last_heard(delivery: &Delivery, now: i64, texts: Texts) -> String {
    match delivery.last_heard {
        None => texts.get(Key::SyncNeverHeard).to_owned(),
        // A device whose clock was set back must not say 'for −3 minutes'.
        Some(at) if now - at < 60_000 => texts.sync_last_heard(&moment(texts, at, now)) + ".",
        Some(at) => texts.sync_last_heard_ago(&span(texts, now - at), &moment(texts, at, now)),
    }
}

fn next_try(delivery: &Delivery, now: i64, texts: Texts) -> Option<String> {
    if matches!(delivery.line, Line::Connecting) {
        return Some(texts.get(Key::SyncTrying).to_owned());
    }
    let wait = delivery.next_try? - now;
    Some(texts.sync_next_try(usize::try_from((wait + 999) / 1_000).unwrap_or(0)))
}
