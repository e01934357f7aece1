//! Curves: nobody sees one before its owner shares it, and then it is whole.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::Curve;
use shared::documents::board::{self, Answer, BoardView};
use shared::documents::curve::{CurveAnswers, HIGHEST, PersonCurve, Turn, point_of, turn_of};
use shared::documents::sharing::{unshared, withdrawal};

use super::{TOOL, answer, board_with, device, entry, id, met, own_board, phones, write_nonsense};

const MONTHS: u8 = 6;

fn load() -> Curve {
    Curve { months: MONTHS, tags: vec![entry("rush"), entry("break")], ..Curve::default() }
}

fn gather(view: &BoardView) -> CurveAnswers {
    CurveAnswers::gather(view, id(TOOL), "curve", &load())
}

fn read(doc: &Automerge) -> CurveAnswers {
    gather(&BoardView::read(doc))
}

fn own(doc: &Automerge, person: u8) -> PersonCurve {
    PersonCurve::read(&BoardView::read(doc), id(TOOL), "curve", &load(), id(person))
}

fn point(person: u8, month: u8, height: u8) -> Answer {
    Answer::Mark(point_of(id(TOOL), "curve", month, id(person)), (height > 0).then_some(height))
}

fn turn(person: u8, month: u8, turn: Option<&Turn>) -> Answer {
    Answer::Value(turn_of(id(TOOL), "curve", month, id(person)), turn.map(Turn::code).unwrap_or_default())
}

#[derive(Debug, Clone)]
enum Step {
    Point(u8, u8),
    Turn(u8, Option<Turn>),
    Share,
    Withdraw,
}

fn step() -> impl Strategy<Value = Step> {
    let typical = prop::sample::select(vec!["rush", "break"]).prop_map(|tag| Turn::Typical(tag.into()));
    let words = "[a-zæøå#@; ]{1,12}".prop_filter_map("blank", |words| Turn::words(&words).unwrap());
    let said = prop::option::of(prop_oneof![typical, words]);
    prop_oneof![
        4 => (0..MONTHS, 0..=HIGHEST).prop_map(|(month, height)| Step::Point(month, height)),
        3 => (0..MONTHS, said).prop_map(|(month, turn)| Step::Turn(month, turn)),
        1 => Just(Step::Share),
        1 => Just(Step::Withdraw),
    ]
}

fn share(board: &mut Automerge, notebook: &Automerge, person: u8) {
    let (alone, there) = (BoardView::read(notebook), BoardView::read(board));
    let answers = unshared(&alone, &there, id(TOOL), "curve", id(person));
    board::answer_all(board, &answers, 5).unwrap();
}

fn withdraw(board: &mut Automerge, person: u8) -> Vec<Answer> {
    let answers = withdrawal(&BoardView::read(board), id(TOOL), "curve", id(person));
    board::answer_all(board, &answers, 6).unwrap();
    answers
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_board_has_each_curve_as_its_owner_last_shared_it(steps in vec((1..=3_u8, step()), 0..40)) {
        let base = board_with(3);
        let mut phones = phones(&base, 3);
        let mut notebooks: Vec<Automerge> = (51..54).map(own_board).collect();
        let nothing = own(&base, 1).points;
        let mut shared = [nothing.clone(), nothing.clone(), nothing.clone()];
        let mut drawn = shared.clone();
        for (person, step) in &steps {
            let n = usize::from(*person) - 1;
            match step {
                Step::Point(month, height) => {
                    answer(&mut notebooks[n], &[point(*person, *month, *height)]);
                    drawn[n][usize::from(*month)].heights = Vec::from_iter((*height > 0).then_some(*height));
                }
                Step::Turn(month, said) => {
                    answer(&mut notebooks[n], &[turn(*person, *month, said.as_ref())]);
                    drawn[n][usize::from(*month)].turns = Vec::from_iter(said.clone());
                }
                Step::Share => {
                    share(&mut phones[n], &notebooks[n], *person);
                    shared[n] = drawn[n].clone();
                    let left = unshared(&BoardView::read(&notebooks[n]), &BoardView::read(&phones[n]), id(TOOL), "curve", id(*person));
                    prop_assert_eq!(left, []);
                }
                Step::Withdraw => {
                    withdraw(&mut phones[n], *person);
                    shared[n] = nothing.clone();
                    prop_assert_eq!(withdraw(&mut phones[n], *person), [], "nothing is left to withdraw");
                }
            }
            prop_assert_eq!(&own(&notebooks[n], *person).points, &drawn[n]);
        }
        let [one, other] = met(&base, &mut phones).map(|view| gather(&view));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.skipped, 0);
        for (person, shared) in (1..=3_u8).zip(&shared) {
            let on_board = one.of(id(person)).map(|curve| curve.points.clone());
            prop_assert_eq!(on_board, (*shared != nothing).then(|| shared.clone()));
        }
        for month in 0..MONTHS {
            let mut heights: Vec<u8> = shared.iter().filter_map(|points| points[usize::from(month)].height()).collect();
            heights.sort_unstable();
            let ends = heights.first().copied().zip(heights.last().copied());
            prop_assert_eq!(one.spread(month).map(|(low, _, high)| (low, high)), ends);
        }
    }

    #[test]
    fn what_is_taken_back_is_as_it_was(steps in vec((1..=1_u8, step()), 0..12), last in vec((0..MONTHS, 0..=HIGHEST), 1..6)) {
        let mut doc = own_board(50);
        for (person, step) in &steps {
            match step {
                Step::Point(month, height) => drop(answer(&mut doc, &[point(*person, *month, *height)])),
                Step::Turn(month, said) => drop(answer(&mut doc, &[turn(*person, *month, said.as_ref())])),
                Step::Share | Step::Withdraw => {}
            }
        }
        let before = own(&doc, 1);
        let mut answers: Vec<Answer> = last.iter().map(|(month, height)| point(1, *month, *height)).collect();
        answers.push(turn(1, 0, Some(&Turn::Words("nyt".to_owned()))));
        let back = answer(&mut doc, &answers).unwrap();
        let again = answer(&mut doc, &back).unwrap();
        prop_assert_eq!(&own(&doc, 1), &before);
        answer(&mut doc, &again);
        prop_assert_eq!(&own(&doc, 1).points[0].turns, &[Turn::Words("nyt".to_owned())]);
    }
}

#[test]
fn what_one_person_drew_on_two_devices_is_both_there_and_cannot_be_undone_into_one() {
    let mut here = board_with(1);
    let mut there = device(&here, 9);
    answer(&mut here, &[point(1, 0, 80), turn(1, 0, Some(&Turn::Typical("rush".into())))]);
    answer(&mut there, &[point(1, 0, 20), turn(1, 0, Some(&Turn::Words("ferie".to_owned())))]);
    here.merge(&mut there).unwrap();
    let answers = read(&here);
    let drawn = &answers.curves[0].points[0];
    assert_eq!((drawn.heights.as_slice(), drawn.height(), drawn.turns.len()), ([20, 80].as_slice(), Some(50), 2));
    assert_eq!(answer(&mut here, &[point(1, 0, 40)]), None, "two values cannot be put back");
    assert_eq!(read(&here).curves[0].points[0].heights, [40]);
}

#[test]
fn a_curve_withdrawn_on_one_device_while_it_is_drawn_on_another_keeps_what_was_drawn() {
    let mut here = board_with(1);
    answer(&mut here, &[point(1, 0, 20), point(1, 1, 30)]);
    let mut there = device(&here, 9);
    withdraw(&mut here, 1);
    assert!(read(&here).curves.is_empty());
    answer(&mut there, &[point(1, 1, 90)]);
    here.merge(&mut there).unwrap();
    let answers = read(&here);
    let heights: Vec<Option<u8>> = answers.curves[0].points.iter().map(|point| point.height()).collect();
    assert_eq!(heights[..2], [None, Some(90)]);
}

#[test]
fn several_answers_are_given_whole_or_not_at_all() {
    let mut doc = board_with(1);
    let before = doc.get_heads();
    let long = Answer::Value(turn_of(id(TOOL), "curve", 1, id(1)), "x".repeat(2_001));
    assert!(board::answer_all(&mut doc, &[point(1, 0, 5), long], 1).is_err());
    let words = Answer::Words(turn_of(id(TOOL), "curve", 1, id(1)), "x".repeat(20_001));
    assert!(board::answer_all(&mut doc, &[words, point(1, 0, 5)], 1).is_err());
    assert_eq!(doc.get_heads(), before);
    assert!(Turn::words(&"x".repeat(2_001)).is_err());
}

#[test]
fn who_is_taken_off_the_board_has_no_curve_and_nonsense_draws_none() {
    let mut doc = board_with(3);
    for person in 1..=2 {
        answer(&mut doc, &[point(person, 0, 20)]);
    }
    board::remove(&mut doc, id(90), id(2), None, 0, "").unwrap();
    answer(
        &mut doc,
        &[point(3, 0, HIGHEST + 1), turn(3, 1, Some(&Turn::Typical("unknown".into()))), point(3, MONTHS, 5)],
    );
    write_nonsense(&mut doc, "marks", &point_of(id(TOOL), "curve", 2, id(1)).to_string(), -4);
    let curves = read(&doc);
    assert_eq!(curves.curves.iter().map(|curve| curve.person).collect::<Vec<_>>(), [id(1)]);
    assert_eq!((curves.skipped, BoardView::read(&doc).skipped()), (2, 1));
    assert_eq!(curves.spread(0), Some((20, 20, 20)));
    assert_eq!(curves.spread(1), None);
}
