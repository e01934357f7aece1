//! The tools there are, to be read before one is chosen.

use std::rc::Rc;

use yew::prelude::{Html, component, html};

use crate::components::notice::{Notice, Weight};
use crate::components::tool_choice::ToolChoice;
use crate::library::{Library, use_library};
use crate::texts::{Key, use_texts};
use crate::views::page_frame::PageFrame;

/// Draws the library.
#[component]
pub fn Tools() -> Html {
    let texts = use_texts();
    let library = use_library();
    html! {
        <PageFrame title={texts.get(Key::HomeLibrary)} lead={texts.get(Key::HomeLibraryHint)}>
            if library == Library::Failed { <Notice weight={Weight::Attention}><p>{ texts.get(Key::HomeLibraryFailed) }</p></Notice> }
            <div class="tool-choices">
                { for library.tools().iter().map(|tool| html! { <ToolChoice key={tool.id.to_string()} tool={Rc::clone(tool)} /> }) }
            </div>
        </PageFrame>
    }
}
