//! The drawing that stands for a kind of table.

use shared::content::Kind;
use yew::prelude::{Html, html};

/// Draws the kind on a sunk tile.
pub fn kind_drawing(kind: Kind) -> Html {
    let drawing = match kind {
        Kind::Maturity => html! {
            <>
                <path class="kind-drawing__rail" d="M15 10v28M33 10v28M15 16h18M15 23h18M15 30h18" />
                <circle class="kind-drawing__now" cx="15" cy="30.5" r="4.2" />
                <path class="kind-drawing__ambition" d="M33 11l5 5-5 5-5-5z" />
            </>
        },
        Kind::Agenda => html! {
            <>
                <path class="kind-drawing__rail" d="M14 12v24" />
                <path class="kind-drawing__line" d="M22 13h14M22 24h14M22 35h9" />
                <circle class="kind-drawing__point" cx="14" cy="13" r="3.4" />
                <circle class="kind-drawing__point" cx="14" cy="24" r="3.4" />
                <circle class="kind-drawing__open" cx="14" cy="35" r="3.4" />
            </>
        },
        // The others stand only in packs that are still drafts.
        _ => html! {
            <>
                <path class="kind-drawing__page" d="M24 14c-3-2.4-7-3-12-3v24c5 0 9 .6 12 3 3-2.4 7-3 12-3V11c-5 0-9 .6-12 3z" />
                <path class="kind-drawing__line" d="M24 14v24" />
            </>
        },
    };
    html! {
        <span class="kind-drawing"><svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">{ drawing }</svg></span>
    }
}
