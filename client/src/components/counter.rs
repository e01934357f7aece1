//! Says how much room is left, when it begins to matter.

use yew::prelude::{Html, Properties, classes, component, html};

use crate::texts::use_texts;

/// See [`Counter`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct CounterProps {
    /// How long the text is, in UTF-16 code units.
    pub length: usize,
    /// How long it may be.
    pub limit: usize,
}

/// Draws nothing until nine tenths are used.
#[component]
pub fn Counter(props: &CounterProps) -> Html {
    let texts = use_texts();
    let CounterProps { length, limit } = *props;
    let is_over = length > limit;
    let words = match length {
        length if length > limit => texts.table_too_long(limit, length - limit),
        length if length * 10 >= limit * 9 => texts.table_left(limit - length),
        _ => return Html::default(),
    };
    html! { <span class={classes!("field__counter", is_over.then_some("field__fault"))} aria-live="polite">{ words }</span> }
}
