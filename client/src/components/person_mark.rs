//! A person's mark: a shape of their own in a colour and a filling.

use shared::documents::board::Mark;
use yew::prelude::{Html, classes, html};

// Neither a disc nor a diamond is among them: those mean now and ambition.
const SHAPES: [&str; Mark::SHAPES as usize] = [
    "M12 2.6l2.9 6 6.6.9-4.8 4.6 1.2 6.5L12 17.5l-5.9 3.1 1.2-6.5L2.5 9.5l6.6-.9z",
    "M12 20.6C5.6 15.9 3 12.8 3 9.2A4.8 4.8 0 0112 6.9a4.8 4.8 0 019 2.3c0 3.6-2.6 6.7-9 11.4z",
    "M7 4h10a3 3 0 013 3v10a3 3 0 01-3 3H7a3 3 0 01-3-3V7a3 3 0 013-3z",
    "M12 3.4l9.4 16.4H2.6z",
    "M7.2 3.7h9.6l4.8 8.3-4.8 8.3H7.2L2.4 12z",
    "M8.6 3h6.8v5.6H21v6.8h-5.6V21H8.6v-5.6H3V8.6h5.6z",
    "M12 2.4c4 5.3 6.6 8.4 6.6 12a6.6 6.6 0 01-13.2 0c0-3.6 2.6-6.7 6.6-12z",
    "M15.6 3.2a9.2 9.2 0 100 17.6A11.4 11.4 0 0115.6 3.2z",
    "M12 2.8l9.2 8V20.6H2.8V10.8z",
];

/// Draws a mark, which is decoration; `class` sets its size where it is not that of the text around it.
///
/// Its colour comes from the class of its colour, so that it follows light and dark.
pub fn person_mark(mark: Mark, class: Option<&'static str>) -> Html {
    html! {
        <svg class={classes!("person-mark", colour_class(mark), class)} viewBox="0 0 24 24" focusable="false" aria-hidden="true">
            { glyph(mark) }
        </svg>
    }
}

/// The class that sets `color` to the mark's colour.
#[must_use]
pub fn colour_class(mark: Mark) -> &'static str {
    match mark.colour() {
        0 => "mark-colour-0",
        1 => "mark-colour-1",
        2 => "mark-colour-2",
        3 => "mark-colour-3",
        4 => "mark-colour-4",
        _ => "mark-colour-5",
    }
}

/// The mark's shape and filling within a square of 24, in the colour of the text around it.
pub fn glyph(mark: Mark) -> Html {
    let shape = SHAPES.get(usize::from(mark.shape())).copied().unwrap_or(SHAPES[0]);
    let full = html! { <path class="person-mark__full" d={shape} /> };
    match mark.filling() {
        0 => full,
        1 => html! { <path class="person-mark__ring" d={shape} /> },
        2 => html! { <>{ full }<circle class="person-mark__dot" cx="12" cy="13" r="3.2" /></> },
        // The inner picture is cut at its edge: half the shape, without an id for a clip path.
        _ => html! {
            <>
                <path class="person-mark__ring" d={shape} />
                <svg x="0" y="0" width="12" height="24" viewBox="0 0 12 24">{ full }</svg>
            </>
        },
    }
}
