//! Positions: everyone stands in one place, where they put themselves last.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{Position, Shape, Stage};
use shared::documents::board::{self, Answer, BoardView};
use shared::documents::position::{Place, PositionAnswers, STEPS};
use shared::documents::sharing::{unshared, withdrawal};
use shared::documents::text::{TextTarget, splice};

use super::{TOOL, answer, board_with, device, id, met, own_board, phones, write_nonsense};

fn drawing(shape: Shape) -> Position {
    let stage = |id: &str| Stage { id: id.into(), ..Stage::default() };
    let stages = if shape == Shape::Spiral { vec!["a", "b", "c", "d", "e"] } else { vec!["a", "b", "c"] };
    Position { shape, stages: stages.into_iter().map(stage).collect(), ..Position::default() }
}

fn shape() -> impl Strategy<Value = Shape> {
    prop::sample::select(vec![Shape::Spiral, Shape::Triangle, Shape::Courses])
}

fn gather(view: &BoardView, shape: Shape) -> PositionAnswers {
    PositionAnswers::gather(view, id(TOOL), "where", &drawing(shape))
}

fn read(doc: &Automerge, shape: Shape) -> PositionAnswers {
    gather(&BoardView::read(doc), shape)
}

fn place(person: u8, mark: u8) -> Answer {
    let key = gather(&BoardView::default(), Shape::Spiral).mark_of(id(person));
    Answer::Mark(key, (mark > 0).then_some(mark))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everyone_stands_where_they_put_themselves_last(shape in shape(), placed in vec((1..=4_u8, 0..=255_u8), 0..24)) {
        let drawing = drawing(shape);
        let base = board_with(4);
        let mut phones = phones(&base, 4);
        let mut last = [0; 4];
        for (person, mark) in &placed {
            let own = usize::from(*person) - 1;
            answer(&mut phones[own], &[place(*person, *mark)]);
            last[own] = *mark;
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view, shape));
        prop_assert_eq!(&one, &other);
        let place_of = |mark: u8| Place::from_mark(&drawing, mark);
        for (person, mark) in (1..=4).zip(last) {
            prop_assert_eq!(one.places.of(id(person)), place_of(mark));
            for (stage, answers) in (0_u8..).zip(&one.stages) {
                let stands = place_of(mark).is_some_and(|place| place.stages().contains(&stage));
                prop_assert_eq!(answers.people.contains(&id(person)), stands);
            }
        }
        prop_assert_eq!(one.places.answered(), last.iter().filter(|mark| place_of(**mark).is_some()).count());
        prop_assert_eq!(one.skipped, last.iter().filter(|mark| **mark > 0 && place_of(**mark).is_none()).count());
    }

    #[test]
    fn every_place_reads_back_and_is_taken_back(shape in shape(), stage in 0..3_u8, pulls in (0.0..1.0_f64, 0.0..1.0_f64, 0.0..1.0_f64)) {
        let drawing = drawing(shape);
        let at = Place::at(&drawing, stage);
        prop_assert_eq!(at.stages(), [stage]);
        prop_assert_eq!(Place::from_mark(&drawing, at.mark()), Some(at));
        if shape == Shape::Triangle {
            let sum = pulls.0 + pulls.1 + pulls.2;
            let between = Place::between([pulls.0, pulls.1, pulls.2]);
            prop_assert_eq!(Place::from_mark(&drawing, between.mark()), Some(between));
            let Place::Between(steps) = between else { unreachable!() };
            for (pull, step) in [pulls.0, pulls.1, pulls.2].into_iter().zip(steps) {
                // Rounding each of two leaves the third at most a step away.
                prop_assert!(sum <= 0.0 || (pull / sum * f64::from(STEPS) - f64::from(step)).abs() <= 1.0 + 1e-9);
            }
        }
        let mut doc = board_with(1);
        let before = read(&doc, shape);
        let back = answer(&mut doc, &[place(1, at.mark())]).unwrap();
        prop_assert_eq!(read(&doc, shape).places.of(id(1)), Some(at));
        answer(&mut doc, &back);
        prop_assert_eq!(read(&doc, shape).places, before.places);
    }
}

#[test]
fn a_person_who_stands_in_two_places_stands_in_both_until_they_choose() {
    let mut here = board_with(1);
    let mut there = device(&here, 9);
    answer(&mut here, &[place(1, 2)]);
    answer(&mut there, &[place(1, 4)]);
    here.merge(&mut there).unwrap();
    let stands = read(&here, Shape::Spiral);
    let people: Vec<usize> = stands.stages.iter().map(|stage| stage.people.len()).collect();
    assert_eq!((people, stands.places.undecided.as_slice()), (vec![0, 1, 0, 1, 0], [id(1)].as_slice()));
}

#[test]
fn the_words_why_stand_with_their_writer_and_what_others_write_in_them_too() {
    let mut here = board_with(2);
    let target = TextTarget::Field(read(&here, Shape::Spiral).why_of("where", id(1)));
    let mut there = device(&here, 9);
    for (doc, words) in [(&mut here, "travlt "), (&mut there, "sjovt ")] {
        let text = target.ensure(doc).unwrap();
        splice(doc, &text, None, 0, 0, words, 100).unwrap();
    }
    here.merge(&mut there).unwrap();
    let whys = read(&here, Shape::Spiral).whys;
    assert_eq!(whys.len(), 1);
    assert!(whys[&id(1)].contains("travlt") && whys[&id(1)].contains("sjovt"), "{whys:?}");
}

#[test]
fn a_place_with_its_words_that_was_chosen_alone_is_shared_whole_and_withdrawn_whole() {
    let (mut own, mut doc) = (own_board(50), board_with(1));
    let why = read(&doc, Shape::Triangle).why_of("where", id(1));
    let place = place(1, Place::Between([10, 4, 6]).mark());
    board::answer_all(&mut own, &[place, Answer::Words(why, "vi er få".to_owned())], 1).unwrap();
    let alone = read(&own, Shape::Triangle);
    assert_eq!(alone.places.of(id(1)), Some(Place::Between([10, 4, 6])));
    let left = |doc: &Automerge| unshared(&BoardView::read(&own), &BoardView::read(doc), id(TOOL), "where", id(1));
    let answers = left(&doc);
    board::answer_all(&mut doc, &answers, 2).unwrap();
    assert_eq!((read(&doc, Shape::Triangle), left(&doc)), (alone, vec![]));
    let back = withdrawal(&BoardView::read(&doc), id(TOOL), "where", id(1));
    board::answer_all(&mut doc, &back, 3).unwrap();
    let nothing = read(&doc, Shape::Triangle);
    assert_eq!((nothing.places.answered(), nothing.whys.len(), left(&doc).len()), (0, 0, 2));
}

#[test]
fn who_is_taken_off_the_board_stands_nowhere_and_nonsense_nowhere_too() {
    let mut doc = board_with(3);
    let why = read(&doc, Shape::Courses).why_of("where", id(2));
    answer(&mut doc, &[place(1, 1), place(2, 2), place(3, 200), Answer::Words(why, "fordi".to_owned())]);
    assert_eq!(read(&doc, Shape::Courses).whys.len(), 1);
    board::remove(&mut doc, id(90), id(2), None, 0, "").unwrap();
    let key = read(&doc, Shape::Courses).why_of("where", id(3));
    write_nonsense(&mut doc, "texts", &key.to_string(), "no text object");
    let stands = read(&doc, Shape::Courses);
    assert_eq!(stands.places.each().collect::<Vec<_>>(), [(Place::Stage(0), id(1))]);
    assert_eq!((stands.skipped, stands.whys.len(), BoardView::read(&doc).skipped()), (1, 0, 1));
}
