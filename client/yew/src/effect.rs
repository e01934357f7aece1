//! Yew's `use_effect_with`, compiled once; its cost at each place is what it does.

use std::any::Any;

use upstream::TearDown;
use upstream::functional::{Hook, HookContext};

use crate::same::Same;

/// Runs `f` after the component is drawn for the first time, and after each time that `deps` differ; what `f` returns is
/// run before the next time, and when the component goes.
pub fn use_effect_with<T, F, D>(deps: T, f: F) -> impl Hook<Output = ()>
where
    T: PartialEq + 'static,
    F: FnOnce(&T) -> D + 'static,
    D: TearDown,
{
    let run: Run = Box::new(move |deps| {
        let deps: &dyn Any = &*deps.0;
        let after = deps.downcast_ref().map(f);
        Box::new(move || after.into_iter().for_each(TearDown::tear_down))
    });
    UseEffect { deps: Deps(Box::new(deps)), run }
}

struct Deps(Box<dyn Same>);

impl PartialEq for Deps {
    fn eq(&self, other: &Self) -> bool {
        self.0.same(&*other.0)
    }
}

type Run = Box<dyn FnOnce(&Deps) -> Box<dyn FnOnce()>>;

struct UseEffect {
    deps: Deps,
    run: Run,
}

impl Hook for UseEffect {
    type Output = ();

    #[inline(never)]
    fn run(self, hooks: &mut HookContext) {
        Hook::run(upstream::use_effect_with(self.deps, self.run), hooks);
    }
}
