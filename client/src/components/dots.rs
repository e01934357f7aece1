//! A cell of the large screen's ladder: one dot for each person, as many as there are.

use shared::content::ColumnRole;
use yew::prelude::{Html, Properties, classes, component, html};

use super::marker::{column_class, number, shape};

/// The cell's width and height in the drawing's own units: those of the large screen.
const WIDTH: f64 = 330.0;
const HEIGHT: f64 = 112.0;
const LOW: f64 = 72.0;
/// The largest step from dot to dot.
const LARGEST: f64 = 44.0;

/// See [`Dots`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct DotsProps {
    /// Disc or diamond.
    pub column: ColumnRole,
    /// How many people.
    pub count: usize,
    /// The most people on any level of the table: all cells have dots of one size, so that they can be compared.
    pub most: usize,
    /// Whether the cell is lower, since names stand under the dots.
    #[prop_or_default]
    pub is_low: bool,
}

/// Draws the dots, beginning at the ladder: now on its left, ambition on its right.
#[component]
pub fn Dots(props: &DotsProps) -> Html {
    let height = if props.is_low { LOW } else { HEIGHT };
    let step = step(props.most, height);
    let columns = per_row(step);
    let rows = props.count.div_ceil(columns);
    let top = (height - (rows as f64) * step) / 2.0;
    let dots = (0..props.count).map(|index| {
        let (row, column) = (index / columns, index % columns);
        let from_ladder = (column as f64 + 0.5) * step;
        let x = match props.column {
            ColumnRole::Now => WIDTH - from_ladder,
            ColumnRole::Ambition => from_ladder,
        };
        shape(props.column, x, top + (row as f64 + 0.5) * step, step * 0.43)
    });
    html! {
        <svg class={classes!("dots", column_class(props.column))} viewBox={format!("0 0 {} {}", number(WIDTH), number(height))}
            preserveAspectRatio={if props.column == ColumnRole::Now { "xMaxYMid" } else { "xMinYMid" }}
            aria-hidden="true" focusable="false">
            { for dots }
        </svg>
    }
}

fn per_row(step: f64) -> usize {
    // The step is at least 4, so the quotient is small and positive.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
    let fit = (WIDTH / step) as usize;
    fit.max(1)
}

/// The largest step from dot to dot with which `most` dots fit into a cell of this height.
fn step(most: usize, height: f64) -> f64 {
    let mut step = LARGEST;
    while step > 4.0 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 28 rows")]
        let rows = (height / step) as usize;
        if rows * per_row(step) >= most {
            break;
        }
        step -= 1.0;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_people_on_one_level_fit_into_its_cell() {
        for (most, height) in (1..=shared::limits::PEOPLE).flat_map(|most| [(most, HEIGHT), (most, LOW)]) {
            let step = step(most, height);
            let rows = most.div_ceil(per_row(step));
            assert!((rows as f64) * step <= height && step >= 9.0, "{most} people: step {step}");
        }
    }

    #[test]
    fn few_people_get_the_largest_dots() {
        assert!((step(14, HEIGHT) - LARGEST).abs() < f64::EPSILON);
        assert!(step(15, HEIGHT) < LARGEST);
    }
}
