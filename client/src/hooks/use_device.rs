//! The device, its settings, and the workshops on it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::session::{Device, KnownWorkshop, Settings, StorageState};

/// The device while the app starts.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceState {
    /// Being opened; a few milliseconds.
    Opening,
    /// Here.
    Ready(Device),
}

/// Opens the device; for the one component that provides it.
#[hook]
pub fn use_open_device() -> DeviceState {
    let state = use_state(|| DeviceState::Opening);
    let opened = state.setter();
    use_effect_with((), move |()| {
        spawn_local(async move { opened.set(DeviceState::Ready(Device::open().await)) });
    });
    (*state).clone()
}

/// The device that a component above provides.
///
/// # Panics
/// If none does: the component stands outside `App`.
#[hook]
pub fn use_device() -> Device {
    use_context::<Device>().expect("App provides the device to everything below it")
}

/// Draws the component again whenever the device says that something changed.
#[hook]
fn use_device_changes(device: &Device) -> usize {
    let changes = use_state(|| 0_usize);
    let count = use_mut_ref(|| 0_usize);
    let setter = changes.setter();
    use_effect_with(device.clone(), move |device| {
        let subscription = device.subscribe(move || {
            *count.borrow_mut() += 1;
            setter.set(*count.borrow());
        });
        move || drop(subscription)
    });
    *changes
}

/// How the person wants the app to be, and how to change it.
#[hook]
pub fn use_settings() -> (Settings, Callback<Settings>) {
    let device = use_device();
    use_device_changes(&device);
    let set = use_callback(device.clone(), |settings: Settings, device| device.set_settings(settings));
    (device.settings(), set)
}

/// What can be promised of what lies on this device.
#[hook]
pub fn use_storage_state() -> StorageState {
    let device = use_device();
    use_device_changes(&device);
    device.state()
}

/// The workshops on this device, the one last open first; `None` while they are being read.
#[hook]
pub fn use_workshops() -> Option<Rc<Vec<KnownWorkshop>>> {
    let device = use_device();
    let changes = use_device_changes(&device);
    let workshops = use_state(|| None);
    let read = workshops.setter();
    use_effect_with((device, changes), move |(device, _)| {
        let device = device.clone();
        spawn_local(async move { read.set(Some(Rc::new(device.workshops().await))) });
    });
    (*workshops).clone()
}
