//! How far one has come in a table: one bar for each question.

use yew::prelude::{Html, Properties, classes, component, html};

/// See [`ProgressBars`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct ProgressBarsProps {
    /// Which question this is, from 0.
    pub at: usize,
    /// How many there are.
    pub of: usize,
}

/// Draws the bars. The header says the same in words, so that they are hidden from screen readers.
#[component]
pub fn ProgressBars(props: &ProgressBarsProps) -> Html {
    let bar = |index: usize| {
        let state = match index.cmp(&props.at) {
            std::cmp::Ordering::Less => Some("progress-bars__bar--done"),
            std::cmp::Ordering::Equal => Some("progress-bars__bar--here"),
            std::cmp::Ordering::Greater => None,
        };
        html! { <span class={classes!("progress-bars__bar", state)}></span> }
    };
    html! { <div class="progress-bars" aria-hidden="true">{ for (0..props.of).map(bar) }</div> }
}
