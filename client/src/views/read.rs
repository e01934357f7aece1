//! A tool as something to read: for preparing, and before it is chosen.

use std::rc::Rc;

use shared::content::Tool;
use yew::prelude::{Html, Properties, component, html};

use crate::kinds::{every, paragraphs, words};
use crate::library::use_library;
use crate::texts::{Key, use_texts};

/// See [`ReadTool`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ReadToolProps {
    /// The tool.
    pub tool: Rc<Tool>,
}

/// Draws every part of the tool, and where the original is found.
#[component]
pub fn ReadTool(props: &ReadToolProps) -> Html {
    let texts = use_texts();
    let library = use_library();
    let tool = &props.tool;
    let source = &tool.source;
    html! {
        <article class="read" data-test="read">
            if let Some(purpose) = &tool.purpose {
                <section class="read__section"><h2>{ texts.get(Key::ReadPurpose) }</h2><p>{ words(purpose, texts) }</p></section>
            }
            { for tool.parts.iter().map(|part| {
                let views = every::papers(part.kind());
                html! {
                    <>
                        if let Some(title) = part.title.as_ref().filter(|_| tool.parts.len() > 1) { <h2 class="read__part">{ words(title, texts) }</h2> }
                        { paragraphs(&part.intro, texts) }
                        { views.read(part, &library, texts) }
                        if let Some(note) = &part.note { <p class="read__hint">{ words(note, texts) }</p> }
                    </>
                }
            }) }
            <footer class="read__source">
                <h2>{ texts.get(Key::ReadSource) }</h2>
                <p lang="da">{ texts.read_source_line(&source.publisher, &source.title) }</p>
                if let Some(url) = source.url.as_deref().filter(|url| url.starts_with("https://")) {
                    <p><a href={url.to_owned()} target="_blank" rel="noreferrer noopener">{ texts.get(Key::ReadSourceOpen) }</a></p>
                }
                if let Some(note) = &source.licence_note { <p>{ words(note, texts) }</p> }
            </footer>
        </article>
    }
}
