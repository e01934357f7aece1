//! Yew's `use_callback`, whose cost at each place is the closure and what it depends on.

use std::any::Any;
use std::rc::Rc;

use upstream::Callback;
use upstream::functional::{Hook, HookContext, use_mut_ref};

/// Gives the same callback for as long as `deps` stay equal, as Yew's own hook does.
pub fn use_callback<IN, OUT, F, D>(deps: D, f: F) -> impl Hook<Output = Callback<IN, OUT>>
where
    IN: 'static,
    OUT: 'static,
    F: Fn(IN, &D) -> OUT + 'static,
    D: PartialEq + 'static,
{
    Keep(Rc::new(With { deps, f }))
}

/// A function whose last argument is already here.
trait Bound<IN, OUT>: Any {
    fn call(&self, input: IN) -> OUT;

    /// Whether `other` is the same function with an equal argument.
    fn same(&self, other: &dyn Any) -> bool;
}

struct With<F, D> {
    deps: D,
    f: F,
}

impl<IN, OUT, F: Fn(IN, &D) -> OUT + 'static, D: PartialEq + 'static> Bound<IN, OUT> for With<F, D> {
    fn call(&self, input: IN) -> OUT {
        (self.f)(input, &self.deps)
    }

    fn same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.deps == other.deps)
    }
}

struct Keep<IN, OUT>(Rc<dyn Bound<IN, OUT>>);

impl<IN: 'static, OUT: 'static> Hook for Keep<IN, OUT> {
    type Output = Callback<IN, OUT>;

    // Compiled once for each kind of event, not once for each closure.
    #[inline(never)]
    fn run(self, hooks: &mut HookContext) -> Callback<IN, OUT> {
        let kept = Hook::run(use_mut_ref(|| None::<(Rc<dyn Bound<IN, OUT>>, Callback<IN, OUT>)>), hooks);
        let mut kept = kept.borrow_mut();
        if let Some((before, callback)) = &*kept
            && self.0.same(&**before)
        {
            return callback.clone();
        }
        let bound = Rc::clone(&self.0);
        let callback = Callback::from(move |input| bound.call(input));
        *kept = Some((self.0, callback.clone()));
        callback
    }
}
