//! Where a place of the plane lies in its drawing, and the other way round.

use shared::documents::matrix::Spot;

/// Units of the drawing, which is a square.
const SIDE: u32 = 1000;
/// Units from the drawing's edge to the end of an axis: a disc at an end is whole.
const EDGE: u32 = 70;
/// How far a key moves a note, in the plane's hundredths.
const STRIDE: u8 = 5;

/// Where `spot` is drawn: from the left, and from the top.
pub(super) fn to_drawing(spot: Spot) -> [u32; 2] {
    let along = |hundredths: u8| EDGE + u32::from(hundredths) * (SIDE - 2 * EDGE) / u32::from(Spot::FAR);
    [along(spot.x()), SIDE - along(spot.y())]
}

/// The place that a finger points to, `at` so many pixels from the left and the top of a drawing of this `size`.
pub(super) fn pointed(at: [f64; 2], size: [f64; 2]) -> Spot {
    let along = |at: f64, size: f64| {
        let units = at / size.max(1.0) * f64::from(SIDE);
        let hundredths = (units - f64::from(EDGE)) / f64::from(SIDE - 2 * EDGE) * f64::from(Spot::FAR);
        (0..=Spot::FAR).rev().find(|step| f64::from(*step) <= hundredths + 0.5).unwrap_or(0)
    };
    let [x, y] = [along(at[0], size[0]), along(at[1], size[1])];
    Spot::new(x, Spot::FAR - y)
}

/// Where `key` moves a note that stands at `spot`; nowhere for other keys.
pub(super) fn nudged(spot: Spot, key: &str) -> Option<Spot> {
    let (x, y) = (spot.x(), spot.y());
    Some(match key {
        "ArrowLeft" => Spot::new(x.saturating_sub(STRIDE), y),
        "ArrowRight" => Spot::new(x.saturating_add(STRIDE), y),
        "ArrowDown" => Spot::new(x, y.saturating_sub(STRIDE)),
        "ArrowUp" => Spot::new(x, y.saturating_add(STRIDE)),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finger_on_a_disc_points_to_its_place() {
        for (x, y) in [(0, 0), (100, 100), (50, 50), (3, 97), (25, 75)] {
            let spot = Spot::new(x, y);
            let [left, top] = to_drawing(spot).map(|units| f64::from(units) * 0.33);
            assert_eq!(pointed([left, top], [330.0, 330.0]), spot);
        }
        assert_eq!(pointed([-40.0, 900.0], [330.0, 330.0]), Spot::new(0, 0));
        assert_eq!(pointed([5.0, 5.0], [0.0, 0.0]), Spot::new(100, 0));
    }

    #[test]
    fn keys_move_a_note_and_stop_at_the_ends() {
        let spot = Spot::new(2, 98);
        assert_eq!(nudged(spot, "ArrowLeft"), Some(Spot::new(0, 98)));
        assert_eq!(nudged(spot, "ArrowUp"), Some(Spot::new(2, 100)));
        assert_eq!(nudged(spot, "ArrowDown"), Some(Spot::new(2, 93)));
        assert_eq!(nudged(spot, "Tab"), None);
    }
}
