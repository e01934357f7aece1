//! The focus in a list whose items come and go.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::platform::page;

/// Hands the focus on to a neighbour when the item that has it leaves the list: it would fall to the top of the page.
#[hook]
pub fn use_list_focus(list: &NodeRef) {
    // Read while the list still stands as it was.
    let before = list.cast::<HtmlElement>().and_then(|list| page::focused_item(&list));
    let list = list.clone();
    use_effect(move || {
        if let (Some(place), Some(list)) = (before, list.cast::<HtmlElement>()) {
            page::focus_item(&list, place);
        }
    });
}
