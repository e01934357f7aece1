//! Yew, with one component type behind all others.
//!
//! Yew compiles the life cycle of a component (its scope, messages, rendering and comparison of props) anew for every
//! component type. With a hundred small components that was a quarter of what a phone downloads, and it grew with every
//! new one. This crate stands where the app writes `yew`: all of Yew, with a [`VChild`](virtual_dom::VChild) of its
//! own. `html!` names that type for each `<Tag />`, and this one makes every component a `Drawn` one, which
//! Yew compiles once. Components are written exactly as Yew's documentation says.
//!
//! Left out: class components (`impl Component`) in `html!`, and children that keep their component's type.

// The macros of Yew name their paths from `::yew`.
extern crate self as yew;

mod contexts;
mod drawn;
mod effect;
mod element;
mod event;
mod kept;
mod node_seq;
mod same;
mod state;

pub use upstream::*;

pub use crate::contexts::{ContextProvider, ContextProviderProps, use_context};
pub use crate::effect::use_effect_with;
pub use crate::event::use_callback;
pub use crate::state::{UseStateHandle, UseStateSetter, use_state, use_state_eq};

/// As in Yew; where `html!` names a node reference, there may be none.
pub mod html {
    pub use upstream::html::*;

    /// The reference that an element was given, if any.
    pub type NodeRef = Option<upstream::NodeRef>;
}

/// As in Yew, with a `NodeSeq` that allocates nothing for a single node.
pub mod utils {
    pub use upstream::utils::*;

    pub use crate::node_seq::NodeSeq;
}

/// As in Yew, with a `VChild` that has one component type for all.
pub mod virtual_dom {
    pub use upstream::virtual_dom::*;

    pub use crate::drawn::VChild;
    pub use crate::element::{Attributes, VTag, listeners};
}

/// As in Yew.
pub mod prelude {
    pub use upstream::prelude::*;

    pub use crate::contexts::{ContextProvider, ContextProviderProps, use_context};
    pub use crate::effect::use_effect_with;
    pub use crate::event::use_callback;
    pub use crate::state::{UseStateHandle, UseStateSetter, use_state, use_state_eq};
}
