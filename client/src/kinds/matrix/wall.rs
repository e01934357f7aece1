//! Where notes stand on the large screen: near their places, and never one over another.

use std::rc::Rc;

use shared::content::{End, Quadrant};
use shared::documents::board::Note;
use shared::documents::matrix::{MatrixEntry, Spot};

/// Cells of a quadrant, by how many notes it has: few are set large.
const GRIDS: [(usize, usize); 3] = [(2, 2), (2, 3), (3, 4)];

/// A quadrant as it is drawn.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cells {
    /// How many cells stand side by side.
    pub(super) columns: usize,
    /// Row by row from the top; empty where nothing stands.
    pub(super) cells: Vec<Option<Rc<Note>>>,
    /// How many notes had no room.
    pub(super) more: usize,
}

/// Sets the notes of a quadrant: each in the free cell nearest to its place, those that most stand behind first.
pub(super) fn set(quadrant: &Quadrant, entries: &[&MatrixEntry]) -> Cells {
    let (columns, rows) = GRIDS.into_iter().find(|(columns, rows)| columns * rows >= entries.len()).unwrap_or(GRIDS[2]);
    let mut cells = vec![None; columns * rows];
    for entry in entries.iter().take(columns * rows) {
        let Some(spot) = entry.spots.iter().find(|spot| spot.is_in(quadrant)) else { continue };
        let nearest = (0..cells.len())
            .filter(|cell| cells[*cell].is_none())
            .min_by_key(|cell| distance(*spot, middle(quadrant, *cell, columns, rows)));
        if let Some(cell) = nearest {
            cells[cell] = Some(Rc::clone(&entry.note));
        }
    }
    Cells { columns, more: entries.len().saturating_sub(cells.len()), cells }
}

/// The middle of a cell, in thousandths of the plane.
fn middle(quadrant: &Quadrant, cell: usize, columns: usize, rows: usize) -> [usize; 2] {
    let begin = |end: End| if end == End::Low { 0 } else { 500 };
    let along = |place: usize, count: usize| (2 * place + 1) * 500 / (2 * count);
    let [from_left, from_top] = [along(cell % columns, columns), along(cell / columns, rows)];
    [begin(quadrant.x) + from_left, begin(quadrant.y) + 500 - from_top]
}

fn distance(spot: Spot, [x, y]: [usize; 2]) -> usize {
    let apart = |hundredths: u8, thousandths: usize| (usize::from(hundredths) * 10).abs_diff(thousandths).pow(2);
    apart(spot.x(), x) + apart(spot.y(), y)
}

#[cfg(test)]
mod tests {
    use shared::documents::{AnswerKey, EntryId, Register};

    use super::*;

    fn entry(number: u8, spot: Spot) -> MatrixEntry {
        let place = AnswerKey::shared(EntryId::from_random([9; 16]), spot.field("p"));
        let note = Note {
            id: EntryId::from_random([number; 16]),
            place,
            moved: Register::default(),
            level: None,
            author: None,
            order: String::new(),
            at: 0,
            text: number.to_string(),
            outlived_removal: false,
        };
        MatrixEntry { note: Rc::new(note), spots: vec![spot], supporters: Vec::new() }
    }

    fn quadrant(x: End, y: End) -> Quadrant {
        Quadrant { x, y, ..Quadrant::default() }
    }

    fn said(cells: &Cells) -> Vec<&str> {
        cells.cells.iter().map(|cell| cell.as_ref().map_or("", |note| note.text.as_str())).collect()
    }

    #[test]
    fn notes_stand_near_their_places() {
        let high = quadrant(End::High, End::High);
        let entries = [entry(1, Spot::new(55, 95)), entry(2, Spot::new(95, 55))];
        assert_eq!(said(&set(&high, &entries.iter().collect::<Vec<_>>())), ["1", "", "", "2"]);
        let low = quadrant(End::Low, End::Low);
        let entries = [entry(1, Spot::new(5, 5))];
        assert_eq!(said(&set(&low, &entries.iter().collect::<Vec<_>>())), ["", "", "1", ""]);
    }

    #[test]
    fn notes_at_one_place_stand_side_by_side_and_those_without_room_are_counted() {
        let high = quadrant(End::High, End::High);
        for count in 0..20_u8 {
            let entries: Vec<_> = (0..count).map(|number| entry(number, Spot::new(75, 75))).collect();
            let cells = set(&high, &entries.iter().collect::<Vec<_>>());
            let drawn = cells.cells.iter().flatten().count();
            assert_eq!(drawn + cells.more, usize::from(count));
            assert_eq!(drawn, usize::from(count).min(12), "{count}");
            assert_eq!(cells.cells.len() % cells.columns, 0);
        }
    }
}
