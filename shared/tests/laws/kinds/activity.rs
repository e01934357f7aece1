//! How far a group is with a tool: everyone who did anything counts once, whatever they did and wherever they did it.

use std::collections::BTreeSet;

use automerge::Automerge;
use proptest::collection::vec;
use proptest::prelude::*;
use shared::documents::board::{self, BoardView, NewNote, SupportKey};
use shared::documents::control::ControlView;
use shared::documents::{Activity, AnswerKey, FieldId, Scope, Stamped};

use super::{TOOL, board_with, device, id};

fn place(tool: u8) -> AnswerKey {
    AnswerKey::shared(id(tool), FieldId::new("talk", "why"))
}

fn activity(doc: &Automerge) -> Activity {
    Activity::of(&ControlView::default(), &BoardView::read(doc), id(TOOL))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn everyone_who_did_anything_counts_once(done in vec((1..=4_u8, 0..4_u8), 0..16)) {
        let mut all = board_with(4);
        let note = NewNote { place: place(TOOL), level: None, author: None, at: 1, text: "fælles".to_owned() };
        board::add_note(&mut all, id(240), &note).unwrap();
        let mut phones: Vec<Automerge> = (1..=4).map(|person| device(&all, 10 + person)).collect();
        let (mut people, mut written) = (BTreeSet::new(), 1);
        for (n, (person, what)) in (0_u8..).zip(&done) {
            let phone = &mut phones[usize::from(*person) - 1];
            let own = AnswerKey { participant: Scope::One(id(*person)), ..place(TOOL) };
            match what {
                0 => board::place(phone, &own, Some(3)).unwrap(),
                1 => board::support(phone, SupportKey { target: id(240), person: id(*person) }, 1).unwrap(),
                2 => {
                    let note = NewNote { author: Some(id(*person)), at: i64::from(n), ..note.clone() };
                    board::add_note(phone, id(100 + n), &note).unwrap();
                    written += 1;
                }
                // In another tool: nothing of this one.
                _ => board::place(phone, &AnswerKey { tool: id(TOOL + 1), ..own }, Some(3)).unwrap(),
            }
            if *what < 3 {
                people.insert(*person);
            }
        }
        for phone in &mut phones {
            all.merge(phone).unwrap();
        }
        prop_assert_eq!(activity(&all), Activity { people: people.len(), entries: written });
    }
}

#[test]
fn what_was_taken_back_counts_no_more() {
    let mut doc = board_with(2);
    assert!(activity(&doc).is_none());
    let own = |person| AnswerKey { participant: Scope::One(id(person)), ..place(TOOL) };
    board::place(&mut doc, &own(1), Some(2)).unwrap();
    board::place(&mut doc, &own(2), Some(2)).unwrap();
    assert_eq!(activity(&doc).people, 2);
    board::place(&mut doc, &own(1), None).unwrap();
    assert_eq!(activity(&doc).people, 1);
    board::remove(&mut doc, id(230), id(2), None, 5, "").unwrap();
    assert!(activity(&doc).is_none());
}

#[test]
fn whatever_was_ever_written_leaves_its_trace() {
    let is_untouched =
        |doc: &Automerge| Activity::is_untouched(&ControlView::default(), &BoardView::read(doc), id(TOOL));
    let own = AnswerKey { participant: Scope::One(id(1)), ..place(TOOL) };
    let day = Stamped { value: "2027-04-01".to_owned(), by: None, at: 1 };
    let note = NewNote { place: place(TOOL), level: None, author: None, at: 1, text: "fælles".to_owned() };
    let writes: [&dyn Fn(&mut Automerge); 5] = [
        &|doc| board::place(doc, &own, None).unwrap(),
        &|doc| board::check(doc, &own, None).unwrap(),
        &|doc| board::set_register(doc, &place(TOOL), &day).unwrap(),
        &|doc| board::add_note(doc, id(240), &note).unwrap(),
        &|doc| {
            board::add_note(doc, id(240), &note).unwrap();
            board::remove(doc, id(241), id(240), None, 5, "").unwrap();
        },
    ];
    let elsewhere = AnswerKey { tool: id(TOOL + 1), ..own.clone() };
    for write in writes {
        let mut doc = board_with(1);
        board::place(&mut doc, &elsewhere, Some(3)).unwrap();
        assert!(is_untouched(&doc));
        write(&mut doc);
        assert!(!is_untouched(&doc));
    }
}
