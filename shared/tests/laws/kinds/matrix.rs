//! Matrices: a note stands where it was put, or in every place where it was put at once, and never nowhere.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{End, Quadrant};
use shared::documents::board::{self, BoardView, SupportKey};
use shared::documents::control::ControlView;
use shared::documents::matrix::{MatrixAnswers, Spot};
use shared::documents::{AnswerKey, FieldId};

use super::{TOOL, board_with, device, id, met, note, own_board, phones, write_nonsense};

fn quadrants() -> Vec<Quadrant> {
    let ends = [End::Low, End::High];
    let all = ends.into_iter().flat_map(|x| ends.into_iter().map(move |y| (x, y)));
    all.map(|(x, y)| Quadrant { x, y, ..Quadrant::default() }).collect()
}

fn gather(view: &BoardView) -> MatrixAnswers {
    MatrixAnswers::gather(&ControlView::default(), view, id(TOOL), "plane")
}

fn read(doc: &Automerge) -> MatrixAnswers {
    gather(&BoardView::read(doc))
}

fn spot() -> impl Strategy<Value = Spot> {
    (0..=100_u8, 0..=100_u8).prop_map(|(x, y)| Spot::new(x, y))
}

fn add(doc: &mut Automerge, number: u8, spot: Spot) {
    board::add_note(doc, id(number), &note(spot.field("plane"), 1, number)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_place_is_one_field_and_lies_in_one_quadrant(x: u8, y: u8) {
        let spot = Spot::new(x, y);
        prop_assert_eq!(Spot::from_field("plane", &spot.field("plane")), Some(spot));
        prop_assert_eq!(Spot::from_field("other", &spot.field("plane")), None);
        let key = AnswerKey::shared(id(TOOL), spot.field("plane"));
        prop_assert_eq!(key.to_string().parse(), Ok(key));
        prop_assert_eq!(quadrants().iter().filter(|quadrant| spot.is_in(quadrant)).count(), 1);
    }

    #[test]
    fn a_note_stands_wherever_it_was_put_last(start in vec(spot(), 3), moves in vec((0..3_usize, 0..3_u8, spot()), 0..16)) {
        let mut base = board_with(3);
        for (number, spot) in start.iter().enumerate() {
            add(&mut base, 210 + number as u8, *spot);
        }
        let mut phones = phones(&base, 3);
        let mut last = [[None; 3]; 3];
        for (phone, number, spot) in &moves {
            board::move_note(&mut phones[*phone], id(210 + number), &spot.field("plane")).unwrap();
            last[usize::from(*number)][*phone] = Some(*spot);
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!((one.entries.len(), one.skipped), (3, 0));
        for ((entry, start), last) in one.entries.iter().zip(&start).zip(&last) {
            let mut expected: Vec<Spot> = last.iter().flatten().copied().collect();
            if expected.is_empty() { expected.push(*start); }
            expected.sort_unstable();
            expected.dedup();
            let mut stands = entry.spots.clone();
            stands.sort_unstable();
            prop_assert_eq!(&stands, &expected);
            prop_assert_eq!(entry.is_unsettled(), expected.len() > 1);
            let inside = quadrants().iter().filter(|quadrant| entry.is_in(quadrant)).count();
            prop_assert!((1..=expected.len()).contains(&inside));
        }
    }

    #[test]
    fn what_is_moved_back_stands_as_before(from in spot(), to in spot()) {
        let mut doc = board_with(1);
        add(&mut doc, 210, from);
        let before: Vec<_> = read(&doc).entries.into_iter().map(|entry| entry.spots).collect();
        board::move_note(&mut doc, id(210), &to.field("plane")).unwrap();
        prop_assert_eq!(&read(&doc).entries[0].spots, &[to]);
        board::move_note(&mut doc, id(210), &from.field("plane")).unwrap();
        prop_assert_eq!(read(&doc).entries.into_iter().map(|entry| entry.spots).collect::<Vec<_>>(), before);
    }

    #[test]
    fn a_free_place_lies_in_its_quadrant_and_on_no_other_note_as_long_as_there_is_room(quadrant in 0..4_usize, others in vec(spot(), 0..4)) {
        let mut doc = board_with(1);
        for (number, spot) in others.iter().enumerate() {
            add(&mut doc, 100 + number as u8, *spot);
        }
        let quadrant = &quadrants()[quadrant];
        for number in 0..20 {
            let plane = read(&doc);
            let free = plane.free_spot(quadrant);
            prop_assert!(free.is_in(quadrant));
            prop_assert!(plane.entries.iter().all(|entry| !entry.spots.contains(&free)), "{free:?} is taken, {number} stand there");
            add(&mut doc, 200 + number, free);
        }
        prop_assert_eq!(read(&doc).in_quadrant(quadrant).count(), 20 + others.iter().filter(|spot| spot.is_in(quadrant)).count());
    }
}

#[test]
fn an_empty_quadrant_is_begun_in_its_middle() {
    for quadrant in &quadrants() {
        assert_eq!(gather(&BoardView::default()).free_spot(quadrant), Spot::middle_of(quadrant));
    }
}

#[test]
fn a_removed_note_that_somebody_moved_meanwhile_stays() {
    let mut here = board_with(1);
    add(&mut here, 210, Spot::new(10, 10));
    let mut there = device(&here, 9);
    board::remove(&mut here, id(90), id(210), None, 0, "").unwrap();
    assert!(read(&here).entries.is_empty());
    board::move_note(&mut there, id(210), &Spot::new(90, 90).field("plane")).unwrap();
    here.merge(&mut there).unwrap();
    let entry = &read(&here).entries[0];
    assert!(entry.note.outlived_removal);
    assert_eq!(entry.spots, [Spot::new(90, 90)]);
}

#[test]
fn a_note_that_was_moved_to_where_nothing_is_stays_where_it_was_written() {
    let mut doc = board_with(1);
    add(&mut doc, 210, Spot::new(10, 90));
    for nowhere in ["nowhere", "x10y", "x200y10", "x010y10", "x10y10z"] {
        board::move_note(&mut doc, id(210), &FieldId::new("plane", nowhere)).unwrap();
        let plane = read(&doc);
        assert_eq!(
            (plane.entries[0].spots.as_slice(), plane.skipped),
            ([Spot::new(10, 90)].as_slice(), 1),
            "{nowhere}"
        );
    }
    board::move_note(&mut doc, id(210), &FieldId::new("talk", "why")).unwrap();
    assert_eq!(read(&doc).entries, [], "it was moved to another part");
}

#[test]
fn ones_own_notes_are_told_from_the_others_and_those_written_alone_are_in_the_notebook() {
    let mut doc = board_with(2);
    add(&mut doc, 210, Spot::new(10, 10));
    board::add_note(&mut doc, id(211), &note(Spot::new(20, 20).field("plane"), 2, 250)).unwrap();
    board::support(&mut doc, SupportKey { target: id(211), person: id(1) }, 1).unwrap();
    let plane = read(&doc);
    assert_eq!(plane.of(id(2)).map(|entry| entry.note.id).collect::<Vec<_>>(), [id(211)]);
    assert_eq!(plane.entries[1].supporters, [id(1)]);
    let mut own = own_board(50);
    add(&mut own, 220, Spot::new(10, 10));
    assert_eq!(read(&own).entries.len(), 1);
}

#[test]
fn nonsense_beside_the_notes_is_counted_and_the_rest_stands() {
    let mut doc = board_with(1);
    add(&mut doc, 210, Spot::new(10, 10));
    board::add_note(&mut doc, id(211), &note(FieldId::new("plane", "x999y1"), 1, 1)).unwrap();
    write_nonsense(&mut doc, "notes", &id(212).to_string(), 1);
    let plane = read(&doc);
    assert_eq!((plane.entries.len(), plane.skipped, BoardView::read(&doc).skipped()), (1, 1, 1));
}
