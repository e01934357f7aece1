//! Questions: nobody's support counts twice, and every answer stands under its question.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::AnswerKey;
use shared::documents::board::{self, BoardView, NewNote, SupportKey};
use shared::documents::control::ControlView;
use shared::documents::questions::{QuestionAnswers, question_field};

use super::{TOOL, board_with, device, id};

fn answer(n: u8) -> NewNote {
    let place = AnswerKey::shared(id(TOOL), question_field("talk", &"why".into()));
    NewNote { place, level: None, author: None, at: i64::from(n), text: format!("svar {n}") }
}

fn gather(doc: &Automerge) -> QuestionAnswers {
    QuestionAnswers::gather(&ControlView::default(), &BoardView::read(doc), id(TOOL), "talk", &"why".into())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn support_is_the_number_of_people_however_often_and_wherever_they_give_it(given in vec((1..=4_u8, 0..3_u8, any::<bool>()), 0..24)) {
        let mut all = board_with(4);
        for n in 0..3 {
            board::add_note(&mut all, id(210 + n), &answer(n)).unwrap();
        }
        let mut phones: Vec<Automerge> = (1..=4).map(|person| device(&all, 10 + person)).collect();
        let mut last = [[false; 3]; 4];
        for (person, note, is_given) in &given {
            let own = usize::from(*person) - 1;
            let key = SupportKey { target: id(210 + note), person: id(*person) };
            board::support(&mut phones[own], key, u8::from(*is_given)).unwrap();
            last[own][usize::from(*note)] = *is_given;
        }
        for phone in &mut phones {
            all.merge(phone).unwrap();
        }
        let answers = gather(&all);
        for (n, supported) in answers.answers.iter().enumerate() {
            let people: Vec<_> = (1..=4_u8).filter(|person| last[usize::from(*person) - 1][n]).map(id).collect();
            prop_assert_eq!(&supported.supporters, &people);
        }
        let counts: Vec<usize> = answers.by_support().iter().map(|one| one.supporters.len()).collect();
        prop_assert!(counts.is_sorted_by(|a, b| a >= b));
    }
}

#[test]
fn an_answer_that_two_moved_apart_stands_under_both_questions_until_it_is_moved_again() {
    let mut here = board_with(1);
    board::add_note(&mut here, id(210), &answer(1)).unwrap();
    let mut there = device(&here, 9);
    let field = |name: &str| question_field("talk", &name.into());
    let stands = |doc: &Automerge| {
        let view = BoardView::read(doc);
        ["why", "how", "when"].map(|name| {
            QuestionAnswers::gather(&ControlView::default(), &view, id(TOOL), "talk", &name.into()).answers.len()
        })
    };
    board::move_note(&mut here, id(210), &field("how")).unwrap();
    assert_eq!(stands(&here), [0, 1, 0]);
    board::move_note(&mut there, id(210), &field("when")).unwrap();
    here.merge(&mut there).unwrap();
    assert_eq!(stands(&here), [0, 1, 1]);
    board::move_note(&mut here, id(210), &field("why")).unwrap();
    assert_eq!(stands(&here), [1, 0, 0]);
}
