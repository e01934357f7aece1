//! Where things are in the drawings of a position, in their own units.

use std::f64::consts::TAU;

use shared::documents::position::{Place, STEPS};

use crate::components::marker::number;

/// A point of a drawing.
pub(super) type Point = (f64, f64);

/// The spiral's drawing.
pub(super) const SPIRAL: Point = (600.0, 470.0);
/// How often it goes round.
const TURNS: f64 = 2.1;
/// How far out its end still is, of its beginning.
const END: f64 = 0.16;
/// Points of its line.
const FINE: u16 = 240;

/// The triangle's drawing, and its corners in the order of the stages.
pub(super) const TRIANGLE: Point = (580.0, 500.0);
pub(super) const CORNERS: [Point; 3] = [(290.0, 30.0), (40.0, 463.0), (540.0, 463.0)];

/// A course's drawing.
pub(super) const COURSE: Point = (320.0, 120.0);

fn spiral_point(along: f64) -> Point {
    let (angle, out) = ((along * TURNS - 0.25) * TAU, 1.0 - (1.0 - END) * along);
    (SPIRAL.0 / 2.0 + 275.0 * out * angle.cos(), SPIRAL.1 / 2.0 + 212.0 * out * angle.sin())
}

fn spiral_line() -> Vec<Point> {
    (0..=FINE).map(|step| spiral_point(f64::from(step) / f64::from(FINE))).collect()
}

/// The spiral's line, from outside in.
pub(super) fn spiral_path() -> String {
    path(&spiral_line())
}

/// Where `count` stages lie on the spiral, equally far from each other along its line.
pub(super) fn spiral_stages(count: usize) -> Vec<Point> {
    let line = spiral_line();
    let far = |pair: &[Point]| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1);
    let whole: f64 = line.windows(2).map(far).sum();
    // The first stands a little way in, the last at the end.
    let parts = f64::from(u16::try_from(count).unwrap_or(u16::MAX)) - 0.5;
    let mut gone = 0.0;
    let mut stages = Vec::with_capacity(count);
    for pair in line.windows(2) {
        let next = (f64::from(u16::try_from(stages.len()).unwrap_or(u16::MAX)) + 0.5) / parts.max(0.5) * whole;
        gone += far(pair);
        if stages.len() < count && gone >= next {
            stages.push(pair[1]);
        }
    }
    // Rounding may leave the last one out.
    stages.resize(count, *line.last().unwrap_or(&(0.0, 0.0)));
    stages
}

/// Where a place lies in the triangle.
pub(super) fn in_triangle(pulls: [u8; 3]) -> Point {
    let share = pulls.map(|pull| f64::from(pull) / f64::from(STEPS));
    let along = |of: fn(&Point) -> f64| CORNERS.iter().zip(share).map(|(corner, share)| of(corner) * share).sum();
    (along(|corner| corner.0), along(|corner| corner.1))
}

/// The place at a point of the triangle's drawing; outside of it the nearest in that direction.
pub(super) fn place_at((x, y): Point) -> Place {
    let [(ax, ay), (bx, by), (cx, cy)] = CORNERS;
    let whole = (by - cy) * (ax - cx) + (cx - bx) * (ay - cy);
    let first = ((by - cy) * (x - cx) + (cx - bx) * (y - cy)) / whole;
    let second = ((cy - ay) * (x - cx) + (ax - cx) * (y - cy)) / whole;
    Place::between([first, second, 1.0 - first - second])
}

/// The line of a course by its number: it creeps up, rises in steps, or comes suddenly.
pub(super) fn course_path(course: usize) -> &'static str {
    match course % 3 {
        0 => "M8 102C120 98 232 86 312 14",
        1 => "M8 102L58 98 82 72 138 76 162 48 222 52 246 24 312 14",
        _ => "M8 98C90 94 150 100 214 96 234 94 236 16 262 14L312 14",
    }
}

/// Where `count` marks of a size stand around a point so that none hides another: from the middle outwards.
pub(super) fn around((x, y): Point, count: usize, size: f64) -> Vec<Point> {
    /// The angle at which seeds stand in a sunflower.
    const GOLDEN: f64 = 2.399_963;
    let seed = |index: u32| {
        let index = f64::from(index);
        let (angle, out) = (index * GOLDEN, if count == 1 { 0.0 } else { size * 0.6 * (index + 0.4).sqrt() });
        (x + out * angle.cos(), y + out * angle.sin())
    };
    (0..u32::try_from(count).unwrap_or(u32::MAX)).map(seed).collect()
}

/// How large a mark is where at most `most` stand at one place.
pub(super) fn mark_size(most: usize) -> f64 {
    let most = f64::from(u16::try_from(most.max(1)).unwrap_or(u16::MAX));
    (150.0 / most.sqrt()).min(30.0)
}

fn path(line: &[Point]) -> String {
    let point = |(x, y): &Point| format!("{} {}", number(*x), number(*y));
    let points: Vec<String> = line.iter().map(point).collect();
    format!("M{}", points.join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_lie_inside_the_spirals_drawing_and_apart() {
        for count in 1..=7 {
            let stages = spiral_stages(count);
            assert_eq!(stages.len(), count);
            for (index, (x, y)) in stages.iter().enumerate() {
                assert!((20.0..=SPIRAL.0 - 20.0).contains(x) && (20.0..=SPIRAL.1 - 20.0).contains(y), "{x} {y}");
                for (other_x, other_y) in &stages[..index] {
                    assert!((x - other_x).hypot(y - other_y) > 56.0, "{count} stages, {index}");
                }
            }
        }
    }

    #[test]
    fn a_place_is_found_again_where_it_is_drawn() {
        for first in 0..=STEPS {
            for second in 0..=STEPS - first {
                let pulls = [first, second, STEPS - first - second];
                assert_eq!(place_at(in_triangle(pulls)), Place::Between(pulls));
            }
        }
        assert_eq!(place_at((290.0, -500.0)), Place::Between([20, 0, 0]));
    }

    #[test]
    fn two_hundred_at_one_place_stand_apart() {
        for count in [2, 9, 40, 200] {
            let size = mark_size(count);
            let marks = around((0.0, 0.0), count, size);
            for (index, mark) in marks.iter().enumerate() {
                let nearest = marks[..index].iter().map(|other| (mark.0 - other.0).hypot(mark.1 - other.1));
                assert!(nearest.fold(f64::MAX, f64::min) > size * 0.7, "{count}: {index}");
                assert!(mark.0.hypot(mark.1) < 120.0);
            }
        }
    }
}
