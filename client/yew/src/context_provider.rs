//! Yew's context provider, as a component that `html!` can name.

use upstream::html::BaseComponent;
use upstream::virtual_dom::VComp;
use upstream::{Html, Properties, component, props};

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
    type Upstream<T> = upstream::ContextProvider<T>;
    let props = props!(<Upstream<T> as BaseComponent>::Properties {
        context: given.context.clone(),
        children: given.children.clone()
    });
    VComp::new::<Upstream<T>>(props.into(), None).into()
}
