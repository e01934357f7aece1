//! A module of the app that is fetched later.

use shared::sync::Millis;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::{Callback, hook, use_callback, use_effect_with, use_mut_ref, use_state_eq};

use crate::modules::{Draw, Module};
use crate::platform::page;
use crate::platform::timer::Alarm;

/// How long after a failure it is tried again unasked: a large screen has nobody to press anything.
const TRY_EVERY: Millis = Millis::from_secs(5);

/// Where the fetching of a module stands.
#[derive(Debug, Clone)]
pub enum Fetch {
    /// On its way.
    Waiting,
    /// Here, with what draws its screens.
    Here(Draw),
    /// It could not be had. It is tried again by itself, when the network comes back, and by this.
    Failed(Callback<()>),
}

/// Fetches a module for a component, which is drawn again when the module is here; nothing without one.
#[hook]
pub fn use_module(module: Option<Module>) -> Fetch {
    let failed = use_state_eq(|| None::<Module>);
    let here = use_state_eq(|| None::<Module>);
    let tries = use_state_eq(|| 0_usize);
    let alarm = use_mut_ref(Alarm::default);
    let again = use_callback(tries.clone(), |(), tries| tries.set(**tries + 1));
    let (set_failed, set_here, retry) = (failed.setter(), here.setter(), again.clone());
    use_effect_with((module, *tries), move |(module, _)| {
        let Some(module) = *module else { return };
        spawn_local(async move {
            if module.fetch().await {
                set_here.set(Some(module));
            } else {
                set_failed.set(Some(module));
                alarm.borrow_mut().set(TRY_EVERY, move || retry.emit(()));
            }
        });
    });
    let online = again.clone();
    use_effect_with((), move |()| {
        let listener = page::on_online(move || online.emit(()));
        move || drop(listener)
    });
    match module.and_then(Module::draw) {
        Some(draw) => Fetch::Here(draw),
        None if module.is_some() && *failed == module => Fetch::Failed(again),
        None => Fetch::Waiting,
    }
}
