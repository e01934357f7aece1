//! The drawing that stands for a kind of table.

use shared::content::{Kind, Tool};
use yew::prelude::{Html, html};

/// The kind that a tool is known by: the first that is filled in, since most begin with something to read.
#[must_use]
pub fn drawn_kind(tool: &Tool) -> Option<Kind> {
    let kinds = tool.kinds();
    kinds.iter().find(|kind| **kind != Kind::Reference).or(kinds.first()).copied()
}

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
        Kind::Reference => html! {
            <>
                <path class="kind-drawing__page" d="M24 14c-3-2.4-7-3-12-3v24c5 0 9 .6 12 3 3-2.4 7-3 12-3V11c-5 0-9 .6-12 3z" />
                <path class="kind-drawing__line" d="M24 14v24" />
            </>
        },
        Kind::Cards => html! {
            <>
                <path d="M13 14h12a3 3 0 013 3v17a3 3 0 01-3 3H13a3 3 0 01-3-3V17a3 3 0 013-3z" />
                <path class="kind-drawing__soft" d="M24 11h11a3 3 0 013 3v17a3 3 0 01-3 3H24a3 3 0 01-3-3V14a3 3 0 013-3z" />
            </>
        },
        Kind::TwoSided => html! {
            <>
                <path class="kind-drawing__line" d="M24 10v28M17 38h14M11 19l26-6M6 28l5-9 5 9M32 22l5-9 5 9" />
                <path class="kind-drawing__soft" d="M6 28h10a5 5 0 01-10 0zM32 22h10a5 5 0 01-10 0z" />
            </>
        },
        Kind::Grid => html! {
            <path class="kind-drawing__line" d="M13 11h22a3 3 0 013 3v20a3 3 0 01-3 3H13a3 3 0 01-3-3V14a3 3 0 013-3zM20 11v26M10 20h28M10 28h28" />
        },
        Kind::Matrix => html! {
            <>
                <path class="kind-drawing__line" d="M24 10v28M10 24h28" />
                <path class="kind-drawing__warm" d="M12 13h8v6h-8z" />
                <path class="kind-drawing__cool" d="M28 28h8v6h-8z" />
            </>
        },
        Kind::Scale => html! {
            <path class="kind-drawing__line" d="M9 33a15 15 0 0130 0M24 33l7-11M24 33h.01" />
        },
        Kind::Checklist => html! {
            <path class="kind-drawing__line" d="M11 14l3 3 5-6M11 26l3 3 5-6M12 37h5M25 15h12M25 27h12M25 37h9" />
        },
        Kind::Questions => html! {
            <>
                <path class="kind-drawing__soft" d="M13 11h18a4 4 0 014 4v9a4 4 0 01-4 4H21l-7 6v-6h-1a4 4 0 01-4-4v-9a4 4 0 014-4z" />
                <path class="kind-drawing__line" d="M16 18h12M16 23h7M39 20v10a4 4 0 01-4 4v4l-5-4h-5" />
            </>
        },
        Kind::Curve => html! { <path class="kind-drawing__line" d="M9 33c6-1 6-12 12-12s5 5 9 2 4-10 9-10" /> },
        Kind::Position => html! {
            <path class="kind-drawing__line" d="M22 10c9 0 15 6 15 14s-6 13-13 13-13-5-13-12 5-10 11-10 9 4 9 9-3 7-7 7-6-2-6-5 2-4 4-4" />
        },
    };
    html! {
        <span class="kind-drawing"><svg viewBox="0 0 48 48" aria-hidden="true" focusable="false">{ drawing }</svg></span>
    }
}
