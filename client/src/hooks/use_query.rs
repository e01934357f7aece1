//! What a screen holds in its address.

use yew::prelude::*;

use crate::platform::listener::Listener;
use crate::platform::page;
use crate::query::Query;

/// How a new state of a screen is put into the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visit {
    /// In the place of the one before, as with each letter that is typed.
    Same,
    /// 'Back' comes back to the one before.
    New,
}

/// What the address of this screen says, and what changes it. It follows 'back' and 'forward'.
#[hook]
pub fn use_query() -> (Query, Callback<(Query, Visit)>) {
    let query = use_state_eq(|| Query::of(&page::route()));
    let setter = query.setter();
    use_effect_with((), move |()| {
        let listener = Listener::on_window("popstate", move |_| setter.set(Query::of(&page::route())));
        move || drop(listener)
    });
    let set = use_callback(query.setter(), |(wanted, visit): (Query, Visit), query| {
        let route = page::route();
        let screen = route.split('?').next().unwrap_or_default();
        let address = format!("{screen}{wanted}");
        match visit {
            Visit::Same => page::replace_route(&address),
            Visit::New => page::push_route(&address),
        }
        query.set(wanted);
    });
    ((*query).clone(), set)
}
