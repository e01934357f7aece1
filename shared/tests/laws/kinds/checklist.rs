//! Checklists: everyone counts once, and what was answered alone stays alone until it is shared.

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::content::{Checklist, Entry, StatementGroup};
use shared::documents::board::{self, BoardView, Check};
use shared::documents::checklist::{by_dispute, gather, shared, statement_field, unshared};
use shared::documents::{AnswerKey, notebook};

use super::{TOOL, actor, board_with, device, id};

fn list() -> Checklist {
    let statement = |id: &str| Entry { id: id.into(), ..Entry::default() };
    let group = StatementGroup { statements: vec![statement("a"), statement("b")], ..StatementGroup::default() };
    Checklist { alone_first: true, groups: vec![group], ..Checklist::default() }
}

fn key(statement: &str, person: u8) -> AnswerKey {
    AnswerKey::personal(id(TOOL), statement_field("list", &statement.into()), id(person))
}

fn answer() -> impl Strategy<Value = Option<Check>> {
    prop::sample::select(vec![None, Some(Check::No), Some(Check::Partly), Some(Check::Yes)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everyone_counts_once_with_what_they_said_last(said in vec((1..=4_u8, answer()), 0..16)) {
        let mut all = board_with(4);
        let mut phones: Vec<Automerge> = (1..=4).map(|person| device(&all, 10 + person)).collect();
        let mut last = [None; 4];
        for (person, answer) in &said {
            let own = usize::from(*person) - 1;
            board::check(&mut phones[own], &key("a", *person), *answer).unwrap();
            last[own] = *answer;
        }
        for phone in &mut phones {
            all.merge(phone).unwrap();
        }
        let answers = gather(&BoardView::read(&all), id(TOOL), "list", &list());
        for (person, last) in (1..=4).zip(last) {
            prop_assert_eq!(answers[0].choices.of(id(person)), last);
        }
        prop_assert_eq!(answers[0].choices.answered(), last.iter().flatten().count());
        prop_assert_eq!(answers[1].choices.answered(), 0);
    }

    #[test]
    fn what_all_agree_on_is_never_above_what_parts_them(yes in 1..20_usize, no in 1..20_usize, same in 1..20_usize) {
        let mut doc = board_with(40);
        let mut person = 0;
        for (statement, answer, count) in [("a", Check::Partly, same), ("b", Check::Yes, yes), ("b", Check::No, no)] {
            if statement != "b" || answer == Check::Yes { person = 0; }
            for _ in 0..count {
                person += 1;
                board::check(&mut doc, &key(statement, person), Some(answer)).unwrap();
            }
        }
        let answers = gather(&BoardView::read(&doc), id(TOOL), "list", &list());
        prop_assert_eq!(answers[0].dispute().0, 0);
        prop_assert_eq!(by_dispute(&answers)[0].statement.as_str(), "b");
    }

    #[test]
    fn what_is_answered_alone_is_shared_whole(said in vec((0..2_usize, answer()), 1..8)) {
        let (mut notebook, mut again) = (notebook::genesis().with_actor(actor(50)), notebook::genesis().with_actor(actor(51)));
        notebook::ensure_board(&mut notebook).unwrap();
        for (statement, answer) in &said {
            board::check(&mut notebook, &key(["a", "b"][*statement], 1), *answer).unwrap();
        }
        // A second tab of the same device made the board in the notebook by itself.
        notebook::ensure_board(&mut again).unwrap();
        again.merge(&mut notebook).unwrap();
        let own = BoardView::read(&again);
        prop_assert_eq!(own.skipped(), 0);
        prop_assert_eq!(&own, &BoardView::read(&notebook));

        let list = list();
        let mut doc = board_with(2);
        let left = |doc: &Automerge| unshared(&own, &BoardView::read(doc), id(TOOL), "list", &list, id(1));
        prop_assert_eq!(gather(&BoardView::read(&doc), id(TOOL), "list", &list)[0].choices.answered(), 0);
        let answers = left(&doc);
        board::check_all(&mut doc, &answers).unwrap();
        prop_assert_eq!(left(&doc), []);
        let on_board = gather(&BoardView::read(&doc), id(TOOL), "list", &list);
        let in_notebook = ["a", "b"].map(|name| {
            own.checks.get(&key(name, 1)).and_then(|register| board::answers(register).last())
        });
        prop_assert_eq!(on_board.iter().map(|one| one.choices.of(id(1))).collect::<Vec<_>>(), in_notebook.to_vec());

        // Taken back it is nowhere but in the notebook, and can be shared again as it was.
        let there = |doc: &Automerge| shared(&own, &BoardView::read(doc), id(TOOL), "list", &list, id(1));
        let back: Vec<_> = there(&doc).into_iter().map(|key| (key, None)).collect();
        prop_assert_eq!(back.len(), in_notebook.iter().flatten().count());
        board::check_all(&mut doc, &back).unwrap();
        prop_assert_eq!(there(&doc), []);
        prop_assert!(gather(&BoardView::read(&doc), id(TOOL), "list", &list).iter().all(|one| one.choices.answered() == 0));
        prop_assert_eq!(left(&doc), answers.into_iter().filter(|(_, answer)| answer.is_some()).collect::<Vec<_>>());
    }
}

#[test]
fn two_devices_of_one_person_that_differ_show_both_answers() {
    let mut here = board_with(1);
    let mut there = device(&here, 9);
    board::check(&mut here, &key("a", 1), Some(Check::Yes)).unwrap();
    board::check(&mut there, &key("a", 1), Some(Check::No)).unwrap();
    here.merge(&mut there).unwrap();
    let answers = gather(&BoardView::read(&here), id(TOOL), "list", &list());
    assert_eq!(answers[0].choices.undecided, [id(1)]);
    assert_eq!((answers[0].choices.of(id(1)), answers[0].choices.answered()), (None, 1));
}

#[test]
fn a_persons_checks_keep_them_on_the_board_when_the_remover_had_not_seen_them() {
    let mut here = board_with(2);
    let mut there = device(&here, 9);
    board::remove(&mut here, id(90), id(2), None, 0, "").unwrap();
    board::check(&mut there, &key("a", 2), Some(Check::Yes)).unwrap();
    assert!(BoardView::read(&here).is_removed(&id(2)));
    here.merge(&mut there).unwrap();
    let view = BoardView::read(&here);
    assert!(view.has_outlived_removal(&id(2)));
    assert_eq!(gather(&view, id(TOOL), "list", &list())[0].choices.answered(), 1);
}
