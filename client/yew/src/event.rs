//! Yew's `use_callback`, whose cost at each place is the closure and what it uses.

use std::cell::RefCell;
use std::rc::Rc;

use upstream::Callback;
use upstream::functional::{Hook, HookContext};

use crate::kept::kept;

/// Gives one callback for the component's whole life; it does what the latest drawing says, with that drawing's `deps`.
///
/// Yew's own gives another callback whenever `deps` differ. Comparing them took as much code as many of the closures,
/// and whatever holds the callback was drawn again although it does the same.
pub fn use_callback<IN, OUT, F, D>(deps: D, f: F) -> impl Hook<Output = Callback<IN, OUT>>
where
    IN: 'static,
    OUT: 'static,
    F: Fn(IN, &D) -> OUT + 'static,
    D: 'static,
{
    UseCallback(Rc::new(With { deps, f }))
}

/// A function whose last argument is already here.
trait Bound<IN, OUT> {
    fn call(&self, input: IN) -> OUT;
}

struct With<F, D> {
    deps: D,
    f: F,
}

impl<IN, OUT, F: Fn(IN, &D) -> OUT, D> Bound<IN, OUT> for With<F, D> {
    fn call(&self, input: IN) -> OUT {
        (self.f)(input, &self.deps)
    }
}

type Latest<IN, OUT> = Rc<RefCell<Rc<dyn Bound<IN, OUT>>>>;

struct UseCallback<IN, OUT>(Rc<dyn Bound<IN, OUT>>);

impl<IN: 'static, OUT: 'static> Hook for UseCallback<IN, OUT> {
    type Output = Callback<IN, OUT>;

    // Compiled once for each kind of input, not once for each closure.
    #[inline(never)]
    fn run(self, hooks: &mut HookContext) -> Callback<IN, OUT> {
        let Self(bound) = self;
        let (latest, callback) = &*kept(hooks, |_| {
            let latest: Latest<IN, OUT> = Rc::new(RefCell::new(Rc::clone(&bound)));
            let callee = Rc::clone(&latest);
            let callback = Callback::from(move |input| {
                // Not held during the call, which may draw the component again.
                let bound = Rc::clone(&callee.borrow());
                bound.call(input)
            });
            (latest, callback)
        });
        latest.replace(bound);
        callback.clone()
    }
}
