//! The list from which a tool is read, so that its way back leads there, narrowed down as it was.

use crate::platform::page;
use crate::route::Route;

const NAME: &str = "came-from";

/// Remembers the list that is seen now, by its address.
pub fn remember(route: &str) {
    page::remember_in_tab(NAME, route);
}

/// The address of the list that was seen last; of the library, if none was.
#[must_use]
pub fn list() -> String {
    page::remembered_in_tab(NAME).unwrap_or_else(|| Route::Tools.to_string())
}
