//! The open workshop.

use std::cell::Cell;
use std::rc::Rc;

use shared::access::{Role, WorkshopId};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::use_device::use_device;
use crate::session::{OpenError, Progress, SessionHandle, Snapshot};

/// A workshop while it is being opened, and after.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionState {
    /// Being read from the device; milliseconds.
    Opening,
    /// Here.
    Ready(SessionHandle),
    /// It cannot be opened.
    Failed(OpenError),
}

/// Opens a workshop; for the one component that provides it. The line is closed when that component goes.
#[hook]
pub fn use_open_session(workshop: WorkshopId, role: Role) -> SessionState {
    let device = use_device();
    let state = use_state(|| SessionState::Opening);
    let opened = state.setter();
    use_effect_with((device, workshop, role), move |(device, workshop, role)| {
        let (device, workshop, role) = (device.clone(), *workshop, *role);
        opened.set(SessionState::Opening);
        let is_wanted = Rc::new(Cell::new(true));
        let is_still_wanted = Rc::clone(&is_wanted);
        spawn_local(async move {
            let state = match SessionHandle::open(device, workshop, role).await {
                Ok(session) => SessionState::Ready(session),
                Err(error) => SessionState::Failed(error),
            };
            // A workshop that was left before it was open must not take the place of the next one.
            if is_still_wanted.get() {
                opened.set(state);
            }
        });
        move || is_wanted.set(false)
    });
    (*state).clone()
}

/// The session that a component above provides.
///
/// # Panics
/// If none does: the component stands outside a workshop's view.
#[hook]
pub fn use_session() -> SessionHandle {
    use_context::<SessionHandle>().expect("a workshop's view provides the session to everything below it")
}

/// The workshop at this moment. The component is drawn again whenever it changed, at most once a frame.
#[hook]
pub fn use_snapshot() -> Rc<Snapshot> {
    let session = use_session();
    let snapshot = use_state_eq(|| session.snapshot());
    let setter = snapshot.setter();
    use_effect_with(session, move |session| {
        // What happened between drawing and this effect is not missed either.
        setter.set(session.snapshot());
        let subscription = session.subscribe(move |shown| setter.set(Rc::clone(&shown.snapshot)));
        move || drop(subscription)
    });
    (*snapshot).clone()
}

/// What `select` finds out about `key` in how far things have come. The component is drawn again whenever that changed,
/// at most once a frame.
#[hook]
pub fn use_progress<K, T>(key: K, select: fn(&Progress, &K) -> T) -> T
where
    K: Clone + PartialEq + 'static,
    T: Clone + PartialEq + 'static,
{
    let session = use_session();
    let found = use_state_eq(|| select(&session.progress(), &key));
    let setter = found.setter();
    use_effect_with((session, key), move |(session, key)| {
        setter.set(select(&session.progress(), key));
        let key = key.clone();
        let subscription = session.subscribe(move |shown| setter.set(select(&shown.progress, &key)));
        move || drop(subscription)
    });
    (*found).clone()
}
