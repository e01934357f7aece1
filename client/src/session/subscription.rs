//! Being told of changes for as long as somebody holds on.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::{Rc, Weak};

use super::progress::Progress;
use super::snapshot::Snapshot;

/// What a session shows at one moment. A half that did not change since another moment is the same `Rc`.
#[derive(Debug, Clone)]
pub struct Shown {
    /// What stands on the board.
    pub snapshot: Rc<Snapshot>,
    /// How far what was done here has come.
    pub progress: Rc<Progress>,
}

type Callbacks<T> = RefCell<BTreeMap<u64, Rc<dyn Fn(&T)>>>;

/// Those who are told.
pub(super) struct Listeners<T> {
    callbacks: Rc<Callbacks<T>>,
    next: Cell<u64>,
}

impl<T> Default for Listeners<T> {
    fn default() -> Self {
        Self { callbacks: Rc::default(), next: Cell::new(0) }
    }
}

impl<T> fmt::Debug for Listeners<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listeners").field("count", &self.callbacks.borrow().len()).finish()
    }
}

impl<T: 'static> Listeners<T> {
    /// Tells `then` from now on, until what is returned is dropped.
    pub(super) fn add(&self, then: impl Fn(&T) + 'static) -> Subscription {
        let number = self.next.replace(self.next.get() + 1);
        self.callbacks.borrow_mut().insert(number, Rc::new(then));
        let callbacks: Weak<Callbacks<T>> = Rc::downgrade(&self.callbacks);
        Subscription(Some(Box::new(move || {
            if let Some(callbacks) = callbacks.upgrade() {
                callbacks.borrow_mut().remove(&number);
            }
        })))
    }

    /// Tells everyone. Who is told may subscribe and leave meanwhile.
    pub(super) fn tell(&self, news: &T) {
        let callbacks: Vec<_> = self.callbacks.borrow().values().cloned().collect();
        for callback in callbacks {
            callback(news);
        }
    }
}

/// Being told; dropping it ends that.
pub struct Subscription(Option<Box<dyn FnOnce()>>);

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(leave) = self.0.take() {
            leave();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_let_go_is_told_no_more() {
        let (listeners, heard) = (Listeners::default(), Rc::new(Cell::new(0)));
        let count = Rc::clone(&heard);
        let subscription = listeners.add(move |by: &i32| count.set(count.get() + by));
        listeners.tell(&2);
        drop(subscription);
        listeners.tell(&2);
        assert_eq!(heard.get(), 2);
    }
}
