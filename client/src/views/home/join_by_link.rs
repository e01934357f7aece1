//! Joins by a link that was pasted.

use shared::access::link::{self, LinkError};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::{Html, component, html, use_callback, use_node_ref, use_state_eq};

use crate::hooks::use_device;
use crate::preferences::use_go;
use crate::route::{Place, Route, Screen};
use crate::texts::{Key, use_texts};

/// Draws the field.
#[component]
pub fn JoinByLink() -> Html {
    let texts = use_texts();
    let device = use_device();
    let go = use_go();
    let field = use_node_ref();
    let fault = use_state_eq(|| None::<Key>);
    let onsubmit =
        use_callback((device, go, field.clone(), fault.clone()), |event: SubmitEvent, (device, go, field, fault)| {
            event.prevent_default();
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            match link::parse(&input.value()) {
                Err(LinkError::NotALink) => fault.set(Some(Key::HomeJoinNotALink)),
                Err(LinkError::Damaged) => fault.set(Some(Key::HomeJoinDamaged)),
                Ok(capability) => {
                    // The secret must not stay in the page.
                    input.set_value("");
                    let (device, go) = (device.clone(), go.clone());
                    spawn_local(async move {
                        device.keep(capability).await;
                        let place =
                            Place { workshop: capability.workshop, role: capability.role, screen: Screen::Start };
                        go.emit(Route::Workshop(place));
                    });
                }
            }
        });
    html! {
        <section class="card">
            <h2 class="card__title">{ texts.get(Key::HomeJoin) }</h2>
            <p class="card__lead">{ texts.get(Key::HomeJoinHint) }</p>
            <form class="join-by-link" {onsubmit}>
                <label class="field">
                    <span class="field__label">{ texts.get(Key::HomeJoinLabel) }</span>
                    <input class="input" ref={field} autocomplete="off" autocapitalize="off" spellcheck="false" inputmode="url"
                        placeholder="https://" data-test="link" aria-invalid={fault.is_some().to_string()} />
                    if let Some(fault) = *fault { <span class="field__fault" role="alert">{ texts.get(fault) }</span> }
                </label>
                <button class="button" type="submit" data-test="link-go">{ texts.get(Key::HomeJoinGo) }</button>
            </form>
        </section>
    }
}
