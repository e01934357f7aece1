//! Yew's contexts, of which Yew knows one: the chain of all that are given at a place.
//!
//! Who asks for one is drawn again when any of the chain changes; in exchange a kind of context costs no life cycle of
//! its own.

use std::any::Any;
use std::marker::PhantomData;
use std::rc::Rc;

use upstream::functional::{Hook, HookContext};
use upstream::html::BaseComponent;
use upstream::virtual_dom::VComp;
use upstream::{Html, Properties, component, props};

use crate::same::Same;

/// See [`ContextProvider`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ContextProviderProps<T: Clone + PartialEq> {
    /// What everything below is given.
    pub context: T,
    /// Everything below.
    #[prop_or_default]
    pub children: Html,
}

/// Gives `context` to everything below it, as Yew's own does.
#[component]
pub fn ContextProvider<T: Clone + PartialEq + 'static>(given: &ContextProviderProps<T>) -> Html {
    let around = use_contexts();
    provide(Contexts(Rc::new(Link { value: Box::new(given.context.clone()), around })), &given.children)
}

/// The nearest context of this type, if one is given here; the component is drawn again when it changes.
pub fn use_context<T: Clone + PartialEq + 'static>() -> impl Hook<Output = Option<T>> {
    struct UseContext<T>(PhantomData<T>);

    impl<T: Clone + 'static> Hook for UseContext<T> {
        type Output = Option<T>;

        fn run(self, hooks: &mut HookContext) -> Option<T> {
            let contexts = Hook::run(use_contexts(), hooks);
            let mut next = contexts.as_ref();
            while let Some(Contexts(link)) = next {
                let value: &dyn Any = &*link.value;
                if let Some(value) = value.downcast_ref::<T>() {
                    return Some(value.clone());
                }
                next = link.around.as_ref();
            }
            None
        }
    }

    UseContext(PhantomData)
}

/// All contexts at a place, the nearest first.
#[derive(Clone)]
struct Contexts(Rc<Link>);

struct Link {
    value: Box<dyn Same>,
    around: Option<Contexts>,
}

impl PartialEq for Contexts {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || (self.0.value.same(&*other.0.value) && self.0.around == other.0.around)
    }
}

struct UseContexts;

impl Hook for UseContexts {
    type Output = Option<Contexts>;

    #[inline(never)]
    fn run(self, hooks: &mut HookContext) -> Option<Contexts> {
        Hook::run(upstream::use_context::<Contexts>(), hooks)
    }
}

fn use_contexts() -> UseContexts {
    UseContexts
}

#[inline(never)]
fn provide(context: Contexts, children: &Html) -> Html {
    type Upstream = upstream::ContextProvider<Contexts>;
    let props = props!(<Upstream as BaseComponent>::Properties { context, children: children.clone() });
    VComp::new::<Upstream>(props.into(), None).into()
}
