//! Yew's `use_state` and `use_state_eq`, compiled once for each type of value.
//!
//! A handle is the value as it was when the component was drawn; Yew's own reads the newest one, for which it keeps a
//! list of all that were read.

use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use upstream::functional::{Hook, HookContext, UseForceUpdateHandle};

use crate::kept::kept;

/// Keeps a value, and draws the component again whenever it is set.
pub fn use_state<T: 'static, F: FnOnce() -> T>(init: F) -> impl Hook<Output = UseStateHandle<T>> {
    UseState { init, same: |_, _| false }
}

/// Keeps a value, and draws the component again whenever it is set to another one.
pub fn use_state_eq<T: PartialEq + 'static, F: FnOnce() -> T>(init: F) -> impl Hook<Output = UseStateHandle<T>> {
    UseState { init, same: T::eq }
}

/// The value of a [`use_state`], and the way to set it.
pub struct UseStateHandle<T> {
    value: Rc<T>,
    setter: UseStateSetter<T>,
}

impl<T> UseStateHandle<T> {
    /// Sets the value.
    pub fn set(&self, value: T) {
        self.setter.set(value);
    }

    /// The way to set the value, without the value.
    #[must_use]
    pub fn setter(&self) -> UseStateSetter<T> {
        self.setter.clone()
    }
}

impl<T> Deref for UseStateHandle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Clone for UseStateHandle<T> {
    fn clone(&self) -> Self {
        Self { value: Rc::clone(&self.value), setter: self.setter.clone() }
    }
}

impl<T: PartialEq> PartialEq for UseStateHandle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: fmt::Debug> fmt::Debug for UseStateHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// Sets the value of a [`use_state`].
pub struct UseStateSetter<T>(Rc<State<T>>);

impl<T> UseStateSetter<T> {
    /// Sets the value.
    pub fn set(&self, value: T) {
        let before = self.0.value.replace(Rc::new(value));
        let is_same = (self.0.same)(&before, &self.0.value.borrow());
        if !is_same {
            self.0.component.force_update();
        }
    }
}

impl<T> Clone for UseStateSetter<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> PartialEq for UseStateSetter<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> fmt::Debug for UseStateSetter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UseStateSetter")
    }
}

struct State<T> {
    value: RefCell<Rc<T>>,
    same: fn(&T, &T) -> bool,
    component: UseForceUpdateHandle,
}

struct UseState<T, F> {
    init: F,
    same: fn(&T, &T) -> bool,
}

impl<T: 'static, F: FnOnce() -> T> Hook for UseState<T, F> {
    type Output = UseStateHandle<T>;

    fn run(self, hooks: &mut HookContext) -> UseStateHandle<T> {
        let mut init = Some(self.init);
        state(hooks, self.same, &mut || init.take().map(|init| init()))
    }
}

// Compiled once for each type of value, not once for each place.
#[inline(never)]
fn state<T: 'static>(
    hooks: &mut HookContext,
    same: fn(&T, &T) -> bool,
    init: &mut dyn FnMut() -> Option<T>,
) -> UseStateHandle<T> {
    let state = kept(hooks, |component| {
        let value = init().expect("a value is made once");
        State { value: RefCell::new(Rc::new(value)), same, component }
    });
    let value = Rc::clone(&state.value.borrow());
    UseStateHandle { value, setter: UseStateSetter(state) }
}
