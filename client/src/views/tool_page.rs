//! One tool of the library, to be read whole.

mod take_alone;

use std::rc::Rc;

use shared::content::{Audience, Tool};
use yew::prelude::{AttrValue, Html, Properties, component, html};

use self::take_alone::{TakeAlone, suits_one};
use crate::library::words::{facts, layer_word, theme_word};
use crate::library::{Library, use_library};
use crate::texts::{Key, use_texts};
use crate::views::came_from;
use crate::views::message::Message;
use crate::views::new_workshop::route_with;
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
    let tool = library.tool(&props.tool);
    // What is for one comes before what is for a group.
    let is_own = tool.as_ref().is_some_and(|tool| tool.audience == Audience::Own);
    let alone =
        tool.clone().filter(|tool| suits_one(tool)).map(|tool| html! { <TakeAlone {tool} /> }).unwrap_or_default();
    match tool {
        Some(tool) => html! {
            <PageFrame title={tool.title.get(texts.language).to_owned()} lead={AttrValue::from(tool.summary.get(texts.language).to_owned())}
                back={format!("#{}", came_from::list())}>
                <ToolFacts tool={tool.clone()} />
                if is_own { { alone.clone() } }
                <div class="actions">
                    { match route_with(tool.id.as_str()) {
                        Some(route) => html! { <a class="button" href={format!("#{route}")} data-test="choose-tool">{ texts.get(Key::LibraryChoose) }</a> },
                        None => html! { <a class="button" href={format!("#{}", came_from::list())} data-test="choose-tool">{ texts.get(Key::LibraryChosen) }</a> },
                    } }
                </div>
                if !is_own { { alone } }
                <ReadTool {tool} />
            </PageFrame>
        },
        None if library == Library::Loading => Html::default(),
        None => html! { <Message title={texts.get(Key::ReadNotFound)} text={texts.get(Key::HomeLibraryFailed)} /> },
    }
}

/// See [`ToolFacts`].
#[derive(Debug, Clone, PartialEq, Properties)]
struct ToolFactsProps {
    tool: Rc<Tool>,
}

/// What helps to choose: how long, how many, for whom, about what.
#[component]
fn ToolFacts(props: &ToolFactsProps) -> Html {
    let texts = use_texts();
    let tool = &props.tool;
    let themes: Vec<_> = tool.themes.iter().map(|theme| texts.get(theme_word(*theme))).collect();
    let layers: Vec<_> = tool.layers.iter().map(|layer| texts.get(layer_word(*layer))).collect();
    html! {
        <div class="tool-facts" data-test="tool-facts">
            <p><strong>{ facts(tool, texts) }</strong></p>
            if !themes.is_empty() { <p><strong>{ texts.get(Key::LibraryTopics) }</strong>{ " " }{ themes.join(", ") }</p> }
            if !layers.is_empty() { <p><strong>{ texts.get(Key::LibrarySuits) }</strong>{ " " }{ layers.join(", ") }</p> }
        </div>
    }
}
