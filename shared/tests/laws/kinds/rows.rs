//! Rows: grids and actions. Nobody's words are gone, and a row that somebody wrote in comes back.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::actions::{self, NewAction, Status, Who, actions};
use shared::documents::board::{self, BoardView, RowKind};
use shared::documents::control::ControlView;
use shared::documents::text::{TextTarget, splice};
use shared::documents::{AnswerKey, EntryId, FieldId, Stamped};

use super::{TOOL, board_with, device, id};

fn action(what: &str) -> NewAction {
    let place = AnswerKey::shared(id(TOOL), FieldId::new("deck", "task"));
    NewAction { place, source: None, what: what.to_owned(), who: Some(Who::Person(id(1))), by: "2027-04-01".into() }
}

fn list(doc: &Automerge) -> Vec<EntryId> {
    actions(&ControlView::default(), &BoardView::read(doc)).iter().map(|row| row.id).collect()
}

fn write(doc: &mut Automerge, row: EntryId, words: &str) {
    let text = TextTarget::Cell(row, actions::WHAT.to_owned()).find(doc).unwrap();
    splice(doc, &text, None, 0, 0, words, 2_000).unwrap();
}

#[derive(Debug, Clone)]
enum Meanwhile {
    Write,
    Status,
    Move,
    Nothing,
}

fn meanwhile() -> impl Strategy<Value = Meanwhile> {
    prop::sample::select(vec![Meanwhile::Write, Meanwhile::Status, Meanwhile::Move, Meanwhile::Nothing])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_removed_row_stands_if_somebody_wrote_in_it_meanwhile_and_only_then(steps in vec(meanwhile(), 0..4)) {
        let mut here = board_with(1);
        board::add_row(&mut here, id(210), &action("ring").row(Some(id(1)), 1)).unwrap();
        let mut there = device(&here, 9);
        board::remove(&mut here, id(90), id(210), None, 2, "").unwrap();
        prop_assert!(list(&here).is_empty());
        for step in &steps {
            match step {
                Meanwhile::Write => write(&mut there, id(210), "x"),
                Meanwhile::Status => {
                    let done = Stamped { value: Status::Done.code().to_owned(), by: None, at: 3 };
                    board::set_cell(&mut there, id(210), actions::STATUS, &done).unwrap();
                }
                Meanwhile::Move => board::move_row(&mut there, id(210), "a").unwrap(),
                Meanwhile::Nothing => {}
            }
        }
        here.merge(&mut there).unwrap();
        let view = BoardView::read(&here);
        let is_written = steps.iter().any(|step| matches!(step, Meanwhile::Write | Meanwhile::Status));
        prop_assert_eq!(view.rows.contains_key(&id(210)), is_written);
        prop_assert_eq!(view.removed_rows.contains_key(&id(210)), !is_written);
        prop_assert_eq!(view.rows.get(&id(210)).is_some_and(|row| row.outlived_removal), is_written);
        board::remove(&mut here, id(91), id(210), None, 3, "").unwrap();
        prop_assert!(list(&here).is_empty(), "who saw it may remove it");
        board::take_back_removal(&mut here, id(90)).unwrap();
        board::take_back_removal(&mut here, id(91)).unwrap();
        prop_assert_eq!(list(&here), [id(210)]);
    }

    #[test]
    fn words_that_several_write_in_one_cell_are_all_there(words in vec("[a-zæøå]{1,6}", 2..4)) {
        let mut all = board_with(1);
        board::add_row(&mut all, id(210), &action("").row(None, 1)).unwrap();
        let before = all.fork();
        for (words, number) in words.iter().zip(10..) {
            let mut phone = device(&before, number);
            write(&mut phone, id(210), words);
            all.merge(&mut phone).unwrap();
        }
        let view = BoardView::read(&all);
        let text = view.rows[&id(210)].text(actions::WHAT);
        prop_assert!(words.iter().all(|words| text.contains(words.as_str())), "{}", text);
    }
}

#[test]
fn two_values_that_met_in_a_cell_are_both_there() {
    let mut here = board_with(1);
    board::add_row(&mut here, id(210), &action("ring").row(Some(id(1)), 1)).unwrap();
    let mut there = device(&here, 9);
    for (doc, status) in [(&mut here, Status::Begun), (&mut there, Status::Done)] {
        let status = Stamped { value: status.code().to_owned(), by: None, at: 1 };
        board::set_cell(doc, id(210), actions::STATUS, &status).unwrap();
    }
    here.merge(&mut there).unwrap();
    let view = BoardView::read(&here);
    assert_eq!(actions::statuses(&view.rows[&id(210)]), [Status::Begun, Status::Done]);
}

#[test]
fn an_action_reads_back_as_it_was_made() {
    let mut doc = board_with(1);
    board::add_row(&mut doc, id(210), &action(" ring til natholdet ").row(Some(id(1)), 1)).unwrap();
    let view = BoardView::read(&doc);
    let row = &view.rows[&id(210)];
    assert_eq!((row.kind, row.text(actions::WHAT), view.skipped()), (RowKind::Action, "ring til natholdet", 0));
    let who = row.value(actions::WHO).settled().and_then(|stamped| Who::from_code(&stamped.value));
    assert_eq!(who, Some(Who::Person(id(1))));
    assert_eq!(actions::statuses(row), [Status::Open]);
}

#[test]
fn rows_stand_in_the_order_that_they_were_moved_to() {
    let mut doc = board_with(1);
    for n in 0..3 {
        board::add_row(&mut doc, id(210 + n), &action("x").row(None, i64::from(n))).unwrap();
    }
    let view = BoardView::read(&doc);
    let before = shared::documents::order::between(None, Some(&view.rows[&id(210)].order));
    board::move_row(&mut doc, id(212), &before).unwrap();
    assert_eq!(list(&doc), [id(212), id(210), id(211)]);
}
