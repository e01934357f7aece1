//! What a hook keeps from one drawing to the next.

use std::any::Any;
use std::rc::Rc;

use upstream::functional::{Hook, HookContext, UseForceUpdateHandle, use_force_update, use_mut_ref};

/// What this place keeps: what `make` gave when the component was first drawn.
///
/// # Panics
/// If the place kept another type: the component calls its hooks in another order than before.
pub(crate) fn kept<T: 'static>(hooks: &mut HookContext, make: impl FnOnce(UseForceUpdateHandle) -> T) -> Rc<T> {
    let mut make = Some(make);
    let value = kept_any(hooks, &mut |component| make.take().map(|make| -> Rc<dyn Any> { Rc::new(make(component)) }));
    value.and_then(|value| value.downcast().ok()).expect("a component calls the same hooks each time")
}

/// As [`kept`], and compiled once.
#[inline(never)]
fn kept_any(
    hooks: &mut HookContext,
    make: &mut dyn FnMut(UseForceUpdateHandle) -> Option<Rc<dyn Any>>,
) -> Option<Rc<dyn Any>> {
    let component = Hook::run(use_force_update(), hooks);
    let place = Hook::run(use_mut_ref(|| None::<Rc<dyn Any>>), hooks);
    let mut place = place.borrow_mut();
    if place.is_none() {
        *place = make(component);
    }
    place.clone()
}
