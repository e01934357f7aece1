//! Taking a tool to fill in alone, with no workshop: what is written stays on this device.

use std::rc::Rc;

use shared::access::{Role, WorkshopId};
use shared::content::{Audience, Tool};
use shared::limits;
use wasm_bindgen_futures::spawn_local;
use web_sys::MouseEvent;
use yew::prelude::{Html, Properties, classes, component, html, use_callback, use_mut_ref, use_state_eq};

use crate::hooks::{use_device, use_workshops};
use crate::kinds::has_result;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::session::KnownWorkshop;
use crate::texts::{Key, Texts, use_texts};

/// Whether there is something in the tool that somebody can fill in alone.
#[must_use]
pub(super) fn suits_one(tool: &Tool) -> bool {
    let is_for_one = tool.audience == Audience::Own || tool.also.contains(&Audience::Own);
    is_for_one && tool.kinds().into_iter().any(has_result)
}

/// See [`TakeAlone`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct TakeAloneProps {
    /// The tool.
    pub(super) tool: Rc<Tool>,
}

/// Draws the button that begins; where something was begun before, the way back to it comes first.
#[component]
pub(super) fn TakeAlone(props: &TakeAloneProps) -> Html {
    let texts = use_texts();
    let device = use_device();
    let workshops = use_workshops();
    let go = use_go();
    let is_failed = use_state_eq(|| false);
    // A second press comes before anything is drawn, and would take a second one.
    let is_taking = use_mut_ref(|| false);
    let tool = &props.tool;
    let known = workshops.clone().unwrap_or_default();
    let title = title_of(tool, &known, texts);
    let used = (device, go, Rc::clone(tool), title, texts.language, is_taking, is_failed.clone());
    let on_take = use_callback(used, |_: MouseEvent, (device, go, tool, title, language, is_taking, is_failed)| {
        if is_taking.replace(true) {
            return;
        }
        let (device, go, tool, title) = (device.clone(), go.clone(), Rc::clone(tool), title.clone());
        let (language, is_taking, is_failed) = (*language, Rc::clone(is_taking), is_failed.clone());
        spawn_local(async move {
            match device.take_alone(&title, Texts::new(language).get(Key::AloneMe), language, &tool).await {
                Ok(workshop) => {
                    go.emit(opened(workshop));
                    device.ask_to_persist().await;
                }
                Err(_) => {
                    is_taking.replace(false);
                    is_failed.set(true);
                }
            }
        });
    });
    if workshops.is_none() {
        // Milliseconds: nothing is drawn for them.
        return Html::default();
    }
    let begun = known.iter().find(|known| known.local_only.as_deref() == Some(tool.id.as_str()));
    let (take, text) = match begun {
        Some(_) => (Key::AloneTakeAnother, Key::AloneTakeAnotherText),
        None => (Key::AloneTake, Key::AloneTakeText),
    };
    // What is for one alone is begun here; whatever else can be is chosen for a group first.
    let is_main = begun.is_none() && tool.audience == Audience::Own;
    html! {
        <section class="card" aria-label={texts.get(Key::AloneOnMyOwn)} data-test="alone-offer">
            <p>{ texts.get(text) }</p>
            <div class="actions">
                if let Some(begun) = begun {
                    <a class="button button--main" href={format!("#{}", opened(begun.workshop))} data-test="go-on-alone">{ texts.get(Key::AloneGoOn) }</a>
                }
                <button class={classes!("button", is_main.then_some("button--main"))} type="button" onclick={on_take} data-test="take-alone">{ texts.get(take) }</button>
            </div>
            if *is_failed { <p class="field__fault" role="alert">{ texts.get(Key::AloneTakeFailed) }</p> }
        </section>
    }
}

/// Where it is filled in.
fn opened(workshop: WorkshopId) -> Route {
    Route::Workshop(Place { workshop, role: Role::Participant, screen: Screen::Start })
}

/// What a new one is called: as its tool, with a number if another of that name lies here.
fn title_of(tool: &Tool, known: &[KnownWorkshop], texts: Texts) -> String {
    let title = tool.title.get(texts.language);
    // Room for the number.
    let is_short = limits::utf16_len(title) + 8 <= limits::TITLE;
    let title = if is_short { title } else { tool.short_title.get(texts.language) };
    let is_taken = |title: &str| known.iter().any(|known| known.local_only.is_some() && known.title == title);
    let numbered = (2..).map(|number| format!("{title} ({number})"));
    std::iter::once(title.to_owned()).chain(numbered).find(|title| !is_taken(title)).unwrap_or_default()
}
