//! The tools there are, to be read before one is chosen.

use yew::prelude::{Html, component, html, use_callback, use_effect_with};

use crate::components::tool_finder::ToolFinder;
use crate::hooks::{Visit, use_query};
use crate::library::filter::Filter;
use crate::route::Route;
use crate::texts::{Key, use_texts};
use crate::views::came_from;
use crate::views::page_frame::PageFrame;

/// Draws the library. What is asked of it stands in the address.
#[component]
pub fn Tools() -> Html {
    let texts = use_texts();
    let (query, set_query) = use_query();
    let on_filter = use_callback((query.clone(), set_query), |(filter, visit): (Filter, Visit), (query, set_query)| {
        set_query.emit((filter.write(query.clone()), visit));
    });
    use_effect_with(query.clone(), |query| came_from::remember(&format!("{}{query}", Route::Tools)));
    let build = html! {
        <a class="button button--small" href={format!("#{}", Route::New)} data-test="build">{ texts.get(Key::LibraryBuild) }</a>
    };
    html! {
        <PageFrame title={texts.get(Key::LibraryTitle)} lead={texts.get(Key::LibraryLead)} tools={build}>
            <ToolFinder filter={Filter::of(&query)} {on_filter} />
        </PageFrame>
    }
}
