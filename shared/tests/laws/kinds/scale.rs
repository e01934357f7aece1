//! Scales: a mark for each person and round, with their own words.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::Scale;
use shared::documents::board::{self, BoardView};
use shared::documents::control::{self, ControlView};
use shared::documents::scale::{ScaleAnswers, mark_field};
use shared::documents::text::{TextTarget, splice};
use shared::documents::{AnswerKey, Scope};

use super::{TOOL, board_with, control_document, device, id};

fn scale() -> Scale {
    Scale { min: 1, max: 10, rounds: true, ..Scale::default() }
}

fn key(person: u8, round: Scope) -> AnswerKey {
    AnswerKey { round, ..AnswerKey::personal(id(TOOL), mark_field("barometer"), id(person)) }
}

fn gather(control: &Automerge, board: &Automerge) -> ScaleAnswers {
    ScaleAnswers::gather(&ControlView::read(control), &BoardView::read(board), id(TOOL), "barometer", &scale())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rounds_stand_beside_each_other_and_each_has_a_mark_for_each(placed in vec((1..=4_u8, 0..2_usize, 0..=12_u8), 0..24)) {
        let mut control = control_document();
        control::begin_round(&mut control, id(150), id(TOOL), 1_000).unwrap();
        let rounds = [Scope::All, Scope::One(id(150))];
        let mut all = board_with(4);
        let mut phones: Vec<Automerge> = (1..=4).map(|person| device(&all, 10 + person)).collect();
        let mut last = [[0; 2]; 4];
        for (person, round, mark) in &placed {
            let own = usize::from(*person) - 1;
            board::place(&mut phones[own], &key(*person, rounds[*round]), (*mark > 0).then_some(*mark)).unwrap();
            last[own][*round] = *mark;
        }
        for phone in &mut phones {
            all.merge(phone).unwrap();
        }
        let answers = gather(&control, &all);
        prop_assert_eq!(answers.rounds.len(), 2);
        for (round, answers) in answers.rounds.iter().enumerate() {
            let on_scale = |mark: &u8| (1..=10).contains(mark);
            for person in 1..=4_u8 {
                let wanted = Some(last[usize::from(person) - 1][round]).filter(on_scale);
                prop_assert_eq!(answers.marks.of(id(person)), wanted);
            }
            let mut marks: Vec<u8> = last.iter().map(|marks| marks[round]).filter(on_scale).collect();
            marks.sort_unstable();
            let spread = marks.first().map(|low| (*low, marks[(marks.len() - 1) / 2], marks[marks.len() - 1]));
            prop_assert_eq!(answers.spread(), spread);
        }
    }
}

#[test]
fn a_persons_words_stand_with_their_mark_and_in_its_round() {
    let control = control_document();
    let mut doc = board_with(2);
    board::place(&mut doc, &key(1, Scope::All), Some(7)).unwrap();
    let round = gather(&control, &doc).rounds.remove(0);
    let text = TextTarget::Field(round.words_of("barometer", id(1))).ensure(&mut doc).unwrap();
    splice(&mut doc, &text, None, 0, 0, "god stemning ", 100).unwrap();
    let answers = gather(&control, &doc);
    assert_eq!(answers.current().words.get(&id(1)).map(String::as_str), Some("god stemning"));
    assert_eq!(answers.current().words.len(), 1);
}

#[test]
fn a_round_that_was_taken_back_is_gone_and_can_be_begun_again() {
    let mut control = control_document();
    let board = board_with(1);
    control::begin_round(&mut control, id(150), id(TOOL), 1_000).unwrap();
    assert_eq!(gather(&control, &board).rounds.len(), 2);
    control::take_back_round(&mut control, id(150), true).unwrap();
    assert_eq!(gather(&control, &board).rounds.len(), 1);
    control::take_back_round(&mut control, id(150), false).unwrap();
    assert_eq!(gather(&control, &board).current().key.round, Scope::One(id(150)));
}
