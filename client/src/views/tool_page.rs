//! One tool of the library, to be read whole.

use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::library::{Library, use_library};
use crate::route::Route;
use crate::texts::{Key, use_texts};
use crate::views::message::Message;
use crate::views::page_frame::PageFrame;
use crate::views::read::ReadTool;

/// See [`ToolPage`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ToolPageProps {
    /// The tool's id.
    pub tool: AttrValue,
}

/// Draws the tool; nothing while it is being fetched.
#[component]
pub fn ToolPage(props: &ToolPageProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    match library.tool(&props.tool) {
        Some(tool) => html! {
            <PageFrame title={tool.title.get(texts.language).to_owned()} lead={AttrValue::from(tool.summary.get(texts.language).to_owned())}
                back={format!("#{}", Route::Tools)}>
                <ReadTool {tool} />
            </PageFrame>
        },
        None if library == Library::Loading => Html::default(),
        None => html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::HomeLibraryFailed)} /> },
    }
}
