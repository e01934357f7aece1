//! What is to be read before a part, and what its readers should know about it.

use yew::prelude::{Html, Properties, component, html};

use crate::kinds::{paragraphs, words};
use crate::part::PartAt;
use crate::texts::{Key, use_texts};

/// See [`PartIntro`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct PartIntroProps {
    /// The part.
    pub at: PartAt,
}

/// Draws it folded away under the question; nothing where the part says nothing.
#[component]
pub fn PartIntro(props: &PartIntroProps) -> Html {
    let texts = use_texts();
    let part = props.at.part();
    if part.intro.is_empty() && part.note.is_none() {
        return Html::default();
    }
    html! {
        <details class="disclosure" data-test="part-intro">
            <summary class="disclosure__summary">{ texts.get(Key::TableAbout) }</summary>
            <div class="disclosure__words">
                { paragraphs(&part.intro, texts) }
                if let Some(note) = &part.note { <p>{ words(note, texts) }</p> }
            </div>
        </details>
    }
}
