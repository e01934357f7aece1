//! A place on the ladder: a disc is now, a diamond is ambition, everywhere.

use shared::content::ColumnRole;
use shared::documents::board::Mark;
use yew::prelude::{Html, classes, html};

use super::person_mark::glyph;

/// Draws the disc or the diamond. Whose it is, when that is to be seen, is said by their shape in it.
pub fn marker(column: ColumnRole, mark: Option<Mark>) -> Html {
    let class = classes!("marker", column_class(column), mark.map(|_| "marker--own"));
    html! {
        <svg {class} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            { shape(column, 12.0, 12.0, 11.0) }
            if let Some(mark) = mark {
                <svg class="marker__glyph" x="6.5" y="6.5" width="11" height="11" viewBox="0 0 24 24">{ glyph(mark) }</svg>
            }
        </svg>
    }
}

/// The shape of a column around a middle, in the colour of the text around it.
pub fn shape(column: ColumnRole, x: f64, y: f64, radius: f64) -> Html {
    match column {
        ColumnRole::Now => {
            html! { <circle class="marker__shape" cx={number(x)} cy={number(y)} r={number(radius * 0.9)} /> }
        }
        ColumnRole::Ambition => {
            let points = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)];
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
            html! { <polygon class="marker__shape" points={points.join(" ")} /> }
        }
    }
}

/// The class that sets `color` to the column's.
#[must_use]
pub fn column_class(column: ColumnRole) -> &'static str {
    match column {
        ColumnRole::Now => "column-now",
        ColumnRole::Ambition => "column-ambition",
    }
}

/// A coordinate with two decimals at most.
#[must_use]
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
