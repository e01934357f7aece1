//! Sharing: what was written alone comes to the board as it was, and nobody else's answers are touched by it.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::board::{self, Answer, BoardView, Check, NewRow, RowKind};
use shared::documents::sharing::{unshared, unshared_notes, unshared_rows, withdrawal};
use shared::documents::{AnswerKey, FieldId, Scope, Stamped};

use super::{TOOL, board_with, id, note, own_board};

fn key(part: &str, name: u8, person: u8) -> AnswerKey {
    AnswerKey::personal(id(TOOL), FieldId::new(part, &format!("n{name}")), id(person))
}

/// An answer of any sort, taken back where `number` is 0.
fn answer(sort: u8, key: AnswerKey, number: u8) -> Answer {
    let words = if number == 0 { String::new() } else { format!("ord {number}") };
    match sort {
        0 => Answer::Mark(key, (number > 0).then_some(number)),
        1 => Answer::Check(key, Check::ALL.get(usize::from(number).wrapping_sub(1)).copied()),
        2 => Answer::Value(key, words),
        _ => Answer::Words(key, words),
    }
}

fn row() -> NewRow {
    NewRow {
        kind: RowKind::Grid,
        place: AnswerKey::shared(id(TOOL), FieldId::new("list", "_rows")),
        source: None,
        author: Some(id(1)),
        at: 7,
        texts: [("what".to_owned(), "kun min".to_owned())].into(),
        values: [("when".to_owned(), "2027-04-01".to_owned())].into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sharing_and_withdrawing_a_part_touches_nothing_of_others_and_of_other_parts(
        alone in vec((0..4_u8, 0..3_u8, 0..4_u8), 0..8),
        there in vec((0..4_u8, prop::sample::select(vec!["list", "rest"]), 0..3_u8, 1..=2_u8, 0..4_u8), 0..12),
    ) {
        let (mut own, mut doc) = (own_board(50), board_with(2));
        let given: Vec<Answer> = alone.iter().map(|(sort, name, number)| answer(*sort, key("list", *name, 1), *number)).collect();
        // Somebody beside the owner writes in the same notebook.
        let beside = answer(0, key("list", 0, 2), 9);
        board::answer_all(&mut own, &[given, vec![beside]].concat(), 1).unwrap();
        let others = there.iter().map(|(sort, part, name, person, number)| answer(*sort, key(part, *name, *person), *number));
        board::answer_all(&mut doc, &others.collect::<Vec<_>>(), 2).unwrap();

        let alone = BoardView::read(&own);
        let rest = |doc: &Automerge| {
            let mut view = BoardView::read(doc);
            let is_own = |key: &AnswerKey| key.participant == Scope::One(id(1)) && key.field.name_in("list").is_some();
            let is_other = |key: &AnswerKey| !is_own(key);
            view.marks.retain(|key, _| is_other(key));
            view.checks.retain(|key, _| is_other(key));
            view.registers.retain(|key, _| is_other(key));
            view.texts.retain(|key, _| is_other(key));
            view
        };
        let before = rest(&doc);
        let left = |doc: &Automerge| unshared(&alone, &BoardView::read(doc), id(TOOL), "list", id(1));
        let answers = left(&doc);
        board::answer_all(&mut doc, &answers, 3).unwrap();
        prop_assert_eq!(left(&doc), []);
        prop_assert_eq!(&rest(&doc), &before);
        let back = withdrawal(&BoardView::read(&doc), id(TOOL), "list", id(1));
        prop_assert!(back.iter().all(Answer::is_taken_back));
        board::answer_all(&mut doc, &back, 4).unwrap();
        prop_assert_eq!(withdrawal(&BoardView::read(&doc), id(TOOL), "list", id(1)), []);
        prop_assert_eq!(&rest(&doc), &before);
    }
}

#[test]
fn a_note_and_a_row_that_were_written_alone_stand_on_the_board_as_they_were_once_each() {
    let (mut own, mut doc) = (own_board(50), board_with(1));
    board::add_note(&mut own, id(210), &note(FieldId::new("list", "first"), 1, 4)).unwrap();
    board::move_note(&mut own, id(210), &FieldId::new("list", "second")).unwrap();
    board::add_note(&mut own, id(212), &note(FieldId::new("rest", "first"), 1, 5)).unwrap();
    board::add_row(&mut own, id(211), &row()).unwrap();
    let later = Stamped { value: "2027-05-01".to_owned(), by: None, at: 8 };
    board::set_cell(&mut own, id(211), "when", &later).unwrap();
    let alone = BoardView::read(&own);
    let left = |doc: &Automerge| {
        let board = BoardView::read(doc);
        (unshared_notes(&alone, &board, id(TOOL), "list"), unshared_rows(&alone, &board, id(TOOL), "list"))
    };
    let (notes, rows) = left(&doc);
    assert_eq!((notes.len(), rows.len()), (1, 1));
    board::add_note(&mut doc, notes[0].0, &notes[0].1).unwrap();
    board::add_row(&mut doc, rows[0].0, &rows[0].1).unwrap();
    let view = BoardView::read(&doc);
    let (there, here) = (&view.notes[&id(210)], &alone.notes[&id(210)]);
    assert_eq!((&there.text, there.author, there.at), (&here.text, here.author, here.at));
    assert_eq!(there.fields().collect::<Vec<_>>(), here.fields().collect::<Vec<_>>());
    let (there, here) = (&view.rows[&id(211)], &alone.rows[&id(211)]);
    assert_eq!((&there.texts, &there.order, there.author), (&here.texts, &here.order, here.author));
    assert_eq!(there.value("when").settled().map(|stamped| stamped.value.as_str()), Some("2027-05-01"));
    assert_eq!(left(&doc), (vec![], vec![]));
    board::remove(&mut doc, id(90), id(210), None, 0, "").unwrap();
    board::remove(&mut doc, id(91), id(211), None, 0, "").unwrap();
    assert_eq!(left(&doc), (vec![], vec![]), "what was withdrawn is put back, not written again");
}
