//! Yew, with one component type behind all others.
//!
//! Yew compiles the life cycle of a component (its scope, messages, rendering and comparison of props) anew for every
//! component type. With a hundred small components that was a quarter of what a phone downloads, and it grew with every
//! new one. This crate stands where the app writes `yew`: all of Yew, with a [`VChild`](virtual_dom::VChild) of its
//! own. `html!` names that type for each `<Tag />`, and this one makes every component a [`Drawn`](drawn) one, which
//! Yew compiles once. Components are written exactly as Yew's documentation says.
//!
//! Left out: class components (`impl Component`) in `html!`, and children that keep their component's type.

// The macros of Yew name their paths from `::yew`.
extern crate self as yew;

mod context_provider;
mod drawn;

pub use upstream::*;

pub use crate::context_provider::{ContextProvider, ContextProviderProps};

/// As in Yew, with a `VChild` that has one component type for all.
pub mod virtual_dom {
    pub use upstream::virtual_dom::*;

    pub use crate::drawn::VChild;
}

/// As in Yew.
pub mod prelude {
    pub use upstream::prelude::*;

    pub use crate::context_provider::{ContextProvider, ContextProviderProps};
}
